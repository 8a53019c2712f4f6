"""How much an input looks like what the network was trained on: one number, higher = more alike.

    logits [N, K] ------------------------------------> energy, max_logit, max_probability
    features [N, F] + statistics of the training set --> cosine, mahalanobis, relative_mahalanobis
    logits [N, T, K] after each token + the tokens ----> surprise (of what continues texts; higher
                                                         = less alike)
    the score of one measure, less what an early layer finds strange --> lowered

Features are the values of a layer; of each map its mean, or its largest value.
The statistics are made once by `fit` and travel with the model as a safetensors file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional as F

from app.core.errors import CardError

Statistics = Mapping[str, Tensor]
Of = Literal["mean", "largest"]
ALSO = "also."  # before the names of the second measure's statistics
SHRINK = 1e-3  # of the mean variance, added to every variance: covariances of few examples


def energy(logits: Tensor) -> Tensor:
    """logsumexp of the logits (Liu et al. 2020, the negative free energy at temperature 1)."""
    return torch.logsumexp(logits, dim=-1)


def max_logit(logits: Tensor) -> Tensor:
    """The largest logit (Hendrycks et al. 2022)."""
    return logits.amax(dim=-1)


def max_probability(logits: Tensor) -> Tensor:
    """The largest probability (Hendrycks and Gimpel 2017), the usual baseline."""
    return torch.softmax(logits, dim=-1).amax(dim=-1)


def cosine(features: Tensor, statistics: Statistics) -> Tensor:
    """Cosine to the nearest class mean, both taken from the mean of all."""
    centre = statistics["centre"]
    means = F.normalize(statistics["means"] - centre, dim=-1)
    return (F.normalize(features - centre, dim=-1) @ means.T).amax(dim=-1)


def mahalanobis(features: Tensor, statistics: Statistics) -> Tensor:
    """Minus the squared distance to the nearest class mean, one covariance (Lee et al. 2018)."""
    root = statistics["within_root"]
    return -torch.cdist(features @ root, statistics["means"] @ root).square().amin(dim=-1)


def relative_mahalanobis(features: Tensor, statistics: Statistics) -> Tensor:
    """The same, less the distance to the mean of all in its own covariance (Ren et al. 2021)."""
    moved = (features - statistics["centre"]) @ statistics["total_root"]
    return mahalanobis(features, statistics) + moved.square().sum(dim=-1)


def surprise(logits: Tensor, ids: Tensor) -> Tensor:
    """Logits [N, T, K] of what comes next and the tokens [N, T] themselves -> bits a token [N], the
    mean of −log2 p over all but the first. A token without a class costs as the least likely one.
    """
    bits = -torch.log_softmax(logits[:, :-1], dim=-1) / math.log(2)
    known, after = ids[:, 1:] < logits.shape[-1], ids[:, 1:].clamp(max=logits.shape[-1] - 1)
    each = torch.where(known, bits.gather(-1, after[..., None])[..., 0], bits.amax(-1))
    return each.mean(dim=1)


OF_LOGITS: dict[str, Callable[[Tensor], Tensor]] = {
    "energy": energy,
    "max_logit": max_logit,
    "max_probability": max_probability,
}
OF_FEATURES: dict[str, Callable[[Tensor, Statistics], Tensor]] = {
    "cosine": cosine,
    "mahalanobis": mahalanobis,
    "relative_mahalanobis": relative_mahalanobis,
}
SURPRISE = "surprise"
METHODS = (*OF_LOGITS, *OF_FEATURES, SURPRISE)


def features_of(tensors: Mapping[str, Tensor], name: str, of: Of = "mean") -> Tensor:
    """A tensor of a trace as features [F]: of maps [C, H, W] the mean or the largest value of
    each, steps [T, H] at the last.
    """
    value = tensors[name]
    if value.ndim == 3:
        return pooled(value[None], of)[0]
    return value[-1] if value.ndim == 2 else value


def pooled(maps: Tensor, of: Of) -> Tensor:
    """Maps [N, C, H, W] -> one number a map [N, C]."""
    return maps.amax(dim=(2, 3)) if of == "largest" else maps.mean(dim=(2, 3))


def fit(features: Tensor, labels: Tensor) -> dict[str, Tensor]:
    """Training features [N, F] and labels [N] -> statistics, float32: `means` [K, F], `centre` [F]
    and a root of the inverse covariance within the classes and of all, each [F, F].
    """
    features = features.double()
    means = torch.stack([features[labels == k].mean(dim=0) for k in range(int(labels.max()) + 1)])
    centre = features.mean(dim=0)
    found = {
        "means": means,
        "centre": centre,
        "within_root": inverse_root(features - means[labels]),
        "total_root": inverse_root(features - centre),
    }
    return {name: value.float().contiguous() for name, value in found.items()}


def inverse_root(deviations: Tensor) -> Tensor:
    """Deviations [N, F] -> R [F, F] with R R^T = inverse of their (shrunk) covariance."""
    covariance = deviations.T @ deviations / len(deviations)
    values, vectors = torch.linalg.eigh(covariance)
    shrunk = values.clamp(min=0) + SHRINK * values.mean()
    scaled: Tensor = vectors / shrunk.sqrt()
    return scaled


def lowered(score: Tensor, also: Tensor, centre: float, spread: float, weight: float) -> Tensor:
    """A score less `weight` for each standard deviation that another lies below its mean.

    The last maps of noise and of flat colours can look like a class, but the first ones are like
    no picture's. A picture that the other measure finds usual keeps its score.
    """
    return score + weight * ((also - centre) / spread).clamp(max=0)


def score(
    method: str,
    tensors: Mapping[str, Tensor],
    tensor: str = "",
    statistics: Statistics | None = None,
    of: Of = "mean",
) -> float:
    """The score of one trace; readers are judged by their last step.

    Measures of logits look at `logits`; measures of features at `tensor`, with the statistics
    that `fit` made. Raises CardError for an unknown method, or one without its statistics.
    """
    if method in OF_LOGITS:
        logits = tensors["logits"]
        return float(OF_LOGITS[method](logits[-1] if logits.ndim == 2 else logits))
    if method not in OF_FEATURES:
        raise CardError(f"Familiarity {method!r} is not known; known: {', '.join(METHODS)}.")
    if statistics is None:
        raise CardError(f"Familiarity {method!r} needs statistics of the training set.")
    return float(OF_FEATURES[method](features_of(tensors, tensor, of)[None], statistics)[0])


def second(statistics: Statistics | None) -> dict[str, Tensor]:
    """The statistics of the second measure, out of those beside the card."""
    every = (statistics or {}).items()
    return {name.removeprefix(ALSO): value for name, value in every if name.startswith(ALSO)}
