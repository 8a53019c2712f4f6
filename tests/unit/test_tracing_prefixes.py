"""Kim's reader of sentences: convolutions by hand, branches in the graph, answers of prefixes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.core.errors import ArchitectureError, BadOption
from app.nets import build
from app.tracing import answers_prefixes, graph, plain, plain_plan, prefix_logits, trace
from app.training import kim, readers
from app.training.readers import Recipe
from tests.unit.architectures import Spec, filled

TEXT = torch.tensor([[1, 4, 7, 2, 9, 0, 3]])
LAYERS: list[Spec] = [
    dict(layer) for layer in kim.layers(Recipe(hidden=5), rows=11, dimensions=4)
]


def reader() -> nn.Module:
    """Vectors of 4, 5 channels of each width, two classes."""
    return filled("branched", LAYERS, seed=3)


def by_hand(net: nn.Module, tokens: Tensor) -> Tensor:
    """Logits [K]: every window of every width, written out."""
    w = net.state_dict()
    x, tops = w["embedding.weight"][tokens[0]], []
    for width in kim.WIDTHS:
        padded = torch.cat([torch.zeros(width - 1, 4), x])
        windows = [padded[t : t + width].T for t in range(len(x))]  # [E, k], words t-k+1 … t
        products = [(w[f"conv{width}.weight"] * window).sum((1, 2)) for window in windows]
        tops.append(F.relu(torch.stack(products) + w[f"conv{width}.bias"]).amax(0))
    logits: Tensor = w["linear.weight"] @ torch.cat(tops) + w["linear.bias"]
    return logits


def test_the_answer_is_the_linear_layer_on_the_largest_windows() -> None:
    net = reader()
    found = trace(net, TEXT)
    assert torch.allclose(found.logits, by_hand(net, TEXT), atol=1e-5)
    assert torch.allclose(plain(net, TEXT), found.logits, atol=1e-6)
    assert torch.equal(found.tensors["max4"], found.tensors["relu4"].amax(0))
    parts = [found.tensors[f"max{width}"] for width in kim.WIDTHS]
    assert torch.equal(found.features, torch.cat(parts))


def test_every_prefix_has_the_answer_of_its_words_alone() -> None:
    net = reader()
    steps = prefix_logits(plain_plan(net), TEXT)
    assert steps.shape == (7, 2)
    for t in range(7):
        assert torch.allclose(steps[t], plain(net, TEXT[:, : t + 1]), atol=1e-6)


def test_the_graph_shows_the_branches() -> None:
    net = reader()
    nodes = {node["name"]: node for node in graph(net, ("T",))}
    assert [nodes[f"conv{width}"]["inputs"] for width in kim.WIDTHS] == [["embedding"]] * 3
    assert nodes["concat"]["inputs"] == ["max3", "max4", "max5"]
    assert nodes["conv5"]["output_shape"] == ["T", 5]
    assert nodes["conv5"]["attributes"]["kernel_size"] == [5]
    assert nodes["conv5"]["attributes"]["macs"] == 5 * 4 * 5
    assert (nodes["max5"]["output_shape"], nodes["logits"]["output_shape"]) == ([5], [2])
    assert answers_prefixes(plain_plan(net))


def test_a_window_of_rows_and_the_whole_answer() -> None:
    net = reader()
    whole, part = trace(net, TEXT), trace(net, TEXT, steps=slice(2, 4))
    assert torch.equal(part.tensors["relu3"], whole.tensors["relu3"][2:4])
    assert torch.equal(part.tensors["input"], TEXT[0, 2:4].float())
    assert torch.equal(part.tensors["logits"], whole.tensors["logits"])


def test_what_is_trained_is_what_is_served() -> None:
    """Padded, and labelled at words inside the text."""
    torch.manual_seed(0)
    table, recipe = torch.randn(11, 4), Recipe(hidden=5)
    taught = kim.KimReader(table, recipe).eval()
    net = build("branched", LAYERS)
    net.load_state_dict({"embedding.weight": table, **taught.served()})
    ones = torch.ones(2).numpy()
    short = readers.Item(TEXT[0, :2].numpy(), torch.tensor([0, 1]).numpy(), ones, ones)
    long = readers.Item(TEXT[0].numpy(), torch.tensor([3, 6]).numpy(), ones, ones)
    with torch.inference_mode():
        logits = taught(readers.collate([short, long]))
        for row, length in zip(logits, (1, 2, 4, 7), strict=True):
            assert torch.allclose(row, net(TEXT[:, :length])[0], atol=1e-6)


def test_a_layer_reads_what_stands_before_it() -> None:
    first, second = LAYERS[0], {**LAYERS[1], "inputs": ["relu3"]}
    with pytest.raises(ArchitectureError, match="relu3"):
        build("branched", [first, second])


def test_a_net_without_steps_has_none_to_choose() -> None:
    net = filled("sequential", [{"name": "linear", "op": "linear", "in_features": 3,
                                 "out_features": 2}], seed=1)  # fmt: skip
    assert not answers_prefixes(plain_plan(net))
    with pytest.raises(BadOption):
        trace(net, torch.randn(1, 3), steps=slice(0, 1))
