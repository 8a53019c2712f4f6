"""Examples for OpenAPI: short, and of the shape that the API sends."""

from __future__ import annotations

from typing import Any

from app.lessons.deck import Words

NODE: dict[str, Any] = {
    "name": "conv1",
    "op": "conv2d",
    "inputs": ["input"],
    "output_shape": [32, 64, 64],
    "attributes": {
        "in_channels": 3,
        "out_channels": 32,
        "kernel_size": [3, 3],
        "stride": [1, 1],
        "padding": [1, 1],
        "parameters": 896,
        "macs": 3538944,
        "weights": ["conv1.weight", "conv1.bias"],
        "receptive_field": {"size": [3, 3], "stride": [1, 1], "offset": [-1, -1]},
    },
}
LIST: dict[str, Any] = {
    "models": [
        {
            "id": "photos",
            "kind": "cnn",
            "task": "classification",
            "title": "Photographs",
            "input": "image",
            "parameters": 293078,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        }
    ]
}
SAMPLES: dict[str, Any] = {
    "samples": [
        {
            "name": "chelsea",
            "title": "Chelsea, a cat",
            "kind": "image",
            "url": "/api/v1/models/photos/samples/chelsea",
            "drawing": False,
            "credit": "Stéfan van der Walt, CC0",
        }
    ]
}
PREDICTION: dict[str, Any] = {
    "model": "photos",
    "predictions": [
        {"label": "cat", "probability": 0.92, "logit": 6.1},
        {"label": "dog", "probability": 0.05, "logit": 3.2},
    ],
    "input": {
        "kind": "image",
        "original": {"width": 451, "height": 300, "format": "PNG", "bytes": 240512},
        "crop": {"x": 75, "y": 0, "side": 300},
        "size": [64, 64],
        "steps": [{"op": "crop", "text": "Cut to a square. Drag to move the cut."}],
    },
    "familiarity": {"score": 6.2, "threshold": 3.4, "share": 0.01, "familiar": True},
    "options": {},
}
TRACE: dict[str, Any] = {
    **PREDICTION,
    "graph": [NODE],
    "tensors": {"logits": {"shape": [2], "dtype": "float32", "data": [6.1, 3.2]}},
}
EFFECTS: dict[str, Any] = {
    "model": "sentiment-lstm",
    "layer": "lstm",
    "direction": "forward",
    "effects": [0.31, 0.02, 1.27],
    "class": "positive",
    "window": {"start": 0, "end": 6, "total": 6},
}
STATES: dict[str, Any] = {
    "model": "sentiment-lstm",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "layer": "lstm",
    "total": 2,
    "source": "text",
    "tokens": [
        {"text": "not", "id": 36, "known": True, "start": 0, "end": 3},
        {"text": "bad", "id": 977, "known": True, "start": 4, "end": 7},
    ],
    "input": {"kind": "text", "steps": [{"op": "tokens", "text": "Cut into 2 tokens."}]},
    "tensors": {"h": {"shape": [2, 2], "dtype": "float32", "data": [0.1, -0.4, 0.3, 0.2]}},
}
STATES_ASKS: dict[str, Any] = {
    "text": {"summary": "a text", "value": {"text": "not a bad movie at all"}},
    "corpus": {"summary": "the project's sentences", "value": {"corpus": True}},
}
FOLLOWED = {"property": "negated", "sign": 1, "auroc": 0.93, "n": 310, "of": 1720}
UNITS: dict[str, Any] = {
    "weights": STATES["sha256"],
    "corpus": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "command": "python -m app.training.watched sentiment-lstm",
    "layer": "lstm",
    "sentences": 305,
    "words": 3444,
    "measure": "AUROC of h",
    "bar": 0.9,
    "properties": [{"id": "negated", "says": "a negation has come before it", "n": 640}],
    "units": [
        {"mean": 0.1, "spread": 0.3, "least": -0.8, "most": 0.9, "up": [[3, 4, 0.9]],
         "down": [[7, 2, -0.8]], "rise": [[3, 4, 0.7]], "fall": [[7, 2, -0.6]],
         "follows": FOLLOWED, "answer": 0.41}
    ],
    "plane": {"mean": [0.1], "axes": [[1.0], [0.0]], "share": [0.4, 0.2]},
}  # fmt: skip
EXPLANATION: dict[str, Any] = {
    "model": "photos",
    "method": "gradcam",
    "class": "cat",
    "layer": "pool4",
    "predictions": PREDICTION["predictions"],
    "input": PREDICTION["input"],
    "options": {},
    "settings": {},
    "formula": "map = ReLU(Σ_c w_c A_c), w_c = mean over places of ∂logit/∂A_c",
    "tensors": {
        "map": {"shape": [1, 2], "dtype": "float32", "data": [0.7, 0.0]},
        "signed": {"shape": [1, 2], "dtype": "float32", "data": [0.7, -0.2]},
        "weights": {"shape": [2], "dtype": "float32", "data": [0.5, -0.25]},
    },
}
STUDIES: dict[str, Any] = {
    "weights": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "split": "tiny_imagenet val",
    "n": 1100,
    "command": "python -m app.training.study photos --data DIR",
    "moments": [{"step": 0, "accuracy": 0.05, "n": 1100}],
}

