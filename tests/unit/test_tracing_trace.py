"""Choosing layers and rows; many threads at once; nothing left on shared modules."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from safetensors.torch import load, save
from torch import Tensor, nn

from app.core.errors import BadOption
from app.tracing import Trace, plain, trace
from app.training.fold import folded_layers
from app.training.photos import Recipe, layers
from tests.unit.architectures import filled


def picture_net() -> nn.Module:
    """The architecture of `photos`, random weights."""
    return filled("sequential", folded_layers(layers(Recipe())), seed=1)


def reader() -> nn.Module:
    """Embedding, a two-directional LSTM of two levels, a head."""
    specs = [
        {"name": "embedding", "op": "embedding", "num_embeddings": 50, "embedding_dim": 8},
        {"name": "lstm", "op": "lstm", "input_size": 8, "hidden_size": 12, "num_layers": 2,
         "bidirectional": True},
        {"name": "linear", "op": "linear", "in_features": 24, "out_features": 2},
    ]  # fmt: skip
    return filled("recurrent", specs, seed=2)


def same(a: dict[str, Tensor], b: dict[str, Tensor]) -> bool:
    return list(a) == list(b) and all(torch.equal(a[name], b[name]) for name in a)


def test_layers_are_chosen_with_what_they_contain() -> None:
    """In graph order, whatever the order of asking; logits are at hand in any case."""
    found = trace(reader(), torch.arange(9)[None], layers=["logits", "lstm.l1"])
    assert list(found.tensors) == [
        "lstm.l1.h", "lstm.l1.c", "lstm.l1.gate.i", "lstm.l1.gate.f", "lstm.l1.gate.g",
        "lstm.l1.gate.o", "logits",
    ]  # fmt: skip
    only = trace(reader(), torch.arange(9)[None], layers=["lstm.l0.h", "lstm.l1_reverse.gate.f"])
    assert list(only.tensors) == ["lstm.l0.h", "lstm.l1_reverse.gate.f"]
    whole = trace(reader(), torch.arange(9)[None])
    for name, value in only.tensors.items():
        assert torch.equal(value, whole.tensors[name])
    nothing = trace(reader(), torch.arange(9)[None], layers=[])
    assert nothing.tensors == {}
    assert torch.equal(nothing.logits, whole.logits)
    assert torch.equal(nothing.features, whole.tensors["lstm"])


def test_unknown_layers_and_impossible_rows_are_named() -> None:
    """422 with the name, and the names there are."""
    net, x = reader(), torch.arange(9)[None]
    with pytest.raises(BadOption, match=r"no layer 'conv9'.*lstm\.l0\.h"):
        trace(net, x, layers=["conv9"])
    with pytest.raises(BadOption, match="choose nothing"):
        trace(net, x, steps=slice(9, 12))
    with pytest.raises(BadOption, match="no steps"):
        trace(picture_net(), torch.zeros(1, 3, 64, 64), steps=slice(0, 2))


def test_rows_are_clipped_to_the_text() -> None:
    """Asking beyond the end gives what there is."""
    found = trace(reader(), torch.arange(9)[None], steps=slice(6, 600))
    assert found.rows == range(6, 9)
    assert {len(v) for v in found.tensors.values()} == {3}
    assert found.tensors["input"].tolist() == [6, 7, 8]


def test_tensors_of_a_reader_share_no_memory() -> None:
    """A layer's output and its only h are equal, and two copies."""
    for steps in (None, slice(2, 5)):
        found = trace(reader(), torch.arange(9)[None], steps=steps).tensors
        assert len({v.untyped_storage().data_ptr() for v in found.values()}) == len(found)
        assert all(v.is_contiguous() and v.dtype == torch.float32 for v in found.values())
        assert same(dict(sorted(load(save(found)).items())), dict(sorted(found.items())))


def test_twenty_at_once_equal_one_after_another() -> None:
    """Shared networks, mixed requests: exactly the serial answers."""
    pictures, texts = picture_net(), reader()
    torch.manual_seed(3)
    jobs: list[tuple[nn.Module, Tensor]] = []
    for i in range(30):
        jobs += [(pictures, torch.randn(1, 3, 64, 64)), (texts, torch.randint(50, (1, 5 + i)))]

    def run(job: tuple[nn.Module, Tensor]) -> tuple[Trace, Tensor]:
        return trace(*job), plain(*job)

    # One thread for the serial answers too: torch's own thread count may be set for this one.
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(20) as many:
        serial = list(one.map(run, jobs))
        for (a, b), (c, d) in zip(serial, many.map(run, jobs), strict=True):
            assert same(a.tensors, c.tensors)
            assert torch.equal(b, d)


def test_no_hook_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for the time of a trace, nor by one that fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a hook was registered")

    for name in ("register_forward_hook", "register_forward_pre_hook",
                 "register_full_backward_hook"):  # fmt: skip
        monkeypatch.setattr(nn.Module, name, refuse)
    nets = (picture_net(), reader())
    trace(nets[0], torch.zeros(1, 3, 64, 64))
    trace(nets[1], torch.arange(9)[None])
    with pytest.raises(BadOption):
        trace(nets[0], torch.zeros(1, 3, 64, 64), layers=["nothing"])
    for module in (m for net in nets for m in net.modules()):
        assert not module._forward_hooks
        assert not module._forward_pre_hooks
        assert not module._backward_hooks


def test_weights_and_global_modes_are_left_alone() -> None:
    """A trace changes no weight, no mode and no gradient setting of its caller."""
    net = picture_net()
    before = {k: v.clone() for k, v in net.state_dict().items()}
    trace(net, torch.randn(1, 3, 64, 64))
    assert same(before, dict(net.state_dict()))
    assert torch.is_grad_enabled()
    assert not torch.is_inference_mode_enabled()
    assert not net.training
