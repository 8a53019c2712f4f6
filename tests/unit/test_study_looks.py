"""Made pictures: where a cell looks, what is raised, what is shared, what is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from app.nets import build
from app.training.study.channels import channels
from app.training.study.held import Held
from app.training.study.looks import (
    COLUMNS,
    TILE,
    Canvas,
    Recipe,
    answer,
    answers,
    atlas,
    groups,
    in_place,
    looks,
    make,
    place,
    upto,
    variation,
)
from app.zoo import Card
from tests.unit.folders import PICTURES

WEIGHTS = {"sha256": "0" * 64, "bytes": 9}
CHAIN: list[dict[str, Any]] = [
    {"name": "conv1", "op": "conv2d", "in_channels": 3, "out_channels": 5, "kernel_size": 3,
     "padding": 1},
    {"name": "relu1", "op": "relu"},
    {"name": "pool1", "op": "max_pool2d", "kernel_size": 2, "stride": 2},
    {"name": "conv2", "op": "conv2d", "in_channels": 5, "out_channels": 6, "kernel_size": 3,
     "padding": 1},
    {"name": "relu2", "op": "relu"},
    {"name": "pool2", "op": "avg_pool2d", "kernel_size": 2, "stride": 2},
    {"name": "flatten", "op": "flatten"},
    {"name": "linear", "op": "linear", "in_features": 216, "out_features": 2},
]  # fmt: skip


def held() -> Held:
    torch.manual_seed(8)
    net = build("sequential", CHAIN).requires_grad_(False)
    spec = {**PICTURES["preprocessing"], "size": 24}
    card = Card.model_validate({**PICTURES, "preprocessing": spec, "weights": WEIGHTS})
    x = torch.randn(40, 3, 24, 24)
    return Held(card, net, "test", x, torch.arange(40) % 2)


@pytest.mark.parametrize("layer", ["conv1", "pool1", "conv2", "pool2"])
def test_a_cell_sees_its_place_and_nothing_else(layer: str) -> None:
    """Against the gradient; and the part alone gives what the whole picture gives."""
    given = held()
    where = place(given, layer)
    x = torch.randn(1, 3, 24, 24, requires_grad=True)
    out = upto(given.net, layer)(x)
    out[0, :, where.cell, where.cell].sum().backward()
    assert x.grad is not None
    rows = (x.grad.abs().sum((0, 1, 3)) > 0).nonzero().flatten()
    assert where.start <= int(rows.min())
    assert int(rows.max()) < where.start + where.field <= where.side
    part = upto(given.net, layer)(x[:, :, : where.side, : where.side])
    torch.testing.assert_close(
        part[0, :, where.cell, where.cell], out[0, :, where.cell, where.cell]
    )


def test_a_field_as_large_as_the_picture_takes_all_of_it() -> None:
    chain = [*CHAIN[:-1], {**CHAIN[-1], "in_features": 24}]
    net = build("sequential", chain)
    small = Held(held().card, net, "", torch.zeros(1, 3, 8, 8), torch.zeros(1))
    assert place(small, "pool2").whole
    assert place(small, "pool2").side == 8


def test_the_answer_of_a_batch_is_each_pictures_own_channel() -> None:
    given = held()
    maps = torch.randn(5, 5, 4, 4)
    where = place(given, "conv1")
    for b, value in enumerate(answer(maps, where).tolist()):
        assert value == pytest.approx(float(maps[b, b, where.cell, where.cell]))
    whole = replace(where, whole=True)
    for b, value in enumerate(answer(maps, whole).tolist()):
        assert value == pytest.approx(float(maps[b, b].mean()), abs=1e-6)


def test_variation_by_hand() -> None:
    ramp = torch.arange(4.0).view(1, 1, 1, 4).expand(1, 1, 4, 4) / 4
    assert variation(ramp).tolist() == [0.25]


def test_a_canvas_starts_at_the_mean_colour() -> None:
    mean = torch.tensor([0.5, 0.4, 0.3])
    made = Canvas(4, 3, 16, mean, seed=0)()
    assert made.shape == (4, 3, 16, 16)
    torch.testing.assert_close(made.mean((0, 2, 3)), mean, atol=0.05, rtol=0)


def test_a_made_picture_raises_its_channel_above_noise() -> None:
    given = held()
    where = place(given, "conv2")
    with torch.inference_mode():
        real = upto(given.net, "conv2")(given.x).amax((0, 2, 3))
    made = make(given, where, torch.ones(6), replace(Recipe(), steps=40))
    assert made.shape == (6, 3, where.side, where.side)
    assert 0 <= float(made.min()) <= float(made.max()) <= 1
    torch.testing.assert_close(made * 255, (made * 255).round())
    reached = answers(given, in_place(given, where, made))["conv2"]
    assert bool((reached > real * 0.8).all())


def test_what_passes_the_largest_on_shares_the_picture() -> None:
    """A ReLU and a max-pooling share with their convolution; an average has its own."""
    assert groups(held()) == {
        "conv1": ["conv1", "relu1", "pool1"],
        "conv2": ["conv2", "relu2"],
        "pool2": ["pool2"],
    }


def test_an_atlas_holds_a_tile_a_channel(tmp_path: Path) -> None:
    made = torch.zeros(10, 3, 5, 5)
    made[9, 0] = 1
    atlas(made, tmp_path / "a.webp")
    sheet = Image.open(tmp_path / "a.webp").convert("RGB")
    assert sheet.size == (COLUMNS * TILE, 2 * TILE)
    red = sheet.getpixel((TILE + TILE // 2, TILE + TILE // 2))
    assert isinstance(red, tuple)
    assert red[0] > 200 > 60 > red[1]
    assert sheet.getpixel((10, 10)) == (0, 0, 0)


def test_the_whole_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = held()
    monkeypatch.setattr("app.training.study.looks.Recipe", lambda: Recipe(steps=5))
    (tmp_path / "looks").mkdir()
    (tmp_path / "looks" / "old.webp").write_bytes(b"")
    found = looks(given, tmp_path, channels(given))
    assert list(found) == ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2"]
    assert found["pool1"].image == "looks/conv1.webp"
    assert {p.name for p in (tmp_path / "looks").iterdir()} == {
        "conv1.webp", "conv2.webp", "pool2.webp",
    }  # fmt: skip
    assert found["conv1"].field == (3, 3)
    assert len(found["conv2"].value) == len(found["conv2"].above) == 6
