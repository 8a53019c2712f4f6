"""What reaches an answer, or one cell, from where: a request -> a norm for every word or row.

Ready --prefix up to `at`--> insight.reach --> Answer: steps, of what, the formula
"""

from __future__ import annotations

from typing import Any

from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.engine import answers
from app.engine.explaining import PIXELS, place_of
from app.engine.requests import Answer, Reach
from app.engine.slopes import said
from app.engine.work import Ready
from app.insight.reach import Reached, of_answer, of_cell, reads_in_line
from app.tracing import trace

ANSWER = "‖∂answer/∂x_t‖₂: answer = logit of the class, x_t = what is read at t"
CELL = "‖∂cell/∂x_t‖₂: cell = one value of the layer at that word, x_t = the vector of word t"

PER = {"text": "word", "image": "row", "audio": "frame", "video": "frame"}  # what one step reads


def reaching(ready: Ready, request: Reach) -> Answer:
    """Norms at every step that is followed. Raises BadOption or Unprocessable."""
    check(ready, request)
    card, reading = ready.model.card, ready.reading
    steps = reading.length
    at = None if steps is None else steps - 1 if request.at is None else request.at
    x = reading.tensor if at is None or request.layer else reading.tensor[:, : at + 1]
    logits = trace(ready.model.net, x, layers=("logits",), plan=ready.plan).logits
    best = answers.predictions(card, answers.final(logits)[None])[0]
    label = best[0].get("label") if request.label is None else request.label
    found = measured(ready, request, x, at, place_of(card.classes, label))
    return Answer({
        "model": request.model,
        "of": what(request, found, at, label),
        "value": found.value,
        "per": PER[card.input],
        "predictions": best,
        "input": reported(ready, found, x),
        "tokens": None if reading.tokens is None else reading.tokens[found.first : x.shape[1]],
        "steps": [{"t": found.first + k, "norm": n} for k, n in enumerate(found.norms.tolist())],
        "formula": ANSWER if request.layer is None else CELL,
    })  # fmt: skip


def check(ready: Ready, request: Reach) -> None:
    """Raises BadOption for what does not fit the network or the input."""
    steps = ready.reading.length
    if ready.model.card.task == "segmentation":
        raise Unprocessable(PIXELS.format(title=ready.model.card.title))
    if request.options.edits:
        raise BadOption("edits are not for reach: it is that of the network as trained.")
    if request.at is not None and steps is None:
        raise BadOption("at is for texts and row readers; this network reads a picture at once.")
    if request.at is not None and steps is not None and request.at >= steps:
        raise BadOption(f"at goes to {steps - 1}: there are {steps} steps, counted from 0.")
    if request.channel is not None and request.layer is None:
        raise BadOption("channel is of a layer: name the layer too.")
    if request.layer is not None and request.label is not None:
        raise BadOption("Ask for a class, or for a cell of a layer, not for both.")


def measured(ready: Ready, request: Reach, x: Tensor, at: int | None, target: int) -> Reached:
    """Of the answer, or of one cell."""
    if request.layer is None:
        return of_answer(ready.plan, x, target)
    last = x.shape[1] - 1 if at is None else at
    return of_cell(ready.plan, x, request.layer, last, request.channel)


def what(request: Reach, found: Reached, at: int | None, label: str | None) -> dict[str, Any]:
    """Whose reach it is."""
    if request.layer is None:
        return {"kind": "answer", "class": label, "at": at}
    return {"kind": "cell", "layer": request.layer, "channel": found.channel, "at": at}


def reported(ready: Ready, found: Reached, x: Tensor) -> dict[str, Any]:
    """What was done to the input; of a text also which words were followed."""
    reading = ready.reading
    if reading.tokens is None or not reads_in_line(ready.plan):
        return reading.report
    return said(reading.report, found.first, x.shape[1])
