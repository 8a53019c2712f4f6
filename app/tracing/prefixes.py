"""What a convolutional reader would answer if the text ended at each of its words.

    tokens [1, T] --the same layers, the largest value over time taken up to each word--> [T, K]

Its windows end at a word and look back, so this is the answer for every prefix, in one pass.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from app.nets.words import MaxOverTime, RunningMax
from app.tracing.plan import Plan


def answers_prefixes(plan: Plan) -> bool:
    """Whether it is a reader whose steps are those of prefixes."""
    return any(isinstance(layer.module, MaxOverTime) for layer in plan.layers)


def prefix_logits(plan: Plan, x: Tensor) -> Tensor:
    """x [1, T] -> logits [T, K]; row t is the answer for the first t + 1 tokens alone."""
    running = [
        layer._replace(module=RunningMax()) if isinstance(layer.module, MaxOverTime) else layer
        for layer in plan.layers
    ]
    with torch.inference_mode():
        return replace(plan, layers=running).forward(x)[0]
