"""What the engine's threads do: one request in, one answer out, all of it stateless.

    Request --Reader--> tensor --+
            --zoo, moment--> net +--> trace --> Answer(about, tensors)
            --edits, graph--> plan           (of readers: rereading.py)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.core.settings import Settings
from app.engine import answers, atlas, translating
from app.engine.asks import SampleName
from app.engine.detecting import TENSORS, Found, completed, find
from app.engine.disturb import prefixes
from app.engine.forecasting import beside, forecast
from app.engine.graphs import Graphs, with_fields
from app.engine.read import Limits, Reader, Reading
from app.engine.requests import Answer, Request
from app.engine.rereading import of_pictures, reread
from app.engine.writing import applied, written_on
from app.inputs.spec import ImageSpec, SeriesSpec
from app.insight.units import span, step_read, unit_effects
from app.tracing import (
    Node,
    Plan,
    Trace,
    Writing,
    answers_prefixes,
    changed_nodes,
    edited,
    plain_plan,
    prefix_logits,
    trace,
)
from app.zoo import Model, Zoo

MOST_ROWS = 512
MEDIAN = 1  # of a forecaster's lower, median, upper
ROWS_AT_ONCE = 32  # pictures in one batch: bounds the memory that a large one takes


@dataclass(frozen=True)
class Ready:
    """A request made ready to run: `plan` is the network as its options have changed it."""

    model: Model
    reading: Reading
    plan: Plan
    nodes: list[Node]


class Work:
    """The jobs on models. Every method may run in any thread."""

    def __init__(self, settings: Settings, zoo: Zoo) -> None:
        self.zoo = zoo
        self.graphs = Graphs(zoo)
        self._most_tokens = settings.max_tokens
        self._reader = Reader(zoo, Limits(settings.max_pixels, settings.max_tokens))

    @property
    def max_tokens(self) -> int:
        """How long a text may be."""
        return self._reader.limits.max_tokens

    def read(self, model: Model, request: Request) -> Reading:
        """The input of a request alone."""
        return self._reader.read(model, request.ask, request.options)

    def translates(self, request: Request) -> bool:
        """Whether a request is for a network that writes a sentence; it refuses what is not for
        such a network.
        """
        card, options = self.zoo.card(request.model), request.options
        if card.task != "translation":
            return False
        if options.generate is not None or options.moment is not None:
            raise BadOption(f"generate and moment are not for “{card.title}”, which translates.")
        return True

    def ready(self, request: Request) -> Ready:
        """Model, input and plan of a request. Raises BadOption where an option does not fit."""
        options, card = request.options, self.zoo.card(request.model)
        if card.task == "translation":
            raise Unprocessable(f"“{card.title}” translates: ask it to predict, or for a trace.")
        if options.beam is not None:
            raise BadOption(f"beam is for networks that translate, not for “{card.title}”.")
        model = self.zoo.model(request.model)
        if options.generate is not None and model.card.task != "generation":
            title = model.card.title
            raise BadOption(f"generate is for networks that continue a text, not for “{title}”.")
        if options.detect is not None and model.card.task != "detection":
            title = model.card.title
            raise BadOption(f"detect is for networks that find things, not for “{title}”.")
        nodes = self.graphs.of(request.model)
        if options.moment is not None:
            model = self.zoo.moment(request.model, options.moment)
        reading = self._reader.read(model, request.ask, options)
        plan = plain_plan(model.net)
        if not options.edits:
            return Ready(model, reading, plan, nodes)
        if last_reader(nodes) is not None:
            total, words = reading.tensor.shape[1], partial(self._reader.words, model)
            held = reread(model, nodes, options.edits, total, words, self._most_tokens)
            return Ready(model, reading, held, nodes)
        if not isinstance(model.card.preprocessing, ImageSpec):
            title = model.card.title
            raise BadOption(f"edits are not for this model: “{title}” reads no pictures.")
        changed = edited(model.net, nodes, of_pictures(model, options.edits))
        return Ready(model, reading, changed, with_fields(changed_nodes(nodes, plan, changed)))

    def predict(self, request: Request) -> Answer:
        """The prediction and what was done to the input."""
        if self.translates(request):
            model = self.zoo.model(request.model)
            return translating.predicted(model, self._reader, request)
        ready = self.ready(request)
        rows = shown_rows(ready.reading, request.steps)
        found = run(ready, layers=("logits",))
        return Answer(about(ready, request, found, rows))

    def trace(self, request: Request) -> Answer:
        """The same with the graph as it ran and every chosen tensor."""
        if self.translates(request):
            model = self.zoo.model(request.model)
            return translating.traced(model, self._reader, self.graphs, request)
        ready = self.ready(request)
        rows = shown_rows(ready.reading, request.steps)
        finds, layers = ready.model.card.task == "detection", request.layers
        if finds and layers is not None:
            layers = tuple(name for name in layers if name not in TENSORS)
        found = run(ready, layers=layers, rows=rows)
        said = about(ready, request, found, rows)
        tensors = dict(found.tensors)
        if request.layers is not None:
            for name in set(measured(ready)) - set(request.layers):
                tensors.pop(name, None)
        if finds:
            boxes = boxes_of(ready, request, found.logits)
            said["detection"] = boxes.about
            wanted = TENSORS if request.layers is None else request.layers
            tensors |= {name: v for name, v in boxes.tensors().items() if name in wanted}
        return Answer({**said, "graph": ready.nodes}, tensors)

    def effects(self, request: Request) -> Answer:
        """How much each unit of a reader's last layer moves the answer."""
        if request.options.edits:
            raise BadOption("Effects are measured on the network as it is: ask without edits.")
        ready = self.ready(request)
        model, reading = ready.model, ready.reading
        layer = last_reader(ready.nodes)
        total = reading.length
        if layer is None or total is None:
            raise Unprocessable(f"“{model.card.title}” has no recurrent units to switch off.")
        at = step_read(model.net, reading.tensor)
        read = span(model.net, total, at)  # a long text is measured over its last words
        found = run(ready, layers=("logits",))
        middle = reading.series is not None
        best = {"label": "median"} if middle else answers.predictions(
            model.card, answers.final(found.logits)[None]
        )[0][0]
        return Answer({
            "model": request.model,
            "layer": layer["name"],
            "direction": "forward",
            "effects": unit_effects(
                model.net, reading.tensor, target=MEDIAN if middle else None
            ).tolist(),
            "class": best["label"],
            "window": {"start": read.start, "end": read.stop, "total": total},
        })  # fmt: skip

    def atlas(self, request: Request) -> Answer:
        """The 8-bit first draw of a shipped sample."""
        ready = self.ready(request)
        assert isinstance(request.ask, SampleName)
        rows = shown_rows(ready.reading, None)
        found = run(ready, rows=rows)
        tensors, limits = atlas.quantised(found.tensors, atlas.chosen(ready.nodes))
        if ready.reading.seen is not None:
            tensors = {"input": ready.reading.seen, **tensors}
            limits = {"input": (0.0, 255.0), **limits}
        said = about(ready, request, found, rows)
        sha256, name = ready.model.card.weights.sha256, request.ask.name
        extra = {"sha256": sha256, "sample": name, "limits": limits, "graph": ready.nodes}
        return Answer({**said, **extra}, tensors)


