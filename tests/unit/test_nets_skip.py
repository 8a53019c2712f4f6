"""Skip-pooling has the shape of max-pooling and takes the first value of every window."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from app.nets.skip import AdaptiveSkipPool2d, SkipPool2d


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_windows_are_those_of_max_pooling(data: st.DataObject) -> None:
    """Values fall to the right and down: the largest of each window is then its first."""
    height, width = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 12))
    kernel = data.draw(st.integers(1, min(4, height, width)))
    windows: dict[str, Any] = {
        "kernel_size": kernel,
        "stride": data.draw(st.integers(1, 4)),
        "padding": data.draw(st.integers(0, kernel // 2)),
        "dilation": 1,
        "ceil_mode": data.draw(st.booleans()),
    }
    falling = -torch.arange(height * width).float().view(1, 1, height, width)
    assert torch.equal(SkipPool2d(**windows)(falling), nn.MaxPool2d(**windows)(falling))


@given(n=st.integers(1, 13), m=st.integers(1, 13))
@settings(max_examples=60, deadline=None)
def test_adaptive_windows_too(n: int, m: int) -> None:
    falling = -torch.arange(n * n).float().view(1, 1, n, n)
    expected = nn.AdaptiveMaxPool2d(m)(falling)
    assert torch.equal(AdaptiveSkipPool2d(m)(falling), expected)
    assert torch.equal(
        AdaptiveSkipPool2d((m, None))(falling), nn.AdaptiveMaxPool2d((m, None))(falling)
    )


def test_every_second_value() -> None:
    x = torch.randn(2, 3, 8, 6)
    assert torch.equal(SkipPool2d(2)(x), x[:, :, ::2, ::2])


@pytest.mark.parametrize("size", [[2, 3], (2, 3)])
def test_cards_write_lists(size: list[int]) -> None:
    assert SkipPool2d(size)(torch.randn(1, 1, 4, 6)).shape[2:] == (2, 2)  # type: ignore[arg-type]
    assert AdaptiveSkipPool2d(size)(torch.randn(1, 1, 4, 6)).shape[2:] == (2, 3)  # type: ignore[arg-type]
