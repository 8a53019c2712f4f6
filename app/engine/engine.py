"""The one door to the networks: an ask in, encoded bytes out, work in threads, samples cached.

    ask --Reader--> tensor --trace--> Answer(about, tensors) --encode--> bytes
         \\________________ one job in one thread of the pool _______________/

`encode` is the caller's (JSON or safetensors), so that writing a large answer does not hold up
the event loop either. Answers about shipped samples are kept; a visitor's own never are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import torch
from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.core.settings import Settings
from app.engine import answers, atlas
from app.engine.asks import Ask, Options, SampleName
from app.engine.cache import Cache
from app.engine.graphs import Graphs
from app.engine.pool import Gone, Pool
from app.engine.read import Limits, Reader, Reading
from app.insight.units import span, unit_effects
from app.tracing import Node, Trace, trace
from app.zoo import Model, Zoo

T = TypeVar("T")
CACHE_BYTES = 64_000_000
MOST_ROWS = 512


@dataclass(frozen=True)
class Answer:
    """What is sent: `about` as JSON, tensors [no batch axis] in graph order."""

    about: dict[str, Any]
    tensors: dict[str, Tensor] = field(default_factory=dict)


class Encoder(Protocol):
    """Writes an answer. Hashable, because it is part of what a cached answer is known by."""

    def __call__(self, answer: Answer) -> bytes: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Request:
    """One ask of one model: `layers` chooses tensors, `steps` (start, stop) rows of a text."""

    model: str
    ask: Ask
    options: Options = field(default_factory=Options)
    layers: tuple[str, ...] | None = None
    steps: tuple[int, int] | None = None


class Engine:
    """Runs the models of a zoo for many visitors."""

    def __init__(self, settings: Settings, zoo: Zoo) -> None:
        share_cores(settings.workers)
        self.zoo = zoo
        self.graphs = Graphs(zoo)
        self._reader = Reader(zoo, Limits(settings.max_pixels, settings.max_tokens))
        self._pool = Pool(
            workers=settings.workers,
            queue=settings.queue,
            timeout_seconds=settings.timeout_seconds,
        )
        self._cache = Cache(CACHE_BYTES)

    def close(self) -> None:
        """Drops what still waits."""
        self._pool.close()

    def place(self) -> AbstractContextManager[None]:
        """A place in the queue, taken before a body is read. Raises Overloaded."""
        return self._pool.place()

    async def run(self, job: Callable[[], T], gone: Gone | None = None) -> T:
        """Any other work on models, in the same threads and under the same time-out."""
        return await self._pool.run(job, gone)

    async def predict(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """The prediction and what was done to the input."""
        return await self._kept("predict", request, encode, gone, self._predict)

    async def trace(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """The same with the graph and every chosen tensor."""
        return await self._kept("trace", request, encode, gone, self._trace)

    async def effects(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """How much each unit of a reader's last layer moves the answer."""
        return await self._kept("effects", request, encode, gone, self._effects)

    async def atlas(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """The 8-bit first draw of a shipped sample."""
        return await self._kept("atlas", request, encode, gone, self._atlas)

    async def _kept(
        self,
        kind: str,
        request: Request,
        encode: Encoder,
        gone: Gone | None,
        answer: Callable[[Request], Answer],
    ) -> bytes:
        """The answer's bytes, from the cache if they are about a shipped sample."""
        sample = isinstance(request.ask, SampleName)
        key: Hashable = (kind, request, encode) if sample else None
        kept = self._cache.get(key) if sample else None
        if kept is not None:
            return kept
        body = await self._pool.run(lambda: encode(answer(request)), gone)
        if sample:
            self._cache.put(key, body)
        return body

    def _predict(self, request: Request) -> Answer:
        model = self.zoo.model(request.model)
        reading = self._reader.read(model, request.ask, request.options)
        rows = shown_rows(reading, request.steps)
        found = trace(model.net, reading.tensor, layers=("logits",))
        return Answer(about(model, request, reading, found, rows))

    def _trace(self, request: Request) -> Answer:
        model = self.zoo.model(request.model)
        reading = self._reader.read(model, request.ask, request.options)
        rows = shown_rows(reading, request.steps)
        window = None if rows is None else slice(rows.start, rows.stop)
        found = trace(model.net, reading.tensor, layers=request.layers, steps=window)
        said = about(model, request, reading, found, rows)
        return Answer({**said, "graph": self.graphs.of(request.model)}, found.tensors)

    def _effects(self, request: Request) -> Answer:
        model = self.zoo.model(request.model)
        reading = self._reader.read(model, request.ask, request.options)
        layer = last_reader(self.graphs.of(request.model))
        if layer is None or reading.tokens is None:
            raise Unprocessable(f"“{model.card.title}” has no recurrent units to switch off.")
        total = len(reading.tokens)
        read = span(model.net, total)  # a long text is measured over its last words
        found = trace(model.net, reading.tensor, layers=("logits",))
        best = answers.predictions(model.card, answers.final(found.logits)[None])[0][0]
        return Answer({
            "model": request.model,
            "layer": layer["name"],
            "direction": "forward",
            "effects": unit_effects(model.net, reading.tensor).tolist(),
            "class": best["label"],
            "window": {"start": read.start, "end": read.stop, "total": total},
        })  # fmt: skip

    def _atlas(self, request: Request) -> Answer:
        model = self.zoo.model(request.model)
        assert isinstance(request.ask, SampleName)
        reading = self._reader.read(model, request.ask, request.options)
        nodes, rows = self.graphs.of(request.model), shown_rows(reading, None)
        window = None if rows is None else slice(rows.start, rows.stop)
        found = trace(model.net, reading.tensor, steps=window)
        tensors, limits = atlas.quantised(found.tensors, atlas.chosen(nodes))
        if reading.seen is not None:
            tensors = {"input": reading.seen, **tensors}
            limits = {"input": (0.0, 255.0), **limits}
        said = about(model, request, reading, found, rows)
        sha256, name = model.card.weights.sha256, request.ask.name
        extra = {"sha256": sha256, "sample": name, "limits": limits, "graph": nodes}
        return Answer({**said, **extra}, tensors)


def share_cores(workers: int) -> None:
    """Divides the cores among the workers. More threads than cores wait for each other: with two
    workers of two threads each on two cores, a forward pass took three times as long.
    """
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // workers))


def about(
    model: Model, request: Request, reading: Reading, found: Trace, rows: range | None
) -> dict[str, Any]:
    """The JSON part that predict, trace and atlas share; tokens and steps for texts."""
    card, logits = model.card, found.logits
    said: dict[str, Any] = {
        "model": card.id,
        "predictions": answers.predictions(card, answers.final(logits)[None])[0],
        "input": reading.report,
        "familiarity": answers.familiar(card, found),
        "options": request.options.applied(),
    }
    if reading.tokens is None or rows is None:
        return said
    window = {"start": rows.start, "end": rows.stop, "total": len(reading.tokens)}
    said["input"] = {**reading.report, "window": window}
    said["tokens"] = reading.tokens[rows.start : rows.stop]
    if card.causal and logits.ndim == 2:
        said["steps"] = answers.steps(card, logits, rows)
    return said


def shown_rows(reading: Reading, asked: tuple[int, int] | None) -> range | None:
    """The tokens that an answer shows: as asked, at most 512; None for a picture."""
    if reading.tokens is None:
        if asked is not None:
            raise BadOption("steps are for texts; a picture is read at once.")
        return None
    start, stop = asked or (0, MOST_ROWS)
    stop = min(stop, start + MOST_ROWS, len(reading.tokens))
    if start >= stop:
        raise BadOption(f"steps {start}:{stop} choose nothing of {len(reading.tokens)} tokens.")
    return range(start, stop)


def last_reader(nodes: Sequence[Node]) -> Node | None:
    """The last recurrent layer of a graph."""
    return next((n for n in reversed(nodes) if n["op"] in ("rnn", "gru", "lstm")), None)
