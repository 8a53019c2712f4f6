"""Changes to a network for one run, made on copies.

    Scale, Keep       factors for the channels of one tensor
    Replace, Kernel   a module of its own in place of a layer's
        edits, graph --edited--> Plan --changed_nodes--> the graph as it ran

Every edit is held against the graph first: what does not fit it is a BadOption that names it. No
shape ever changes, so that views of the plain and of the changed run have the same cells.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from app.core.errors import BadOption
from app.nets.skip import AdaptiveSkipPool2d, SkipPool2d
from app.tracing.chain import Layer
from app.tracing.graph import Node, describe
from app.tracing.plan import Plan, plain_plan

Nodes = Mapping[str, Node]
POOLS: dict[type[nn.Module], str] = {
    nn.MaxPool2d: "window", nn.AvgPool2d: "window", SkipPool2d: "window",
    nn.AdaptiveMaxPool2d: "size", nn.AdaptiveAvgPool2d: "size", AdaptiveSkipPool2d: "size",
}  # fmt: skip
TO_WINDOW: dict[str, Callable[..., nn.Module]] = {
    "maxpool": nn.MaxPool2d, "avgpool": nn.AvgPool2d, "skip": SkipPool2d,
}  # fmt: skip
TO_SIZE: dict[str, Callable[..., nn.Module]] = {
    "maxpool": nn.AdaptiveMaxPool2d, "avgpool": nn.AdaptiveAvgPool2d, "skip": AdaptiveSkipPool2d,
}  # fmt: skip
ACTIVATIONS = (nn.ReLU, nn.LeakyReLU, nn.ELU, nn.GELU, nn.SiLU, nn.Tanh, nn.Sigmoid, nn.Softplus,
               nn.Identity)  # fmt: skip
TO_ACTIVATION: dict[str, Callable[[], nn.Module]] = {
    "relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "none": nn.Identity,
}  # fmt: skip
FOLLOWS = ("probabilities", "mask")  # computed from the logits alone
KINDS = (*TO_WINDOW, *TO_ACTIVATION)


@dataclass(frozen=True)
class Scale:
    """The tensor's channel, or all of it, times `factor`."""

    tensor: str
    channel: int | None
    factor: float


@dataclass(frozen=True)
class Keep:
    """All other channels of the tensor become 0."""

    tensor: str
    channel: int


@dataclass(frozen=True)
class Replace:
    """A pooling by another with the same windows, an activation by another."""

    layer: str
    kind: str


@dataclass(frozen=True)
class Kernel:
    """Sheet `inner` of kernel `out` becomes `values`; with `inner` None, every sheet becomes
    `values` / number of sheets. `bias` None keeps the learned one.
    """

    layer: str
    out: int
    inner: int | None
    values: tuple[tuple[float, ...], ...]
    bias: float | None


Edit = Scale | Keep | Replace | Kernel


def edited(net: nn.Module, graph: Sequence[Node], edits: Sequence[Edit]) -> Plan:
    """The network with all edits made, in their order. Raises BadOption, naming what does not fit.

    `graph` is that of `net`; `net` is left as it is.
    """
    plan, nodes = plain_plan(net), {node["name"]: node for node in graph}
    gains: dict[str, Tensor] = {}
    layers = list(plan.layers)
    for edit in edits:
        if isinstance(edit, (Scale, Keep)):
            shape = extent(nodes, edit.tensor)
            gains[edit.tensor] = gains.get(edit.tensor, 1.0) * gain(edit, shape)
        else:
            place = layer_place(layers, edit.layer)
            change = replaced if isinstance(edit, Replace) else with_kernel
            layers[place] = change(layers[place], edit)  # type: ignore[arg-type]
    return replace(plan, layers=layers, gains=gains, edited=bool(edits))


def changed_nodes(graph: Sequence[Node], before: Plan, after: Plan) -> list[Node]:
    """The graph as `after` runs it: layers with another module are described anew."""
    fresh = {
        new.name: new
        for old, new in zip(before.layers, after.layers, strict=True)
        if old.module is not new.module
    }
    return [
        describe(fresh[node["name"]], node["inputs"], node["output_shape"])
        if node["name"] in fresh
        else node
        for node in graph
    ]


def extent(nodes: Nodes, tensor: str) -> list[int]:
    """The shape of a tensor that can be scaled."""
    if tensor not in nodes or tensor in FOLLOWS:
        known = ", ".join(name for name in nodes if name not in FOLLOWS)
        raise BadOption(f"This network has no tensor {tensor[:40]!r} to edit; it has {known}.")
    return [int(n) for n in nodes[tensor]["output_shape"]]


