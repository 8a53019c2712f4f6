"""The held-out figures of `segment-nuclei` and `segment-streets`, beside two rules without a net.

    test split --whole, argmax--> IoU of each class, share of pixels right
      beside: one class everywhere; colour alone, fitted on train; of nuclei Otsu's threshold

Every figure is over all labelled pixels of the split together, at the masks' own size; `n` counts
pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from app.training import nuclei, streets
from app.training.evaluation import command
from app.training.overlap import (
    by_brightness,
    by_colour,
    commonest,
    confusion,
    counted,
    overlaps,
    right,
)
from app.training.segments import Scene
from app.zoo.card import Metric

COLOUR = "colour alone: every colour its commonest class in train"
WEIGHTED = "colour alone: every colour its class in train, rare ones weighted as in the loss"
OTSU = "brightness alone: Otsu's threshold of each picture"
Say = Callable[..., Metric]


def of_nuclei(net: nn.Module, data: Path, model: str) -> list[Metric]:
    """IoU of nucleus beside Otsu and colour, and what one class everywhere would give."""
    taught, held = nuclei.load(data, nuclei.TRAIN), nuclei.load(data, nuclei.TEST)
    found = confusion(net, held, nuclei.LOOK)
    bright = counted(by_brightness, held, nuclei.LOOK.classes)
    colour = counted(by_colour(taught, nuclei.LOOK.classes, 0.0), held, nuclei.LOOK.classes)
    flat, name = everywhere(taught, held, nuclei.CLASSES)
    say = sayer("cell_nuclei test", len(held), model)
    return [
        say("IoU of nucleus", overlaps(found)[1], overlaps(bright)[1], OTSU),
        say("IoU of nucleus, against colour", overlaps(found)[1], overlaps(colour)[1], COLOUR),
        say("mean IoU of both classes", overlaps(found).mean(), overlaps(flat).mean(), name),
        say("pixels right", right(found), right(flat), name),
    ]


def of_streets(net: nn.Module, data: Path, model: str) -> list[Metric]:
    """Mean IoU beside colour and one class everywhere, and the IoU of every class."""
    taught, held = streets.load(data, streets.TRAIN), streets.load(data, streets.TEST)
    classes, balance = streets.LOOK.classes, streets.RECIPE.balance
    found = confusion(net, held, streets.LOOK)
    colour = counted(by_colour(taught, classes, balance), held, classes)
    flat, name = everywhere(taught, held, streets.CLASSES)
    say = sayer("camvid_320 test", len(held), model)
    both = overlaps(found), overlaps(colour)
    return [
        say("mean IoU", both[0].mean(), both[1].mean(), WEIGHTED),
        say("mean IoU, against one class", both[0].mean(), overlaps(flat).mean(), name),
        say("pixels right", right(found), right(flat), name),
        *(
            say(f"IoU of {label}", both[0][k], both[1][k], WEIGHTED)
            for k, label in enumerate(streets.CLASSES)
        ),
    ]


def everywhere(
    taught: list[Scene], held: list[Scene], classes: list[str]
) -> tuple[np.ndarray, str]:
    """What the commonest class of train gives when it is said of every pixel, and its name."""
    best = commonest(taught, len(classes))
    rule = counted(lambda image: np.full(image.size[::-1], best), held, len(classes))
    return rule, f"{classes[best]} everywhere"


def sayer(split: str, n: int, model: str) -> Say:
    """name, value, baseline and its name -> a figure of the card."""

    def say(name: str, value: Any, baseline: Any, against: str) -> Metric:
        return Metric(
            name=name,
            value=round(float(value), 4),
            split=split,
            n=n,
            baseline=round(float(baseline), 4),
            baseline_name=against,
            command=command(model),
        )

    return say
