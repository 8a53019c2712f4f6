"""The shift study: moved pictures, maps moved back, and a network for which the answer is known."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from app.nets import build
from app.training.study.held import Held
from app.training.study.shift import DIRECTIONS, back, change, change_back, shift, shifted
from app.zoo import Card
from tests.unit.folders import PICTURES

WEIGHTS = {"sha256": "0" * 64, "bytes": 9}


@pytest.mark.parametrize(("dx", "dy"), [(2, 0), (-3, 0), (0, 1), (0, -2), (0, 0)])
def test_a_shift_moves_every_pixel_and_uncovers_zeros(dx: int, dy: int) -> None:
    x = torch.randn(1, 2, 5, 6)
    moved = shifted(x, dx, dy)
    for row in range(5):
        for column in range(6):
            y0, x0 = row - dy, column - dx
            known = 0 <= y0 < 5 and 0 <= x0 < 6
            expected = x[:, :, y0, x0] if known else torch.zeros(1, 2)
            assert torch.equal(moved[:, :, row, column], expected)


@pytest.mark.parametrize("cells", [0, 1, 2, 0.5, 1.25])
def test_moved_back_by_cells_and_parts_of_cells(cells: float) -> None:
    line = torch.arange(7.0).view(1, 1, 1, 7)
    returned = back(line, 3, cells)
    assert torch.equal(returned[0, 0, 0], torch.arange(returned.shape[3]) + cells)
    assert returned.shape[3] == 7 - -(-cells // 1)


def test_nothing_is_left_to_compare() -> None:
    maps = torch.randn(2, 1, 2, 2)
    assert back(maps, 3, 2).numel() == 0
    assert change_back(maps, maps, 3, 1, 2).isnan().all()


def test_change_is_the_ratio_of_norms() -> None:
    before, now = torch.randn(3, 2, 4, 4), torch.randn(3, 2, 4, 4)
    for i, value in enumerate(change(now, before).tolist()):
        ratio = (now[i] - before[i]).square().sum().sqrt() / before[i].square().sum().sqrt()
        assert value == pytest.approx(float(ratio))


@pytest.mark.parametrize(("dx", "dy"), DIRECTIONS)
def test_a_map_that_moves_with_the_picture_is_the_same_after_moving_back(dx: int, dy: int) -> None:
    maps = torch.randn(2, 3, 9, 9)
    axis, sign = (3, dx) if dx else (2, dy)
    moved = shifted(maps, 3 * dx, 3 * dy)
    assert change_back(moved, maps, axis, sign, 3).max() == 0
    assert change(moved, maps).min() > 0.3


def held(chain: list[dict[str, object]], x: Tensor) -> Held:
    torch.manual_seed(2)
    net = build("sequential", chain).requires_grad_(False)
    card = Card.model_validate({**PICTURES, "weights": WEIGHTS})
    return Held(card, net, "test", x, torch.zeros(len(x), dtype=torch.int64))


def test_the_whole_study_on_a_net_that_sees_single_pixels() -> None:
    """A 1 x 1 convolution moves with the picture exactly; every second cell of it by whole cells
    only where the shift is even. A sum over all places does not change while nothing is lost.
    """
    x = torch.zeros(4, 3, 40, 40)
    x[:, :, 16:24, 16:24] = torch.randn(4, 3, 8, 8)
    chain: list[dict[str, object]] = [
        {"name": "conv", "op": "conv2d", "in_channels": 3, "out_channels": 4, "kernel_size": 1,
         "bias": False},
        {"name": "skip", "op": "max_pool2d", "kernel_size": 1, "stride": 2},
        {"name": "pool", "op": "avg_pool2d", "kernel_size": 20},
        {"name": "flatten", "op": "flatten"},
        {"name": "linear", "op": "linear", "in_features": 4, "out_features": 2},
    ]  # fmt: skip
    given = held(chain, x)
    found = shift(given)
    assert found.pixels == list(range(9))
    assert found.layers["conv"].moved_back == [0] * 9
    assert found.layers["conv"].as_is[0] == 0
    assert min(found.layers["conv"].as_is[1:]) > 0.5
    assert found.layers["skip"].moved_back[2::2] == [0] * 4
    assert min(found.layers["skip"].moved_back[1::2]) > 0
    assert found.layers["pool"].as_is[2::2] == pytest.approx([0] * 4, abs=1e-5)
    assert found.same_answer[2::2] == [1] * 4
    assert found.logits[0] == 0
    assert found.n == 4


def test_it_is_the_mean_of_pictures_and_directions() -> None:
    chain: list[dict[str, object]] = [
        {"name": "conv", "op": "conv2d", "in_channels": 3, "out_channels": 4, "kernel_size": 3,
         "padding": 1},
        {"name": "flatten", "op": "flatten"},
        {"name": "linear", "op": "linear", "in_features": 576, "out_features": 2},
    ]  # fmt: skip
    given = held(chain, torch.randn(5, 3, 12, 12))
    found, conv = shift(given), given.net.get_submodule("conv")
    values = []
    for x in given.x.split(1):
        a = conv(x)
        for dx, dy in DIRECTIONS:
            b = conv(shifted(x, 2 * dx, 2 * dy))
            values.append(float((b - a).norm() / a.norm()))
    assert found.layers["conv"].as_is[2] == pytest.approx(sum(values) / len(values), rel=1e-3)
