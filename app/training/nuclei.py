"""`segment-nuclei`: every pixel of a picture out of a microscope, nucleus or background.

    cell_nuclei (mask > 0 is nucleus) --segments.fit--> U-Net of 8, 16, 32 and 64 maps

`python -m app.training.nuclei --data DIR` trains without every tenth training picture and says the
IoU on those. The official test pictures are read by `evaluate` alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import save_file

from app.nets import UNet
from app.training.overlap import confusion, overlaps
from app.training.segments import Look, Recipe, Scene, fit, state_of
from app.training.segments import load as load_scenes

PACK = "cell_nuclei"
CLASSES = ["background", "nucleus"]
LOOK = Look(size=128, classes=2, mean=(0.17, 0.15, 0.18), std=(0.22, 0.2, 0.22))
RECIPE = Recipe(
    size=LOOK.size, widths=(8, 16, 32, 64), first=2, up=2, epochs=28, again=16, closest=0.4,
    turned=True, half=True,
)  # fmt: skip
TWIN = replace(RECIPE, bridges=False)
TRAIN, TEST = 0, 1
TENTH = 10


def load(data: Path, split: int) -> list[Scene]:
    """The pictures of one split."""
    return load_scenes(data, PACK, split, lambda mask: mask > 0)


def train(data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print) -> UNet:
    """The shipped model: all training pictures; leaves the weights in `out`."""
    net = fit(load(data, TRAIN), recipe, LOOK, out, progress)
    save_file(state_of(net), out / "weights.safetensors")
    return net


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Tune on the training pictures alone.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=RECIPE.epochs)
    given = parser.parse_args()
    torch.set_num_threads(1)
    known = load(given.data, TRAIN)
    held = known[TENTH - 1 :: TENTH]
    taught = [scene for i, scene in enumerate(known) if i % TENTH != TENTH - 1]

    def check(net: UNet) -> str:
        return f"  held IoU {overlaps(confusion(net, held, LOOK))[1]:.4f} of {len(held)}"

    fit(taught, replace(RECIPE, epochs=given.epochs), LOOK, given.out, print, check)


if __name__ == "__main__":
    main()
