"""Runs networks for many visitors at once: bounded threads, time-outs, a cache for samples."""

from app.engine.asks import Ask, Picture, SampleName, Words
from app.engine.engine import Engine
from app.engine.options import Options, parse_options
from app.engine.pool import ClientGone
from app.engine.requests import Answer, Encoder, Explain, Request

__all__ = [
    "Answer",
    "Ask",
    "ClientGone",
    "Encoder",
    "Engine",
    "Explain",
    "Options",
    "Picture",
    "Request",
    "SampleName",
    "Words",
    "parse_options",
]
