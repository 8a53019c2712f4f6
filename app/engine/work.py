"""What the engine's threads do: one request in, one answer out, all of it stateless.

    Request --Reader--> tensor --+
            --zoo, moment--> net +--> trace --> Answer(about, tensors)
            --edits, graph--> plan
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import BadOption, Unprocessable
from app.core.settings import Settings
from app.engine import answers, atlas
from app.engine.asks import SampleName
from app.engine.graphs import Graphs, with_fields
from app.engine.read import Limits, Reader, Reading
from app.engine.requests import Answer, Request
from app.inputs.spec import ImageSpec
from app.insight.units import span, unit_effects
from app.tracing import Node, Plan, Trace, changed_nodes, edited, plain_plan, trace
from app.zoo import Model, Zoo

MOST_ROWS = 512


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
        self._reader = Reader(zoo, Limits(settings.max_pixels, settings.max_tokens))

    def ready(self, request: Request) -> Ready:
        """Model, input and plan of a request. Raises BadOption where an option does not fit."""
        options, model = request.options, self.zoo.model(request.model)
        nodes = self.graphs.of(request.model)
        if options.moment is not None:
            model = self.zoo.moment(request.model, options.moment)
        reading = self._reader.read(model, request.ask, options)
        plan = plain_plan(model.net)
        if not options.edits:
            return Ready(model, reading, plan, nodes)
        if not isinstance(model.card.preprocessing, ImageSpec):
            raise BadOption(f"edits are not for this model: “{model.card.title}” reads text.")
        changed = edited(model.net, nodes, options.edits)
        return Ready(model, reading, changed, with_fields(changed_nodes(nodes, plan, changed)))

    def predict(self, request: Request) -> Answer:
        """The prediction and what was done to the input."""
        ready = self.ready(request)
        rows = shown_rows(ready.reading, request.steps)
        found = run(ready, layers=("logits",))
        return Answer(about(ready, request, found, rows))

    def trace(self, request: Request) -> Answer:
        """The same with the graph as it ran and every chosen tensor."""
        ready = self.ready(request)
        rows = shown_rows(ready.reading, request.steps)
        found = run(ready, layers=request.layers, rows=rows)
        said = about(ready, request, found, rows)
        tensors = dict(found.tensors)
        if request.layers is not None:
            for name in set(measured(ready)) - set(request.layers):
                tensors.pop(name, None)
        return Answer({**said, "graph": ready.nodes}, tensors)

    def effects(self, request: Request) -> Answer:
        """How much each unit of a reader's last layer moves the answer."""
        ready = self.ready(request)
        model, reading = ready.model, ready.reading
        layer = last_reader(ready.nodes)
        if layer is None or reading.tokens is None:
            raise Unprocessable(f"“{model.card.title}” has no recurrent units to switch off.")
        total = len(reading.tokens)
        read = span(model.net, total)  # a long text is measured over its last words
        found = run(ready, layers=("logits",))
        best = answers.predictions(model.card, answers.final(found.logits)[None])[0][0]
        return Answer({
            "model": request.model,
            "layer": layer["name"],
            "direction": "forward",
            "effects": unit_effects(model.net, reading.tensor).tolist(),
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
    """The trace of a request; `rows` of a text. It also holds what the familiarity looks at."""
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
    """The JSON part that predict, trace and atlas share; tokens and steps for texts."""
    card, reading, logits = ready.model.card, ready.reading, found.logits
    said: dict[str, Any] = {
        "model": card.id,
        "predictions": answers.predictions(card, answers.final(logits)[None])[0],
        "input": reading.report,
        "familiarity": answers.familiar(ready.model, found),
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
