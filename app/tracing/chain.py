"""The layers of a network in the order they run, under the names a trace gives them.

    children of the net --dropout left out, last one renamed--> [Layer(name, path, module), …]

Both architectures are chains of children, so walking them needs no hook on a shared module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from torch import Tensor, nn

from app.core.errors import ArchitectureError, BadOption
from app.nets import BranchedNet, SequentialNet
from app.nets.filmed import VideoReader
from app.nets.layers import RECURRENT
from app.nets.quantiles import Quantiles
from app.nets.read import AtStep, AtWord
from app.nets.recurrent import RecurrentReader

RESERVED = ("input", "logits", "probabilities", "mask")
GATES = {"RNN_TANH": (), "RNN_RELU": (), "GRU": ("r", "z", "n", "hn"), "LSTM": ("i", "f", "g", "o")}


class Layer(NamedTuple):
    """`name` is the tensor's name in a trace, `path` the module's name in `state_dict`; `inputs`
    are the tensors that it reads, none where it reads the one before it. `framed`: it takes each
    frame of a clip [1, T, ...] alone.
    """

    name: str
    path: str
    module: nn.Module
    inputs: tuple[str, ...] = ()
    framed: bool = False


def chain(net: nn.Module) -> list[Layer]:
    """Every layer that computes something in eval mode; the last is called `logits`.

    Raises ArchitectureError for a network that is no chain, or whose names collide.
    """
    if not isinstance(net, (SequentialNet, RecurrentReader, BranchedNet, VideoReader)):
        raise ArchitectureError(f"{type(net).__name__} is not an architecture that can be traced.")
    if net.training:
        raise ArchitectureError("The network is in training mode; call eval() before tracing it.")
    reads = net.reads if isinstance(net, BranchedNet) else {}
    alone = {path for path, _ in net.parts()[0]} if isinstance(net, VideoReader) else set()
    layers = [
        Layer(path, path, module, reads.get(path, ()), path in alone)
        for path, module in net.named_children()
        if not isinstance(module, nn.Dropout)
    ]
    if not layers or isinstance(layers[-1].module, RECURRENT):
        raise ArchitectureError("The last layer must give the answer: a linear layer, for example.")
    for layer in layers[:-1]:
        if layer.path in RESERVED:
            raise ArchitectureError(f"No layer but the last may be called {layer.path!r}.")
        if isinstance(layer.module, RECURRENT) and layer.module.proj_size:
            raise ArchitectureError(f"Layer {layer.path!r} has proj_size, which is not supported.")
    return [*layers[:-1], layers[-1]._replace(name="logits")]


def bound(layers: list[Layer], x: Tensor) -> list[Layer]:
    """The layers for the tokens x [1, T]: what reads at a word reads at that word's step."""
    return [
        layer._replace(module=AtStep(int(layer.module.places(x)[0])))
        if isinstance(layer.module, AtWord)
        else layer
        for layer in layers
    ]


def stored(layer: Layer) -> list[str]:
    """Names of the tensors that a recurrent layer adds to a trace, in order; [] for others.

    `lstm.l0.h`, `.c`, `.gate.i` …; the second direction as `lstm.l0_reverse.h`.
    """
    module = layer.module
    if not isinstance(module, RECURRENT):
        return []
    state = ("h", "c") if isinstance(module, nn.LSTM) else ("h",)
    suffixes = (*state, *(f"gate.{gate}" for gate in GATES[module.mode]))
    return [
        f"{layer.name}.l{level}{direction}.{suffix}"
        for level in range(module.num_layers)
        for direction in directions(module)
        for suffix in suffixes
    ]


def directions(module: nn.RNNBase) -> tuple[str, ...]:
    """Torch's own suffixes of the weight names, one per direction."""
    return ("", "_reverse") if module.bidirectional else ("",)


def names(layers: list[Layer]) -> list[str]:
    """Every tensor of a trace, in graph order."""
    found = ["input"]
    for layer in layers:
        found += [layer.name, *stored(layer)]
    if has_shares(layers):
        found.append("probabilities")
    return [*found, "mask"] if gives_maps(layers) else found


def named(known: Sequence[str], layers: Sequence[str] | None) -> set[str]:
    """The names to give: all, or those of `layers` with what they contain. Raises BadOption."""
    if layers is None:
        return set(known)
    for name in layers:
        if not any(k == name or k.startswith(f"{name}.") for k in known):
            raise BadOption(f"This network has no layer {name[:40]!r}; it has {', '.join(known)}.")
    return {k for k in known if any(k == name or k.startswith(f"{name}.") for name in layers)}


def has_shares(layers: list[Layer]) -> bool:
    """A softmax follows the last layer, unless that gives a single number (a regression), the
    quantiles of a forecast, or the boxes of a grid (a detection).
    """
    last = layers[-1].module
    if isinstance(last, nn.Conv2d):
        return gives_maps(layers)
    return getattr(last, "out_features", 0) != 1 and not isinstance(last, Quantiles)


def gives_maps(layers: list[Layer]) -> bool:
    """The last layer gives a map a class, [N, K, H, W], after the maps have grown again: an answer
    for every pixel. Maps that only shrank are the grid of a detection.
    """
    grown = any(isinstance(layer.module, nn.Upsample) for layer in layers)
    return grown and isinstance(layers[-1].module, nn.Conv2d)


class Found:
    """What earlier layers gave, kept only for those that are read again further on."""

    def __init__(self, layers: list[Layer], x: Tensor) -> None:
        self._again = {name for layer in layers for name in layer.inputs}
        self._kept: dict[str, Tensor] = {}
        self.add("input", x)

    def add(self, name: str, value: Tensor) -> None:
        """After a layer has run."""
        self.last = value
        if name in self._again:
            self._kept[name] = value

    def read_by(self, layer: Layer) -> list[Tensor]:
        """What a layer reads: what it names, else the last."""
        return [self._kept[name] for name in layer.inputs] or [self.last]


def call(layer: Layer, x: Tensor, *more: Tensor) -> Tensor:
    """The layer's output. Raises ArchitectureError naming the layer and the shape it refused."""
    out: Tensor
    try:
        if layer.framed:
            if len(x) != 1:
                raise ArchitectureError(f"Layer {layer.path!r} takes one clip at a time.")
            out = layer.module(x[0])[None]
            return out
        out = layer.module(x)[0] if isinstance(layer.module, RECURRENT) else layer.module(x, *more)
    except (RuntimeError, IndexError, ValueError) as error:
        shape = " x ".join(str(n) for n in x.shape[1:])
        raise ArchitectureError(f"Layer {layer.path!r} cannot take {shape}: {error}") from error
    return out
