"""Runs networks for many visitors at once: bounded threads, time-outs, a cache for samples."""

from app.engine.asks import Ask, Options, Picture, SampleName, Words, parse_options
from app.engine.engine import Answer, Encoder, Engine, Request
from app.engine.pool import ClientGone

__all__ = [
    "Answer",
    "Ask",
    "ClientGone",
    "Encoder",
    "Engine",
    "Options",
    "Picture",
    "Request",
    "SampleName",
    "Words",
    "parse_options",
]
