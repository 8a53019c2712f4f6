"""Runs networks for many visitors at once: bounded threads, time-outs, a cache for samples."""

from app.engine.asks import Ask, Corpus, File, Numbers, SampleName, Words
from app.engine.engine import Engine
from app.engine.first import parse_placing
from app.engine.lab import parse_lab
from app.engine.options import Options, parse_options
from app.engine.pool import ClientGone
from app.engine.requests import Answer, Encoder, Explain, Gradient, Reach, Request
from app.engine.speed import parse_speed

__all__ = [
    "Answer",
    "Ask",
    "ClientGone",
    "Corpus",
    "Encoder",
    "Engine",
    "Explain",
    "File",
    "Gradient",
    "Numbers",
    "Options",
    "Reach",
    "Request",
    "SampleName",
    "Words",
    "parse_lab",
    "parse_options",
    "parse_placing",
    "parse_speed",
]
