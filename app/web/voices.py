"""The shape of /voices, and an example: a network that hears speech, on voices new to it."""

from __future__ import annotations

from typing import Any

from app.zoo.voices import Voices


class VoicesAnswer(Voices):
    """Accuracy on each voice, by a network that was trained on the others alone."""


HEARD: dict[str, Any] = {"n": 500, "hits": 420, "value": 0.84, "interval": [0.805, 0.87]}
VOICES: dict[str, Any] = {
    "command": "python -m app.training.unheard --data DIR",
    "recipe": {"hidden": 96, "seed": 0},
    "split": "all recordings of a speaker of fsdd, trained on those of the others alone",
    "baseline_name": "nearest class mean",
    "minutes": 20.5,
    "voices": [
        {
            "speaker": "george",
            "taught": 1800,
            "accuracy": HEARD,
            "baseline": {"n": 500, "hits": 250, "value": 0.5, "interval": [0.456, 0.544]},
            "by_class": [{"n": 50, "hits": 42, "value": 0.84, "interval": [0.715, 0.917]}],
            "chosen_on": False,
        }
    ],
    "all": HEARD,
    "baseline": HEARD,
}
