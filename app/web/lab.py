"""The shapes of what was measured in the lab and of "Which came first?", with an example each."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.web.changes import Shape
from app.zoo.duel import Duel
from app.zoo.first import First
from app.zoo.order import Ordered

Probability = Annotated[float, Field(ge=0, le=1)]
Sign = Literal["A", "B"]
Place = Annotated[int, Field(ge=0)]


class OrderAnswer(Ordered):
    """Held-out accuracy before and after words, rows, columns or pixels changed their order."""


class FirstFigures(First):
    """Accuracy of six small networks on the order of two signs, against their distance."""


class DuelAnswer(Duel):
    """Five readers of sentences with one budget: accuracy, time, weights, steps that wait."""


class PlacingJson(Shape):
    """Where the two signs stand, counted from 0; not at one place."""

    a: Annotated[int, Field(ge=0, le=255)]
    b: Annotated[int, Field(ge=0, le=255)]
    length: Annotated[int, Field(ge=16, le=256)] | None = Field(None, description="default 64")
    seed: Annotated[int, Field(ge=0, lt=2**31)] | None = Field(
        None, description="of the fillers; default 0"
    )


class Trained(Shape):
    """What the networks were trained on: sequences of `length`, signs at `nearest` to `furthest`,
    up to `distance` apart; `inside` says whether this placing is of that kind."""

    length: int
    nearest: Place
    furthest: Place
    distance: int
    inside: bool


class Said(Shape):
    """One network's answer; `refused` says why there is none."""

    model: Literal["pooled", "flatten", "dilated", "rnn", "gru", "lstm"]
    title: str
    field: int | None = Field(description="places that one cell sees; null: all before it")
    sees_both: bool | None = Field(description="whether one cell can see both; null: no field")
    refused: str | None = None
    probability: Probability | None = Field(None, description="that A came first")
    answer: Sign | None = None
    right: bool | None = None
    steps: list[Probability] | None = Field(
        None, description="of a reader: the probability after every place; null for CNNs"
    )


class PlacingAnswer(Shape):
    """The sequence and what every network says came first."""

    settings: PlacingJson
    distance: int
    first: Sign
    symbols: list[Annotated[int, Field(ge=0, le=7)]] = Field(
        description="0 is A, 1 is B, 2 to 7 are fillers"
    )
    trained: Trained
    models: list[Said]
    formula: str


RATE = {"n": 1000, "hits": 980, "value": 0.98, "interval": [0.9693, 0.987]}
AFTER = {"n": 1000, "hits": 940, "value": 0.94, "interval": [0.9235, 0.9531]}
SHA = "6f03de09fdece8ddc61dc14024073be0b338e2c49814bab1e9b95c1c5a457dbd"
ORDER: dict[str, Any] = {
    "command": "python -m app.training.order --data DIR --seed 0",
    "seed": 0,
    "torch": "2.13.0",
    "seconds": 300.0,
    "sets": [
        {
            "set": "sst dev",
            "title": "Sentences of film reviews",
            "unit": "words",
            "n": 1000,
            "changes": [
                {
                    "change": "reversed",
                    "title": "Words reversed",
                    "about": "The last word first.",
                    "drawn": "never",
                }
            ],
            "models": [
                {
                    "model": "sentiment-cnn",
                    "weights": SHA,
                    "changes": [
                        {
                            "change": "reversed",
                            "before": RATE,
                            "after": AFTER,
                            "lost": 50,
                            "won": 10,
                            "same_answer": 0.94,
                            "tie": False,
                        }
                    ],
                }
            ],
        }
    ],
}
FIRST: dict[str, Any] = {
    "command": "python -m app.training.first --seed 0",
    "seed": 0,
    "torch": "2.13.0",
    "seconds": 1800.0,
    "title": "Which came first?",
    "about": "Two signs among fillers; the class is which came first.",
    "length": 64,
    "margin": 12,
    "symbols": 8,
    "batch": 64,
    "budget": 3000,
    "sha256": SHA,
    "models": [
        {
            "model": "flatten",
            "title": "CNN, every place kept",
            "about": "The linear layer has a weight for every place.",
            "architecture": "sequential",
            "layers": [
                {"name": "flatten", "op": "flatten"},
                {"name": "linear", "op": "linear", "in_features": 512, "out_features": 2},
            ],
            "parameters": 3915,
            "field": 13,
            "only": 64,
            "rate": 0.003,
            "updates": 1200,
            "seconds": 40.0,
            "points": [
                {
                    "length": 64,
                    "margin": 12,
                    "distance": 24,
                    "accuracy": RATE,
                    "seeds": [0.98, 0.99, 0.97],
                }
            ],
        }
    ],
}
DUEL: dict[str, Any] = {
    "command": "python -m app.training.duel --data DIR --seed 0",
    "seed": 0,
    "seconds": 3600.0,
    "machine": {"processor": "x86_64", "cores": 2, "threads": 1, "torch": "2.13.0"},
    "words": 19.3,
    "note": "One sentence at a time, from word numbers to logits.",
    "readers": [
        {
            "reader": "lstm",
            "model": "sentiment-lstm",
            "title": "LSTM",
            "about": "Reads word by word.",
            "weights": SHA,
            "parameters": 57026,
            "splits": [{"split": "sst dev", "accuracy": RATE, "best": True, "tie": True}],
            "microseconds": {"median": 900.0, "low": 500.0, "high": 1600.0, "n": 872, "repeats": 3},
            "serial": {"fixed": 0, "per_word": 1, "mean": 19.3},
        }
    ],
}
PLACINGS = {
    "near": {"summary": "five places apart", "value": {"a": 20, "b": 25}},
    "far": {"summary": "further than the narrow field", "value": {"a": 45, "b": 15, "seed": 3}},
    "long": {"summary": "twice the length", "value": {"a": 20, "b": 90, "length": 128}},
}
PLACING: dict[str, Any] = {
    "settings": {"a": 20, "b": 22, "length": 64, "seed": 0},
    "distance": 2,
    "first": "A",
    "symbols": [*[2] * 20, 0, 5, 1, *[3] * 41],
    "trained": {"length": 64, "nearest": 12, "furthest": 51, "distance": 39, "inside": True},
    "models": [
        {
            "model": "pooled",
            "title": "CNN, largest value over time",
            "field": 13,
            "sees_both": True,
            "probability": 0.99,
            "answer": "A",
            "right": True,
        }
    ],
    "formula": "probability: softmax of the two logits",
}
