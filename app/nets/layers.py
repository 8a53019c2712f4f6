"""The kinds of layer a card may name: `op` -> torch.nn class.

A card's layer is `{name, op, **arguments}`; the arguments are those of the torch class, by
torch's own names. A new kind of layer is one entry here (or one file beside this one that
registers itself); nothing else lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from torch import nn

from app.core.errors import ArchitectureError
from app.nets.maps import JoinMaps
from app.nets.quantiles import Quantiles
from app.nets.read import AtStep, AtWord, Ends
from app.nets.skip import AdaptiveSkipPool2d, SkipPool2d
from app.nets.translating import Attention, Tied
from app.nets.words import Concat, MaxOverTime, RunningMax, WordConv

RECURRENT = (nn.RNN, nn.GRU, nn.LSTM)
LAYERS: dict[str, Callable[..., nn.Module]] = {
    "conv2d": nn.Conv2d,
    "batch_norm2d": nn.BatchNorm2d,
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "softplus": nn.Softplus,
    "identity": nn.Identity,
    "max_pool2d": nn.MaxPool2d,
    "avg_pool2d": nn.AvgPool2d,
    "adaptive_avg_pool2d": nn.AdaptiveAvgPool2d,
    "adaptive_max_pool2d": nn.AdaptiveMaxPool2d,
    "skip_pool2d": SkipPool2d,
    "adaptive_skip_pool2d": AdaptiveSkipPool2d,
    "flatten": nn.Flatten,
    "dropout": nn.Dropout,
    "linear": nn.Linear,
    "embedding": nn.Embedding,
    "rnn": nn.RNN,
    "gru": nn.GRU,
    "lstm": nn.LSTM,
    "ends": Ends,
    "at_word": AtWord,
    "at_step": AtStep,
    "word_conv": WordConv,
    "max_over_time": MaxOverTime,
    "running_max": RunningMax,
    "concat": Concat,
    "quantiles": Quantiles,
    "attention": Attention,
    "tied": Tied,
    "upsample": nn.Upsample,
    "join_maps": JoinMaps,
}


def make_layer(spec: Mapping[str, Any]) -> tuple[str, nn.Module]:
    """One layer of a card -> its name and module.

    Raises ArchitectureError for an unknown op or arguments that torch refuses.
    """
    arguments = {k: v for k, v in spec.items() if k not in ("name", "op")}
    name, op = spec.get("name"), spec.get("op")
    if not name or op not in LAYERS:
        known = ", ".join(sorted(LAYERS))
        raise ArchitectureError(f"Layer {name!r} has op {op!r}; known: {known}.")
    if LAYERS[op] in RECURRENT:
        arguments["batch_first"] = True  # [N, T, …] everywhere
    try:
        return str(name), LAYERS[op](**arguments)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ArchitectureError(f"Layer {name!r} ({op}) cannot be built: {error}") from error
