"""What the answer loses without a unit, against one masked copy at a time."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from app.core.errors import ArchitectureError, BadOption
from app.insight import unit_effects
from app.insight.units import MAX_STEPS, span
from tests.unit.architectures import Case, Spec, filled, readers

HEAD: Spec = {"name": "linear", "op": "linear", "in_features": 5, "out_features": 3}
LSTM: Spec = {"name": "lstm", "op": "lstm", "input_size": 4, "hidden_size": 5}


def without(net: nn.Module, name: str, suffix: str, level: int, unit: int, x: Tensor) -> Tensor:
    """Logits [T, K] of a copy whose unit reaches nobody: its column is zero wherever h is read.

    Columns of W_hh are the path to the next step; columns of the weights of the next level, next
    stack or head are the way up. Independent of how the product does it.
    """
    import copy

    net = copy.deepcopy(net)
    stack = net.get_submodule(name)
    assert isinstance(stack, nn.RNNBase)
    getattr(stack, f"weight_hh_l{level}{suffix}")[:, unit] = 0
    column = unit + (stack.hidden_size if suffix else 0)
    readers: list[Tensor] = []
    if level + 1 < stack.num_layers:
        ways = ("", "_reverse") if stack.bidirectional else ("",)
        readers = [getattr(stack, f"weight_ih_l{level + 1}{way}") for way in ways]
    else:
        modules = [m for m in net.children() if not isinstance(m, nn.Dropout)]
        above = modules[modules.index(stack) + 1]
        if isinstance(above, nn.RNNBase):
            ways = ("", "_reverse") if above.bidirectional else ("",)
            readers = [getattr(above, f"weight_ih_l0{way}") for way in ways]
        else:
            assert isinstance(above, nn.Linear)
            readers = [above.weight]
    for weight in readers:
        weight[:, column] = 0
    out: Tensor = net(x)[0]
    return out


@given(case=readers(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_equal_to_one_copy_at_a_time(case: Case, data: st.DataObject) -> None:
    """Any stack, level, direction, step and number of classes."""
    stacks = [(n, m) for n, m in case.net.named_children() if isinstance(m, nn.RNNBase)]
    name, stack = data.draw(st.sampled_from(stacks))
    level = data.draw(st.integers(0, stack.num_layers - 1))
    suffix = data.draw(st.sampled_from(["", "_reverse"] if stack.bidirectional else [""]))
    at = data.draw(st.integers(0, case.x.shape[1] - 1))
    found = unit_effects(case.net, case.x, layer=name, level=level, direction=suffix, at=at)
    answer = case.net(case.x)[0, at]
    assert found.shape == (stack.hidden_size,)
    for unit in range(stack.hidden_size):
        change = without(case.net, name, suffix, level, unit, case.x)[at] - answer
        expected = change[1] - change[0] if len(answer) == 2 else change[answer.argmax()]
        assert abs(float(found[unit]) - abs(float(expected))) <= 1e-4 * max(
            1, float(answer.abs().max())
        )


def test_defaults_are_the_top_level_and_the_last_step() -> None:
    """The direction that reads forward, the answer's class."""
    net = filled("recurrent", [LSTM | {"num_layers": 2}, HEAD], seed=0)
    x = torch.randn(1, 9, 4)
    found = unit_effects(net, x)
    target = int(net(x)[0, -1].argmax())
    named = unit_effects(net, x, layer="lstm", level=1, direction="", at=8, target=target)
    assert torch.equal(found, named)
    assert bool((found >= 0).all())


def test_long_texts_are_answered_for_their_end() -> None:
    """Up to MAX_STEPS words, read on their own."""
    net = filled("recurrent", [LSTM, HEAD], seed=0)
    x = torch.randn(1, MAX_STEPS + 70, 4)
    assert torch.equal(unit_effects(net, x), unit_effects(net, x[:, 70:]))
    assert torch.equal(unit_effects(net, x, at=500), unit_effects(net, x[:, :501]))


def test_spans() -> None:
    """One direction: up to the step. Two directions: around it, inside the text."""
    one = filled("recurrent", [LSTM, HEAD], seed=0)
    two = filled("recurrent", [LSTM | {"bidirectional": True}, HEAD | {"in_features": 10}], seed=0)
    half = MAX_STEPS // 2
    assert span(one, 5000) == range(5000 - MAX_STEPS, 5000)
    assert span(one, 5000, 10) == range(11)
    assert span(two, 5000, 2500) == range(2501 - half, 2501 + half)
    assert span(two, 5000, 3) == range(MAX_STEPS)
    assert span(two, 5000, 4999) == range(5000 - MAX_STEPS, 5000)
    assert span(two, 7, 2) == range(7)


def test_what_is_not_there_is_named() -> None:
    """Unknown layers, levels, directions and steps; a network without units."""
    net, x = filled("recurrent", [LSTM, HEAD], seed=0), torch.randn(1, 9, 4)
    for wrong in ({"layer": "gru"}, {"level": 1}, {"direction": "_reverse"}, {"at": 9}):
        with pytest.raises(BadOption):
            unit_effects(net, x, **wrong)
    linear = filled("recurrent", [HEAD | {"in_features": 4}], seed=0)
    with pytest.raises(ArchitectureError, match="no recurrent layer"):
        unit_effects(linear, x)
