"""Held values and memories against torch's own cells, stepped one at a time by other code."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from app.core.errors import BadOption
from app.tracing import (
    Clamp,
    Memory,
    Plan,
    Recurrent,
    State,
    Trace,
    graph,
    held,
    plain_plan,
    trace,
)
from tests.unit.architectures import Case, filled, readers
from tests.unit.by_cells import Reference, Values

GATES = {"LSTM": "ifgo", "GRU": ("r", "z", "hn", "n"), "RNN_TANH": (), "RNN_RELU": ()}


def plan(case: Case, edits: Sequence[Recurrent], memories: Mapping[State, Memory]) -> Plan:
    """The edited plan of a case."""
    nodes = graph(case.net, ("T", *case.x.shape[2:]))
    found = held(case.net, nodes, edits, case.x.shape[1], memories.__getitem__)
    return replace(plain_plan(case.net), held=found, edited=True)


def run(
    case: Case,
    edits: Sequence[Recurrent],
    memories: Mapping[State, Memory] | None = None,
    steps: slice | None = None,
    layers: list[str] | None = None,
) -> Trace:
    """The edited trace."""
    changed = plan(case, edits, memories or {})
    return trace(case.net, case.x, plan=changed, steps=steps, layers=layers)


# --- cases ----------------------------------------------------------------------------------


def names(case: Case) -> Iterator[tuple[str, int]]:
    """Every tensor that can be held, and its units."""
    for name, module in case.net.named_children():
        if isinstance(module, nn.Embedding):
            yield name, module.embedding_dim
        if isinstance(module, nn.RNNBase):
            keys = [f"gate.{gate}" for gate in GATES[module.mode]]
            for suffix in ("h", *(("c",) if module.mode == "LSTM" else ()), *keys):
                for level in range(module.num_layers):
                    for way in ("", "_reverse") if module.bidirectional else ("",):
                        yield f"{name}.l{level}{way}.{suffix}", module.hidden_size


@st.composite
def clamps(draw: st.DrawFn, case: Case) -> Clamp:
    name, size = draw(st.sampled_from(list(names(case))))
    return Clamp(
        name,
        draw(st.none() | st.integers(0, case.x.shape[1] - 1)),
        draw(st.none() | st.integers(0, size - 1)),
        draw(st.sampled_from([0.0, 1.0, -1.0, 0.25, 3.0])),
    )


def two_way(case: Case) -> bool:
    return any(getattr(module, "bidirectional", False) for module in case.net.children())


def remembered(case: Case, at: int) -> Memory:
    """Some memory: that of the case's own input turned round, after step `at`."""
    found = trace(case.net, case.x.flip(1)).tensors
    return {name: value[at] for name, value in found.items() if name.endswith((".h", ".c"))}


def close(found: Values, expected: Values) -> None:
    """1e-5 of the largest value there is: a gate held at 3 makes states of thousands, and what a
    gate is made of them is known no better than they are.
    """
    largest = max(1.0, *(float(value.abs().max()) for value in expected.values()))
    for name, value in expected.items():
        error = (found[name] - value).abs() / value.abs().clamp(min=1)
        assert float(error.max()) <= 1e-5 * largest, name


@given(case=readers(), data=st.data())
@settings(max_examples=30, deadline=None)
def test_every_held_value_is_what_all_later_ones_are_computed_from(
    case: Case, data: st.DataObject
) -> None:
    total = case.x.shape[1]
    edits: list[Recurrent] = [data.draw(clamps(case)) for _ in range(data.draw(st.integers(0, 4)))]
    memories: dict[State, Memory] = {}
    if not two_way(case):
        for step in data.draw(st.sets(st.integers(0, total - 1), max_size=2)):
            at = data.draw(st.none() | st.integers(0, total - 1))
            edit = State(step) if at is None else State(step, "turned round", at)
            if edit.text is not None:
                memories[edit] = remembered(case, edit.at)
            edits.append(edit)
    before = trace(case.net, case.x)
    found = run(case, edits, memories)
    with torch.inference_mode():
        expected = Reference(edits, memories).read(case)
    assert list(found.tensors) == list(before.tensors)
    assert set(expected) <= set(found.tensors)
    close(found.tensors, expected)
    close({"logits": found.logits}, {"logits": expected["logits"]})
    start = data.draw(st.integers(0, total - 1))
    window = slice(start, data.draw(st.integers(start + 1, total)))
    part = run(case, edits, memories, steps=window).tensors
    close(part, {name: value[window] for name, value in found.tensors.items()})
    after = trace(case.net, case.x)
    assert all(torch.equal(after.tensors[name], value) for name, value in before.tensors.items())


