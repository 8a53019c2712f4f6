"""One forward pass, with every intermediate value under its name.

    x [1, …] --layer by layer--> {"input", "conv1", "relu1", …, "logits", "probabilities"}
    tokens [1, T] --> {"input", "embedding", "lstm", "lstm.l0.h", "lstm.l0.c", …}

Nothing is kept between calls and no shared module is touched, so any number of threads may
trace one network at once.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from app.core.errors import BadOption
from app.nets.layers import RECURRENT
from app.nets.words import WordConv
from app.tracing.chain import Found, Layer, bound, gives_maps, named, names, stored
from app.tracing.feedforward import run
from app.tracing.plan import Plan, plain_plan
from app.tracing.recurrent import plainly, read


@dataclass(frozen=True)
class Trace:
    """What a network computed on one input; no batch axis, float32, contiguous, nothing shared.

    `tensors` holds the chosen layers and rows in graph order. `logits` [K], [T, K] where
    the head reads every step, or [K, H, W] where each pixel gets an answer, and `features` (what
    the last layer read) are always there and always whole.
    `rows` are the steps that `tensors` show, None for a network that reads at once.
    """

    tensors: dict[str, Tensor]
    logits: Tensor
    features: Tensor
    rows: range | None = None


def plain(net: nn.Module, x: Tensor) -> Tensor:
    """The network's own forward: x [1, …] -> logits [K], or [T, K] at every step."""
    with torch.inference_mode():
        out: Tensor = net(x.clone())  # a first layer that works in place must not change x
    return out[0]


def trace(
    net: nn.Module,
    x: Tensor,
    *,
    layers: Sequence[str] | None = None,
    steps: slice | None = None,
    plan: Plan | None = None,
) -> Trace:
    """Runs x [1, …] through `net` once. `layers` chooses tensors, a layer's name all of its own;
    `steps` chooses rows. The network reads the whole input in any case. A `plan` of this network
    is run in its place.

    Raises BadOption for an unknown name, or for rows where there are no steps.
    """
    if len(x) != 1:
        raise ValueError(f"A trace is of one input; this is a batch of {len(x)}.")
    plan = plan or plain_plan(net)
    plan = replace(plan, layers=bound(plan.layers, x))
    wanted = choose(plan.layers, layers)
    rows = choose_rows(plan.layers, steps, x.shape[1])
    with torch.inference_mode():
        return _walk(plan, x, wanted, rows)


def choose(run_order: list[Layer], layers: Sequence[str] | None) -> Set[str]:
    """Names of the tensors to give: all, or the named ones with what they contain."""
    return named(names(run_order), layers)


def choose_rows(run_order: list[Layer], steps: slice | None, total: int) -> range | None:
    """The steps to show, clipped to the input; None for a network without steps."""
    if not any(isinstance(layer.module, (*RECURRENT, WordConv)) for layer in run_order):
        if steps is not None:
            raise BadOption("This network takes its input at once; it has no steps to choose from.")
        return None
    rows = range(total)[steps or slice(None)]
    if rows.step != 1 or not rows:
        raise BadOption(f"Steps {steps} choose nothing of an input of {total} steps.")
    return rows


def _walk(plan: Plan, x: Tensor, wanted: Set[str], rows: range | None) -> Trace:
    part = None if rows is None or len(rows) == x.shape[1] else slice(rows.start, rows.stop)
    tensors: dict[str, Tensor] = {}

    def keep(name: str, value: Tensor) -> None:
        if name in wanted:
            # Maps of frames have five axes; what was picked out of all steps has two.
            stepped = name == "input" or value.ndim in (3, 5)
            kept = value[0, part].clone() if part and stepped else value.squeeze(0)
            tensors[name] = kept.float()

    x = plan.after("input", x.clone(memory_format=torch.contiguous_format))
    keep("input", x)
    features, found = x, Found(plan.layers, x)
    for layer in plan.layers:
        features, *more = found.read_by(layer)
        if rows is not None and isinstance(layer.module, RECURRENT):
            gates = any(name in wanted for name in stored(layer) if not name.endswith(".h"))
            reads = plan.held.read if plan.held else plainly
            out, extra = read(layer, features[0], rows, gates, reads)
            x = out.unsqueeze(0)
            keep(layer.name, x)
            tensors.update({name: value for name, value in extra.items() if name in wanted})
        else:
            x = plan.after(layer.name, run(layer, features, *more))
            keep(layer.name, x)
        found.add(layer.name, x)
    if "probabilities" in wanted:
        keep("probabilities", torch.softmax(x, dim=1 if x.ndim == 4 else -1))
    if "mask" in wanted and gives_maps(plan.layers):
        keep("mask", x.argmax(dim=1))  # of equal scores the first class
    return Trace(tensors, x[0], features[0], rows)
