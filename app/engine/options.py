"""What to change about a run, all of it in the request: nothing is kept between two.

{"crop": [x, y, side], "turn": degrees, "shift": [dx, dy], "noise": {"amount", "seed"},
 "order": {"of", "how", "seed", "at"}, "show": {"rows", "hide", "each"}, "moment": step,
 "frames": count, "edits": [{"op": …}, …], "generate": {"length", "temperature", "seed"},
 "origin": place, "season": steps, "detect": {"score", "overlap"}, "beam": width}
  --parse_options--> Options --applied--> repeated in the answer
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import BadOption
from app.engine.detecting import Detect, parse_detect
from app.engine.disturb import (
    Noise,
    Order,
    Show,
    parse_noise,
    parse_order,
    parse_show,
    parse_turn,
)
from app.engine.edits import Change, parse_edits, written
from app.engine.fields import is_whole
from app.engine.writing import applied, parse_writing
from app.inputs.frames import MOST_FRAMES
from app.tracing import State, Writing
from app.tracing.beam import WIDEST

# Larger than any picture that passes the pixel limit; it keeps absurd integers out of arithmetic.
LARGEST_SIDE = 1_000_000
FARTHEST = 32


@dataclass(frozen=True)
class Options:
    """`crop` is (x, y, side) in pixels of the original, `shift` (dx, dy) in whole pixels of what
    the network sees, right and down positive; `turn` degrees, clockwise; `moment` a step of the
    training; `generate` how a text is continued; `origin` how many values of a series are known,
    `season` how many steps one has; `frames` how many frames a picture is a strip of; `detect`
    which boxes are shown; `beam` how many beginnings of a translation are kept.
    """

    crop: tuple[int, int, int] | None = None
    shift: tuple[int, int] | None = None
    moment: int | None = None
    edits: tuple[Change, ...] = ()
    generate: Writing | None = None
    turn: float | None = None
    noise: Noise | None = None
    order: Order | None = None
    show: Show | None = None
    origin: int | None = None
    season: int | None = None
    frames: int | None = None
    detect: Detect | None = None
    beam: int | None = None

    @property
    def personal(self) -> bool:
        """Whether they hold words of the visitor's own, which are kept nowhere."""
        return any(isinstance(edit, State) and edit.text is not None for edit in self.edits)

    def applied(self) -> dict[str, Any]:
        """The options as they are repeated in the answer."""
        found: dict[str, Any] = {}
        if self.crop is not None:
            found["crop"] = list(self.crop)
        if self.turn is not None:
            found["turn"] = self.turn
        if self.shift is not None:
            found["shift"] = list(self.shift)
        if self.noise is not None:
            found["noise"] = self.noise.applied()
        if self.order is not None:
            found["order"] = self.order.applied()
        if self.show is not None:
            found["show"] = self.show.applied()
        if self.frames is not None:
            found["frames"] = self.frames
        if self.moment is not None:
            found["moment"] = self.moment
        if self.edits:
            found["edits"] = [written(edit) for edit in self.edits]
        if self.generate is not None:
            found["generate"] = applied(self.generate)
        for name in ("origin", "season"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        if self.detect is not None:
            found["detect"] = self.detect.applied()
        if self.beam is not None:
            found["beam"] = self.beam
        return found


def parse_options(raw: object) -> Options:
    """Parsed JSON -> Options. Raises BadOption, naming what does not fit."""
    if raw is None:
        return Options()
    if not isinstance(raw, Mapping):
        raise BadOption('Options are a JSON object such as {"crop": [0, 0, 300]}.')
    unknown = [str(key) for key in raw if key not in PARSERS]
    if unknown:
        raise BadOption(f"There is no option {unknown[0][:40]!r}; there is {', '.join(PARSERS)}.")
    given = {key: value for key, value in raw.items() if value is not None}
    return Options(**{key: PARSERS[key](value) for key, value in given.items()})


def parse_crop(raw: object) -> tuple[int, int, int]:
    """`[x, y, side]` in whole pixels; whether it fits the picture is seen with the picture."""
    if not isinstance(raw, list) or len(raw) != 3 or not all(map(is_whole, raw)):
        raise BadOption("crop is [x, y, side]: three whole numbers of pixels of your picture.")
    x, y, side = raw
    if min(x, y) < 0 or side < 1 or max(raw) > LARGEST_SIDE:
        raise BadOption("crop must lie inside the picture: x and y from 0, side from 1.")
    return x, y, side


def parse_shift(raw: object) -> tuple[int, int]:
    """`[dx, dy]` in whole pixels of the network's input."""
    if not isinstance(raw, list) or len(raw) != 2 or not all(map(is_whole, raw)):
        raise BadOption("shift is [dx, dy]: two whole numbers of pixels, right and down positive.")
    dx, dy = raw
    if max(abs(dx), abs(dy)) > FARTHEST:
        raise BadOption(f"shift goes {FARTHEST} pixels at most in each direction.")
    return dx, dy


def parse_moment(raw: object) -> int:
    """A step of the training; whether the model kept it is seen with its card."""
    if not is_whole(raw):
        raise BadOption("moment is a step of the training: a whole number out of the card's list.")
    return raw


def parse_origin(raw: object) -> int:
    """How many values are known; whether the series has them is seen with the series."""
    if not is_whole(raw) or raw < 1:
        raise BadOption("origin is a place in the series: the values before it are known.")
    return raw


def parse_season(raw: object) -> int:
    """How many steps a season has; the model's bounds are seen with its card."""
    if not is_whole(raw) or raw < 1:
        raise BadOption("season is a whole number of steps, such as 12 for months.")
    return raw


def parse_frames(raw: object) -> int:
    """How many frames stand one under another; whether they are of one height is seen there."""
    if not is_whole(raw) or not 2 <= raw <= MOST_FRAMES:
        raise BadOption(f"frames is how many frames the picture holds, 2 to {MOST_FRAMES:,}.")
    return raw


def parse_beam(raw: object) -> int:
    """How many beginnings are kept, 1 to 8."""
    if not is_whole(raw) or not 1 <= raw <= WIDEST:
        raise BadOption(f"beam is how many beginnings are kept: a whole number from 1 to {WIDEST}.")
    return raw


PARSERS: dict[str, Callable[[object], Any]] = {
    "crop": parse_crop, "shift": parse_shift, "moment": parse_moment, "edits": parse_edits,
    "generate": parse_writing, "turn": parse_turn, "noise": parse_noise, "order": parse_order,
    "show": parse_show, "origin": parse_origin, "season": parse_season, "frames": parse_frames,
    "detect": parse_detect, "beam": parse_beam,
}  # fmt: skip
