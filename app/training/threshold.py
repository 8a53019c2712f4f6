"""Which familiarity score a model gets, and where "unusual" begins.

    held-out inputs, foreign inputs --> every score of the logits --> the best AUROC wins
    photographs: also scores of the last maps, with statistics of the training set; the measure is
        chosen on every second picture (rows 0, 2, 4 …), its AUROC is stated on the others
        an early layer may lower it, so that noise and flat colours are noticed
    threshold = first percentile of that score on the held-out inputs; fifth for photographs, whose
        scores overlap more
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor, nn

from app.insight.familiarity import OF_LOGITS, SURPRISE, Of, fit
from app.training import (
    bank_figures,
    evaluation,
    foreign,
    photos,
    sentiment,
    sentiment_figures,
    speech_figures,
    surprise,
    video_figures,
)
from app.training.measure import Lowered, Measure, features

STATISTICS = "familiarity.safetensors"
# What each measure of features reads of `fit`'s statistics: only that is shipped.
NEEDS = {
    "cosine": ("means", "centre"),
    "mahalanobis": ("means", "within_root"),
    "relative_mahalanobis": ("means", "within_root", "centre", "total_root"),
}
SHARE = 0.01  # of the held-out inputs that are called unusual
PARTS = (0.25, 0.5, 1.0)  # how much a second measure may weigh, in deviations of the first
NOTHINGS = 200  # pictures of noise, and as many flat ones
Seen = Mapping[str, Tensor]


@dataclass(frozen=True)
class Chosen:
    """A measure, the card's [familiarity] table, and the statistics to lie beside the card."""

    measure: Measure
    table: dict[str, Any]

    def save(self, folder: Path) -> None:
        """Writes or removes the statistics of models/<id>/."""
        path = folder / STATISTICS
        shipped = self.measure.shipped()
        if shipped:
            path.write_bytes(save(shipped))
        else:
            path.unlink(missing_ok=True)


def familiarity(model: str, net: nn.Module, data: Path, words: Sequence[str]) -> Chosen | None:
    """Chosen by measurement; None where one answer is no choice among classes: a regression, a
    forecast, a detection, a translation, a segmentation.
    """
    if model.startswith("letters"):
        return _of_letters(net, data)
    if model.startswith(("digits-angle", "forecast-", "detect-", "translate-", "segment-")):
        return None
    if model.startswith("photos"):
        return _of_photos(net, data)
    familiar, strange = _logits(model, net, data, words)
    found = [Measure(name) for name in OF_LOGITS]
    return choose(found, {"logits": familiar}, {"logits": strange}, "")


def _of_letters(net: nn.Module, data: Path) -> Chosen:
    """How surprised the network is at each letter; there is nothing to choose."""
    scores = surprise.surprises(net, surprise.stretches(surprise.held_out(data)))
    table = {
        "method": SURPRISE,
        "threshold": -limit_of(-scores, SHARE),
        "share": SHARE,
        "direction": "above",
        "note": f"Bits per character of {len(scores)} held-out stretches of {surprise.STRETCH} "
        "letters, each read from an empty memory.",
    }
    return Chosen(Measure(SURPRISE), table)


def _of_photos(net: nn.Module, data: Path) -> Chosen:
    """Scores of the logits and of the last maps; an early layer lowers those of the last maps."""
    *early, last = pools(net)
    wanted = ("logits", *early, last)
    familiar = evaluation.photos_seen(net, evaluation.photos_val(data)[0], wanted)
    strange = evaluation.photos_seen(net, foreign.photographs(data), wanted)
    nothing = evaluation.photos_seen(net, foreign.nothings(NOTHINGS), wanted)
    x, labels = photos.training_set(data, seed=0)
    taught = evaluation.photos_seen(net, x[:, 0], (*early, last))
    kinds: tuple[Of, ...] = ("mean", "largest")
    fitted = {
        (name, of): fit(features(taught[name], of), labels) for name in taught for of in kinds
    }
    found = [Measure(name) for name in OF_LOGITS]
    found += [
        Measure(name, last, of, _needed(name, fitted[last, of])) for name in NEEDS for of in kinds
    ]
    half = slice(None, None, 2)
    which, share = "every second picture of the ", evaluation.PHOTO_SHARE
    chosen = choose(found, familiar, strange, which, half, share)
    seconds = [
        Measure("mahalanobis", name, of, _needed("mahalanobis", fitted[name, of]))
        for name in early
        for of in kinds
    ]
    return lower(chosen, seconds, familiar, (strange, nothing), half)


