"""Gradients through time: equal to autograd through a loop of cells, and to finite differences."""

from __future__ import annotations

import math
import time

import pytest
import torch
from torch import Tensor, nn

from app.core.errors import Unprocessable
from app.insight.gradients import FLOOR, MOST, factor, gradients
from app.tracing import plain_plan
from tests.unit.architectures import Spec, filled

HEAD: Spec = {"name": "linear", "op": "linear", "in_features": 5, "out_features": 3}
CELLS = {"rnn": {}, "relu": {"op": "rnn", "nonlinearity": "relu"}, "gru": {}, "lstm": {}}


def reader(kind: str, levels: int = 1, **more: object) -> nn.Module:
    """A reader of words of 4 in float64, with 5 units and three classes."""
    spec = {"name": "cell", "op": kind, "input_size": 4, "hidden_size": 5, "num_layers": levels,
            **CELLS[kind], **more}  # fmt: skip
    table = {"name": "embedding", "op": "embedding", "num_embeddings": 11, "embedding_dim": 4}
    width = 10 if more.get("bidirectional") else 5
    return filled("recurrent", [table, spec, HEAD | {"in_features": width}], seed=3).double()


def loop(net: nn.Module, x: Tensor) -> tuple[Tensor, list[Tensor], list[Tensor]]:
    """x [T, 4] -> logits of the last word and the top level's h and c, every one in the graph."""
    stack = net.get_submodule("cell")
    assert isinstance(stack, nn.RNNBase)
    kind = {"LSTM": nn.LSTMCell, "GRU": nn.GRUCell}.get(stack.mode, nn.RNNCell)
    hs: list[Tensor] = []
    cs: list[Tensor] = []
    rows = list(x)
    for level in range(stack.num_layers):
        cell = kind(rows[0].shape[0], 5).double().requires_grad_(False)
        if stack.mode == "RNN_RELU":
            cell.nonlinearity = "relu"  # type: ignore[assignment]
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            setattr(cell, name, nn.Parameter(getattr(stack, f"{name}_l{level}"), False))
        h = torch.zeros(1, 5, dtype=torch.float64)
        c = torch.zeros_like(h)
        hs, cs = [], []
        for row in rows:
            if stack.mode == "LSTM":
                # h is formed again from c, so that d/dc holds what h shows of it, as it does here
                _, c = cell(row[None], (h, c))
                gates = row @ cell.weight_ih.T + cell.bias_ih + h[0] @ cell.weight_hh.T
                o = torch.sigmoid((gates + cell.bias_hh)[15:])
                h = o * torch.tanh(c)
            else:
                h = cell(row[None], h)
            hs.append(h)
            cs.append(c)
        rows = [h[0] for h in hs]
    return net.get_submodule("linear")(hs[-1])[0], hs, cs


@pytest.mark.parametrize("levels", [1, 2])
@pytest.mark.parametrize("kind", list(CELLS))
@pytest.mark.parametrize("target", [None, 1])
def test_equal_to_autograd(kind: str, levels: int, target: int | None) -> None:
    net = reader(kind, levels)
    ids = torch.tensor([[1, 5, 2, 7, 7, 0, 9]])
    x = net.get_submodule("embedding")(ids)[0].detach().requires_grad_(True)
    logits, hs, cs = loop(net, x)
    k = int(logits.argmax()) if target is None else target
    loss = nn.functional.cross_entropy(logits[None], torch.tensor([k]))
    found = gradients(plain_plan(net), ids, target)
    assert (found.target, found.first, found.layer) == (k, 0, f"cell.l{levels - 1}")
    assert math.isclose(found.loss, float(loss.detach()), rel_tol=1e-12)

    def norms(y: Tensor, into: list[Tensor]) -> Tensor:
        got = torch.autograd.grad(y, into, retain_graph=True, allow_unused=True)
        return torch.stack([g.norm() for g in got])

    torch.testing.assert_close(found.loss_h, norms(loss, hs), rtol=1e-9, atol=1e-15)
    (by_x,) = torch.autograd.grad(logits[k], x, retain_graph=True)
    torch.testing.assert_close(found.answer_x, by_x.norm(dim=1), rtol=1e-9, atol=1e-15)
    if kind == "lstm":
        assert found.loss_c is not None
        torch.testing.assert_close(found.loss_c, norms(loss, cs), rtol=1e-9, atol=1e-15)
    else:
        assert found.loss_c is None


