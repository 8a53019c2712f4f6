"""A traced CNN has torch's own values everywhere, each in memory of its own."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings

from app.nets import build
from app.tracing import plain, trace
from tests.unit.architectures import Case, cnns

# torch says once that even kernels with padding="same" cost it a copy.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same'")


@given(case=cnns())
@settings(max_examples=60, deadline=None)
def test_every_tensor_is_torchs_own(case: Case) -> None:
    """Against the modules run one after the other, on copies, from the same input."""
    before = case.x.clone()
    tensors = trace(case.net, case.x).tensors
    assert torch.equal(case.x, before)
    expected = {"input": case.x[0]}
    x = case.x
    for name, module in case.net.named_children():
        x = module(x.clone())
        if not isinstance(module, torch.nn.Dropout):
            expected["logits" if name == "head" else name] = x[0].clone()
    expected["probabilities"] = torch.softmax(x, dim=-1)[0]
    assert list(tensors) == list(expected)
    for name, value in expected.items():
        torch.testing.assert_close(tensors[name], value, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(plain(case.net, case.x), tensors["logits"], rtol=1e-5, atol=1e-5)
    assert torch.equal(case.x, before)


@given(case=cnns())
@settings(max_examples=30, deadline=None)
def test_tensors_share_no_memory(case: Case) -> None:
    """Contiguous float32 copies: safetensors writes them as they are, and edits cannot spread."""
    tensors = trace(case.net, case.x).tensors
    owners = {value.untyped_storage().data_ptr() for value in tensors.values()}
    assert len(owners) == len(tensors)
    assert case.x.untyped_storage().data_ptr() not in owners
    assert all(v.is_contiguous() and v.dtype == torch.float32 for v in tensors.values())


def test_by_hand() -> None:
    """A 2x2 kernel of ones on the numbers 0..8, ReLU after a bias of -13, then the maximum."""
    net = build(
        "sequential",
        [
            {"name": "conv", "op": "conv2d", "in_channels": 1, "out_channels": 1, "kernel_size": 2},
            {"name": "relu", "op": "relu", "inplace": True},
            {"name": "pool", "op": "max_pool2d", "kernel_size": 2},
            {"name": "flatten", "op": "flatten"},
            {"name": "linear", "op": "linear", "in_features": 1, "out_features": 2},
        ],
    ).requires_grad_(False)
    for name, values in {"conv.weight": 1.0, "conv.bias": -13.0, "linear.bias": 0.5}.items():
        net.get_parameter(name).fill_(values)
    net.get_parameter("linear.weight").copy_(torch.tensor([[1.0], [-1.0]]))
    tensors = trace(net, torch.arange(9.0).view(1, 1, 3, 3)).tensors
    assert tensors["conv"].tolist() == [[[-5, -1], [7, 11]]]
    assert tensors["relu"].tolist() == [[[0, 0], [7, 11]]]
    assert tensors["pool"].tolist() == [[[11]]]
    assert tensors["logits"].tolist() == [11.5, -10.5]
