"""`segment-streets`: every pixel of a street scene, one of eleven classes.

    camvid_320 train (class 11, unlabelled, left out) --segments.fit--> U-Net, five stages

Rare classes count more in the loss. Val frames lie between train frames of the same drive, so
nothing is tuned on them; the official test frames are read by `evaluate` alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from safetensors.torch import save_file

from app.nets import UNet
from app.training.segments import LEFT_OUT, Light, Look, Recipe, Scene, fit, state_of
from app.training.segments import load as load_scenes

PACK = "camvid_320"
CLASSES = [
    "sky", "building", "pole", "road", "pavement", "tree", "sign", "fence", "car", "pedestrian",
    "cyclist",
]  # fmt: skip
UNLABELLED = 11
LOOK = Look(size=128, classes=len(CLASSES), mean=(0.41, 0.43, 0.43), std=(0.29, 0.3, 0.29))
RECIPE = Recipe(
    size=LOOK.size, widths=(16, 32, 64, 96, 128), first=1, up=1, epochs=34, schedule=70,
    again=14, again_closest=0.8, closest=0.6, balance=0.5, half=True,
    light=Light(gamma=0.5, gain=0.3, colour=0.15),
)  # fmt: skip
TRAIN, TEST = 0, 2


def load(data: Path, split: int) -> list[Scene]:
    """The frames of one split."""
    return load_scenes(data, PACK, split, lambda m: np.where(m == UNLABELLED, LEFT_OUT, m))


def train(data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print) -> UNet:
    """The shipped model: the training frames alone; leaves the weights in `out`."""
    net = fit(load(data, TRAIN), recipe, LOOK, out, progress)
    save_file(state_of(net), out / "weights.safetensors")
    return net