@pytest.mark.parametrize("kind", list(CELLS))
def test_equal_to_finite_differences(kind: str) -> None:
    """Each number of a word's row moved by a little: the answer moves by its slope."""
    net = reader(kind)
    ids = torch.tensor([[1, 5, 2, 8]])
    found = gradients(plain_plan(net), ids)
    table = net.get_submodule("embedding").weight
    assert isinstance(table, Tensor)
    step = 1e-5
    for t, row in enumerate(ids[0].tolist()):
        slopes = []
        for place in range(4):
            moved = []
            for way in (step, -step):
                table[row, place] += way
                moved.append(float(net(ids)[0, -1, found.target]))
                table[row, place] -= way
            slopes.append((moved[0] - moved[1]) / (2 * step))
        assert math.isclose(math.hypot(*slopes), float(found.answer_x[t]), rel_tol=1e-6)


@pytest.mark.parametrize("kind", list(CELLS))
def test_of_a_long_text_the_last_words_are_followed_exactly(kind: str) -> None:
    net = reader(kind)
    ids = torch.randint(0, 11, (1, MOST + 30), generator=torch.Generator().manual_seed(0))
    found = gradients(plain_plan(net), ids)
    assert found.first == 30
    assert len(found.loss_h) == len(found.answer_x) == MOST
    x = net.get_submodule("embedding")(ids)[0].detach().requires_grad_(True)
    logits = loop(net, x)[0]
    (by_x,) = torch.autograd.grad(logits[found.target], x)
    torch.testing.assert_close(found.answer_x, by_x[30:].norm(dim=1), rtol=1e-8, atol=1e-300)


def test_a_layer_without_memory_below_is_gone_through() -> None:
    table: Spec = {"name": "embedding", "op": "embedding", "num_embeddings": 9, "embedding_dim": 6}
    narrow: Spec = {"name": "narrow", "op": "linear", "in_features": 6, "out_features": 4}
    gru: Spec = {"name": "gru", "op": "gru", "input_size": 4, "hidden_size": 5}
    net = filled("recurrent", [table, narrow, gru, HEAD], seed=1).double()
    ids = torch.tensor([[1, 2, 3, 4]])
    found = gradients(plain_plan(net), ids)
    x = net.get_submodule("embedding")(ids).detach().requires_grad_(True)
    rest = nn.Sequential(net.get_submodule("narrow"))
    h = net.get_submodule("gru")(rest(x))[0]
    (slope,) = torch.autograd.grad(net.get_submodule("linear")(h)[0, -1, found.target], x)
    torch.testing.assert_close(found.answer_x, slope[0].norm(dim=1))


def test_what_has_no_way_back_is_refused() -> None:
    with pytest.raises(Unprocessable, match="both ends"):
        gradients(plain_plan(reader("gru", bidirectional=True)), torch.tensor([[1, 2]]))
    flat = filled("sequential", [{"name": "linear", "op": "linear", "in_features": 2,
                                  "out_features": 2}], seed=0)  # fmt: skip
    with pytest.raises(Unprocessable, match="no steps"):
        gradients(plain_plan(flat), torch.zeros(1, 2))


def test_the_factor_is_the_slope_above_the_floor() -> None:
    shares = torch.tensor([0.5**n for n in range(60)], dtype=torch.float64).flip(0)
    found = factor(7 * shares)
    assert found is not None
    assert math.isclose(found.value, 0.5, rel_tol=1e-12)
    assert (found.start, found.stop) == (0, 39)
    assert 0.5**39 >= FLOOR > 0.5**40
    assert factor(torch.tensor([0.1, 1.0])) is None
    assert factor(torch.zeros(9)) is None


@pytest.mark.timed
def test_fifty_words_take_less_than_fifty_milliseconds() -> None:
    table: Spec = {"name": "embedding", "op": "embedding", "num_embeddings": 9, "embedding_dim": 50}
    lstm: Spec = {"name": "lstm", "op": "lstm", "input_size": 50, "hidden_size": 96}
    net = filled("recurrent", [table, lstm, HEAD | {"in_features": 96}], seed=1)
    ids = torch.randint(0, 9, (1, 50))
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        gradients(plain_plan(net), ids)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.05
