"""The shape of /frames, and an example: what the order of its frames is worth to a network."""

from __future__ import annotations

from typing import Any

from app.zoo.frames import Frames


class FramesAnswer(Frames):
    """Accuracy on held-out clips with their frames in order, shuffled, reversed, and one held."""


RIGHT: dict[str, Any] = {"n": 2000, "hits": 1950, "value": 0.975, "interval": [0.9672, 0.981]}
FEW: dict[str, Any] = {"n": 2000, "hits": 250, "value": 0.125, "interval": [0.1112, 0.1402]}
FRAMES: dict[str, Any] = {
    "command": "python -m app.training.orders --data DIR",
    "sha256": "0" * 64,
    "split": "2,000 clips of mnist test digits",
    "n": 2000,
    "chance": 0.125,
    "minutes": 6.5,
    "ways": [
        {"how": "plain", "accuracy": RIGHT, "opposite": FEW},
        {"how": "reversed", "accuracy": FEW, "opposite": RIGHT},
    ],
    "baselines": [
        {
            "name": "one frame",
            "sees": "one frame at any moment",
            "steps": 250,
            "accuracy": FEW,
        }
    ],
    "after": [FEW, RIGHT],
}
