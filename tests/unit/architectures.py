"""Random networks that a card could describe, for property tests.

    hypothesis --cards of layers--> SequentialNet or RecurrentReader, random weights, eval mode
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from torch import Tensor, nn

from app.nets import build

Spec = dict[str, Any]
ACTIVATIONS = (
    "relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "softplus", "identity",
)  # fmt: skip
POOLS = (
    "max_pool2d", "avg_pool2d", "skip_pool2d",
    "adaptive_avg_pool2d", "adaptive_max_pool2d", "adaptive_skip_pool2d",
)  # fmt: skip
IN_PLACE = ("relu", "leaky_relu", "elu", "silu")


@dataclass
class Case:
    """A network and one input [1, …]."""

    net: nn.Module
    x: Tensor
    layers: list[Spec]

    def __repr__(self) -> str:
        return f"Case(x={tuple(self.x.shape)}, layers={self.layers})"


def filled(name: str, layers: list[Spec], seed: int) -> nn.Module:
    """The network with seeded weights; running statistics of batch norm are random too."""
    torch.manual_seed(seed)
    net = build(name, layers).requires_grad_(False)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            for values in (module.running_mean, module.weight, module.bias):
                assert values is not None
                values.normal_()
            assert module.running_var is not None
            module.running_var.uniform_(0.5, 2)
    return net


@st.composite
def conv(draw: st.DrawFn, channels: int, size: tuple[int, int]) -> Spec:
    """A convolution that fits pictures of `size`."""
    kernel = tuple(draw(st.integers(1, min(4, n))) for n in size)
    groups = draw(st.sampled_from([g for g in (1, 2, 3) if channels % g == 0]))
    spec: Spec = {
        "op": "conv2d",
        "in_channels": channels,
        "out_channels": groups * draw(st.integers(1, 3)),
        "kernel_size": kernel,
        "stride": (draw(st.integers(1, 2)), draw(st.integers(1, 2))),
        "padding": (draw(st.integers(0, 2)), draw(st.integers(0, 2))),
        "groups": groups,
        "bias": draw(st.booleans()),
    }
    if all(2 * (k - 1) < n for k, n in zip(kernel, size, strict=True)):
        spec["dilation"] = draw(st.integers(1, 2))
    if draw(st.booleans()) and draw(st.booleans()):
        spec |= {"padding": "same", "stride": 1}
    return spec


@st.composite
def pool(draw: st.DrawFn, size: tuple[int, int]) -> Spec:
    """Max, average, skip or adaptive pooling that fits pictures of `size`."""
    op = draw(st.sampled_from(POOLS))
    if op.startswith("adaptive"):
        return {"op": op, "output_size": draw(st.integers(1, min(3, *size)))}
    kernel = draw(st.integers(1, min(3, *size)))
    return {
        "op": op,
        "kernel_size": kernel,
        "stride": draw(st.integers(1, 3)),
        "padding": draw(st.integers(0, kernel // 2)),
        "ceil_mode": draw(st.booleans()),
    }


def sizes(layers: list[Spec], shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape behind the layers."""
    return tuple(build("sequential", layers)(torch.zeros(1, *shape)).shape[1:])


def named(spec: Spec, layers: list[Spec]) -> Spec:
    """The layer with a name of its own."""
    return {"name": f"{spec['op']}_{len(layers)}", **spec}


@st.composite
def maps(draw: st.DrawFn, shape: tuple[int, int, int]) -> list[Spec]:
    """One to five rounds of convolution, batch norm, activation, pooling, dropout."""
    layers: list[Spec] = []
    for _ in range(draw(st.integers(1, 5))):
        channels, *size = sizes(layers, shape) if layers else shape
        layers.append(named(draw(conv(channels, (size[0], size[1]))), layers))
        channels, *size = sizes(layers, shape)
        if draw(st.booleans()):
            layers.append(named({"op": "batch_norm2d", "num_features": channels}, layers))
        op = draw(st.sampled_from(ACTIVATIONS))
        in_place = {"inplace": True} if op in IN_PLACE and draw(st.booleans()) else {}
        layers.append(named({"op": op, **in_place}, layers))
        if draw(st.booleans()):
            layers.append(named(draw(pool((size[0], size[1]))), layers))
        if draw(st.booleans()):
            layers.append(named({"op": "dropout", "p": 0.5}, layers))
    return layers


@st.composite
def cnns(draw: st.DrawFn) -> Case:
    """A picture network: maps, then flatten and one or two linear layers."""
    shape = (draw(st.integers(1, 3)), draw(st.integers(6, 20)), draw(st.integers(6, 20)))
    layers = draw(maps(shape))
    if draw(st.booleans()):
        layers.append(named({"op": "adaptive_avg_pool2d", "output_size": 1}, layers))
    layers.append(named({"op": "flatten"}, layers))
    (features,) = sizes(layers, shape)
    if draw(st.booleans()):
        layers.append(named({"op": "linear", "in_features": features, "out_features": 7}, layers))
        layers.append(named({"op": "tanh"}, layers))
        features = 7
    out = draw(st.integers(2, 5))
    layers.append({"name": "head", "op": "linear", "in_features": features, "out_features": out})
    seed = draw(st.integers(0, 2**31))
    net = filled("sequential", layers, seed)
    return Case(net, torch.randn(1, *shape), layers)


@st.composite
def readers(draw: st.DrawFn, ops: tuple[str, ...] = ("rnn", "gru", "lstm")) -> Case:
    """A reader: perhaps an embedding, one or two recurrent stacks, dropout, a linear head."""
    width, hidden = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    length = draw(st.integers(1, 24))
    tokens = draw(st.booleans())
    layers: list[Spec] = []
    if tokens:
        layers.append({"name": "embedding", "op": "embedding", "num_embeddings": 11,
                       "embedding_dim": width})  # fmt: skip
    for number in range(draw(st.integers(1, 2))):
        spec = {
            "name": f"stack{number}",
            "op": draw(st.sampled_from(ops)),
            "input_size": width,
            "hidden_size": hidden,
            "num_layers": draw(st.integers(1, 3)),
            "bidirectional": draw(st.booleans()),
            "bias": draw(st.booleans()),
        }
        if spec["op"] == "rnn":
            spec["nonlinearity"] = draw(st.sampled_from(["tanh", "relu"]))
        layers += [spec, {"name": f"dropout{number}", "op": "dropout", "p": 0.5}]
        width = hidden * (2 if spec["bidirectional"] else 1)
    classes = draw(st.integers(2, 4))
    layers.append({"name": "head", "op": "linear", "in_features": width, "out_features": classes})
    net = filled("recurrent", layers, draw(st.integers(0, 2**31)))
    for parameter in net.parameters():
        parameter.mul_(draw(st.sampled_from([0.5, 1.0, 2.0])))
    wide = layers[0]["input_size"] if not tokens else 0
    x = torch.randint(11, (1, length)) if tokens else torch.randn(1, length, wide)
    return Case(net, x, layers)
