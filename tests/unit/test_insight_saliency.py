"""Grad-CAM, gradients and occlusion against plain torch: hooks, autograd, loops."""

from __future__ import annotations

import copy
import io

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.image import read_image
from app.inputs.spec import ImageSpec
from app.insight import occlusion, saliency
from app.tracing import Keep, edited, graph, plain_plan
from app.zoo import Zoo, models_folder
from tests.unit.architectures import Case, cnns

# torch says once that even kernels with padding="same" cost it a copy.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same'")
SHIPPED = ("photos", "digits-cnn")


def hooked_gradcam(net: nn.Module, x: Tensor, layer: str, target: int) -> tuple[Tensor, Tensor]:
    """Selvaraju et al. 2017, with a forward hook and autograd: weights [C] and the map [h, w]."""
    kept: list[Tensor] = []
    module = net.get_submodule(layer)

    def keep(_module: nn.Module, _inputs: object, out: Tensor) -> Tensor:
        kept.append(out)
        return out.clone()  # what follows may work in place

    hook = module.register_forward_hook(keep)
    try:
        logits = net(x.clone().requires_grad_(True).clone())
    finally:
        hook.remove()
    (maps,) = kept
    (slope,) = torch.autograd.grad(logits[0, target], maps)
    weights = slope[0].sum(dim=(1, 2)) / slope[0, 0].numel()
    return weights, F.relu(torch.einsum("c,chw->hw", weights, maps[0].detach()))


def autograd(net: nn.Module, x: Tensor, target: int) -> Tensor:
    """d logit / d input, [C, H, W]."""
    leaf = x.clone().requires_grad_(True)
    (slope,) = torch.autograd.grad(net(leaf.clone())[0, target], leaf)
    return slope[0]


def looped(net: nn.Module, x: Tensor, target: int) -> Tensor:
    """Occlusion, one square and one forward pass at a time."""
    height, width = x.shape[2:]
    tall, wide = max(1, height // 8), max(1, width // 8)
    down, right = max(1, tall // 2), max(1, wide // 2)
    rows = []
    with torch.inference_mode():
        whole = net(x.clone())[0, target]
        for top in range(0, height - tall + 1, down):
            row = []
            for left in range(0, width - wide + 1, right):
                covered = x.clone()
                covered[..., top : top + tall, left : left + wide] = 0
                row.append(whole - net(covered)[0, target])
            rows.append(torch.stack(row))
    return torch.stack(rows)


def close(found: Tensor, expected: Tensor) -> None:
    """Equal within what another order of float32 sums makes."""
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


def compare(net: nn.Module, x: Tensor, layers: list[str], target: int) -> None:
    """All four methods of this package against the plain ones, in float64: in float32 a ReLU's
    input of ±1e-9 falls to either side of zero with the order of a sum, and takes a gradient along.
    """
    net, x = copy.deepcopy(net).double(), x.double()
    plan = plain_plan(net)
    for layer in layers:
        cam = saliency.gradcam(plan, x, layer, target)
        weights, positive = hooked_gradcam(net, x, layer, target)
        close(cam.weights, weights)
        close(cam.map, positive)
        assert torch.equal(cam.map, cam.signed.clamp(min=0))
    close(saliency.gradient(plan, x, target), autograd(net, x, target))
    random = torch.Generator().manual_seed(0)
    noise = torch.randn(25, *x.shape[1:], generator=random) * 0.15 * (x.max() - x.min())
    mean = sum(autograd(net, x + n, target) for n in noise) / 25
    assert isinstance(mean, Tensor)
    close(saliency.smoothgrad(plan, x, target), mean)
    squares = occlusion.grid(*x.shape[2:])
    whole = occlusion.occlusion(plan, x, target, range(squares.rows))
    close(whole, looped(net, x, target))
    assert whole.shape == (squares.rows, squares.columns)


@given(data=st.data(), case=cnns())
@settings(max_examples=15, deadline=None)
def test_random_networks(data: st.DataObject, case: Case) -> None:
    nodes = graph(case.net, tuple(case.x.shape[1:]))
    maps = [n["name"] for n in nodes[1:] if len(n["output_shape"]) == 3]
    target = data.draw(st.integers(0, int(nodes[-1]["output_shape"][0]) - 1))
    assume(not any(module.training for module in case.net.modules()))
    compare(case.net, case.x, [data.draw(st.sampled_from(maps))], target)


@pytest.mark.models
@pytest.mark.parametrize("model_id", SHIPPED)
def test_shipped_models(model_id: str) -> None:
    model = Zoo(models_folder(), 10**9).model(model_id)
    spec = model.card.preprocessing
    assert isinstance(spec, ImageSpec)
    picture = io.BytesIO()
    blocks = torch.randint(0, 256, (5, 5, 3), generator=torch.Generator().manual_seed(3))
    Image.fromarray(blocks.byte().numpy()).resize((90, 90)).save(picture, "PNG")
    x = read_image(picture.getvalue(), spec, max_pixels=10**6).tensor
    maps = [n["name"] for n in graph(model.net, x.shape[1:]) if len(n["output_shape"]) == 3]
    compare(model.net, x, [maps[1], maps[len(maps) // 2], maps[-1]], 1)


def test_rows_of_an_occlusion_map_are_those_of_the_whole() -> None:
    model = Zoo(models_folder(), 10**9).model("digits-cnn")
    x, plan = torch.randn(1, 1, 28, 28), plain_plan(model.net)
    whole = occlusion.occlusion(plan, x, 3, range(26))
    assert torch.equal(occlusion.occlusion(plan, x, 3, range(7, 9)), whole[7:9])


def test_a_network_with_a_change_is_explained_as_it_ran() -> None:
    """A plane kept alone: what it sees of the others is nothing, and no gradient leads there."""
    model = Zoo(models_folder(), 10**9).model("photos")
    nodes = graph(model.net, (3, 64, 64))
    plan = edited(model.net, nodes, [Keep("input", 1)])
    x = saliency.seen(plan, torch.randn(1, 3, 64, 64))
    assert x[0, 0].abs().max() == x[0, 2].abs().max() == 0
    only = edited(model.net, nodes, [Keep("conv1", 5)])
    cam = saliency.gradcam(only, x, "conv1", 0)
    close(cam.signed, cam.weights[5] * only.until(x, "conv1")[0, 5])


def test_the_strongest_colour_by_hand() -> None:
    values = torch.tensor([[[1.0, -5.0]], [[-2.0, 3.0]]])
    assert saliency.strongest(values).tolist() == [[2.0, 5.0]]


@pytest.mark.parametrize(
    ("size", "window", "stride", "rows"),
    [(64, 8, 4, 15), (28, 3, 1, 26), (8, 1, 1, 8), (5, 1, 1, 5), (1, 1, 1, 1), (33, 4, 2, 15)],
)
def test_squares_lie_inside_the_picture(size: int, window: int, stride: int, rows: int) -> None:
    squares = occlusion.grid(size, size)
    assert squares == ((window, window), (stride, stride), rows, rows)
    assert (rows - 1) * stride + window <= size
