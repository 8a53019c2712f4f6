"""What a visitor hands in: one input of three kinds; options say what to change (options.py).

    a picture's bytes | a text | the name of a shipped sample
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """An encoded picture, as it was sent."""

    data: bytes


@dataclass(frozen=True)
class Words:
    """A text, as it was sent."""

    text: str


@dataclass(frozen=True)
class SampleName:
    """The name of one of the model's shipped samples."""

    name: str


Ask = Picture | Words | SampleName
