"""Batch norm folded into the convolution before it, so that what is saved is what is shown.

y = gamma (w*x + b - mean) / sqrt(var + eps) + beta is a convolution with
w' = w gamma / sqrt(var + eps) and b' = (b - mean) gamma / sqrt(var + eps) + beta
(Jacob et al. 2018, section 3.2; torch.nn.utils.fusion does the arithmetic).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from app.nets import SequentialNet, UNet

Net = TypeVar("Net", SequentialNet, UNet)


def folded_layers(layers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The card's layers without batch norm and dropout; convolutions get their bias."""
    kept = [dict(spec) for spec in layers if spec["op"] not in ("batch_norm2d", "dropout")]
    for spec in kept:
        if spec["op"] == "conv2d":
            spec.pop("bias", None)
    return kept


def fold(net: Net, layers: Sequence[Mapping[str, Any]]) -> Net:
    """A new net in eval mode with the same function as `net.eval()`, batch norm folded away."""
    net = copy.deepcopy(net).eval()
    modules: dict[str, nn.Module] = {}
    last_conv = ""
    for spec in layers:
        name, module = spec["name"], net.get_submodule(spec["name"])
        if isinstance(module, nn.BatchNorm2d):
            conv = modules[last_conv]
            assert isinstance(conv, nn.Conv2d)
            modules[last_conv] = fuse_conv_bn_eval(conv, module)
        elif not isinstance(module, nn.Dropout):
            modules[name] = module
            last_conv = name if isinstance(module, nn.Conv2d) else last_conv
    folded = type(net)(folded_layers(layers)).eval()
    state = {
        f"{name}.{key}": value
        for name, module in modules.items()
        for key, value in module.state_dict().items()
    }
    folded.load_state_dict(state)
    return folded
