"""A traced reader has torch's own states, and its gates, c and h recompute from what is shown."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from app.core.errors import ArchitectureError
from app.nets import build
from app.nets.layers import RECURRENT
from app.tracing import graph, plain, trace
from tests.unit.architectures import Case, filled, readers


def close(shown: Tensor, expected: Tensor) -> None:
    """Within 1e-5 * max(1, |v|) everywhere."""
    error = (shown - expected).abs() / expected.abs().clamp(min=1)
    assert shown.shape == expected.shape
    assert float(error.max()) <= 1e-5


def stacks(case: Case) -> list[tuple[str, nn.RNNBase, str]]:
    """Name, module and name of the layer before, for each recurrent layer."""
    nodes = graph(case.net, ("T", *case.x.shape[2:]))
    return [
        (node["name"], module, node["inputs"][0])
        for node in nodes
        if isinstance(module := dict(case.net.named_children()).get(node["name"]), nn.RNNBase)
    ]


@given(case=readers())
@settings(max_examples=60, deadline=None)
def test_outputs_are_torchs_own(case: Case) -> None:
    """Every layer's output, the states at the ends, and logits at every step."""
    tensors = trace(case.net, case.x).tensors
    x = case.x
    for name, module in case.net.named_children():
        if isinstance(module, RECURRENT):
            x, last = module(x)
            states = dict(
                zip(("h", "c"), last if isinstance(last, tuple) else (last,), strict=False)
            )
            check_ends(tensors, name, module, states)
        else:
            x = module(x)
        if not isinstance(module, nn.Dropout):
            close(tensors["logits" if name == "head" else name], x[0])
    close(tensors["probabilities"], torch.softmax(x[0], dim=-1))
    close(plain(case.net, case.x), x[0])


def check_ends(
    tensors: dict[str, Tensor], name: str, module: nn.RNNBase, states: dict[str, Tensor]
) -> None:
    """torch's (h_n, c_n): the last row, or row 0 of a reverse direction."""
    for suffix, values in states.items():
        for i, value in enumerate(values[:, 0]):
            level, back = divmod(i, 2) if module.bidirectional else (i, 0)
            key = f"{name}.l{level}{'_reverse' if back else ''}.{suffix}"
            close(tensors[key][0 if back else -1], value)


@given(case=readers())
@settings(max_examples=60, deadline=None)
def test_shown_numbers_recompute(case: Case) -> None:
    """Gates from x, h(t-1) and weights; c and h from the gates: only from what a trace shows."""
    tensors = trace(case.net, case.x).tensors
    for name, module, before in stacks(case):
        x = tensors[before]
        for level in range(module.num_layers):
            ways = ("", "_reverse") if module.bidirectional else ("",)
            for way in ways:
                check_cell(tensors, f"{name}.l{level}{way}", module, f"l{level}{way}", x)
            x = torch.cat([tensors[f"{name}.l{level}{way}.h"] for way in ways], dim=1)
        assert torch.equal(tensors[name], x)


def check_cell(
    tensors: dict[str, Tensor], prefix: str, module: nn.RNNBase, suffix: str, x: Tensor
) -> None:
    """One level and direction against the formulas in torch's documentation."""

    def shown(key: str) -> Tensor:
        return tensors[f"{prefix}.{key}"]

    def before(state: Tensor) -> Tensor:
        zero = torch.zeros_like(state[:1])
        return (
            torch.cat([state[1:], zero]) if "reverse" in suffix else torch.cat([zero, state[:-1]])
        )

    def product(kind: str, value: Tensor) -> Tensor:
        out: Tensor = value @ getattr(module, f"weight_{kind}_{suffix}").T
        return out + getattr(module, f"bias_{kind}_{suffix}") if module.bias else out

    h_before = before(shown("h"))
    of_x, of_h = product("ih", x), product("hh", h_before)
    if isinstance(module, nn.LSTM):
        for gate, part in zip("ifgo", (of_x + of_h).chunk(4, dim=1), strict=True):
            close(shown(f"gate.{gate}"), part.tanh() if gate == "g" else part.sigmoid())
        kept, written = shown("gate.f") * before(shown("c")), shown("gate.i") * shown("gate.g")
        close(shown("c"), kept + written)
        close(shown("h"), shown("gate.o") * shown("c").tanh())
    elif isinstance(module, nn.GRU):
        (x_r, x_z, x_n), (h_r, h_z, h_n) = of_x.chunk(3, dim=1), of_h.chunk(3, dim=1)
        r, z, n = shown("gate.r"), shown("gate.z"), shown("gate.n")
        close(r, (x_r + h_r).sigmoid())
        close(z, (x_z + h_z).sigmoid())
        close(shown("gate.hn"), h_n)
        close(n, (x_n + r * shown("gate.hn")).tanh())
        close(shown("h"), (1 - z) * n + z * h_before)
    else:
        squash = torch.tanh if module.mode == "RNN_TANH" else torch.relu
        close(shown("h"), squash(of_x + of_h))


@given(case=readers(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_window_shows_the_rows_of_the_whole(case: Case, data: st.DataObject) -> None:
    """The network reads the whole text; `steps` only chooses what is shown."""
    total = case.x.shape[1]
    start = data.draw(st.integers(0, total - 1))
    stop = data.draw(st.integers(start + 1, total))
    whole, window = trace(case.net, case.x), trace(case.net, case.x, steps=slice(start, stop))
    assert list(window.tensors) == list(whole.tensors)
    close(window.logits, whole.logits)
    for name, value in whole.tensors.items():
        close(window.tensors[name], value[start:stop])


def test_long_text_in_a_window() -> None:
    """10,000 steps: the rows shown late are those of the whole trace."""
    spec = {"name": "lstm", "op": "lstm", "input_size": 8, "hidden_size": 16, "bidirectional": True}
    head = {"name": "linear", "op": "linear", "in_features": 32, "out_features": 2}
    net = filled("recurrent", [spec, head], seed=0)
    x = torch.randn(1, 10_000, 8)
    whole = trace(net, x).tensors
    window = trace(net, x, steps=slice(9_400, 9_912))
    assert window.rows == range(9_400, 9_912)
    assert window.logits.shape == (10_000, 2)
    for name, value in whole.items():
        close(window.tensors[name], value[9_400:9_912])


def test_the_batch_is_one() -> None:
    """A batch of two is a mistake of the caller."""
    net = build("recurrent", [{"name": "rnn", "op": "rnn", "input_size": 2, "hidden_size": 3},
                              {"name": "linear", "op": "linear", "in_features": 3,
                               "out_features": 2}])  # fmt: skip
    with pytest.raises(ValueError, match="batch of 2"):
        trace(net, torch.zeros(2, 4, 2))


def test_projections_are_refused() -> None:
    """LSTM with proj_size: a clear error, not wrong numbers."""
    spec = {"name": "lstm", "op": "lstm", "input_size": 2, "hidden_size": 4, "proj_size": 3}
    head = {"name": "linear", "op": "linear", "in_features": 3, "out_features": 2}
    net = build("recurrent", [spec, head])
    for run in (lambda: trace(net, torch.zeros(1, 4, 2)), lambda: graph(net, ("T", 2))):
        with pytest.raises(ArchitectureError, match="proj_size"):
            run()
