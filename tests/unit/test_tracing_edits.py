"""Edited runs against torch modules run by hand; the network itself is never touched."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from app.core.errors import BadOption
from app.nets import build
from app.tracing import (
    Edit,
    Keep,
    Kernel,
    Node,
    Plan,
    Replace,
    Scale,
    changed_nodes,
    edited,
    graph,
    plain_plan,
    trace,
)
from tests.unit.architectures import Case, cnns

# torch says once that even kernels with padding="same" cost it a copy.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same'")
ACTIVATION_OPS = ("relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "softplus",
                  "identity")  # fmt: skip
NEW_ACTIVATION: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "none": lambda x: x,
}  # fmt: skip


@st.composite
def changes(draw: st.DrawFn, nodes: list[Node]) -> list[Edit]:
    """One to five edits that fit a graph."""
    found: list[Edit] = []
    for _ in range(draw(st.integers(1, 5))):
        node = draw(st.sampled_from([n for n in nodes if n["op"] != "softmax"]))
        name, channels = node["name"], int(node["output_shape"][0])
        channel = draw(st.integers(0, channels - 1))
        options: list[Edit] = [
            Scale(
                name, draw(st.sampled_from([None, channel])), draw(st.sampled_from([0, -1, 2.5]))
            ),
            Keep(name, channel),
        ]
        if "pool" in node["op"]:
            options.append(Replace(name, draw(st.sampled_from(["maxpool", "avgpool", "skip"]))))
        if node["op"] in ACTIVATION_OPS:
            options.append(Replace(name, draw(st.sampled_from(list(NEW_ACTIVATION)))))
        if node["op"] == "conv2d":
            options.append(draw(kernels(node)))
        found.append(draw(st.sampled_from(options)))
    return found


@st.composite
def kernels(draw: st.DrawFn, node: Node) -> Kernel:
    """A kernel of the right size."""
    about = node["attributes"]
    rows, columns = about["kernel_size"]
    sheets = about["in_channels"] // about["groups"]
    values = tuple(
        tuple(float(draw(st.integers(-2, 2))) for _ in range(columns)) for _ in range(rows)
    )
    return Kernel(
        node["name"],
        draw(st.integers(0, about["out_channels"] - 1)),
        draw(st.sampled_from([None, *range(sheets)])),
        values,
        draw(st.sampled_from([None, 0.5])),
    )


def by_hand(case: Case, edits: list[Edit]) -> dict[str, Tensor]:
    """Every tensor: a deep copy changed in place, run module by module."""
    net = copy.deepcopy(case.net)
    for edit in edits:
        if isinstance(edit, Kernel):
            conv: Any = net.get_submodule(edit.layer)
            sheet = torch.tensor(edit.values)
            sheets = range(conv.weight.shape[1]) if edit.inner is None else [edit.inner]
            for i in sheets:
                conv.weight[edit.out, i] = sheet / (len(sheets) if edit.inner is None else 1)
            if edit.bias is not None:
                if conv.bias is None:
                    conv.bias = nn.Parameter(torch.zeros(len(conv.weight)), requires_grad=False)
                conv.bias[edit.out] = edit.bias
    kinds = {edit.layer: edit.kind for edit in edits if isinstance(edit, Replace)}
    x = scaled("input", case.x.clone(), edits)
    found = {"input": x[0]}
    for path, module in net.named_children():
        if isinstance(module, nn.Dropout):
            continue
        name = "logits" if path == "head" else path
        kind = kinds.get(name)
        if kind is not None and kind in NEW_ACTIVATION:
            x = NEW_ACTIVATION[kind](x)
        elif kind is not None:
            x = pooled(module, kind, x)
        else:
            x = module(x.clone())
        x = scaled(name, x, edits)
        found[name] = x[0].clone()
    return found


def scaled(name: str, x: Tensor, edits: list[Edit]) -> Tensor:
    """[1, C, …] after every Scale and Keep of this tensor."""
    x = x.clone()
    for edit in edits:
        if isinstance(edit, Scale) and edit.tensor == name:
            place = slice(None) if edit.channel is None else edit.channel
            x[:, place] = x[:, place] * edit.factor
        if isinstance(edit, Keep) and edit.tensor == name:
            others = [c for c in range(x.shape[1]) if c != edit.channel]
            x[:, others] = 0
    return x


def pooled(module: nn.Module, kind: str, x: Tensor) -> Tensor:
    """The windows of `module`, one by one, reduced as `kind` says."""
    marks = torch.arange(x[0, 0].numel()).float().view(1, 1, *x.shape[2:])
    made: Any = module
    if not hasattr(made, "kernel_size"):
        size = made.output_size
        swap = {"maxpool": nn.AdaptiveMaxPool2d, "avgpool": nn.AdaptiveAvgPool2d}
        firsts = -nn.AdaptiveMaxPool2d(size)(-marks)
        other: nn.Module | None = swap[kind](size) if kind in swap else None
    else:
        window = (made.kernel_size, made.stride, made.padding)
        ceil = made.ceil_mode
        firsts = -nn.MaxPool2d(*window, ceil_mode=ceil)(-marks)
        other = {
            "maxpool": nn.MaxPool2d(*window, ceil_mode=ceil),
            "avgpool": nn.AvgPool2d(*window, ceil_mode=ceil),
        }.get(kind)
    if other is not None:
        out: Tensor = other(x)
        return out
    return x.flatten(2)[:, :, firsts[0, 0].long()]


@given(data=st.data(), case=cnns())
@settings(max_examples=80, deadline=None)
def test_edited_runs_are_those_of_torch(data: st.DataObject, case: Case) -> None:
    nodes = graph(case.net, tuple(case.x.shape[1:]))
    edits = data.draw(changes(nodes))
    before = {name: value.clone() for name, value in case.net.state_dict().items()}
    plain = trace(case.net, case.x).tensors
    found = trace(case.net, case.x, plan=edited(case.net, nodes, edits)).tensors
    for name, value in by_hand(case, edits).items():
        torch.testing.assert_close(found[name], value, rtol=1e-4, atol=1e-5)
    assert {k: v.shape for k, v in found.items()} == {k: v.shape for k, v in plain.items()}
    after = case.net.state_dict()
    assert list(after) == list(before)
    assert all(torch.equal(value, before[name]) for name, value in after.items())
    again = trace(case.net, case.x).tensors
    assert all(torch.equal(value, plain[name]) for name, value in again.items())


LAYERS: list[dict[str, Any]] = [
    {"name": "conv", "op": "conv2d", "in_channels": 2, "out_channels": 3, "kernel_size": [3, 1],
     "bias": False},
    {"name": "relu", "op": "relu"},
    {"name": "pool", "op": "max_pool2d", "kernel_size": 2},
    {"name": "flatten", "op": "flatten"},
    {"name": "head", "op": "linear", "in_features": 12, "out_features": 2},
]  # fmt: skip


def small() -> tuple[nn.Module, list[Node]]:
    """2 × 6 × 4 -> 2 classes."""
    net = build("sequential", LAYERS).requires_grad_(False)
    return net, graph(net, (2, 6, 4))


def plan_of(*edits: Edit) -> Plan:
    """The small network with these edits."""
    return edited(*small(), edits)


KERNEL = ((1.0,), (2.0,), (3.0,))


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Scale("nothing", 0, 1), "no tensor 'nothing'"),
        (Scale("probabilities", 0, 1), "no tensor 'probabilities'"),
        (Scale("relu", 3, 1), "channels 0 to 2"),
        (Keep("relu", -1), "channels 0 to 2"),
        (Keep("flatten", 12), "channels 0 to 11"),
        (Replace("nothing", "tanh"), "no layer 'nothing'"),
        (Replace("conv", "tanh"), "conv is neither"),
        (Replace("pool", "tanh"), "pool can become maxpool"),
        (Replace("relu", "maxpool"), "relu can become relu"),
        (Replace("logits", "none"), "neither"),
        (Kernel("relu", 0, 0, KERNEL, None), "no convolution"),
        (Kernel("nothing", 0, 0, KERNEL, None), "no layer"),
        (Kernel("conv", 3, 0, KERNEL, None), "kernels 0 to 2"),
        (Kernel("conv", 0, 2, KERNEL, None), "sheets 0 to 1"),
        (Kernel("conv", 0, 0, ((1.0, 2.0, 3.0),), None), "3 rows of 1"),
        (Kernel("conv", 0, 0, (*KERNEL, (1.0,)), None), "3 rows of 1"),
    ],
)
def test_what_does_not_fit_is_named(edit: Edit, words: str) -> None:
    with pytest.raises(BadOption, match=words):
        plan_of(edit)


def test_numbers_too_large_are_said() -> None:
    net, nodes = small()
    plan = edited(net, nodes, [Scale("conv", None, 1000.0)] * 20)
    with pytest.raises(BadOption, match="conv has numbers too large"):
        trace(net, torch.randn(1, 2, 6, 4), plan=plan)


def test_a_channel_switched_off_is_zero_without_a_sign() -> None:
    net, nodes = small()
    plan = edited(net, nodes, [Scale("conv", None, 0.0)])
    values = trace(net, torch.randn(1, 2, 6, 4), plan=plan).tensors["conv"]
    assert not values.signbit().any()


def test_the_graph_is_that_which_ran() -> None:
    net, nodes = small()
    plan = edited(net, nodes, [Replace("pool", "skip"), Replace("relu", "none"),
                               Kernel("conv", 0, None, KERNEL, 1.0)])  # fmt: skip
    after = changed_nodes(nodes, plain_plan(net), plan)
    ops = {node["name"]: node["op"] for node in after}
    assert (ops["pool"], ops["relu"], ops["conv"]) == ("skip_pool2d", "identity", "conv2d")
    rebuilt = copy.deepcopy(LAYERS)
    rebuilt[0]["bias"], rebuilt[1]["op"], rebuilt[2]["op"] = True, "identity", "skip_pool2d"
    assert after == graph(build("sequential", rebuilt), (2, 6, 4))
    assert [node["op"] for node in nodes] == [node["op"] for node in graph(net, (2, 6, 4))]
