"""The lab of fresh cells: the published-style factors, Jacobians and clipping against autograd."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from app.insight import fresh
from app.insight.backward import linearise
from app.insight.fresh import INPUTS, Lab
from app.tracing.recurrent import cell, read_cell

TABLE = [
    (Lab("rnn"), 0.51),
    (Lab("lstm"), 0.63),
    (Lab("lstm", forget_bias=1), 0.84),
    (Lab("lstm", forget_bias=3), 1.00),
    (Lab("gru"), 0.63),
    (Lab("rnn", init="orthogonal", inputs="zero"), 1.00),
    (Lab("rnn", init="orthogonal", inputs="zero", scale=1.05), 1.05),
]
TINY = Lab(length=30, hidden=5)


@pytest.mark.parametrize(("lab", "stated"), TABLE)
def test_the_table_of_factors_is_reproduced(lab: Lab, stated: float) -> None:
    """32 inputs, 64 units, 200 steps, ten seeds: the slope from n = 20 to 100, within 5 %."""
    ns = list(fresh.slope_range(lab.length))
    assert ns == [20, 100]
    assert (lab.length, lab.hidden, lab.seeds, INPUTS) == (200, 64, 10, 32)
    logs = fresh.mean([fresh.run(lab, seed, ns) for seed in range(lab.seeds)])
    assert math.isclose(fresh.factor(ns, logs, lab.length).value, stated, rel_tol=0.05)


def states(lab: Lab, seed: int) -> tuple[nn.RNNBase, Tensor, list[Tensor]]:
    """The same cell, walked by torch: s after every step, (h, c) of an LSTM side by side."""
    random = torch.Generator().manual_seed(seed)
    net = fresh.fresh(lab, random)
    x = torch.zeros(lab.length, INPUTS, dtype=torch.float64)
    if lab.inputs == "normal":
        x.normal_(generator=random)
    return net, x, [torch.zeros(1 + (lab.cell == "lstm"), lab.hidden, dtype=torch.float64)]


def stepped(net: nn.RNNBase, s: Tensor, rows: Tensor) -> Tensor:
    """s [1 or 2, H] and rows [n, 32] -> s after them."""
    first = s[:1]
    if isinstance(net, nn.LSTM):
        return torch.cat(net(rows, (first, s[1:]))[1])
    last: Tensor = net(rows, first)[1]
    return last


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize(
    "more",
    [{}, {"init": "orthogonal", "scale": 1.5, "forget_bias": 2.0}, {"inputs": "zero"}],
    ids=["torch", "orthogonal", "zero"],
)
def test_jacobians_are_those_of_autograd(kind: str, more: dict[str, object]) -> None:
    lab = replace(TINY, cell=kind, **more)  # type: ignore[arg-type]
    net, x, (s,) = states(lab, seed=4)
    found = dict(zip(fresh.points(lab.length), fresh.run(lab, 4).logs, strict=True))
    for n in (1, 3, 10):
        with torch.no_grad():
            before = stepped(net, s, x[: lab.length - n])
        rest = x[lab.length - n :]
        jacobian = torch.autograd.functional.jacobian(lambda v, r=rest: stepped(net, v, r), before)
        size = before.numel()
        exact = math.log10(float(torch.linalg.matrix_norm(jacobian.reshape(size, size), 2)))
        assert math.isclose(found[n], exact, abs_tol=1e-9)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_gradients_of_the_weights_and_clipping_are_torch_s(kind: str) -> None:
    lab = replace(TINY, cell=kind, init="orthogonal", scale=1.5, clip=0.1)
    random = torch.Generator().manual_seed(6)
    net = fresh.fresh(lab, random)
    x = torch.empty(lab.length, INPUTS, dtype=torch.float64).normal_(generator=random)
    head = torch.empty(2, lab.hidden, dtype=torch.float64)
    head.uniform_(-1 / math.sqrt(5), 1 / math.sqrt(5), generator=random)
    logits = head @ net(x)[0][-1]
    nn.functional.cross_entropy(logits[None], torch.tensor([0])).backward()
    recurrent = net.get_parameter("weight_hh_l0").grad
    assert recurrent is not None
    found = fresh.run(lab, 6)
    before = float(recurrent.norm())
    whole = float(nn.utils.clip_grad_norm_(net.parameters(), 0.1))
    assert math.isclose(found.whole[0], whole, rel_tol=1e-9)
    assert math.isclose(found.recurrent[0], before, rel_tol=1e-9)
    assert math.isclose(found.recurrent[1], float(recurrent.norm()), rel_tol=1e-9)
    assert math.isclose(found.whole[1], 0.1, rel_tol=1e-4)


def test_clipping_leaves_the_curve_alone() -> None:
    lab = replace(TINY, cell="gru", init="orthogonal", scale=1.5)
    free, held = fresh.run(lab, 1), fresh.run(replace(lab, clip=0.1), 1)
    assert free.logs == held.logs
    assert free.whole[0] == free.whole[1] == held.whole[0]
    assert held.whole[0] > 0.1
    assert math.isclose(held.whole[1], 0.1, rel_tol=1e-4)
    assert math.isclose(held.recurrent[1] / free.recurrent[1], held.whole[1] / held.whole[0])
    assert fresh.run(replace(lab, clip=1000), 1).whole == free.whole


def test_the_forget_bias_opens_the_gate_that_keeps() -> None:
    for kind in ("lstm", "gru"):
        kept = [fresh.run(replace(TINY, cell=kind, forget_bias=b), 0).kept for b in (0, 3)]
        assert kept[0] is not None
        assert kept[1] is not None
        assert abs(kept[0] - 0.5) < 0.1
        assert kept[1] > 0.85
    biased = [fresh.run(replace(TINY, cell="rnn", forget_bias=b), 0) for b in (0, 3)]
    assert biased[0] == biased[1]


def test_points_and_seeds_stay_within_bounds() -> None:
    for length in (30, 120, 200, 400):
        ns = fresh.points(length)
        assert ns == sorted(set(ns))
        assert ns[0] == 1
        assert ns[-1] == length - fresh.BURN_IN
        assert set(fresh.slope_range(length)) <= set(ns)
    assert fresh.most_seeds(200, 64) == 10
    assert fresh.most_seeds(400, 128) == 2


def test_nothing_at_all_is_a_floor_not_an_error() -> None:
    """A product that is 0 in float64 has no logarithm."""
    tape_lab = replace(TINY, cell="rnn")
    net, x, _ = states(tape_lab, 0)
    with torch.no_grad():
        net.get_parameter("weight_hh_l0").zero_()
        one = cell(net, 0, "")
        rows = read_cell(one, x, range(30), True)[1]
        none = torch.zeros(5, dtype=torch.float64)
        logs = fresh.curve(linearise(one, rows, (none, none)), tape_lab, [1, 5])
    assert logs == [fresh.NOTHING, fresh.NOTHING]


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_the_quick_way_back_is_the_way_back(kind: str) -> None:
    """Slopes on the weights or on the signals: the same product."""
    lab = replace(TINY, cell=kind)
    net, x, _ = states(lab, 2)
    with torch.no_grad():
        one = cell(net, 0, "")
        rows = read_cell(one, x, range(30), True)[1]
        none = torch.zeros(5, dtype=torch.float64)
        tape = linearise(one, rows, (none, none))
    signals = tuple(torch.randn(2 if kind == "lstm" else 1, 3, 5, dtype=torch.float64))
    for quick, slow in zip(tape.carry(17, signals), tape.back(17, signals)[2], strict=True):
        torch.testing.assert_close(quick, slow)
