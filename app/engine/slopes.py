"""How an error signal fades on its way back through a text: a request -> norms at every word.

Ready --insight.gradients--> Gradients --> Answer: steps, factors, what each number is
"""

from __future__ import annotations

from typing import Any

from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.engine import answers
from app.engine.explaining import place_of
from app.engine.read import READS
from app.engine.requests import Answer, Gradient
from app.engine.work import Ready
from app.inputs.spec import TextSpec
from app.insight.gradients import FLOOR, Gradients, factor, gradients
from app.tracing import trace

QUANTITIES = {
    "loss_h": "‖∂loss/∂h_t‖₂: loss = −log of the share of the class at the last word, h_t as it is"
    " passed on after word t; the c_t of an LSTM is held",
    "loss_c": "‖∂loss/∂c_t‖₂, LSTM only: its cell after word t, with what h_t shows of it",
    "answer_x": "‖∂answer/∂x_t‖₂: answer = logit of the class at the last word, x_t = the vector"
    " of word t",
}


def fading(ready: Ready, request: Gradient) -> Answer:
    """Norms at every word that is followed. Raises BadOption or Unprocessable."""
    card, reading = ready.model.card, ready.reading
    if not isinstance(card.preprocessing, TextSpec) or reading.tokens is None:
        what = READS[card.input]
        raise Unprocessable(f"“{card.title}” reads {what}; gradients through time are of texts.")
    if request.options.edits:
        raise BadOption("edits are not for gradients: they are those of the network as trained.")
    logits = trace(ready.model.net, reading.tensor, layers=("logits",), plan=ready.plan).logits
    best = answers.predictions(card, answers.final(logits)[None])[0]
    label = best[0].get("label") if request.label is None else request.label
    found = gradients(ready.plan, reading.tensor, place_of(card.classes, label))
    total = len(reading.tokens)
    return Answer({
        "model": request.model,
        "class": label,
        "loss": found.loss,
        "layer": found.layer,
        "predictions": best,
        "input": said(reading.report, found.first, total),
        "tokens": reading.tokens[found.first :],
        "steps": steps(found),
        "factor": {name: written(norms) for name, norms in series(found).items()},
        "floor": FLOOR,
        "quantities": QUANTITIES,
    })  # fmt: skip


def series(found: Gradients) -> dict[str, Tensor | None]:
    """Every quantity by its name; None where this cell has none."""
    return {"loss_h": found.loss_h, "loss_c": found.loss_c, "answer_x": found.answer_x}


def steps(found: Gradients) -> list[dict[str, Any]]:
    """One object a word."""
    columns = {
        name: [None] * len(found.loss_h) if norms is None else norms.tolist()
        for name, norms in series(found).items()
    }
    return [
        {"t": found.first + row, **{name: column[row] for name, column in columns.items()}}
        for row in range(len(found.loss_h))
    ]


def written(norms: Tensor | None) -> dict[str, Any] | None:
    """A factor with the words over which it was measured, as distances from the last."""
    fitted = None if norms is None else factor(norms)
    if fitted is None:
        return None
    return {"value": fitted.value, "from": fitted.start, "to": fitted.stop}


def said(report: dict[str, Any], first: int, total: int) -> dict[str, Any]:
    """What was done to the text, with the words that were followed back."""
    window = {"start": first, "end": total, "total": total}
    if first == 0:
        return {**report, "window": window}
    text = (
        f"The network read all {total:,} words; its error signal is followed back through the"
        f" last {total - first}."
    )
    return {**report, "window": window, "steps": [*report["steps"], {"op": "window", "text": text}]}
