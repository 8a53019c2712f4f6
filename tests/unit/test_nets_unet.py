"""A U-Net against torch's own functions: every tensor, bridges off, fields against gradients."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.core.errors import ArchitectureError, BadOption
from app.insight import receptive_fields
from app.nets import UNet, build
from app.tracing import Scale, edited, graph, plain, trace
from app.training.fold import folded_layers
from app.training.segments import Recipe, layers

TINY = Recipe(size=16, widths=(2, 3, 4), first=1, up=1, epochs=1)
SHAPE = (3, 16, 16)


def net(seed: int = 0) -> UNet:
    torch.manual_seed(seed)
    found = build("unet", folded_layers(layers(TINY, 3)))
    assert isinstance(found, UNet)
    return found.requires_grad_(False)


def by_hand(net: UNet, x: Tensor, keep: tuple[float, float] = (1, 1)) -> dict[str, Tensor]:
    """The same network written out: [3, 16, 16] -> tensors, bridges times `keep`."""
    weight = net.state_dict()

    def conv(name: str, x: Tensor, padding: int = 1) -> Tensor:
        return F.conv2d(x, weight[f"{name}.weight"], weight[f"{name}.bias"], padding=padding)

    found: dict[str, Tensor] = {}
    enc1 = found["enc1_relu1"] = conv("enc1_conv1", x[None]).relu()
    enc2 = found["enc2_conv1"] = conv("enc2_conv1", F.max_pool2d(enc1, 2))
    enc2 = found["enc2_relu2"] = conv("enc2_conv2", enc2.relu()).relu()
    mid = conv("mid_conv1", F.max_pool2d(enc2, 2)).relu()
    mid = found["mid_relu2"] = conv("mid_conv2", mid).relu()
    up2 = found["up2"] = mid.repeat_interleave(2, 2).repeat_interleave(2, 3)
    found["skip2"] = enc2 * keep[1]
    join2 = found["join2"] = torch.cat([up2, found["skip2"]], 1)
    dec2 = found["dec2_relu1"] = conv("dec2_conv1", join2).relu()
    up1 = dec2.repeat_interleave(2, 2).repeat_interleave(2, 3)
    found["skip1"] = enc1 * keep[0]
    dec1 = conv("dec1_conv1", torch.cat([up1, found["skip1"]], 1)).relu()
    logits = found["logits"] = conv("scores", dec1, padding=0)
    found["probabilities"] = logits.exp() / logits.exp().sum(1, keepdim=True)
    found["mask"] = logits.max(1).indices.float()
    return {name: value[0] for name, value in found.items()}


def test_the_trace_is_the_network_written_out() -> None:
    one, x = net(), torch.randn(SHAPE)
    found = trace(one, x[None]).tensors
    for name, value in by_hand(one, x).items():
        torch.testing.assert_close(found[name], value, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(plain(one, x[None]), found["logits"])
    assert list(found) == [node["name"] for node in graph(one, SHAPE)]
    assert {found["mask"].dtype} == {torch.float32}


def test_bridges_are_in_the_graph() -> None:
    nodes = {node["name"]: node for node in graph(net(), SHAPE)}
    assert nodes["skip1"]["op"] == "identity"
    assert nodes["skip1"]["inputs"] == ["enc1_relu1"]
    assert nodes["join1"]["inputs"] == ["up1", "skip1"]
    assert nodes["join1"]["output_shape"] == [5, 16, 16]
    assert nodes["up1"]["attributes"]["scale_factor"] == 2.0
    assert nodes["up1"]["attributes"]["mode"] == "nearest"
    assert nodes["mask"]["output_shape"] == [16, 16]
    assert nodes["mask"]["op"] == "argmax"


@pytest.mark.parametrize("keep", [(0, 1), (1, 0), (0, 0)])
def test_a_bridge_off_is_zeros_in_its_place(keep: tuple[int, int]) -> None:
    """The way down is untouched, and so is the network itself."""
    one, x = net(), torch.randn(SHAPE)
    edits = [Scale(f"skip{k}", None, 0) for k in (1, 2) if not keep[k - 1]]
    plan = edited(one, graph(one, SHAPE), edits)
    found, before = trace(one, x[None], plan=plan).tensors, trace(one, x[None]).tensors
    for name, value in by_hand(one, x, keep).items():
        torch.testing.assert_close(found[name], value, rtol=1e-5, atol=1e-5)
    assert torch.equal(found["mid_relu2"], before["mid_relu2"])
    assert not torch.equal(found["logits"], before["logits"])
    for name, value in by_hand(one, x).items():
        torch.testing.assert_close(before[name], value, rtol=1e-5, atol=1e-5)


def test_a_twin_without_bridges_has_none() -> None:
    """The same layers but those that lead across; it trains and answers alike."""
    bare = folded_layers(layers(replace(TINY, bridges=False), 3))
    full = folded_layers(layers(TINY, 3))
    across = {"skip1", "skip2", "join1", "join2"}
    assert [s["name"] for s in bare] == [s["name"] for s in full if s["name"] not in across]
    found = trace(build("unet", bare), torch.randn(1, *SHAPE)).tensors
    assert found["mask"].shape == (16, 16)


def test_the_mask_cannot_be_scaled() -> None:
    one = net()
    with pytest.raises(BadOption, match="no tensor 'mask'"):
        edited(one, graph(one, SHAPE), [Scale("mask", None, 0)])


def test_fields_hold_all_that_moves_a_cell() -> None:
    """By the gradient, at cells of the encoder, across the bottom and in the decoder."""
    one, size = net(), 64
    nodes = graph(one, (3, size, size))
    fields = receptive_fields(nodes)
    torch.manual_seed(1)
    for name, module in one.named_children():
        if name.endswith(("conv1", "conv2")) or name == "scores":
            assert isinstance(module, nn.Conv2d)
            assert module.bias is not None
            module.weight.abs_()  # nothing cancels, no relu closes
            module.bias.fill_(0.1)
    x = torch.rand(1, 3, size, size, requires_grad=True)
    found = {"input": x}
    out: Tensor = x
    for name, module in one.named_children():
        out = module(*[found[other] for other in one.reads[name]] or [out])
        found[name] = out
    for name in ("enc2_relu2", "mid_relu2", "up2", "join2", "dec2_relu1", "dec1_relu1"):
        field, value = fields[name], found[name]
        for at in (value.shape[2] // 2, value.shape[2] // 2 + 1):
            (grad,) = torch.autograd.grad(value[0, :, at, at].sum(), x, retain_graph=True)
            lines = grad[0].abs().sum((0, 1)).nonzero().flatten().tolist()
            first = field["offset"][1] + at * field["stride"][1]
            assert first <= lines[0], (name, at)
            assert lines[-1] <= first + field["size"][1] - 1, (name, at)
    assert fields["up2"]["stride"] == [2, 2]
    assert fields["up2"]["exact"] is False
    assert fields["mask"] == fields["logits"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda specs: specs[:-1], "last layer"),
        (lambda specs: [*specs[:3], {**specs[3], "inputs": ["nobody"]}, *specs[4:]], "nobody"),
    ],
)
def test_what_is_no_u(change: Any, says: str) -> None:
    with pytest.raises(ArchitectureError, match=says):
        build("unet", change(folded_layers(layers(TINY, 3))))
