"""What every channel answers to, over the held-out split.

    pictures --walk--> maps [N, C, H, W] of every layer --largest value--> [N, C]
        --> 99th percentile, largest, share of pictures without any, classes that raise it
"""

from __future__ import annotations

import torch
from torch import Tensor

from app.training.study.figures import class_auroc, rounded
from app.training.study.held import Held, walk
from app.zoo.studies import Channel, Prefers

BATCH = 100
BEST = 3


def largest(held: Held) -> dict[str, Tensor]:
    """Layer -> [N, C]: the largest value of each channel's map on each picture."""
    wanted = held.map_layers()
    rows: dict[str, list[Tensor]] = {name: [] for name in wanted}
    with torch.inference_mode():
        for x in held.x.split(BATCH):
            for name, out in walk(held.net, x):
                if name in rows:
                    rows[name].append(out.amax((2, 3)))
    return {name: torch.cat(parts) for name, parts in rows.items()}


def channels(held: Held) -> dict[str, list[Channel]]:
    """The part `channels`."""
    found = largest(held)
    return {name: layer(values, held.labels, held.classes) for name, values in found.items()}


def layer(values: Tensor, labels: Tensor, classes: list[str]) -> list[Channel]:
    """Largest values [N, C] -> one Channel each."""
    p99 = values.double().quantile(0.99, dim=0)
    rates, order = class_auroc(values, labels, len(classes)).sort(dim=1, descending=True)
    dead = (values <= 0).double().mean(0)
    return [
        Channel(
            p99=rounded(float(p99[c])),
            most=rounded(float(values[:, c].max())),
            dead=rounded(float(dead[c])),
            best=[
                Prefers(label=classes[int(order[c, i])], auroc=rounded(float(rates[c, i]), 3))
                for i in range(min(BEST, len(classes)))
            ],
        )
        for c in range(values.shape[1])
    ]
