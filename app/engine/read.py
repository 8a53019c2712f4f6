"""An input -> the tensor that a model reads, with the report of what was done to it.

    Picture --read_image, two at once--> Reading(tensor [1, C, S, S], report, seen)
    Words   --prepare_text-------------> Reading(tensor [1, T], report, tokens)
    SampleName --zoo--> Picture or Words
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.engine.asks import Ask, Options, Picture, SampleName, Words
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
        return Reading(prepared.tensor, prepared.report, seen=prepared.seen)

    def _words(self, model: Model, spec: TextSpec, ask: Words) -> Reading:
        limit = min(spec.max_tokens, self._limits.max_tokens)
        assert model.vocabulary is not None, "a text model has a vocabulary"
        prepared = prepare_text(ask.text, model.vocabulary, limit)
        return Reading(prepared.tensor, prepared.report, prepared.tokens)
