"""What reaches an answer or a cell: equal to torch.autograd, and exactly 0 beyond the windows."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.core.errors import BadOption, Unprocessable
from app.insight.gradients import gradients
from app.insight.reach import of_answer, of_cell
from app.tracing import plain_plan
from app.zoo import Zoo
from app.zoo.store import models_folder
from tests.unit.architectures import filled

WORDS = [2, 3]
IDS = torch.tensor([[4, 1, 7, 2, 9, 3, 8, 5, 6]])


def windows() -> nn.Module:
    """A reader of windows of two and three words, vectors of 4, 2 kernels each, 2 classes."""
    layers = [{"name": "table", "op": "embedding", "num_embeddings": 11, "embedding_dim": 4}]
    for k in WORDS:
        layers += [
            {"name": f"conv{k}", "op": "word_conv", "in_channels": 4, "out_channels": 2,
             "kernel_size": k, "inputs": ["table"]},
            {"name": f"relu{k}", "op": "relu"},
            {"name": f"max{k}", "op": "max_over_time"},
        ]  # fmt: skip
    layers += [
        {"name": "side", "op": "concat", "inputs": [f"max{k}" for k in WORDS]},
        {"name": "linear", "op": "linear", "in_features": 4, "out_features": 2},
    ]
    return filled("branched", layers, seed=1)


def by_hand(net: nn.Module, x: Tensor) -> tuple[dict[int, Tensor], Tensor]:
    """x [T, 4] -> the maps after ReLU of each width [T, 2], and the logits: plain functions."""
    weights = {name: value.double() for name, value in net.state_dict().items()}
    maps = {
        k: F.conv1d(
            F.pad(x.T, (k - 1, 0))[None], weights[f"conv{k}.weight"], weights[f"conv{k}.bias"]
        )[0].T.relu()
        for k in WORDS
    }
    best = torch.cat([maps[k].max(dim=0).values for k in WORDS])
    return maps, best @ weights["linear.weight"].T + weights["linear.bias"]


def vectors(net: nn.Module) -> Tensor:
    """The words' vectors [T, 4], float64, with a gradient."""
    found: Tensor = net.get_submodule("table")(IDS)[0].detach().double()
    return found.requires_grad_(True)


@pytest.mark.parametrize("target", [0, 1])
def test_the_answer_moves_with_the_words_of_winning_windows_alone(target: int) -> None:
    net = windows()
    x = vectors(net)
    maps, logits = by_hand(net, x)
    (slope,) = torch.autograd.grad(logits[target], x)
    found = of_answer(plain_plan(net), IDS, target)
    torch.testing.assert_close(found.norms, slope.norm(dim=1), rtol=1e-10, atol=1e-12)
    assert found.value == pytest.approx(float(logits[target].detach()))
    touched = set()
    for k in WORDS:
        for c in (maps[k].max(dim=0).values > 0).nonzero().flatten().tolist():
            at = int(maps[k][:, c].argmax())
            touched |= set(range(max(0, at - k + 1), at + 1))
    assert {t for t, norm in enumerate(found.norms.tolist()) if norm > 0} == touched
    assert len(touched) < IDS.shape[1], "the test needs a word that no window won with"


def test_one_cell_is_exactly_zero_outside_its_window() -> None:
    net = windows()
    x = vectors(net)
    maps, _ = by_hand(net, x)
    for k in WORDS:
        found = of_cell(plain_plan(net), IDS, f"relu{k}", 5, None)
        best = int(maps[k][5].argmax())
        (slope,) = torch.autograd.grad(maps[k][5, best], x, retain_graph=True)
        assert found.channel == best
        assert found.value == pytest.approx(float(maps[k][5, best].detach()))
        torch.testing.assert_close(found.norms, slope.norm(dim=1), rtol=1e-10, atol=0)
        inside = found.norms.nonzero().flatten().tolist()
        assert inside == list(range(5 - k + 1, 6)), "the wall"


def test_what_a_cell_cannot_be_asked_for() -> None:
    plan = plain_plan(windows())
    with pytest.raises(BadOption, match="relu3"):
        of_cell(plan, IDS, "max3", 1, None)
    with pytest.raises(BadOption, match="2 channels"):
        of_cell(plan, IDS, "relu3", 1, 5)


def test_a_reader_gives_what_its_gradients_give_and_has_no_cells() -> None:
    head = {"name": "linear", "op": "linear", "in_features": 5, "out_features": 2}
    table = {"name": "table", "op": "embedding", "num_embeddings": 11, "embedding_dim": 4}
    cell = {"name": "cell", "op": "gru", "input_size": 4, "hidden_size": 5, "num_layers": 1}
    plan = plain_plan(filled("recurrent", [table, cell, head], seed=2))
    found = of_answer(plan, IDS, 1)
    assert torch.equal(found.norms, gradients(plan, IDS, 1).answer_x)
    with pytest.raises(Unprocessable, match="windows"):
        of_cell(plan, IDS, "cell", 1, None)


def test_rows_of_a_picture_of_the_shipped_networks() -> None:
    """At once and row by row, against autograd through the whole float32 network."""
    zoo = Zoo(models_folder(), 10**9)
    picture = torch.rand(28, 28, generator=torch.Generator().manual_seed(4))
    for model, shape in (("digits-cnn", (1, 1, 28, 28)), ("digits-gru", (1, 28, 28))):
        net = zoo.model(model).net
        x = picture.reshape(shape).clone().requires_grad_(True)
        logit = net(x).reshape(-1, 10)[-1, 3]
        (slope,) = torch.autograd.grad(logit, x)
        found = of_answer(plain_plan(net), picture.reshape(shape), 3)
        expected = slope.reshape(28, 28).norm(dim=1).double()
        torch.testing.assert_close(found.norms, expected, rtol=1e-3, atol=1e-5)
