"""An input -> the tensor that a model reads, with the report of what was done to it.

    Picture --read_image, two at once--> Reading(tensor [1, C, S, S], report, seen), shifted
    Words   --prepare_text-------------> Reading(tensor [1, T], report, tokens)
    SampleName --zoo--> Picture or Words
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from typing import Any

import torch
from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.engine.asks import Ask, Picture, SampleName, Words
from app.engine.options import Options
from app.inputs.image import read_image
from app.inputs.spec import ImageSpec, TextSpec
from app.inputs.text import TokenInfo, prepare_text
from app.zoo import Model, Zoo

DECODES = 2


@dataclass(frozen=True)
class Limits:
    """What an input may hold."""

    max_pixels: int
    max_tokens: int


@dataclass(frozen=True)
class Reading:
    """What the network reads: [1, C, S, S] float32 or [1, T] int64.

    `seen`: the same picture as uint8 [C, S, S]; `tokens`: one for each of T.
    """

    tensor: Tensor
    report: dict[str, Any]
    tokens: Sequence[TokenInfo] | None = None
    seen: Tensor | None = None


class Reader:
    """Turns asks into readings; counts the pictures that are being decoded."""

    def __init__(self, zoo: Zoo, limits: Limits) -> None:
        self._zoo = zoo
        self._limits = limits
        # A picture of 50 megapixels takes 150 MB while it is decoded: two of them are enough.
        self._decodes = BoundedSemaphore(DECODES)

    def read(self, model: Model, ask: Ask, options: Options) -> Reading:
        """Raises Unprocessable where the input is not of the kind that the model reads."""
        if isinstance(ask, SampleName):
            return self.read(model, self._sample(model, ask.name), options)
        spec = model.card.preprocessing
        if isinstance(ask, Picture):
            if not isinstance(spec, ImageSpec):
                title = model.card.title
                raise Unprocessable(f"“{title}” reads text. Type a sentence or pick one.")
            return self._picture(spec, ask, options)
        if not isinstance(spec, TextSpec):
            raise Unprocessable(f"“{model.card.title}” reads pictures. Send one, or pick a sample.")
        if options.crop is not None:
            raise BadOption("crop is for pictures; a text has nothing to cut.")
        if options.shift is not None:
            raise BadOption("shift is for pictures; it is not for this model, which reads text.")
        return self._words(model, spec, ask)

    def _sample(self, model: Model, name: str) -> Ask:
        sample = self._zoo.sample(model.card.id, name)
        if sample.text is not None:
            return Words(sample.text)
        return Picture(sample.content or b"")

    def _picture(self, spec: ImageSpec, ask: Picture, options: Options) -> Reading:
        with self._decodes:
            prepared = read_image(
                ask.data, spec, max_pixels=self._limits.max_pixels, crop=options.crop
            )
        reading = Reading(prepared.tensor, prepared.report, seen=prepared.seen)
        return reading if options.shift is None else shifted(reading, options.shift)

    def _words(self, model: Model, spec: TextSpec, ask: Words) -> Reading:
        limit = min(spec.max_tokens, self._limits.max_tokens)
        assert model.vocabulary is not None, "a text model has a vocabulary"
        prepared = prepare_text(ask.text, model.vocabulary, limit)
        return Reading(prepared.tensor, prepared.report, prepared.tokens)


def shifted(reading: Reading, by: tuple[int, int]) -> Reading:
    """The picture moved by (dx, dy) pixels of what the network sees; what it leaves uncovered has
    the mean colour, which is 0 once the average was subtracted. The move is said.
    """
    (dx, dy), old = by, reading.tensor
    height, width = old.shape[2:]
    new = torch.zeros_like(old)
    rows, columns = overlap(dy, height), overlap(dx, width)
    new[:, :, rows[1], columns[1]] = old[:, :, rows[0], columns[0]]
    step = {"op": "shift", "text": said_of_shift(dx, dy)}
    report = {**reading.report, "steps": [*reading.report["steps"], step]}
    return replace(reading, tensor=new, report=report)


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
