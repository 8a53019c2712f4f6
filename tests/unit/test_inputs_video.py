"""A clip -> what a network reads: which frames, which part of them, which planes."""

from __future__ import annotations

import pytest
import torch

from app.core.errors import TooLarge, Unprocessable
from app.inputs.formats import gif_frames
from app.inputs.frames import picked, read_clip
from app.inputs.spec import VideoSpec
from app.inputs.video import cut, planes, read_video
from tests.api.conftest import clip, strip

SPEC = VideoSpec(frames=5, height=12, width=12)


def test_frames_are_picked_evenly_with_both_ends() -> None:
    assert picked(3, 5) == [0, 1, 2]
    assert picked(5, 5) == [0, 1, 2, 3, 4]
    assert picked(9, 5) == [0, 2, 4, 6, 8]
    assert picked(1000, 2) == [0, 999]


def test_the_square_goes_right() -> None:
    """Ink is 1 where the square is, 0 on the paper; its middle moves from frame to frame."""
    x = read_video(clip(), SPEC, max_pixels=10**6).tensor[0, :, 0]
    assert x.shape == (5, 12, 12)
    assert float(x.max()) == 1
    middles = (x.sum(1) * torch.arange(12)).sum(1) / x.sum((1, 2))
    assert (middles.diff() > 1).all()
    assert torch.allclose(x.sum((1, 2)), x.sum((1, 2)).mean().expand(5), rtol=0.2)


def test_light_paper_and_dark_paper_are_alike() -> None:
    grey = torch.rand(5, 12, 12) * 0.2
    grey[:, 4:8, 4:8] = 0.9
    dark, light = planes(grey, SPEC), planes(1 - grey, SPEC)
    assert torch.allclose(dark, light, atol=0.01)  # the median of an even count is its lower one
    assert float(dark.max()) == 1


def test_what_stands_still_has_no_change() -> None:
    spec = VideoSpec(frames=5, height=12, width=12, planes=("change", "step"))
    grey = torch.rand(1, 12, 12).repeat(5, 1, 1)
    assert not planes(grey, spec).any()
    grey[2, 3, 3] += 0.5
    found = planes(grey, spec)
    assert found.shape == (5, 2, 12, 12)
    assert [int(t) for t in found[:, 0].flatten(1).any(1)] == [0, 0, 1, 0, 0]
    assert [int(t) for t in found[:, 1].flatten(1).any(1)] == [0, 0, 1, 1, 0]


def test_a_darker_film_gives_the_same_change() -> None:
    spec = VideoSpec(frames=5, height=12, width=12, planes=("change",))
    grey = torch.rand(5, 12, 12)
    assert torch.allclose(planes(grey, spec), planes(0.4 * grey, spec), atol=1e-5)


def test_the_middle_of_the_networks_shape_is_cut() -> None:
    assert cut(40, 30, SPEC) == (5, 0, 35, 30)
    wide = VideoSpec(height=12, width=16)
    assert cut(40, 40, wide) == (0, 5, 40, 35)
    assert cut(1, 5000, SPEC) == (0, 2499, 1, 2500)


def test_a_strip_is_the_same_clip() -> None:
    one = read_video(clip(), SPEC, max_pixels=10**6)
    other = read_video(strip(), SPEC, max_pixels=10**6, strip=5)
    assert torch.equal(one.tensor, other.tensor)


def test_a_gif_is_counted_without_decoding_and_only_so_far() -> None:
    assert gif_frames(clip(7, (60, 24)), 100) == 7
    assert gif_frames(clip(7, (60, 24)), 3) == 4
    assert gif_frames(clip(7, (60, 24))[:-30], 100) in (6, 7)


def test_bounds_hold_before_frames_are_decoded() -> None:
    with pytest.raises(TooLarge, match="in all"):
        read_clip(clip(7, (60, 24)), 5, max_pixels=7 * 60 * 24 - 1)
    assert len(read_clip(clip(7, (60, 24)), 5, max_pixels=7 * 60 * 24).frames) == 5


def test_a_clip_of_one_brightness_shows_nothing() -> None:
    from PIL import Image

    from tests.api.conftest import encoded

    tall = encoded(Image.new("L", (12, 60), 90), "PNG")
    with pytest.raises(Unprocessable, match="one brightness"):
        read_video(tall, SPEC, max_pixels=10**6, strip=5)
