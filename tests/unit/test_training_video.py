"""Clips made of shapes that move: no frame may give the movement away; the net, the loss."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch.nn import functional as F

from app.core.errors import ArchitectureError
from app.inputs.spec import VideoSpec
from app.inputs.video import read_video
from app.nets import VideoReader, build
from app.tracing import trace
from app.training import actions, clips, moving, orders, video
from app.training.moving import CLASSES, FRAMES, Ways

STILL = Ways(drift=0, shake=0, noise=0, pause=0)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def walked(count: int = 4000, ways: Ways | None = None) -> tuple[torch.Tensor, ...]:
    """Classes, places and sizes of many clips."""
    labels = torch.arange(count) % len(CLASSES)
    return (labels, *moving.paths(labels, FRAMES, ways or Ways(), seeded(1)))


def test_each_class_moves_its_own_way() -> None:
    labels, place, size = walked(ways=STILL)
    by = {name: labels == k for k, name in enumerate(CLASSES)}
    went = place[:, -1] - place[:, 0]
    assert (went[by["left"], 0] < 0).all()
    assert (went[by["right"], 0] > 0).all()
    assert (went[by["up"], 1] < 0).all()
    assert (went[by["down"], 1] > 0).all()
    grown = size[:, -1] / size[:, 0]
    assert (grown[by["growing"]] > 1.5).all()
    assert (grown[by["shrinking"]] < 1 / 1.5).all()
    # Round: the area that the path encloses has the sign of the turn (y grows downward).
    x, y = place[..., 0], place[..., 1]
    area = (x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1])[labels // 2 == 2]
    middle = place[labels // 2 == 2].mean(1, keepdim=True)
    round_ = place[labels // 2 == 2] - middle
    area = round_[:, :-1, 0] * round_[:, 1:, 1] - round_[:, 1:, 0] * round_[:, :-1, 1]
    clockwise = labels[labels // 2 == 2] == CLASSES.index("clockwise")
    assert ((area.sum(1) > 0) == clockwise).float().mean() > 0.99


def test_a_frame_at_a_random_moment_is_alike_in_every_class() -> None:
    """Mean and spread of place and size, over all frames: what one frame can show."""
    labels, place, size = walked(16_000)
    seen = torch.cat([place, size.log()[..., None]], dim=2)
    for k in range(len(CLASSES)):
        own, other = (seen[labels == k].flatten(0, 1), seen[labels != k].flatten(0, 1))
        spread = other.std(0)
        assert ((own.mean(0) - other.mean(0)).abs() < 0.06 * spread).all(), CLASSES[k]
        assert torch.allclose(own.std(0), spread, rtol=0.06), CLASSES[k]


def test_the_pace_is_alike_forwards_and_backwards() -> None:
    u = moving.pace(20_000, FRAMES, Ways(), seeded())
    steps = u.diff(dim=1)
    assert (steps >= 0).all()
    assert torch.allclose(u[:, -1], torch.ones(20_000))
    assert torch.allclose(steps.mean(0), steps.flip(1).mean(0), atol=2e-3)
    assert torch.allclose(steps.std(0), steps.flip(1).std(0), atol=3e-3)


def test_clips_come_from_their_seed_and_end_at_one() -> None:
    shapes = moving.scribbles(8)
    labels = torch.arange(8)
    one, again = (moving.make(shapes, labels, seeded(4)) for _ in "ab")
    assert torch.equal(one, again)
    assert one.shape == (8, FRAMES, 1, moving.SIZE, moving.SIZE)
    assert torch.equal(one.amax((1, 2, 3, 4)), torch.ones(8))
    assert float(one.min()) >= 0


def test_the_middle_of_a_shape_is_where_its_path_says() -> None:
    shape = torch.zeros(1, 28, 28)
    shape[:, 8:20, 8:20] = 1
    place = torch.tensor([[[0.2, -0.1], [-0.25, 0.15]]])
    x = moving.render(shape, place, torch.full((1, 2), 0.5))[0]
    at = (torch.arange(moving.SIZE) + 0.5) / moving.SIZE - 0.5
    weight = x.sum((1, 2))
    assert torch.allclose((x.sum(1) * at).sum(1) / weight, place[0, :, 0], atol=0.01)
    assert torch.allclose((x.sum(2) * at).sum(1) / weight, place[0, :, 1], atol=0.01)


def test_opposite_classes_are_neighbours() -> None:
    pairs = [("left", "right"), ("up", "down"), ("clockwise", "anticlockwise")]
    for a, b in [*pairs, ("growing", "shrinking")]:
        assert CLASSES.index(a) ^ 1 == CLASSES.index(b)


def test_orders_move_frames_of_each_clip() -> None:
    x = torch.arange(3 * FRAMES).view(3, FRAMES, 1, 1, 1).float()
    assert torch.equal(orders.moved(x, "plain"), x)
    assert torch.equal(orders.moved(x, "reversed"), x.flip(1))
    mixed, held = orders.moved(x, "shuffled"), orders.moved(x, "held")
    assert torch.equal(mixed.sort(1).values, x)
    assert not torch.equal(mixed[0], mixed[1] - FRAMES)
    assert (held == held[:, :1]).all()


# --- the net --------------------------------------------------------------------------------


def test_frames_are_looked_at_alone_and_read_in_order() -> None:
    torch.manual_seed(0)
    net = build("video", video.layers(video.Recipe()))
    assert isinstance(net, VideoReader)
    x = torch.rand(2, 6, 1, moving.SIZE, moving.SIZE)
    with torch.inference_mode():
        assert torch.allclose(net.look(x.flip(1)).flip(1), net.look(x), atol=1e-6)
        assert torch.allclose(net(x)[:, :3], net(x[:, :3]), atol=1e-6)
        assert not torch.allclose(net(x.flip(1))[:, -1], net(x)[:, -1], atol=1e-4)
        found = trace(net, x[:1])
        assert torch.equal(found.logits, net(x[:1])[0])
        part = trace(net, x[:1], steps=slice(2, 4))
    assert torch.equal(part.tensors["pool3"], found.tensors["pool3"][2:4])
    assert torch.allclose(part.tensors["lstm.l0.c"], found.tensors["lstm.l0.c"][2:4], atol=1e-6)


def test_a_reader_of_video_reads() -> None:
    with pytest.raises(ArchitectureError, match="recurrent"):
        build("video", [{"name": "flatten", "op": "flatten"}])
    with pytest.raises(ArchitectureError, match="taken"):
        build("video", [{"name": "look", "op": "flatten"}])


def test_the_loss_is_of_the_last_frame_and_of_all() -> None:
    logits, labels = torch.randn(3, 4, 8), torch.tensor([0, 5, 7])
    last = F.cross_entropy(logits[:, -1], labels)
    assert torch.allclose(video.loss(logits, labels, 0.0), last)
    each = torch.stack([F.cross_entropy(logits[:, t], labels) for t in range(4)])
    mean = (each * torch.tensor([1.0, 2, 3, 4])).sum() / 10
    assert torch.allclose(video.loss(logits, labels, 1.0), mean, atol=1e-6)


def test_a_few_steps_of_training_learn_something() -> None:
    recipe = video.Recipe(channels=(4, 4, 4), features=8, hidden=8, steps=6, batch=8)
    lines: list[str] = []
    net = video.fit(moving.scribbles(16), recipe, lines.append)
    again = video.fit(moving.scribbles(16), recipe, lines.append)
    assert all(torch.equal(a, b) for a, b in zip(net.parameters(), again.parameters(), strict=True))
    assert video.predict(net, torch.rand(3, 5, 1, 40, 40)).shape == (3, 5, 8)


# --- samples, and films of a room -----------------------------------------------------------


def test_samples_are_drawn_and_read(tmp_path: Path) -> None:
    clips.write_all(tmp_path)
    spec = VideoSpec(height=40, width=40)
    for name in CLASSES:
        found = read_video((tmp_path / f"{name}.gif").read_bytes(), spec, max_pixels=10**7)
        assert found.tensor.shape == (1, FRAMES, 1, 40, 40)
        assert found.report["original"]["format"] == "GIF"


def test_disguised_films_keep_their_order_and_range() -> None:
    grey = (torch.arange(16).view(1, 16, 1, 1).expand(2, 16, 24, 32) * 10).to(torch.uint8)
    x = actions.disguised(grey, seeded())
    assert x.shape == (2, 16, 24, 32)
    assert ((x >= 0) & (x <= 1)).all()
    means = x.mean((2, 3))
    assert (means.diff(dim=1) > -0.02).all()
    assert actions.seen(grey).shape == (2, 16, 2, 24, 32)
