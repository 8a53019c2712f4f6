"""The ordered list of layers that a view draws and that names every tensor of a trace.

    net, input shape --run once on zeros--> input -> conv1 -> relu1 -> … -> logits -> probabilities

Shapes are those that torch gives, not formulas of our own. A symbolic length ("T") is run at two
lengths: a size that follows the length is symbolic too. Attributes are the module's arguments by
torch's own names; sizes of 2-D layers are always pairs [height, width].
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

import torch
from torch import nn

from app.core.errors import ArchitectureError
from app.nets import LAYERS
from app.nets.layers import RECURRENT
from app.nets.read import AtStep, AtWord
from app.nets.words import WordConv
from app.tracing.chain import Found, Layer, call, chain, gives_maps, has_shares, stored

Size = int | str
OPS = {kind: op for op, kind in LAYERS.items()}
PROBES = (32, 33)
PAIRS = ("kernel_size", "stride", "padding", "dilation", "output_size")
# Arguments that change nothing in what is computed, or that a trace settles otherwise.
UNSEEN = {"inplace", "batch_first", "dropout", "proj_size", "mode", "return_indices",
          "track_running_stats", "output_padding", "momentum"}  # fmt: skip


class Node(TypedDict):
    """One layer. `output_shape` has no batch axis; `inputs` are names of other nodes."""

    name: str
    op: str
    inputs: list[str]
    output_shape: list[Size]
    attributes: dict[str, Any]


def graph(net: nn.Module, input_shape: tuple[Size, ...]) -> list[Node]:
    """Nodes from `input` to `probabilities`, or to `mask` where each pixel gets a class, for one
    input of `input_shape`, no batch axis.

    Raises ArchitectureError, naming the layer, where a layer does not fit what it is given.
    """
    layers = chain(net)
    input_size = list(input_shape)
    nodes = [Node(name="input", op="input", inputs=[], output_shape=input_size, attributes={})]
    for layer, shape in zip(layers, shapes(layers, input_shape), strict=True):
        nodes.append(describe(layer, layer.inputs or (nodes[-1]["name"],), shape))
    if not has_shares(layers):
        return nodes
    last = nodes[-1]["output_shape"]
    softmax = Node(name="probabilities", op="softmax", inputs=["logits"],
                   output_shape=list(last), attributes={})  # fmt: skip
    if not gives_maps(layers):
        return [*nodes, softmax]
    mask = Node(name="mask", op="argmax", inputs=["probabilities"],
                output_shape=list(last[1:]), attributes={})  # fmt: skip
    return [*nodes, softmax, mask]


def describe(layer: Layer, before: Sequence[str], shape: list[Size]) -> Node:
    """The node of one layer that reads the tensors `before` and gives `shape`."""
    attributes = {
        **arguments(layer.module),
        "parameters": sum(p.numel() for p in layer.module.parameters()),
        "macs": macs(layer.module, shape),
        "weights": weights(layer),
    }
    if isinstance(layer.module, RECURRENT):
        attributes["tensors"] = stored(layer)
    if layer.framed:
        attributes["per"] = "frame"
    if layer.name != layer.path:
        attributes["module"] = layer.path
    return Node(
        name=layer.name,
        op=op(layer),
        inputs=list(before),
        output_shape=shape,
        attributes=attributes,
    )


def op(layer: Layer) -> str:
    """The card's word for this kind of layer."""
    try:
        return OPS[type(layer.module)]
    except KeyError:
        kind = type(layer.module).__name__
        known = ", ".join(sorted(LAYERS))
        raise ArchitectureError(f"Layer {layer.path!r} is a {kind}; known: {known}.") from None


def shapes(layers: list[Layer], input_shape: tuple[Size, ...]) -> list[list[Size]]:
    """The output shape of every layer."""
    if all(isinstance(n, int) for n in input_shape):
        return [list(shape) for shape in probe(layers, input_shape, PROBES[0])]
    short, long = (probe(layers, input_shape, length) for length in PROBES)
    return [symbolic(layer, a, b) for layer, a, b in zip(layers, short, long, strict=True)]


