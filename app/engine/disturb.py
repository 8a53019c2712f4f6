"""What a visitor does to a picture before a network reads it, each step said.

    [..., S, S] --turn--> --shift--> --noise--> --order--> --rows hidden--> --first rows--> network
                 row readers: [1, S, S] --the first rows--> [1, rows, S]: the sequence ends there

All of it happens to what the network sees, after its own preprocessing. A place left open has the
mean colour, which is 0 once the average was subtracted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from app.core.errors import BadOption
from app.engine.fields import Fields, is_whole
from app.inputs.colours import Step
from app.inputs.order import AXES, parts_of, permutation, permuted
from app.inputs.spec import ImageSpec

FULL_TURN = 360
FRAMES = "frames"  # what a clip is in order of


@dataclass(frozen=True)
class Show:
    """`rows`: only the first so many are there; `hide`: rows from (first) to (end) are not there;
    `each`: the answer for every number of rows, of a network that reads the picture at once."""

    rows: int | None = None
    hide: tuple[int, int] | None = None
    each: bool = False

    def applied(self) -> dict[str, Any]:
        """As it is repeated in the answer."""
        found: dict[str, Any] = {} if self.rows is None else {"rows": self.rows}
        if self.hide is not None:
            found["hide"] = list(self.hide)
        return {**found, "each": True} if self.each else found


@dataclass(frozen=True)
class Noise:
    """`amount`: standard deviation, of full brightness; the same seed gives the same noise."""

    amount: float
    seed: int = 0

    def applied(self) -> dict[str, Any]:
        """As it is repeated in the answer."""
        return asdict(self)


@dataclass(frozen=True)
class Order:
    """`of`: rows, columns or pixels, of a clip its frames; `seed` names the permutation, None turns
    them round; `at`: this frame, counted from 0, stands in the place of all of a clip."""

    of: str
    seed: int | None
    at: int | None = None

    def applied(self) -> dict[str, Any]:
        """As it is repeated in the answer."""
        if self.at is not None:
            return {"of": self.of, "how": "held", "at": self.at}
        how = {"how": "reversed"} if self.seed is None else {"how": "shuffled", "seed": self.seed}
        return {"of": self.of, **how}


def parse_order(raw: object) -> Order:
    """`{"of", "how", "seed"}`: shuffled with seed 0 where nothing else is said."""
    given = _object(raw, "order", '{"of": "rows"}')
    fields = Fields(given, "order", ("of", "how", "seed", "at"))
    of, how = given.get("of"), given.get("how")
    if of not in (*AXES, FRAMES):
        raise BadOption(f"of of order is one of {', '.join(AXES)}; of a clip it is {FRAMES}.")
    if how not in (None, "shuffled", "reversed", "held"):
        raise BadOption("how of order is shuffled or reversed; frames may be held, too.")
    seed, at = fields.whole_or_none("seed"), fields.whole_or_none("at")
    if how in ("reversed", "held") and seed is not None:
        raise BadOption(f"seed of order is for shuffled; {how} draws nothing.")
    if how == "held" and of != FRAMES:
        raise BadOption("held is for the frames of a clip: one of them in the place of all.")
    if how == "held":
        return Order(FRAMES, None, at or 0)
    if at is not None:
        raise BadOption("at of order is for held: the frame that stands in the place of all.")
    return Order(str(of), None if how == "reversed" else seed or 0)


def parse_show(raw: object) -> Show:
    """`{"rows", "hide", "each"}`; whether they fit the picture is seen with the model."""
    fields = Fields(_object(raw, "show", '{"rows": 14}'), "show", ("rows", "hide", "each"))
    each = raw.get("each") if isinstance(raw, Mapping) else None
    if each is not None and not isinstance(each, bool):
        raise BadOption("each of show must be true or false.")
    hidden = raw.get("hide") if isinstance(raw, Mapping) else None
    return Show(fields.whole_or_none("rows"), parse_hide(hidden), bool(each))


def parse_hide(raw: object) -> tuple[int, int] | None:
    """`[first, end]`, rows counted from 0; the end is not hidden any more."""
    if raw is None:
        return None
    if not isinstance(raw, list) or len(raw) != 2 or not all(map(is_whole, raw)):
        raise BadOption("hide of show is [first, end]: two rows, counted from 0 at the top.")
    first, end = raw
    if not 0 <= first < end:
        raise BadOption("hide of show is [first, end]: first from 0, end after it.")
    return first, end


def parse_noise(raw: object) -> Noise:
    """`{"amount", "seed"}`: an amount of 0 to 1."""
    fields = Fields(_object(raw, "noise", '{"amount": 0.2}'), "noise", ("amount", "seed"))
    amount = fields.number("amount")
    if not 0 <= amount <= 1:
        raise BadOption("amount of noise must be a number from 0 to 1, of full brightness.")
    return Noise(amount, fields.whole_or_none("seed") or 0)


def parse_turn(raw: object) -> float:
    """Degrees, clockwise positive; a full turn at most."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise BadOption("turn is a number of degrees, clockwise.")
    if abs(raw) > FULL_TURN:
        raise BadOption(f"turn goes from −{FULL_TURN} to {FULL_TURN} degrees.")
    return float(raw)


