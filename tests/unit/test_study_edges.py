"""What first-layer kernels are called: kernels that are known to be one thing or the other."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from app.training.study.edges import (
    ORIENTATIONS,
    gratings,
    grey_share,
    main_direction,
    named,
    orientation,
    strengths,
)

SOBEL = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
GREY = torch.ones(3, 1, 1)


def edge(degrees: float, size: int = 5) -> Tensor:
    """A soft straight edge at an angle, counter-clockwise from lying; rows grow downward."""
    place = torch.arange(size) - (size - 1) / 2
    turn = math.radians(degrees)
    across = math.sin(turn) * place + math.cos(turn) * place[:, None]
    window = torch.exp(-(place**2 + place[:, None] ** 2) / size)
    return torch.tanh(2 * across) * window


def test_sobel_stands() -> None:
    found = named(SOBEL * GREY)
    assert found.kind == "edge"
    assert found.degrees == pytest.approx(90, abs=0.5)
    assert found.grey == pytest.approx(1)
    assert named(SOBEL.T * GREY).degrees in (pytest.approx(0, abs=0.5), pytest.approx(180, abs=0.5))


@pytest.mark.parametrize("degrees", [0, 20, 45, 70, 90, 120, 160])
def test_the_angle_of_an_edge_is_found(degrees: float) -> None:
    found, index, _ = orientation(strengths(edge(degrees)))
    off = (found - degrees + 90) % 180 - 90
    assert abs(off) < 6
    assert index > 0.6


def test_diagonals_keep_their_side() -> None:
    """/ is 45 degrees, \\ is 135: the picture's rows grow downward."""
    rising = torch.tensor([[0.0, 0, 1], [0, 1, 0], [1, 0, 0]])
    assert orientation(strengths(rising))[0] == pytest.approx(45, abs=1)
    assert orientation(strengths(rising.flip(1)))[0] == pytest.approx(135, abs=1)


def test_a_spot_has_no_orientation() -> None:
    spot = -torch.ones(3, 3)
    spot[1, 1] = 8
    found = named(spot * GREY)
    assert found.degrees is None
    assert found.index < 0.2
    assert found.kind in ("texture", "other")


def test_a_colour_kernel_is_not_grey() -> None:
    opponent = torch.tensor([1.0, -1, 0]).view(3, 1, 1)
    assert named(SOBEL * opponent).kind == "colour"
    assert grey_share(SOBEL * opponent) == 0
    assert grey_share(SOBEL * GREY) == pytest.approx(1)


def test_the_share_of_grey_is_its_share_of_the_energy() -> None:
    torch.manual_seed(0)
    kernel = torch.randn(3, 3, 3)
    axis = torch.ones(3) / math.sqrt(3)
    along = torch.einsum("chw,c->hw", kernel, axis).square().sum()
    assert grey_share(kernel) == pytest.approx(float(along / kernel.square().sum()))


def test_a_quarter_is_a_corner() -> None:
    quarter = torch.zeros(5, 5)
    quarter[:3, :3] = 1
    assert named(quarter * GREY).kind == "corner"


def test_the_main_direction_holds_most_of_the_energy() -> None:
    torch.manual_seed(3)
    kernel = torch.randn(3, 5, 5)
    best = torch.linalg.matrix_norm(kernel.flatten(1), 2)
    values = main_direction(kernel)
    along = (kernel.flatten(1) @ values.flatten()).norm()
    assert float(along) == pytest.approx(float(best), rel=1e-5)
    assert float(values.norm()) == pytest.approx(1, rel=1e-5)


def test_gratings_run_across_their_edges() -> None:
    """Along its edge a grating keeps its phase."""
    waves, cycles = gratings(5)
    assert waves.shape == (ORIENTATIONS, len(cycles), 5, 5)
    lying, standing = waves[0, 0], waves[ORIENTATIONS // 2, 0]
    torch.testing.assert_close(lying, lying[:, :1].expand(5, 5))
    torch.testing.assert_close(standing, standing[:1].expand(5, 5), atol=1e-5, rtol=1e-5)
