"""The shape of /frames, and an example: what the order of its frames is worth to a network."""

from __future__ import annotations

from typing import Any

from app.zoo.frames import Frames


class FramesAnswer(Frames):
    """Accuracy on held-out clips with their frames in order, shuffled, reversed, and one held."""


RIGHT: dict[str, Any] = {"n": 4000, "hits": 3900, "value": 0.975, "interval": [0.9697, 0.9794]}
FEW: dict[str, Any] = {"n": 4000, "hits": 500, "value": 0.125, "interval": [0.1151, 0.1356]}
FRAMES: dict[str, Any] = {
    "command": "python -m app.training.orders --data DIR",
    "sha256": "0" * 64,
    "split": "4,000 clips of mnist test digits",
    "n": 4000,
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
            "steps": 400,
            "accuracy": FEW,
        }
    ],
    "after": [FEW, RIGHT],
}
