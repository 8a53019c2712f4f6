"""Numbers of a trace -> what is said about them, as JSON.

    logits [K] --softmax--> predictions, best first           (classification)
    logits [1] -----------> one value with its unit            (regression)
    logits [T, K] ---------> one prediction after every token ("steps")
    features --------------> familiarity: how usual this input is for the model
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from app.core.errors import Unprocessable
from app.insight import familiarity
from app.tracing import Trace
from app.zoo import Card, Model

Json = dict[str, Any]
FEATURES = "features"  # what the last layer read: in every trace, under no layer's name


def final(logits: Tensor) -> Tensor:
    """[K], or [T, K] of a reader -> [K]: a reader's answer is its last row."""
    return logits[-1] if logits.ndim == 2 else logits


def predictions(card: Card, logits: Tensor) -> list[list[Json]]:
    """logits [N, K] -> for each row its `{"label", "probability", "logit"}`, best first; of a
    regression its one `{"value", "unit"}`.
    """
    if card.task == "regression":
        return [[{"value": value, "unit": card.unit}] for (value,) in logits.tolist()]
    if card.task != "classification":
        raise Unprocessable(f"“{card.title}” does {card.task}, which this version cannot show yet.")
    # The same call as the tracer's, so that these are the numbers of its `probabilities`.
    rows = zip(torch.softmax(logits, dim=-1).tolist(), logits.tolist(), strict=True)
    return [ranked(card.classes, shares, values) for shares, values in rows]


def ranked(classes: Sequence[str], shares: list[float], values: list[float]) -> list[Json]:
    """One row of K, as predictions, best first."""
    order = sorted(range(len(classes)), key=lambda k: -values[k])
    return [{"label": classes[k], "probability": shares[k], "logit": values[k]} for k in order]


def steps(card: Card, logits: Tensor, rows: range) -> list[Json]:
    """logits [T, K] of a causal reader -> the prediction after each token of `rows`."""
    shown = predictions(card, logits[rows.start : rows.stop])
    return [{"t": t, "predictions": row} for t, row in zip(rows, shown, strict=True)]


def familiar(model: Model, found: Trace) -> Json | None:
    """How usual the input is: the score, the card's threshold, and on which side it lies; None
    where the card has no measure. `found` must hold the tensor that the measure looks at.
    """
    known = model.card.familiarity
    if known is None:
        return None
    tensors = {**found.tensors, "logits": final(found.logits), FEATURES: found.features}
    score = familiarity.score(known.method, tensors, known.tensor, model.statistics, known.of)
    if known.also:
        low, statistics = known.also, familiarity.second(model.statistics)
        other = familiarity.score(low.method, tensors, low.tensor, statistics, low.of)
        score = float(
            familiarity.lowered(
                torch.tensor(score), torch.tensor(other), low.centre, low.spread, low.weight
            )
        )
    threshold, above = known.threshold, known.direction == "above"
    usual = score <= threshold if above else score >= threshold
    return {"score": score, "threshold": threshold, "share": known.share, "familiar": usual}
