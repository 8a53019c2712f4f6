"""Readers that answer at one place: both ends, or a word; against torch's own layer by hand."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from app.core.errors import Unprocessable
from app.insight import unit_effects
from app.insight.units import step_read
from app.tracing import graph, plain, trace
from tests.unit.architectures import Spec, filled

WORD = 7  # the row that `at_word` looks for
PLACES: dict[str, Spec] = {
    "ends": {"name": "read", "op": "ends"},
    "word": {"name": "read", "op": "at_word", "ids": [WORD, 9]},
}
TEXT = torch.tensor([[1, 4, WORD, 2, 9, 0, 3]])
AT = 2  # where its first word stands


def reader(place: str, op: str = "lstm") -> nn.Module:
    """Vectors of 4, 5 units each way, two classes; weights large enough to matter."""
    layers: list[Spec] = [
        {"name": "embedding", "op": "embedding", "num_embeddings": 11, "embedding_dim": 4},
        {"name": "cell", "op": op, "input_size": 4, "hidden_size": 5, "bidirectional": True},
        PLACES[place],
        {"name": "linear", "op": "linear", "in_features": 10, "out_features": 2},
    ]
    return filled("recurrent", layers, seed=3)


def by_hand(net: nn.Module, place: str, tokens: Tensor) -> tuple[Tensor, Tensor]:
    """What the head reads [2H], and its logits [K]."""
    modules = dict(net.named_children())
    h = modules["cell"](modules["embedding"](tokens))[0]
    read = h[0, AT] if place == "word" else torch.cat([h[0, -1, :5], h[0, 0, 5:]])
    return read, modules["linear"](read)


@pytest.mark.parametrize("op", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("place", list(PLACES))
def test_the_answer_is_read_at_its_place(place: str, op: str) -> None:
    net = reader(place, op)
    found, (read, logits) = trace(net, TEXT), by_hand(net, place, TEXT)
    assert found.logits.shape == (2,)
    assert torch.allclose(found.logits, logits, atol=1e-6)
    assert torch.allclose(plain(net, TEXT), logits, atol=1e-6)
    assert torch.equal(found.tensors["read"], found.features)
    assert torch.allclose(found.features, read, atol=1e-6)
    assert torch.allclose(found.tensors["probabilities"], torch.softmax(logits, 0), atol=1e-6)
    forward, back = (found.tensors[f"cell.l0{way}.h"] for way in ("", "_reverse"))
    rows = (AT, AT) if place == "word" else (-1, 0)
    assert torch.equal(found.features, torch.cat([forward[rows[0]], back[rows[1]]]))


@pytest.mark.parametrize("place", list(PLACES))
def test_a_window_shows_rows_and_the_whole_answer(place: str) -> None:
    net = reader(place)
    whole, part = trace(net, TEXT), trace(net, TEXT, steps=slice(3, 5))
    assert part.tensors["cell.l0_reverse.c"].shape == (2, 5)
    for name in ("read", "logits", "probabilities"):
        assert torch.allclose(part.tensors[name], whole.tensors[name], atol=1e-6)


@pytest.mark.parametrize("place", list(PLACES))
def test_the_graph_names_the_place(place: str) -> None:
    nodes = {node["name"]: node for node in graph(reader(place), ("T",))}
    assert nodes["cell"]["output_shape"] == ["T", 10]
    assert nodes["read"]["op"] == PLACES[place]["op"]
    assert nodes["read"]["output_shape"] == [10]
    assert nodes["logits"]["output_shape"] == [2]
    assert nodes["read"]["attributes"].get("ids") == PLACES[place].get("ids")


@pytest.mark.parametrize("place", list(PLACES))
@pytest.mark.parametrize("direction", ["", "_reverse"])
def test_a_unit_matters_as_much_as_a_copy_without_it_says(place: str, direction: str) -> None:
    net = reader(place)
    effects = unit_effects(net, TEXT, direction=direction)
    whole = plain(net, TEXT)
    for unit in range(5):
        lesser = copy.deepcopy(net)
        cell, head = lesser.get_submodule("cell"), lesser.get_submodule("linear")
        getattr(cell, f"weight_hh_l0{direction}")[:, unit] = 0
        head.get_parameter("weight")[:, unit + (5 if direction else 0)] = 0
        change = plain(lesser, TEXT) - whole
        assert effects[unit] == pytest.approx(abs(float(change[1] - change[0])), abs=1e-5)


def test_every_text_of_a_batch_is_read_at_its_own_word() -> None:
    net, other = reader("word"), torch.tensor([[9, 1, 2, 3, 4, 5, WORD]])
    both = net(torch.cat([TEXT, other]))
    assert torch.allclose(both[0], plain(net, TEXT), atol=1e-6)
    assert torch.allclose(both[1], plain(net, other), atol=1e-6)
    assert [step_read(net, x) for x in (TEXT, other)] == [AT, 0]


def test_a_text_without_the_word_is_refused() -> None:
    with pytest.raises(Unprocessable, match="word"):
        trace(reader("word"), torch.tensor([[1, 2, 3]]))