def gain(edit: Scale | Keep, shape: list[int]) -> Tensor:
    """Factors [1, C, 1, 1] or [1, F] for a tensor of `shape`."""
    if edit.channel is not None and not 0 <= edit.channel < shape[0]:
        raise BadOption(f"{edit.tensor} has channels 0 to {shape[0] - 1}; not {edit.channel}.")
    if isinstance(edit, Keep):
        factors = torch.zeros(shape[0])
        factors[edit.channel] = 1
    else:
        factors = torch.ones(shape[0])
        factors[slice(None) if edit.channel is None else edit.channel] = edit.factor
    return factors.view(1, -1, *[1] * (len(shape) - 1))


def layer_place(layers: Sequence[Layer], name: str) -> int:
    """Where the layer is in the chain."""
    names = [layer.name for layer in layers]
    if name not in names:
        raise BadOption(f"This network has no layer {name[:40]!r}; it has {', '.join(names)}.")
    return names.index(name)


def replaced(layer: Layer, edit: Replace) -> Layer:
    """The layer with another module: pooling by pooling, activation by activation."""
    module = layer.module
    if type(module) in POOLS and edit.kind in TO_WINDOW:
        return layer._replace(module=pooling(module, edit.kind).eval())
    if isinstance(module, ACTIVATIONS) and edit.kind in TO_ACTIVATION:
        return layer._replace(module=TO_ACTIVATION[edit.kind]().eval())
    if type(module) in POOLS or isinstance(module, ACTIVATIONS):
        fitting = TO_WINDOW if type(module) in POOLS else TO_ACTIVATION
        raise BadOption(f"{layer.name} can become {', '.join(fitting)}; not {edit.kind!r}.")
    raise BadOption(f"{layer.name} is neither a pooling nor an activation: it cannot be replaced.")


def pooling(module: nn.Module, kind: str) -> nn.Module:
    """A pooling of another kind over the same windows."""
    if POOLS[type(module)] == "size":
        return TO_SIZE[kind](module.output_size)
    windows = {
        name: getattr(module, name) for name in ("kernel_size", "stride", "padding", "ceil_mode")
    }
    dilation = getattr(module, "dilation", 1)
    if kind == "avgpool":
        if dilation not in (1, (1, 1)):
            raise BadOption("A pooling with dilation has no average of its kind.")
        return nn.AvgPool2d(**windows)
    return TO_WINDOW[kind](**windows, dilation=dilation)


def with_kernel(layer: Layer, edit: Kernel) -> Layer:
    """The layer with other weights in one kernel, in a copy that shares nothing it changes."""
    old = layer.module
    if not isinstance(old, nn.Conv2d):
        raise BadOption(f"{layer.name} is no convolution: it has no kernel to replace.")
    check_kernel(layer.name, edit, old.weight.shape)
    weight, bias = old.weight.detach().clone(), old._parameters["bias"]
    sheet = torch.tensor(edit.values)
    if edit.inner is None:
        weight[edit.out] = sheet / weight.shape[1]
    else:
        weight[edit.out, edit.inner] = sheet
    if edit.bias is not None:
        values = torch.zeros(len(weight)) if bias is None else bias.detach().clone()
        values[edit.out] = edit.bias
        bias = nn.Parameter(values, requires_grad=False)
    module = copy.copy(old)
    # A shallow copy still shares the table of parameters; writing into that would edit the network.
    module._parameters = {"weight": nn.Parameter(weight, requires_grad=False), "bias": bias}
    return layer._replace(module=module)


def check_kernel(name: str, edit: Kernel, shape: Sequence[int]) -> None:
    """Raises BadOption unless the edit fits weights [out, in, height, width]."""
    outs, sheets, height, width = shape
    if not 0 <= edit.out < outs:
        raise BadOption(f"{name} has kernels 0 to {outs - 1}; not {edit.out}.")
    if edit.inner is not None and not 0 <= edit.inner < sheets:
        raise BadOption(f"A kernel of {name} has sheets 0 to {sheets - 1}; not {edit.inner}.")
    rows, columns = len(edit.values), {len(row) for row in edit.values}
    if rows != height or columns != {width}:
        raise BadOption(f"A kernel of {name} has {height} rows of {width} values.")