def run(ready: Ready, layers: Sequence[str] | None = None, rows: range | None = None) -> Trace:
    """The trace of a request; `rows` of what is read step by step. It also holds what the
    familiarity looks at.
    """
    window = None if rows is None else slice(rows.start, rows.stop)
    if layers is not None:
        layers = [*layers, *measured(ready)]
    net, x = ready.model.net, ready.reading.tensor
    return trace(net, x, layers=layers, steps=window, plan=ready.plan)


def measured(ready: Ready) -> list[str]:
    """The tensors that the card's familiarity looks at, without what is in every trace."""
    known = ready.model.card.familiarity
    if known is None:
        return []
    found = [known.tensor, known.also.tensor if known.also else ""]
    return [name for name in found if name not in ("", answers.FEATURES)]


def about(ready: Ready, request: Request, found: Trace, rows: range | None) -> dict[str, Any]:
    """The JSON part that predict, trace and atlas share; tokens for texts, steps for readers."""
    card, reading, logits = ready.model.card, ready.reading, found.logits
    said: dict[str, Any] = {
        "model": card.id,
        "predictions": predictions(ready, request, logits),
        "input": reading.report,
        "familiarity": answers.familiar(ready.model, found, reading.tensor),
        "options": request.options.applied(),
    }
    if card.task == "generation":
        said["options"]["generate"] = applied(writing(request))
    if card.task == "detection":
        said["options"]["detect"] = completed(card, request.options.detect).applied()
    if rows is None:
        return said | by_rows(ready, request)
    window = {"start": rows.start, "end": rows.stop, "total": reading.length}
    said["input"] = {**reading.report, "window": window}
    if reading.tokens is not None:
        said["tokens"] = reading.tokens[rows.start : rows.stop]
    if reading.series is not None:
        assert isinstance(card.preprocessing, SeriesSpec)
        plain = plain_plan(ready.model.net)
        said |= beside(reading.series, logits, plain, card.preprocessing)
    elif card.causal and logits.ndim == 2:
        said["steps"] = answers.steps(card, logits, rows)
    elif answers_prefixes(ready.plan):
        every = prefix_logits(ready.plan, reading.tensor)
        said |= {"steps": answers.steps(card, every, rows), "steps_of": "prefixes"}
    return said