def _object(raw: object, name: str, example: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise BadOption(f"{name} is an object such as {example}.")
    return raw


def turned(x: Tensor, degrees: float) -> tuple[Tensor, Step]:
    """[1, C, S, S] or [1, S, S] -> the same, turned clockwise about its middle; a pixel's value is
    taken from the four around the place it came from (bilinear)."""
    square = x if x.ndim == 4 else x[:, None]
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    # Rows: from where in the old picture x and y of the new one come; y points down.
    back = torch.tensor([[[cos, sin, 0.0], [-sin, cos, 0.0]]])
    grid = functional.affine_grid(back, list(square.shape), align_corners=False)
    new = functional.grid_sample(square, grid, align_corners=False).reshape(x.shape)
    way = "clockwise" if degrees >= 0 else "anticlockwise"
    text = f"Turned {abs(degrees):g}° {way}; the corners left open have the mean colour."
    return new if degrees else x, Step(op="turn", text=text)


def moved(x: Tensor, by: tuple[int, int]) -> tuple[Tensor, Step]:
    """[..., S, S] -> the picture (dx, dy) pixels further right and down."""
    dx, dy = by
    height, width = x.shape[-2:]
    new = torch.zeros_like(x)
    rows, columns = overlap(dy, height), overlap(dx, width)
    new[..., rows[1], columns[1]] = x[..., rows[0], columns[0]]
    return new, Step(op="shift", text=said_of_shift(dx, dy))


def overlap(move: int, size: int) -> tuple[slice, slice]:
    """From where and to where the cells along one axis go; those that leave it are dropped."""
    kept = max(0, size - abs(move))
    back, on = (0, move) if move >= 0 else (-move, 0)
    return slice(back, back + kept), slice(on, on + kept)


def said_of_shift(dx: int, dy: int) -> str:
    """The sentence about a move."""
    moves = [(abs(dx), "right" if dx > 0 else "left"), (abs(dy), "down" if dy > 0 else "up")]
    parts = [f"{n} px {way}" for n, way in moves if n]
    if not parts:
        return "Moved by 0 pixels."
    return f"Moved {' and '.join(parts)}; the edge left open has the mean colour."


def noisy(x: Tensor, noise: Noise, spec: ImageSpec) -> tuple[Tensor, Step]:
    """[..., S, S] -> brightness 0..1 + amount · a normal number each, kept within 0..1 as a camera
    does, normalised again. The same seed gives networks of one size and channels the same noise."""
    shape = (spec.channels, 1, 1)
    mean, std = (torch.tensor(v).view(shape) for v in (spec.mean, spec.std))
    normal = torch.randn(
        spec.channels, *x.shape[-2:], generator=torch.Generator().manual_seed(noise.seed)
    )
    bright = (x.reshape(normal.shape) * std + mean + noise.amount * normal).clamp(0, 1)
    text = f"Noise was added to every pixel: about {100 * noise.amount:g} % of full brightness."
    new = ((bright - mean) / std).reshape(x.shape)
    return new if noise.amount else x, Step(op="noise", text=text)


def reordered(x: Tensor, order: Order) -> tuple[Tensor, Step]:
    """[..., S, S] -> its rows, columns or pixels in another order, every plane in the same one.

    A seed gives every picture of one size the same permutation: that of app.training.order's study
    of "one way for all".
    """
    count = parts_of(order.of, x.shape)
    if order.seed is None:
        places = torch.arange(count).flip(0)
        text = f"The {count} {order.of} are in reverse order."
    else:
        places = permutation(order.of, count, order.seed)
        text = (f"The {count} {order.of} are shuffled: permutation {order.seed}, the same one for"
                " every picture.")  # fmt: skip
    new = permuted(x.reshape(-1, *x.shape[-2:]), order.of, places).reshape(x.shape)
    return new, Step(op="order", text=text)


def reframed(x: Tensor, order: Order) -> tuple[Tensor, Step]:
    """A clip [1, T, ...] -> its frames in another order, or one of them T times."""
    count = x.shape[1]
    if order.at is not None:
        if order.at >= count:
            raise BadOption(f"at of order goes to {count - 1}: the clip has {count} frames.")
        text = f"Frame {order.at + 1} of {count} is held: it stands in the place of all."
        return x[:, [order.at] * count], Step(op="order", text=text)
    if order.seed is None:
        text = f"The {count} frames are in reverse order."
        return x.flip(1), Step(op="order", text=text)
    text = f"The {count} frames are shuffled: permutation {order.seed}."
    places = permutation(FRAMES, count, order.seed)
    return x[:, places].contiguous(), Step(op="order", text=text)


def hidden(x: Tensor, first: int, end: int) -> tuple[Tensor, Step]:
    """[..., S, S] -> rows first..end − 1 have the mean colour; a row reader still reads them."""
    size = x.shape[-2]
    if end > size:
        raise BadOption(f"hide of show ends at row {end}, but the picture has {size} rows.")
    new = x.clone()
    new[..., first:end, :] = 0
    what = f"Row {first + 1} was" if end == first + 1 else f"Rows {first + 1} to {end} were"
    return new, Step(op="hide", text=f"{what} hidden: the mean colour stands there.")


def begun(x: Tensor, rows: int, spec: ImageSpec) -> tuple[Tensor, Step]:
    """[1, C, S, S] -> all but the first `rows` have the mean colour; [1, S, S] -> [1, rows, S]."""
    if rows > spec.size:
        raise BadOption(f"rows of show goes to {spec.size}: the picture has no more.")
    if spec.rows:
        if rows == 0:
            raise BadOption("rows of show goes from 1: this network reads a row a step.")
        text = f"Only the first {rows} of {spec.size} rows were read; the reading ends there."
        return x[:, :rows], Step(op="rows", text=text)
    new = x.clone()
    new[..., rows:, :] = 0
    text = f"Only the first {rows} of {spec.size} rows are shown; below stands the mean colour."
    return new, Step(op="show", text=text)


def prefixes(x: Tensor, rows: range) -> Tensor:
    """[1, C, S, S] -> [N, C, S, S]: the picture's first k rows alone, for each k of `rows`."""
    heights = torch.tensor(list(rows)).view(-1, 1, 1, 1)
    line = torch.arange(x.shape[-2]).view(1, 1, -1, 1)
    return torch.where(line < heights, x, torch.zeros(()))
