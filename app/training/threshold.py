"""Which familiarity score a model gets, and where "unusual" begins.

held-out inputs, foreign inputs --> every score of the logits --> the best AUROC wins
threshold = first percentile of that score on the held-out inputs
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from app.insight.familiarity import OF_LOGITS
from app.training import digits, evaluation, foreign, photos, sentiment


def familiarity(model: str, net: nn.Module, data: Path, words: Sequence[str]) -> dict[str, Any]:
    """The card's [familiarity] table, chosen by measurement."""
    familiar, strange = _logits(model, net, data, words)
    rates = {
        name: evaluation.auroc(score(familiar), score(strange)) for name, score in OF_LOGITS.items()
    }
    method = max(rates, key=lambda name: rates[name])
    threshold = float(torch.quantile(OF_LOGITS[method](familiar), 0.01))
    tried = ", ".join(f"{name} {rate:.3f}" for name, rate in rates.items())
    return {
        "method": method,
        "threshold": threshold,
        "direction": "below",
        "note": f"Chosen by AUROC on held-out against foreign inputs: {tried}. "
        f"{len(familiar)} held-out, {len(strange)} foreign inputs.",
    }


def _logits(model: str, net: nn.Module, data: Path, words: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Logits of held-out and of foreign inputs."""
    if model.startswith("photos"):
        held = evaluation.photos_held(net, data)[0]
        return held.logits, photos.predict(net, foreign.photographs(data))
    if model.startswith("digits"):
        return evaluation.digits_held(net, data).logits, digits.predict(net, foreign.letters())
    encoder = sentiment.Encoder(words)
    items = evaluation.sentiment_items(data, words)
    familiar = [*items["sst dev"], *items["product_opinions test"]]
    strange = encoder.items(foreign.texts(data, encoder.index))
    return evaluation.reader_logits(net, familiar), evaluation.reader_logits(net, strange)
