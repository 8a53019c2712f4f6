"""Numbers of a trace -> what is said about them, as JSON.

    logits [K] --softmax--> predictions, best first           (classification)
    logits [1] -----------> one value with its unit            (regression)
    logits [T, K] ---------> one prediction after every token ("steps"); of a network that
                             continues texts the letters that it holds likeliest next
    logits [K, H, W] -------> a mask and the share of its pixels of each class  (segmentation)
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
from app.zoo.card import Familiarity

Json = dict[str, Any]
NEXT = 8  # letters that are named after each token; `probabilities` of a trace hold them all
SHORTEST = 20  # letters that the surprise at a text is a mean of, at least
MASK = "mask"
FEATURES = "features"  # what the last layer read: in every trace, under no layer's name


def final(logits: Tensor) -> Tensor:
    """[K], or [T, K] of a reader -> [K]: a reader's answer is its last row."""
    return logits[-1] if logits.ndim == 2 else logits


def predictions(card: Card, logits: Tensor) -> list[list[Json]]:
    """logits [N, K] -> for each row its `{"label", "probability", "logit"}`, best first; of a
    regression its one `{"value", "unit"}`; of a network that continues texts the likeliest next.
    logits [N, K, H, W] of a segmentation -> for each its one `{"mask", "classes", "share"}`.
    """
    if card.task == "segmentation":
        return [[covered(card.classes, maps)] for maps in logits]
    if card.task == "regression":
        return [[{"value": value, "unit": card.unit}] for (value,) in logits.tolist()]
    if card.task not in ("classification", "generation"):
        raise Unprocessable(
            f"“{card.title}” gives a {card.task}; this is for networks that give classes."
        )
    # The same call as the tracer's, so that these are the numbers of its `probabilities`.
    rows = zip(torch.softmax(logits, dim=-1).tolist(), logits.tolist(), strict=True)
    shown = NEXT if card.task == "generation" else len(card.classes)
    return [ranked(card.classes, shares, values)[:shown] for shares, values in rows]


def covered(classes: Sequence[str], maps: Tensor) -> Json:
    """Score maps [K, H, W] -> the share of pixels at which each class has the largest score, in
    the card's order; `mask` names the tensor of a trace that says which is where.
    """
    counts = torch.bincount(maps.argmax(dim=0).flatten(), minlength=len(classes))
    return {"mask": MASK, "classes": list(classes), "share": (counts / counts.sum()).tolist()}


def ranked(classes: Sequence[str], shares: list[float], values: list[float]) -> list[Json]:
    """One row of K, as predictions, best first."""
    order = sorted(range(len(classes)), key=lambda k: -values[k])
    return [{"label": classes[k], "probability": shares[k], "logit": values[k]} for k in order]


def steps(card: Card, logits: Tensor, rows: range) -> list[Json]:
    """logits [T, K] of a causal reader -> the prediction after each token of `rows`."""
    shown = predictions(card, logits[rows.start : rows.stop])
    return [{"t": t, "predictions": row} for t, row in zip(rows, shown, strict=True)]


def familiar(model: Model, found: Trace, x: Tensor) -> Json | None:
    """How usual the input x [1, …] is: the score, the card's threshold, and on which side it lies;
    None where the card has no measure, or the text is too short for it. `found` must hold the
    tensor that the measure looks at.
    """
    known = model.card.familiarity
    if known is None or (known.method == familiarity.SURPRISE and x.shape[1] < SHORTEST):
        return None
    if known.method == familiarity.SURPRISE:
        return judged(known, float(familiarity.surprise(found.logits[None], x)))
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
    return judged(known, score)


def judged(known: Familiarity, score: float) -> Json:
    """A score beside the card's threshold."""
    threshold, above = known.threshold, known.direction == "above"
    usual = score <= threshold if above else score >= threshold
    return {"score": score, "threshold": threshold, "share": known.share, "familiar": usual}
