"""The shipped models again in numpy: graph and weights file alone give every traced tensor.

    weights file --safetensors.numpy--> arrays --the graph's nodes, one formula an op--> tensors

Nothing of the product's or torch's arithmetic is used here, only names, shapes and attributes, so
that what a visitor reads off the API is enough to compute what the page shows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.lib.stride_tricks import sliding_window_view
from safetensors.numpy import load

from app.core.settings import Settings
from app.tracing import Node, graph, plain, trace
from app.zoo import Model, Zoo

Array = np.ndarray[Any, Any]
SETTINGS = Settings()
ZOO = Zoo(SETTINGS.models_folder, SETTINGS.model_memory)
# Translators are no chain of layers: test_tracing_translating.py computes them again.
CHAINS = [name for name in ZOO.ids() if ZOO.card(name).task != "translation"]


def pad(x: Array, node: Node, value: float) -> Array:
    """[C, H, W] with the node's padding on both sides."""
    (y, x_), filled = node["attributes"]["padding"], value
    return np.pad(x, ((0, 0), (y, y), (x_, x_)), constant_values=filled)


def windows(x: Array, node: Node) -> Array:
    """[C, H, W] -> [C, rows, columns, kernel height, kernel width]."""
    attributes = node["attributes"]
    assert attributes.get("dilation", [1, 1]) == [1, 1]
    (height, width), (down, right) = attributes["kernel_size"], attributes["stride"]
    return sliding_window_view(x, (height, width), axis=(1, 2))[:, ::down, ::right]


def sigmoid(x: Array) -> Any:
    return 1 / (1 + np.exp(-x))


def layer(node: Node, x: Array, weight: dict[str, Array]) -> Any:
    """One feed-forward node: an array."""
    name = node["attributes"].get("module", node["name"])
    match node["op"]:
        case "conv2d":
            assert node["attributes"]["groups"] == 1
            seen = windows(pad(x, node, 0), node)
            out = np.einsum("cijyx,ocyx->oij", seen, weight[f"{name}.weight"], optimize=True)
            return out + weight[f"{name}.bias"][:, None, None]
        case "max_pool2d":
            return windows(pad(x, node, -np.inf), node).max(axis=(3, 4))
        case "avg_pool2d":
            return windows(pad(x, node, 0), node).mean(axis=(3, 4))
        case "relu":
            return np.maximum(x, 0)
        case "tanh":
            return np.tanh(x)
        case "flatten":
            return x.reshape(-1)
        case "ends":
            half = x.shape[1] // 2
            return np.concatenate([x[-1, :half], x[0, half:]])
        case "word_conv":
            (size,) = node["attributes"]["kernel_size"]
            padded = np.pad(x, ((size - 1, 0), (0, 0)))
            seen = sliding_window_view(padded, size, axis=0)  # [T, E, k]
            return np.einsum("tek,oek->to", seen, weight[f"{name}.weight"]) + weight[f"{name}.bias"]
        case "max_over_time":
            return x.max(axis=0)
        case "linear":
            return x @ weight[f"{name}.weight"].T + weight[f"{name}.bias"]
        case "quantiles":
            middle, below, above = np.moveaxis(x, -1, 0)
            low = middle - np.log1p(np.exp(below))
            return np.stack([low, middle, middle + np.log1p(np.exp(above))], axis=-1)
        case "embedding":
            return weight[f"{name}.weight"][x.astype(np.int64)]
        case "upsample":
            assert node["attributes"]["mode"] == "nearest"
            times = int(node["attributes"]["scale_factor"])
            return x.repeat(times, axis=1).repeat(times, axis=2)
        case "identity":
            return x
        case "softmax":
            axis = 0 if x.ndim == 3 else -1  # of maps: over the classes, at every place
            shares = np.exp(x - x.max(axis=axis, keepdims=True))
            return shares / shares.sum(axis=axis, keepdims=True)
        case "argmax":
            return x.argmax(axis=0)
    raise AssertionError(f"no formula for {node['op']}")


def lstm(x: Array, weights: list[Array]) -> dict[str, Array]:
    """An LSTM step by step, torch's documented formula; x [T, E] in reading order."""
    w_x, w_h, b_x, b_h = weights
    size = w_h.shape[1]
    h = c = np.zeros(size, np.float32)
    rows: dict[str, list[Array]] = {key: [] for key in ("h", "c", "i", "f", "g", "o")}
    for now in x:
        i, f, g, o = (w_x @ now + b_x + w_h @ h + b_h).reshape(4, size)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        for key, value in zip(rows, (h, c, i, f, g, o), strict=True):
            rows[key].append(value)
    return {k if k in "hc" else f"gate.{k}": np.stack(v) for k, v in rows.items()}