def reader(op: str = "lstm", size: int = 96, **more: object) -> Case:
    """A reader of vectors of 8."""
    spec = {"name": op, "op": op, "input_size": 8, "hidden_size": size, **more}
    wide = size * (2 if more.get("bidirectional") else 1)
    head = {"name": "head", "op": "linear", "in_features": wide, "out_features": 2}
    net = filled("recurrent", [spec, head], seed=3)
    return Case(net, torch.randn(1, 6, 8), [spec, head])


def test_nothing_changes_before_an_edit_and_a_reset_starts_anew() -> None:
    case = reader()
    plain, found = trace(case.net, case.x).tensors, run(case, [State(2)]).tensors
    for name in ("lstm.l0.h", "lstm.l0.c"):
        torch.testing.assert_close(found[name][:2], plain[name][:2], rtol=1e-5, atol=1e-6)
        assert found[name][2].abs().max() == 0
    alone = trace(case.net, case.x[:, 3:]).tensors["lstm.l0.h"]
    torch.testing.assert_close(found["lstm.l0.h"][3:], alone, rtol=1e-5, atol=1e-6)


def test_the_memory_of_the_same_place_changes_nothing() -> None:
    case = reader("gru")
    plain = trace(case.net, case.x).tensors
    edit = State(3, "the same", 3)
    found = run(case, [edit], {edit: {"gru.l0.h": plain["gru.l0.h"][3]}}).tensors
    close(found, plain)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Clamp("lstm.l0.gate.z", None, None, 0), "gate.z"),
        (Clamp("lstm", None, None, 0), "no tensor 'lstm'"),
        (Clamp("logits", None, None, 0), "no tensor 'logits'"),
        (Clamp("lstm.l1.h", None, None, 0), "lstm.l1.h"),
        (Clamp("lstm.l0.h", 6, None, 0), "steps 0 to 5"),
        (Clamp("lstm.l0.h", None, 96, 0), "units 0 to 95"),
        (State(6), "steps 0 to 5"),
    ],
)
def test_what_does_not_fit_is_named(edit: Recurrent, words: str) -> None:
    with pytest.raises(BadOption, match=words):
        run(reader(), [edit])


def test_a_reader_of_both_directions_has_no_memory_to_change() -> None:
    case = reader(bidirectional=True)
    with pytest.raises(BadOption, match="from left to right"):
        run(case, [State(1)])
    found = run(case, [Clamp("lstm.l0_reverse.h", 1, None, 0.5)]).tensors
    assert found["lstm.l0_reverse.h"][1].eq(0.5).all()
    assert found["lstm"][1, 96:].eq(0.5).all()


def test_numbers_beyond_float32_are_refused() -> None:
    case = reader("rnn", nonlinearity="relu", num_layers=2)
    for weight in case.net.parameters():
        weight.fill_(1e3)
    case = Case(case.net, torch.ones(1, 20, 8), case.layers)
    with pytest.raises(BadOption, match="too large"):
        run(case, [Clamp("rnn.l0.h", 0, None, 1e3)])


def test_a_long_text_is_quick() -> None:
    """Held at one word: the fused layer before and after it; at every word: a step each."""
    case = reader()
    long = Case(case.net, torch.randn(1, 1000, 8), case.layers)
    one, every = Clamp("lstm.l0.gate.f", 500, None, 0), Clamp("lstm.l0.gate.f", None, None, 0)
    for edit, most in ((one, 0.1), (every, 0.5)):
        times = []
        for _ in range(3):
            start = time.process_time()
            found = run(long, [edit]).tensors["lstm.l0.gate.f"]
            times.append(time.process_time() - start)
        assert found[500].abs().max() == 0
        assert min(times) < most


@pytest.mark.parametrize("op", ["lstm", "gru", "rnn"])
def test_with_the_loop_cut_every_word_is_read_as_if_it_were_the_first(op: str) -> None:
    case = reader(op, 12, num_layers=2)
    cut = run(case, [State(None)]).tensors
    for t in range(case.x.shape[1]):
        alone = trace(case.net, case.x[:, t : t + 1]).tensors
        close({name: value[t : t + 1] for name, value in cut.items()}, alone)
