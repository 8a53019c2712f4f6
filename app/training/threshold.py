"""Which familiarity score a model gets, and where "unusual" begins.

    held-out inputs, foreign inputs --> every score of the logits --> the best AUROC wins
    photographs: also scores of the last maps, with statistics of the training set; the measure is
        chosen on every second picture (rows 0, 2, 4 …), its AUROC is stated on the others
    threshold = first percentile of that score on the held-out inputs
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor, nn

from app.insight.familiarity import OF_LOGITS, Of, fit
from app.training import digits, evaluation, foreign, photos, sentiment
from app.training.measure import Measure, features

STATISTICS = "familiarity.safetensors"
# What each measure of features reads of `fit`'s statistics: only that is shipped.
NEEDS = {
    "cosine": ("means", "centre"),
    "mahalanobis": ("means", "within_root"),
    "relative_mahalanobis": ("means", "within_root", "centre", "total_root"),
}
Seen = Mapping[str, Tensor]


@dataclass(frozen=True)
class Chosen:
    """A measure, the card's [familiarity] table, and the statistics to lie beside the card."""

    measure: Measure
    table: dict[str, Any]

    def save(self, folder: Path) -> None:
        """Writes or removes the statistics of models/<id>/."""
        path = folder / STATISTICS
        if self.measure.statistics is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(save(dict(self.measure.statistics)))


def familiarity(model: str, net: nn.Module, data: Path, words: Sequence[str]) -> Chosen | None:
    """Chosen by measurement; None for a regression, which has no classes to be unsure of."""
    if model == "digits-angle":
        return None
    if model.startswith("photos"):
        return _of_photos(net, data)
    familiar, strange = _logits(model, net, data, words)
    found = [Measure(name) for name in OF_LOGITS]
    return choose(found, {"logits": familiar}, {"logits": strange}, "")


def _of_photos(net: nn.Module, data: Path) -> Chosen:
    """Scores of the logits and of the last maps."""
    last = last_maps(net)
    wanted = ("logits", last)
    familiar = evaluation.photos_seen(net, evaluation.photos_val(data)[0], wanted)
    strange = evaluation.photos_seen(net, foreign.photographs(data), wanted)
    x, labels = photos.training_set(data, seed=0)
    taught = evaluation.photos_seen(net, x[:, 0], (last,))[last]
    kinds: tuple[Of, ...] = ("mean", "largest")
    fitted = {of: fit(features(taught, of), labels) for of in kinds}
    found = [Measure(name) for name in OF_LOGITS]
    found += [
        Measure(name, last, of, {key: fitted[of][key] for key in NEEDS[name]})
        for name in NEEDS
        for of in kinds
    ]
    return choose(found, familiar, strange, "every second picture of the ", slice(None, None, 2))


def last_maps(net: nn.Module) -> str:
    """The name of the layer that is flattened."""
    names = [name for name, _ in net.named_children()]
    flat = next(i for i, m in enumerate(net.children()) if isinstance(m, nn.Flatten))
    return names[flat - 1]


def choose(
    measures: Sequence[Measure],
    familiar: Seen,
    strange: Seen,
    which: str,
    rows: slice = slice(None),
) -> Chosen:
    """The measure with the best AUROC on `rows`, and the card's table about it."""
    pairs = [(m.scores(familiar), m.scores(strange)) for m in measures]
    rates = [evaluation.auroc(ours[rows], theirs[rows]) for ours, theirs in pairs]
    best = max(range(len(rates)), key=lambda i: rates[i])
    measure, (ours, theirs) = measures[best], pairs[best]
    tried = ", ".join(f"{m} {rate:.3f}" for m, rate in zip(measures, rates, strict=True))
    table = {
        "method": measure.method,
        "tensor": measure.tensor or None,
        "of": measure.of if measure.tensor else None,
        "statistics": STATISTICS if measure.statistics is not None else None,
        "threshold": float(torch.quantile(ours, 0.01)),
        "direction": "below",
        "note": f"Chosen by AUROC on {which}held-out against foreign inputs: {tried}. "
        f"{len(ours)} held-out, {len(theirs)} foreign inputs.",
    }
    return Chosen(measure, {key: value for key, value in table.items() if value is not None})


def _logits(model: str, net: nn.Module, data: Path, words: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Logits of held-out and of foreign inputs."""
    if model.startswith("digits"):
        return evaluation.digits_held(net, data).logits, digits.predict(net, foreign.letters())
    encoder = sentiment.Encoder(words)
    items = evaluation.sentiment_items(data, words)
    familiar = [*items["sst dev"], *items["product_opinions test"]]
    strange = encoder.items(foreign.texts(data, encoder.index))
    return evaluation.reader_logits(net, familiar), evaluation.reader_logits(net, strange)
