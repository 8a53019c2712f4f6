"""The graph names what a trace holds, with torch's shapes and arguments."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from torch import nn

from app.core.errors import ArchitectureError
from app.nets import build
from app.tracing import graph, trace
from tests.unit.architectures import Case, Spec, cnns, readers

# torch says once that even kernels with padding="same" cost it a copy.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same'")
PICTURE: list[Spec] = [
    {"name": "conv", "op": "conv2d", "in_channels": 3, "out_channels": 4, "kernel_size": 3,
     "padding": 1, "stride": 2},
    {"name": "relu", "op": "relu"},
    {"name": "pool", "op": "max_pool2d", "kernel_size": 2},
    {"name": "flatten", "op": "flatten"},
    {"name": "dropout", "op": "dropout", "p": 0.5},
    {"name": "linear", "op": "linear", "in_features": 16, "out_features": 5},
]  # fmt: skip


@given(case=cnns())
@settings(max_examples=60, deadline=None)
def test_names_and_shapes_of_pictures(case: Case) -> None:
    """Nodes are a trace's tensors, in order, with their shapes."""
    nodes = graph(case.net, tuple(case.x.shape[1:]))
    tensors = trace(case.net, case.x).tensors
    assert {n["name"]: n["output_shape"] for n in nodes} == {
        name: list(value.shape) for name, value in tensors.items()
    }
    weights = [w for n in nodes for w in n["attributes"].get("weights", [])]
    assert set(weights) == {k for k, v in case.net.state_dict().items() if v.is_floating_point()}
    total = sum(n["attributes"].get("parameters", 0) for n in nodes)
    assert total == sum(p.numel() for p in case.net.parameters())


@given(case=readers())
@settings(max_examples=60, deadline=None)
def test_names_and_shapes_of_readers(case: Case) -> None:
    """Lengths are symbolic; a recurrent node names its gates and states."""
    nodes = graph(case.net, ("T", *case.x.shape[2:]))
    tensors = trace(case.net, case.x).tensors
    named = [name for n in nodes for name in (n["name"], *n["attributes"].get("tensors", []))]
    assert named == list(tensors)
    for node in nodes:
        assert node["output_shape"] == ["T", *tensors[node["name"]].shape[1:]]


def test_attributes_by_hand() -> None:
    """Pairs, counts, torch's names; dropout is left out and the last layer renamed."""
    nodes = {n["name"]: n for n in graph(build("sequential", PICTURE), (3, 8, 8))}
    assert list(nodes) == ["input", "conv", "relu", "pool", "flatten", "logits", "probabilities"]
    conv = nodes["conv"]["attributes"]
    assert conv["kernel_size"] == [3, 3]
    assert (conv["stride"], conv["padding"], conv["dilation"]) == ([2, 2], [1, 1], [1, 1])
    assert (conv["in_channels"], conv["out_channels"], conv["groups"]) == (3, 4, 1)
    assert conv["bias"] is True
    assert conv["parameters"] == 4 * 3 * 9 + 4
    assert conv["macs"] == 4 * 4 * 4 * 3 * 9
    assert conv["weights"] == ["conv.weight", "conv.bias"]
    assert nodes["pool"]["attributes"]["stride"] == [2, 2]
    logits = nodes["logits"]
    assert (logits["op"], logits["inputs"]) == ("linear", ["flatten"])
    assert logits["attributes"]["module"] == "linear"
    assert logits["attributes"]["weights"] == ["linear.weight", "linear.bias"]
    assert logits["attributes"]["macs"] == 80
    assert nodes["probabilities"]["op"] == "softmax"
    assert nodes["input"] == {
        "name": "input", "op": "input", "inputs": [], "output_shape": [3, 8, 8], "attributes": {},
    }  # fmt: skip


def test_a_reader_by_hand() -> None:
    """Counts are per step."""
    layers = [
        {"name": "embedding", "op": "embedding", "num_embeddings": 9, "embedding_dim": 5},
        {"name": "gru", "op": "gru", "input_size": 5, "hidden_size": 4, "bidirectional": True},
        {"name": "linear", "op": "linear", "in_features": 8, "out_features": 2},
    ]
    nodes = {n["name"]: n for n in graph(build("recurrent", layers), ("T",))}
    assert nodes["embedding"]["output_shape"] == ["T", 5]
    gru = nodes["gru"]["attributes"]
    assert gru["macs"] == 2 * 3 * 4 * (5 + 4)
    assert gru["tensors"][:3] == ["gru.l0.h", "gru.l0.gate.r", "gru.l0.gate.z"]
    assert gru["tensors"][-1] == "gru.l0_reverse.gate.hn"
    assert (gru["input_size"], gru["hidden_size"], gru["bidirectional"]) == (5, 4, True)
    assert nodes["logits"]["output_shape"] == ["T", 2]


def test_same_padding_starts_where_torch_starts() -> None:
    """An even kernel pads more after than before; the node tells the rows before."""
    conv = {"name": "conv", "op": "conv2d", "in_channels": 1, "out_channels": 1,
            "kernel_size": [4, 3], "padding": "same", "dilation": [1, 2]}  # fmt: skip
    head = {"name": "relu", "op": "relu"}
    nodes = graph(build("sequential", [conv, head]), (1, 9, 9))
    assert nodes[1]["attributes"]["padding"] == [1, 2]
    assert nodes[1]["output_shape"] == [1, 9, 9]


def test_one_number_has_no_shares() -> None:
    """A regression head: neither a softmax node nor its tensor."""
    layers = [*PICTURE[:-1], {**PICTURE[-1], "out_features": 1}]
    net = build("sequential", layers)
    assert graph(net, (3, 8, 8))[-1]["name"] == "logits"
    assert "probabilities" not in trace(net, torch.zeros(1, 3, 8, 8)).tensors


def test_what_does_not_fit_is_named() -> None:
    """The layer, the shape, and what is wrong with it."""
    with pytest.raises(ArchitectureError, match=r"'linear' cannot take 36"):
        graph(build("sequential", PICTURE), (3, 12, 12))
    with pytest.raises(ArchitectureError, match="'conv' cannot take 1 x 8 x 8"):
        graph(build("sequential", PICTURE), (1, 8, 8))
    with pytest.raises(ArchitectureError, match="not an architecture"):
        graph(nn.Linear(2, 2).eval(), (2,))
    with pytest.raises(ArchitectureError, match="training mode"):
        graph(build("sequential", PICTURE).train(), (3, 8, 8))
    reserved = [{**PICTURE[0], "name": "input"}, *PICTURE[1:]]
    with pytest.raises(ArchitectureError, match="may be called 'input'"):
        graph(build("sequential", reserved), (3, 8, 8))
    no_head = [{"name": "rnn", "op": "rnn", "input_size": 2, "hidden_size": 3}]
    with pytest.raises(ArchitectureError, match="must give the answer"):
        graph(build("recurrent", no_head), ("T", 2))
