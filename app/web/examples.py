"""Examples for OpenAPI: short, and of the shape that the API sends."""

from __future__ import annotations

from typing import Any

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


def edited(summary: str, *edits: dict[str, Any]) -> dict[str, Any]:
    """An ask for a sample, the network changed."""
    return {"summary": summary, "value": {"sample": "chelsea", "options": {"edits": list(edits)}}}


SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
ASKS: dict[str, Any] = {
    "sentence": {"summary": "a sentence", "value": {"text": "not a bad movie at all"}},
    "sample": {"summary": "a shipped sample", "value": {"sample": "chelsea"}},
    "cut": {
        "summary": "a sample, cut elsewhere",
        "value": {"sample": "chelsea", "options": {"crop": [100, 20, 200]}},
    },
    "shift": {
        "summary": "moved 3 px right and 2 px up",
        "value": {"sample": "chelsea", "options": {"shift": [3, -2]}},
    },
    "moment": {
        "summary": "with the weights of a moment of the training",
        "value": {"sample": "chelsea", "options": {"moment": 0}},
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
}