def gru(x: Array, weights: list[Array]) -> dict[str, Array]:
    """A GRU step by step, torch's variant: r scales W_hn h + b_hn."""
    w_x, w_h, b_x, b_h = weights
    size = w_h.shape[1]
    h = np.zeros(size, np.float32)
    rows: dict[str, list[Array]] = {key: [] for key in ("h", "r", "z", "n", "hn")}
    for now in x:
        (x_r, x_z, x_n), (h_r, h_z, hn) = (
            v.reshape(3, size) for v in (w_x @ now + b_x, w_h @ h + b_h)
        )
        r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
        n = np.tanh(x_n + r * hn)
        h = (1 - z) * n + z * h
        for key, value in zip(rows, (h, r, z, n, hn), strict=True):
            rows[key].append(value)
    return {k if k == "h" else f"gate.{k}": np.stack(v) for k, v in rows.items()}


def rnn(x: Array, weights: list[Array]) -> dict[str, Array]:
    """A tanh layer step by step."""
    w_x, w_h, b_x, b_h = weights
    h, rows = np.zeros(w_h.shape[1], np.float32), []
    for now in x:
        h = np.tanh(w_x @ now + b_x + w_h @ h + b_h)
        rows.append(h)
    return {"h": np.stack(rows)}


CELLS = {"lstm": lstm, "gru": gru, "rnn": rnn}


def recurrent(node: Node, x: Array, weight: dict[str, Array]) -> dict[str, Array]:
    """One level of a recurrent layer, in each of its directions; row t is after token t."""
    name, attributes = node["name"], node["attributes"]
    assert attributes["num_layers"] == 1
    assert attributes.get("nonlinearity", "tanh") == "tanh"
    found: dict[str, Array] = {}
    for way in ("", "_reverse") if attributes["bidirectional"] else ("",):
        kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        weights = [weight[f"{name}.{kind}_l0{way}"] for kind in kinds]
        rows = CELLS[node["op"]](x[::-1] if way else x, weights)
        found |= {f"{name}.l0{way}.{k}": v[::-1] if way else v for k, v in rows.items()}
    h = [value for key, value in found.items() if key.endswith(".h")]
    return {name: np.concatenate(h, axis=1), **found}


def again(nodes: list[Node], x: Array, weight: dict[str, Array]) -> dict[str, Array]:
    """Every tensor of a trace."""
    found = {"input": x}
    for node in nodes[1:]:
        before = [found[name] for name in node["inputs"]]
        if node["op"] in CELLS:
            found |= recurrent(node, before[0], weight)
        elif node["op"] == "concat":
            found[node["name"]] = np.concatenate(before)
        elif node["op"] == "join_maps":
            found[node["name"]] = np.concatenate(before, axis=0)
        elif node["op"] == "at_word":
            found[node["name"]] = before[0][np.isin(x, node["attributes"]["ids"]).argmax()]
        elif node["attributes"].get("per") == "frame":
            found[node["name"]] = np.stack([layer(node, one, weight) for one in before[0]])
        else:
            found[node["name"]] = layer(node, before[0], weight)
    return found


def an_input(model: Model) -> torch.Tensor:
    """Noise of the size of a prepared picture or of frames, or some words of the vocabulary."""
    generator = torch.Generator().manual_seed(0)
    if model.vocabulary is None:
        sizes = [23 if n == "T" else int(n) for n in model.sample_input_shape]
        return torch.randn(1, *sizes, generator=generator)
    words = torch.randint(len(model.vocabulary), (1, 23), generator=generator)
    for name in getattr(model.card.preprocessing, "words", [])[:1]:
        words[0, 9] = model.vocabulary.row(name)
    return words


@pytest.mark.parametrize("model_id", CHAINS)
def test_graph_and_weights_give_every_tensor(model_id: str) -> None:
    """Within 1e-5 * max(1, |v|), as the rule of the house says."""
    model = ZOO.model(model_id)
    x = an_input(model)
    tensors = trace(model.net, x).tensors
    weight = load(b"".join(ZOO.weights(model_id)))
    nodes = graph(model.net, model.sample_input_shape)
    expected = again(nodes, x[0].numpy().astype(np.float32), weight)
    assert list(tensors) == list(expected)
    for name, value in expected.items():
        shown = tensors[name].numpy()
        assert shown.shape == value.shape, name
        assert (np.abs(shown - value) <= 1e-5 * np.maximum(1, np.abs(value))).all(), name
    torch.testing.assert_close(plain(model.net, x), tensors["logits"], rtol=1e-5, atol=1e-5)