REMEMBER: dict[str, Any] = {
    "command": "python -m app.training.remember --seed 0",
    "seed": 0,
    "trainings": 3,
    "torch": "2.13.0",
    "seconds": 900.0,
    "tasks": [
        {
            "task": "adding",
            "title": "Add the two marked numbers",
            "about": "T steps, each a number from 0 to 1; two are marked.",
            "source": "Hochreiter and Schmidhuber 1997",
            "loss": "mean squared error of the sum",
            "chance": "1/6: always answering 1, the variance of the sum",
            "recall": "share of sequences whose sum is off by less than 0.08",
            "recall_chance": 0.1536,
            "updates": 1000,
            "batch": 50,
            "cells": [
                {
                    "cell": "lstm",
                    "hidden": 32,
                    "parameters": 4641,
                    "rate": 0.01,
                    "points": [
                        {
                            "length": 50,
                            "distance": 37.5,
                            "loss": 0.0008,
                            "chance": 0.166667,
                            "recall": 0.98,
                            "recalls": [0.97, 0.98, 0.99],
                            "losses": [0.0009, 0.0008, 0.0007],
                            "n": 1000,
                            "updates": 870,
                            "learnt": True,
                            "seconds": 12.5,
                        }
                    ],
                }
            ],
        }
    ],
}


def edited(summary: str, *edits: dict[str, Any], text: str = "") -> dict[str, Any]:
    """An ask for a sample, or for a text, the network changed."""
    source = {"text": text} if text else {"sample": "chelsea"}
    return {"summary": summary, "value": {**source, "options": {"edits": list(edits)}}}


MOVIE = "not a bad movie at all"


SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
ASKS: dict[str, Any] = {
    "sentence": {"summary": "a sentence", "value": {"text": "not a bad movie at all"}},
    "sample": {"summary": "a shipped sample", "value": {"sample": "chelsea"}},
    "recording": {"summary": "a shipped recording, for speech-gru", "value": {"sample": "seven"}},
    "series": {
        "summary": "a series of numbers, for forecast-gru: four seasons of three",
        "value": {"series": [8, 3, 5, 9, 3, 6, 11, 4, 7, 12, 5, 8], "options": {"season": 3}},
    },
    "backtest": {
        "summary": "a forecast from an earlier origin, beside what came",
        "value": {"sample": "airline", "options": {"origin": 132}},
    },
    "boxes": {
        "summary": "a board, for detect-digits: which boxes are shown",
        "value": {
            "sample": "scattered",
            "options": {"detect": {"score": 0.5, "overlap": 0.45}},
        },
    },
    "pixels": {
        "summary": "a class for every pixel, one skip connection off; for segment-nuclei",
        "value": {
            "sample": "touching",
            "options": {"edits": [{"op": "scale", "tensor": "skip1", "factor": 0}]},
        },
    },
    "cut": {
        "summary": "a sample, cut elsewhere",
        "value": {"sample": "chelsea", "options": {"crop": [100, 20, 200]}},
    },
    "shift": {
        "summary": "moved 3 px right and 2 px up",
        "value": {"sample": "chelsea", "options": {"shift": [3, -2]}},
    },
    "disturbed": {
        "summary": "turned by 10°, noise added, three rows hidden",
        "value": {
            "sample": "three",
            "options": {
                "turn": 10,
                "noise": {"amount": 0.2, "seed": 1},
                "show": {"hide": [9, 12]},
            },
        },
    },
    "order": {
        "summary": "its rows shuffled, as the study of order shuffled them",
        "value": {"sample": "three", "options": {"order": {"of": "rows", "seed": 0}}},
    },
    "frames": {
        "summary": "a shipped clip with its frames in reverse order, for video-lstm",
        "value": {
            "sample": "clockwise",
            "options": {"order": {"of": "frames", "how": "reversed"}},
        },
    },
    "rows": {
        "summary": "its upper half alone, and the answer for every number of rows until there",
        "value": {"sample": "three", "options": {"show": {"rows": 14, "each": True}}},
    },
    "moment": {
        "summary": "with the weights of a moment of the training",
        "value": {"sample": "chelsea", "options": {"moment": 0}},
    },
    "generate": {
        "summary": "a text continued",
        "value": {
            "text": "The old man at the gate said that ",
            "options": {"generate": {"length": 80, "temperature": 0.5, "seed": 3}},
        },
    },
    "translate": {
        "summary": "a sentence translated, for translate-attention, eight beginnings kept",
        "value": {"text": "Where is the train station?", "options": {"beam": 8}},
    },
    "scale": edited(
        "a channel switched off",
        {"op": "scale", "tensor": "relu1", "channel": 3, "factor": 0},
    ),
    "keep": edited("a channel kept alone", {"op": "keep", "tensor": "relu1", "channel": 3}),
    "replace": edited(
        "average pooling, and no activation",
        {"op": "replace", "layer": "pool1", "with": "avgpool"},
        {"op": "replace", "layer": "relu1", "with": "none"},
    ),
    "kernel": edited(
        "a Sobel kernel in place of a learned one",
        {"op": "kernel", "layer": "conv1", "out": 2, "in": None, "values": SOBEL, "bias": 0},
    ),
    "clamp": edited(
        "the forget gate held at 0 at “not”",
        {"op": "clamp", "tensor": "lstm.l0.gate.f", "step": 0, "unit": None, "value": 0},
        text=MOVIE,
    ),
    "reset": edited(
        "the memory emptied after “a”", {"op": "state", "step": 1, "from": None}, text=MOVIE
    ),
    "carry": edited(
        "the memory of another text carried over",
        {"op": "state", "step": 1, "from": {"text": "a truly great film", "step": 3}},
        text=MOVIE,
    ),
}
LESSONS: dict[str, Any] = {
    "lang": "en",
    "languages": [{"lang": "en", "name": "English"}, {"lang": "de", "name": "Deutsch"}],
    "words": dict.fromkeys(Words.model_fields, "…"),
    "lessons": [
        {
            "id": "difference",
            "deck": {
                "title": "The difference",
                "about": "What is the difference between the two?",
                "minutes": 8,
                "stop": [
                    {
                        "id": "kernel",
                        "title": "A kernel at work",
                        "minutes": 8,
                        "predict": "Must it go row by row?",
                        "reveal": "No: no place needs the answer of another.",
                        "remember": "The same kernel works everywhere, in any order.",
                        "notes": "Let somebody check one cell.",
                        "views": ["/cnn#tab=convolution&stop=order"],
                        "question": [],
                    }
                ],
            },
        }
    ],
    "answer": {
        "title": "What is the difference?",
        "short": "A CNN reads a grid at once, an RNN a sequence step by step.",
        "cnn": "CNN",
        "rnn": "RNN",
        "subtler": "Where reality is subtler",
        "foot": "Every line links to its view.",
        "row": [
            {
                "id": "memory",
                "title": "Memory",
                "cnn": [{"says": "None.", "see": "CNN", "view": "/cnn", "claims": ["C2"]}],
                "rnn": [{"says": "The hidden state.", "see": "RNN", "view": "/rnn"}],
                "subtler": [{"says": "Memory ends.", "see": "How far", "view": "/rnn"}],
            }
        ],
    },
    "problems": [],
}