def by_rows(ready: Ready, request: Request) -> dict[str, Any]:
    """Of a picture read at once, where asked: the answer for its first 0, 1, … rows, every one of
    them a reading anew."""
    show, x = request.options.show, ready.reading.tensor
    if show is None or not show.each:
        return {}
    if ready.model.card.task == "detection":
        raise BadOption("each of show is for networks that name the whole picture.")
    if ready.model.card.task == "segmentation":
        raise BadOption("each of show is for one answer a picture; this one answers every pixel.")
    rows = range(1 + (x.shape[-2] if show.rows is None else show.rows))
    parts = [rows[k : k + ROWS_AT_ONCE] for k in range(0, len(rows), ROWS_AT_ONCE)]
    with torch.inference_mode():
        logits = torch.cat([ready.plan.forward(prefixes(x, part)) for part in parts])
    said = answers.predictions(ready.model.card, logits)
    return {
        "steps": [{"t": t, "predictions": row} for t, row in zip(rows, said, strict=True)],
        "steps_of": "rows",
    }


def predictions(ready: Ready, request: Request, logits: Tensor) -> list[dict[str, Any]]:
    """The answer after the last step: classes best first, one number, a text written on, a
    forecast, or boxes."""
    model, series = ready.model, ready.reading.series
    if series is not None:
        return [forecast(series, logits)]
    if model.card.task == "generation":
        how = writing(request)
        return [written_on(model, ready.plan, ready.reading.tensor, logits[-1], how)]
    if model.card.task == "detection":
        assert ready.reading.whole is not None
        return boxes_of(ready, request, logits).predictions(ready.reading.whole)
    return answers.predictions(model.card, answers.final(logits)[None])[0]


def boxes_of(ready: Ready, request: Request, maps: Tensor) -> Found:
    """What a network that finds things found."""
    card = ready.model.card
    size = ready.reading.tensor.shape[-1]
    return find(card, maps, size, completed(card, request.options.detect))


def writing(request: Request) -> Writing:
    """How a request wants its text continued."""
    return request.options.generate or Writing()


def shown_rows(reading: Reading, asked: tuple[int, int] | None) -> range | None:
    """The tokens, picture rows or frames that an answer shows: as asked, at most 512; None for
    a picture that is read at once.
    """
    total = reading.length
    if total is None:
        if asked is not None:
            raise BadOption("steps are for texts; a picture is read at once.")
        return None
    start, stop = asked or (0, MOST_ROWS)
    stop = min(stop, start + MOST_ROWS, total)
    if start >= stop:
        raise BadOption(f"steps {start}:{stop} choose nothing of {total} {reading.steps}.")
    return range(start, stop)


def last_reader(nodes: Sequence[Node]) -> Node | None:
    """The last recurrent layer of a graph."""
    return next((n for n in reversed(nodes) if n["op"] in ("rnn", "gru", "lstm")), None)
