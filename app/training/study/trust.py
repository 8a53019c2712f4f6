"""How far an answer can be trusted: accuracy, calibration, confusion; and accuracy as it grew.

    logits [N, K] --softmax--> best share and class of each picture --> Trust
    weights of every snapshot --functional_call--> accuracy --> Moments
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor
from torch.func import functional_call

from app.training.study.figures import rounded, wilson
from app.training.study.held import Held
from app.zoo.studies import Bin, Moment, Trust
from app.zoo.weights import load_tensors

BINS = 10
BATCH = 250


def answers(held: Held, state: dict[str, Tensor] | None = None) -> Tensor:
    """Logits [N, K], with other weights if given."""
    weights = state or dict(held.net.state_dict())
    with torch.inference_mode():
        return torch.cat([functional_call(held.net, weights, (x,)) for x in held.x.split(BATCH)])


def trust(held: Held) -> Trust:
    """The part `trust`."""
    shares, answer = answers(held).softmax(1).max(1)
    right = answer == held.labels
    hits, n, k = int(right.sum()), len(right), len(held.classes)
    low, high = wilson(hits, n)
    counts = torch.bincount(held.labels * k + answer, minlength=k * k).view(k, k)
    found = bins(shares, right)
    return Trust(
        accuracy=rounded(hits / n),
        interval=(rounded(low), rounded(high)),
        ece=rounded(calibration_error(shares, right)),
        bins=found,
        confusion=counts.tolist(),
        classes=held.classes,
    )


def bin_of(shares: Tensor) -> Tensor:
    """Shares [N] -> which of the bins, 0…9; 1.0 belongs to the last."""
    return (shares * BINS).long().clamp(max=BINS - 1)


def bins(shares: Tensor, right: Tensor) -> list[Bin]:
    """Ten bins of equal width; an empty one has confidence and accuracy 0 and n = 0."""
    where, found = bin_of(shares), []
    for i in range(BINS):
        inside = where == i
        n = int(inside.sum())
        confidence = float(shares[inside].mean()) if n else 0.0
        accuracy = float(right[inside].double().mean()) if n else 0.0
        found.append(
            Bin(
                low=i / BINS,
                high=(i + 1) / BINS,
                n=n,
                confidence=rounded(confidence),
                accuracy=rounded(accuracy),
            )
        )
    return found


def calibration_error(shares: Tensor, right: Tensor) -> float:
    """Mean over all answers of |confidence - accuracy| of their bin."""
    gap = torch.zeros(BINS, dtype=torch.float64)
    gap.index_add_(0, bin_of(shares), shares.double() - right.double())
    return float(gap.abs().sum() / len(shares))


def moments(held: Held, folder: Path) -> list[Moment] | None:
    """The part `moments`; None where the model has no snapshots."""
    kept = held.card.snapshots
    if kept is None:
        return None
    tensors = load_tensors(folder / kept.file)
    found = []
    for step in kept.steps:
        state = {name: tensors[f"{step}/{name}"].float() for name in held.net.state_dict()}
        right = answers(held, state).argmax(1) == held.labels
        accuracy = rounded(float(right.double().mean()))
        found.append(Moment(step=step, accuracy=accuracy, n=len(right)))
    return found
