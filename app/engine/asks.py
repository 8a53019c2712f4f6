"""What a visitor hands in: one input of three kinds, and options.

    a picture's bytes | a text | the name of a shipped sample     +  {"crop": [x, y, side]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import BadOption

# Larger than any picture that passes the pixel limit; it keeps absurd integers out of arithmetic.
LARGEST_SIDE = 1_000_000


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


@dataclass(frozen=True)
class Options:
    """What to change about the run. `crop` is (x, y, side) in pixels of the original."""

    crop: tuple[int, int, int] | None = None

    def applied(self) -> dict[str, Any]:
        """The options as they are repeated in the answer."""
        return {} if self.crop is None else {"crop": list(self.crop)}


def parse_options(raw: object) -> Options:
    """Parsed JSON -> Options. Raises BadOption, naming what does not fit."""
    if raw is None:
        return Options()
    if not isinstance(raw, Mapping):
        raise BadOption('Options are a JSON object such as {"crop": [0, 0, 300]}.')
    unknown = [str(key) for key in raw if key != "crop"]
    if unknown:
        raise BadOption(f"There is no option {unknown[0][:40]!r}; there is crop.")
    return Options(crop=None if raw.get("crop") is None else parse_crop(raw["crop"]))


def parse_crop(raw: object) -> tuple[int, int, int]:
    """`[x, y, side]` in whole pixels; whether it fits the picture is seen with the picture."""
    if not isinstance(raw, list) or len(raw) != 3 or not all(map(is_whole, raw)):
        raise BadOption("crop is [x, y, side]: three whole numbers of pixels of your picture.")
    x, y, side = raw
    if min(x, y) < 0 or side < 1 or max(raw) > LARGEST_SIDE:
        raise BadOption("crop must lie inside the picture: x and y from 0, side from 1.")
    return x, y, side


def is_whole(value: object) -> bool:
    """Whether this is an int; JSON's true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)