def _needed(method: str, statistics: Seen) -> dict[str, Tensor]:
    """What a measure reads of `fit`'s statistics."""
    return {key: statistics[key] for key in NEEDS[method]}


def lower(
    chosen: Chosen, seconds: Sequence[Measure], familiar: Seen, strange: Sequence[Seen], rows: slice
) -> Chosen:
    """The choice with the second measure and weight that notice most on `rows`, on average over
    the sets of strange inputs.

    An AUROC hardly sees whether the far end of the held-out scores is kept free; what the page
    says depends on it.
    """
    spread = float(chosen.measure.scores(familiar).std())
    tried = [chosen.measure]
    for second in seconds:
        own = second.scores(familiar)
        centre, width = float(own.mean()), float(own.std())
        tried += [
            replace(chosen.measure, also=Lowered(second, (centre, width, part * spread)))
            for part in PARTS
        ]

    def noticed(measure: Measure) -> float:
        limit = torch.quantile(measure.scores(familiar)[rows], evaluation.PHOTO_SHARE)
        shares = [(measure.scores(seen)[rows] < limit).float().mean() for seen in strange]
        return float(torch.stack(shares).mean())

    best = max(tried, key=noticed)
    table = chosen.table | {"threshold": limit_of(best.scores(familiar), evaluation.PHOTO_SHARE)}
    if best.also:
        second, (centre, width, weight) = best.also.measure, best.also.how
        table["also"] = {
            "method": second.method,
            "tensor": second.tensor,
            "of": second.of,
            "centre": centre,
            "spread": width,
            "weight": weight,
        }
        table["note"] += (
            f" {second} lowers it: chosen among {len(tried)} by how many foreign pictures, pictures"
            " of noise and flat colours it notices, on the same half."
        )
    return Chosen(best, table)


def limit_of(scores: Tensor, share: float) -> float:
    """Below which a share of the held-out scores lies."""
    return float(torch.quantile(scores, share))


def pools(net: nn.Module) -> list[str]:
    """The names of the pooling layers, the last one being flattened."""
    last = last_maps(net)
    children = dict(net.named_children())
    same = type(children[last])
    return [name for name, module in children.items() if isinstance(module, same)]


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
    share: float = SHARE,
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
        "threshold": limit_of(ours, share),
        "share": share,
        "direction": "below",
        "note": f"Chosen by AUROC on {which}held-out against foreign inputs: {tried}. "
        f"{len(ours)} held-out, {len(theirs)} foreign inputs.",
    }
    return Chosen(measure, {key: value for key, value in table.items() if value is not None})


def _logits(model: str, net: nn.Module, data: Path, words: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Logits of held-out and of foreign inputs."""
    if model.startswith("digits"):
        printed = evaluation.digit_logits(net, foreign.letters())
        return evaluation.digits_held(net, data).logits, printed
    if model.startswith("speech"):
        return speech_figures.usual_and_strange(net, data)
    if model == "video-actions":
        return video_figures.action_logits(net, data)
    if model.startswith("video"):
        return video_figures.usual_and_strange(net, data)
    encoder = sentiment.Encoder(words)
    if model.startswith("bank"):
        return bank_figures.usual_and_strange(net, data, encoder)
    items = sentiment_figures.held_items(data, words)
    familiar = [*items["sst dev"], *items["product_opinions test"]]
    strange = encoder.items(foreign.texts(data, encoder.index))
    return (
        sentiment_figures.reader_logits(net, familiar),
        sentiment_figures.reader_logits(net, strange),
    )
