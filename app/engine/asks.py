"""What a visitor hands in: one input of five kinds; options say what to change (options.py).

    a file's bytes | a text | the name of a shipped sample | the project's sentences | numbers
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """An encoded picture or recording, as it was sent; the model says which it must be."""

    data: bytes


@dataclass(frozen=True)
class Words:
    """A text, as it was sent."""

    text: str


@dataclass(frozen=True)
class SampleName:
    """The name of one of the model's shipped samples."""

    name: str


@dataclass(frozen=True)
class Corpus:
    """The project's own sentences, all of them; only their states are given."""


@dataclass(frozen=True)
class Numbers:
    """A series of numbers, oldest first."""

    values: tuple[float, ...]


Ask = File | Words | SampleName | Corpus | Numbers