def probe(layers: list[Layer], input_shape: tuple[Size, ...], length: int) -> list[tuple[int, ...]]:
    """Output shapes on zeros, symbolic sizes taken as `length`."""
    sizes = [n if isinstance(n, int) else length for n in input_shape]
    tokens = isinstance(layers[0].module, nn.Embedding)
    found: list[tuple[int, ...]] = []
    anywhere = Layer("", "", AtStep(0))  # zeros hold no word to be found
    with torch.inference_mode():
        x = torch.zeros(1, *sizes, dtype=torch.int64 if tokens else torch.float32)
        given = Found(layers, x)
        for layer in layers:
            one = anywhere if isinstance(layer.module, AtWord) else layer
            given.add(layer.name, call(one, *given.read_by(layer)))
            found.append(tuple(given.last.shape[1:]))
    return found


def symbolic(layer: Layer, short: tuple[int, ...], long: tuple[int, ...]) -> list[Size]:
    """Sizes at both probe lengths -> ints where they agree, "T", "T-2" … where they follow it."""
    sizes: list[Size] = []
    for a, b in zip(short, long, strict=True):
        if a == b:
            sizes.append(a)
        elif b - a == PROBES[1] - PROBES[0]:
            sizes.append("T" if a == PROBES[0] else f"T{a - PROBES[0]:+d}")
        else:
            raise ArchitectureError(f"Layer {layer.path!r} has no size in steps of its input's.")
    return sizes


def arguments(module: nn.Module) -> dict[str, Any]:
    """The module's arguments by torch's names, ready for JSON; torch lists them itself."""
    found: dict[str, Any] = {}
    if isinstance(module, nn.Upsample):
        return {"scale_factor": module.scale_factor, "mode": module.mode}
    for name in getattr(module, "__constants__", ()):
        value = getattr(module, name, None)
        if name not in UNSEEN and value is not None:
            found[name] = list(value) if isinstance(value, tuple) else value
    if isinstance(module, nn.RNN):
        found["nonlinearity"] = module.nonlinearity
    if isinstance(module, (nn.Conv2d, WordConv, nn.Linear)):
        found["bias"] = module.bias is not None
    if isinstance(module, nn.Conv2d) and isinstance(module.padding, str):
        found["padding"] = same_padding(module)
    if isinstance(module, (nn.MaxPool2d, nn.AvgPool2d)) and "stride" not in found:
        found["stride"] = module.kernel_size
    if type(module).__name__.endswith("2d"):
        for name in PAIRS:
            if name in found and not isinstance(found[name], list):
                found[name] = [found[name], found[name]]
    return found


def same_padding(module: nn.Conv2d) -> list[int]:
    """What padding="same" or "valid" puts before the first row and column (torch's rule)."""
    if module.padding == "valid":
        return [0, 0]
    pairs = zip(module.kernel_size, module.dilation, strict=True)
    return [dilation * (size - 1) // 2 for size, dilation in pairs]


def macs(module: nn.Module, output_shape: list[Size]) -> int:
    """Multiply-accumulates of the matrix products and convolutions, per step for a reader.

    Biases, activations, pooling and the gates' own products are not counted.
    """
    if isinstance(module, nn.Conv2d):
        places = 1
        for size in output_shape:
            places *= size if isinstance(size, int) else 1
        height, width = module.kernel_size
        return places * (module.in_channels // module.groups) * height * width
    if isinstance(module, (nn.Linear, WordConv)):
        return module.weight.numel()
    if isinstance(module, RECURRENT):
        return sum(p.numel() for name, p in module.named_parameters() if "weight" in name)
    return 0


def weights(layer: Layer) -> list[str]:
    """Names of the layer's tensors in the net's `state_dict`."""
    state = layer.module.state_dict()
    return [f"{layer.path}.{key}" for key, value in state.items() if value.is_floating_point()]
