"""What waits and how much is multiplied, counted by hand; how a pass is timed; what is shipped."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
from torch import nn

from app.engine.graphs import Graphs
from app.engine.passes import LADDER, readers, sequence, tasks
from app.insight.timing import LEAST, MOST, timed
from app.insight.waiting import waiting, work
from app.nets import build
from app.tracing import graph
from app.zoo import Zoo
from app.zoo.speed import read_speed
from app.zoo.store import models_folder
from tests.conftest import ROOT

# The page's own arithmetic is held against the same file (tests/js/compare-speed.test.js).
CASES = json.loads((ROOT / "tests" / "js" / "fixtures" / "waiting.json").read_text())
EMBED = {"name": "embedding", "op": "embedding", "num_embeddings": 9, "embedding_dim": 3}
LSTM: list[dict[str, Any]] = [
    EMBED,
    {"name": "lstm", "op": "lstm", "input_size": 3, "hidden_size": 2},
    {"name": "linear", "op": "linear", "in_features": 2, "out_features": 2},
]
WINDOWS: list[dict[str, Any]] = [
    EMBED,
    {"name": "conv", "op": "word_conv", "in_channels": 3, "out_channels": 2, "kernel_size": 2,
     "inputs": ["embedding"]},
    {"name": "max", "op": "max_over_time"},
    {"name": "linear", "op": "linear", "in_features": 2, "out_features": 2},
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_waiting_and_work_of_a_graph(case: dict[str, Any]) -> None:
    assert waiting(case["graph"], case["words"]) == case["steps"]
    assert work(case["graph"], case["words"]) == case["work"]


def test_work_by_hand() -> None:
    """LSTM: 4 gates of 2 units read 3 + 2 numbers a word, the head 2 · 2; windows: 2 words of 3
    numbers for 2 kernels a word, the head once."""
    reader = graph(build("recurrent", LSTM).eval(), ("T",))
    assert work(reader, 5) == 5 * (4 * 2 * (3 + 2) + 2 * 2)
    assert waiting(reader, 5) == 5
    windows = graph(build("branched", WINDOWS).eval(), ("T",))
    assert work(windows, 5) == 5 * (2 * 3 * 2) + 2 * 2
    assert waiting(windows, 5) == waiting(windows, 4000) == 2


def test_passes_are_timed_on_one_thread_until_it_is_over() -> None:
    seen: list[int] = []

    class Counting(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            seen.append(torch.get_num_threads())
            return x

    before = torch.get_num_threads()
    found = timed(Counting(), torch.zeros(1, 4), lambda: False)
    assert found is not None
    assert LEAST <= found.n <= MOST
    assert len(seen) == found.n + 1  # one to warm up
    assert set(seen) == {1}
    assert torch.get_num_threads() == before
    assert 0 < found.low <= found.median <= found.high
    assert timed(Counting(), torch.zeros(1, 4), lambda: True) is None
    late = iter([False, False, True])
    assert timed(Counting(), torch.zeros(1, 4), lambda: next(late)) is None


def test_every_network_reads_the_same_known_words() -> None:
    assert torch.equal(sequence(50, 20), sequence(50, 20))
    assert sequence(50, 400).shape == (1, 400)
    assert int(sequence(50, 400).max()) < 50


def test_the_shipped_figures_are_of_the_shipped_networks() -> None:
    """Times are a machine's own; what waits and what is multiplied is counted again here."""
    found = read_speed(models_folder())
    assert found is not None
    assert not found.here
    assert found.command.startswith("python -m app.training.speed --rounds ")
    zoo = Zoo(models_folder(), 10**9)
    graphs = Graphs(zoo)
    assert found.readers == readers(zoo, graphs)
    assert {one.kind for one in found.readers} == {"cnn", "rnn", "gru", "lstm"}
    assert found.missing == []
    wanted = [(task.model, task.length) for task in tasks(LADDER, found.readers)]
    assert [(one.model, one.length) for one in found.points] == wanted
    for one in found.points:
        nodes = graphs.of(one.model)
        assert (one.steps, one.work) == (waiting(nodes, one.length), work(nodes, one.length))
        assert one.ms.low <= one.ms.median <= one.ms.high
