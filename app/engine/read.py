"""An input -> the tensor that a model reads, with the report of what was done to it.

    File  --read_image, two at once--> Reading(tensor [1, C, S, S], report, seen), changed
                                       [1, S, S] where the network reads row by row
          --read_audio---------------> Reading(tensor [1, T, bands], report)
          --read_video---------------> Reading(tensor [1, T, C, H, W], report), frames reordered
    Words --prepare_text-------------> Reading(tensor [1, T], report, tokens)
    Numbers --prepare_series----------> Reading(tensor [1, R + H, 3], report, series)
    SampleName --zoo--> File, Words or Numbers
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import BoundedSemaphore
from typing import Any

from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.engine.asks import Ask, Corpus, File, Numbers, SampleName, Words
from app.engine.disturb import (
    FRAMES,
    Show,
    begun,
    hidden,
    moved,
    noisy,
    reframed,
    reordered,
    turned,
)
from app.engine.options import Options
from app.inputs.audio import read_audio
from app.inputs.colours import Step
from app.inputs.formats import is_picture
from app.inputs.image import read_image
from app.inputs.letterbox import Place
from app.inputs.series import PreparedSeries, prepare_series
from app.inputs.spec import AudioSpec, ImageSpec, SeriesSpec, TextSpec, VideoSpec
from app.inputs.text import TokenInfo, prepare_text
from app.inputs.video import read_video
from app.inputs.wave import is_wave
from app.zoo import Card, Model, Zoo
from app.zoo.samples import values_of

DECODES = 2
# What a network asks for where it was given something else.
WANTED = {
    "image": "reads pictures. Send one, or pick a sample.",
    "text": "reads text. Type a sentence or pick one.",
    "audio": "reads recordings. Send a WAV file, or pick a sample.",
    "series": 'reads a series of numbers. Send {"series": [1, 2, …]}, or pick a sample.',
    "video": "reads clips. Send an animated GIF or WebP, or pick a sample.",
}
READS = {
    "image": "pictures",
    "text": "text",
    "audio": "recordings",
    "series": "series of numbers",
    "video": "clips",
}
OF_PICTURES = ("crop", "shift", "turn", "noise", "order", "show")


@dataclass(frozen=True)
class Limits:
    """What an input may hold."""

    max_pixels: int
    max_tokens: int


@dataclass(frozen=True)
class Reading:
    """What the network reads: [1, C, S, S] float32 or [1, T] int64; [1, T, S] float32 in rows, or
    in frames of a recording; [1, R + H, 3] of a series; [1, T, C, H, W] of a clip.

    `seen`: the same picture as uint8 [C, S, S]; `tokens`: one for each of T; `series`: the whole
    series, and how its window was scaled; `whole`: where the picture lies in the square, where
    all of it is read.
    """

    tensor: Tensor
    report: dict[str, Any]
    tokens: Sequence[TokenInfo] | None = None
    seen: Tensor | None = None
    series: PreparedSeries | None = None
    whole: Place | None = None

    @property
    def length(self) -> int | None:
        """How many steps the network takes, T; None where it reads the picture at once."""
        return None if self.tensor.ndim == 4 else self.tensor.shape[1]

    @property
    def steps(self) -> str:
        """What the steps are."""
        if self.tokens is not None:
            return "tokens"
        if self.series is not None:
            return "steps"
        return "rows" if self.seen is not None else "frames"


class Reader:
    """Turns asks into readings; counts the files that are being decoded."""

    def __init__(self, zoo: Zoo, limits: Limits) -> None:
        self._zoo = zoo
        self.limits = limits
        # A picture of 50 megapixels takes 150 MB while it is decoded: two of them are enough.
        self._decodes = BoundedSemaphore(DECODES)

    def read(self, model: Model, ask: Ask, options: Options) -> Reading:
        """Raises Unprocessable where the input is not of the kind that the model reads."""
        if isinstance(ask, SampleName):
            return self._sample(model, ask.name, options)
        if isinstance(ask, Corpus):
            raise Unprocessable("These are many inputs at once; send one sentence as a text.")
        spec = model.card.preprocessing
        given = sort_of(ask)
        wanted = "image" if isinstance(spec, VideoSpec) else spec.kind  # a clip is a picture file
        if given != wanted and (given != "file" or spec.kind in ("text", "series")):
            raise Unprocessable(f"“{model.card.title}” {WANTED[spec.kind]}")
        only_for_series(options, model.card)
        if isinstance(spec, VideoSpec):
            assert isinstance(ask, File)
            return self._clip(model.card, spec, ask, options)
        if options.frames is not None:
            raise BadOption("frames is for networks that read clips.")
        if isinstance(spec, ImageSpec):
            assert isinstance(ask, File)
            return self._picture(spec, ask, options)
        only_for_pictures(options, model.card)
        if isinstance(spec, AudioSpec):
            assert isinstance(ask, File)
            return self._recording(spec, ask)
        if isinstance(spec, SeriesSpec):
            assert isinstance(ask, Numbers)
            prepared = prepare_series(ask.values, spec, options.season, options.origin)
            return Reading(prepared.tensor, prepared.report, series=prepared)
        assert isinstance(ask, Words)
        return self._words(model, spec, ask)

    def _sample(self, model: Model, name: str, options: Options) -> Reading:
        sample = self._zoo.sample(model.card.id, name)
        if sample.text is not None:
            return self.read(model, Words(sample.text), options)
        if sample.kind == "series":
            season = options.season or sample.season
            numbers = Numbers(values_of(sample))
            return self.read(model, numbers, replace(options, season=season))
        return self.read(model, File(sample.content or b""), options)

    def _picture(self, spec: ImageSpec, ask: File, options: Options) -> Reading:
        with self._decodes:
            prepared = read_image(
                ask.data, spec, max_pixels=self.limits.max_pixels, crop=options.crop
            )
        if options.order is not None and options.order.of == FRAMES:
            raise BadOption(f"A picture has no {FRAMES} to put in order; a clip has.")
        if options.show is not None and options.show.each and spec.rows:
            raise BadOption("each of show is for networks that read a picture at once; this one "
                            "answers after every row without it.")  # fmt: skip
        reading = Reading(
            prepared.tensor, prepared.report, seen=prepared.seen, whole=prepared.whole
        )
        return disturbed(reading, spec, options)

    def _recording(self, spec: AudioSpec, ask: File) -> Reading:
        with self._decodes:
            prepared = read_audio(ask.data, spec)
        return Reading(prepared.tensor, prepared.report)

    def _clip(self, card: Card, spec: VideoSpec, ask: File, options: Options) -> Reading:
        order = options.order
        only_for_pictures(replace(options, order=None), card)
        if order is not None and order.of != FRAMES:
            raise BadOption(f"A clip has {FRAMES} to put in order, not {order.of}.")
        with self._decodes:
            most = self.limits.max_pixels
            prepared = read_video(ask.data, spec, max_pixels=most, strip=options.frames)
        if order is None:
            return Reading(prepared.tensor, prepared.report)
        tensor, step = reframed(prepared.tensor, order)
        steps = [*prepared.report["steps"], step]
        return Reading(tensor, {**prepared.report, "steps": steps})

    def words(self, model: Model, text: str) -> Tensor:
        """Another text for the same model -> ids [1, T]. Raises Unprocessable, TooLarge."""
        spec = model.card.preprocessing
        if not isinstance(spec, TextSpec):
            raise Unprocessable(f"“{model.card.title}” {WANTED[spec.kind]}")
        anything = spec.model_copy(update={"words": []})  # a state may come from any text
        return self._words(model, anything, Words(text)).tensor

    def _words(self, model: Model, spec: TextSpec, ask: Words) -> Reading:
        limit = min(spec.max_tokens, self.limits.max_tokens)
        assert model.vocabulary is not None, "a text model has a vocabulary"
        prepared = prepare_text(ask.text, model.vocabulary, limit)
        if spec.words:
            prepared.report.update(place_of(prepared.tokens, spec.words))
        return Reading(prepared.tensor, prepared.report, prepared.tokens)


def sort_of(ask: File | Words | Numbers) -> str:
    """ "text", "series"; of a file "audio" or "image" where its first bytes say so, else "file"."""
    if isinstance(ask, Words):
        return "text"
    if isinstance(ask, Numbers):
        return "series"
    if is_wave(ask.data):
        return "audio"
    return "image" if is_picture(ask.data) else "file"


def only_for_pictures(options: Options, card: Card) -> None:
    """Raises BadOption where an option changes what only a picture has."""
    if options.crop is not None and card.input == "text":
        raise BadOption("crop is for pictures; a text has nothing to cut.")
    for name in OF_PICTURES:
        if getattr(options, name) is not None:
            what = READS[card.input]
            raise BadOption(
                f"{name} is for pictures; it is not for this model, which reads {what}."
            )


def only_for_series(options: Options, card: Card) -> None:
    """Raises BadOption where an option is about what only a series has."""
    for name in ("origin", "season"):
        if card.input != "series" and getattr(options, name) is not None:
            raise BadOption(f"{name} is for series of numbers; “{card.title}” reads none.")


def place_of(tokens: Sequence[TokenInfo], words: Sequence[str]) -> dict[str, Any]:
    """Where the first of the words stands, as {"word": {"text", "at"}}; 422 where there is none."""
    at = next((i for i, token in enumerate(tokens) if token["text"] in words), None)
    if at is None:
        raise Unprocessable(
            f"This network was trained on one word, “{words[0]}”, and your text does not have it. "
            f"Write a sentence with “{words[0]}” in it, or pick one."
        )
    return {"word": {"text": tokens[at]["text"], "at": at}}


def disturbed(reading: Reading, spec: ImageSpec, options: Options) -> Reading:
    """The picture as the options change it, in this order; every change is said."""
    tensor, steps = reading.tensor, list(reading.report["steps"])
    show = options.show or Show()
    changes: list[Callable[[Tensor], tuple[Tensor, Step]]] = []
    if options.turn is not None:
        changes.append(partial(turned, degrees=options.turn))
    if options.shift is not None:
        changes.append(partial(moved, by=options.shift))
    if options.noise is not None:
        changes.append(partial(noisy, noise=options.noise, spec=spec))
    if options.order is not None:
        changes.append(partial(reordered, order=options.order))
    if show.hide is not None:
        changes.append(partial(hidden, first=show.hide[0], end=show.hide[1]))
    if show.rows is not None:
        changes.append(partial(begun, rows=show.rows, spec=spec))
    for change in changes:
        tensor, step = change(tensor)
        steps.append(step)
    return replace(reading, tensor=tensor, report={**reading.report, "steps": steps})
