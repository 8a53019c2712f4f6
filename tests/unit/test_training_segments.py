"""How the segmentation networks are trained and measured: views, squares, IoU, plain rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from torch import Tensor, nn

from app.inputs.image import read_image
from app.inputs.spec import ImageSpec
from app.training import nuclei, scenes, streets
from app.training.overlap import (
    by_brightness,
    by_colour,
    commonest,
    confusion,
    counted,
    otsu,
    overlaps,
    right,
)
from app.training.packs import PackMissing
from app.training.segments import (
    LEFT_OUT,
    Light,
    Look,
    Recipe,
    Scene,
    batches,
    class_weights,
    fit,
    lit,
    squares,
    view,
    whole,
)

LOOK = Look(size=16, classes=2, mean=(0.5, 0.5, 0.5), std=(0.25, 0.25, 0.25))
DARK = Light(gamma=0, gain=0, colour=0, grey=0, noise=0)
TINY = Recipe(size=16, widths=(4, 6), first=1, up=1, epochs=6, batch=4, peak_lr=0.02, light=DARK)


def scene(seed: int = 0, width: int = 24, height: int = 20) -> Scene:
    """A bright square on black, its mask, one pixel without a class."""
    x, y = np.random.default_rng(seed).integers(2, 10, 2)
    mask = np.zeros((height, width), np.uint8)
    mask[y : y + 8, x : x + 8] = 1
    image = Image.fromarray(np.repeat(mask[..., None] * 220, 3, axis=2))
    mask[0, 0] = LEFT_OUT
    return Scene(image, mask)


class Bright(nn.Module):
    """Class 1 where the first colour is above the mean."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([-x[:, :1], x[:, :1]], dim=1)


def test_a_view_keeps_picture_and_mask_together() -> None:
    rng = np.random.default_rng(0)
    for turned in (False, True):
        recipe = Recipe(size=16, widths=(2, 2), first=1, up=1, epochs=1, turned=turned, light=DARK)
        for _ in range(8):
            x, y = view(scene(), recipe, rng)
            assert (x.shape, y.shape) == ((3, 16, 16), (16, 16))
            inside, outside = x[0][y == 1], x[0][y == 0]
            assert inside.median() > 0.8
            assert outside.median() < 0.05


def test_light_changes_within_its_bounds() -> None:
    x = torch.full((3, 4, 4), 0.5)
    assert torch.equal(lit(x, DARK, np.random.default_rng(0)), x)
    grey = lit(torch.rand(3, 4, 4), Light(grey=1.0, noise=0), np.random.default_rng(1))
    assert torch.equal(grey[0], grey[2])


def test_an_epoch_sees_every_scene_once() -> None:
    recipe = Recipe(size=16, widths=(2, 2), first=1, up=1, epochs=1, batch=3)
    found = list(batches([scene(k) for k in range(7)], recipe, np.random.default_rng(0)))
    assert [x.shape[0] for x, _ in found] == [3, 3]


def test_rare_classes_weigh_more() -> None:
    weight = class_weights([scene()], 2, 0.5)
    counts = np.bincount(scene().mask.ravel(), minlength=256)[:2]
    share = torch.from_numpy(counts / counts.sum()).float()
    assert weight[1] > weight[0]
    assert float((weight * share).sum()) == pytest.approx(1, abs=1e-6)
    assert class_weights([scene()], 2, 0.0).tolist() == pytest.approx([1, 1])


@pytest.mark.parametrize("size", [(20, 20), (24, 20), (20, 47), (360, 100)])
def test_squares_cover_the_picture(size: tuple[int, int]) -> None:
    seen = np.zeros(size[::-1], bool)
    for x, y, side in squares(*size):
        assert side == min(size)
        assert 0 <= x <= size[0] - side
        assert 0 <= y <= size[1] - side
        seen[y : y + side, x : x + side] = True
    assert seen.all()


def test_what_is_measured_is_what_is_served() -> None:
    """A square picture, read by the training's own code and by the server's."""
    look = Look(size=8, classes=2, mean=(0.5, 0.4, 0.3), std=(0.2, 0.3, 0.25))
    noise = np.random.default_rng(0).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    seen: list[Tensor] = []

    class Keep(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            seen.append(x)
            return x[:, :2]

    shares = whole(Keep(), Image.fromarray(noise), look)
    assert shares.shape == (2, 20, 20)
    assert torch.allclose(shares.sum(0), torch.ones(20, 20))
    png = _png(noise)
    served = read_image(png, ImageSpec(**look.card()), max_pixels=10**6).tensor
    assert torch.allclose(seen[0], served, atol=1e-6)


def _png(pixels: np.ndarray) -> bytes:
    import io

    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def test_iou_by_hand() -> None:
    """Two of three right, one found too many: 2 / 4. What has no class counts nowhere."""
    mask = np.array([[1, 1, 1, 0], [0, 0, 0, LEFT_OUT]], np.uint8)
    said = np.array([[1, 1, 0, 1], [0, 0, 0, 1]])
    found = counted(lambda _: said, [Scene(Image.new("RGB", (4, 2)), mask)], 2)
    assert found.tolist() == [[3, 1], [1, 2]]
    assert overlaps(found).tolist() == pytest.approx([3 / 5, 2 / 4])
    assert right(found) == pytest.approx(5 / 7)
    assert overlaps(np.array([[4, 0], [0, 0]])).tolist() == [1, 0]


def test_a_perfect_network_has_iou_one() -> None:
    found = confusion(Bright(), [scene(width=20)], Look(20, 2, (0.5,) * 3, (0.25,) * 3))
    assert overlaps(found).tolist() == [1, 1]


def test_rules_without_a_network() -> None:
    some = [scene(k) for k in range(3)]
    assert commonest(some, 2) == 0
    for rule in (by_brightness, by_colour(some, 2, 0.0)):
        assert overlaps(counted(rule, some, 2)).tolist() == [1, 1]


def test_a_rare_class_wins_a_colour_when_it_weighs_more() -> None:
    """A colour that is class 1 in one of four pixels, where class 1 is rare."""
    mask = np.zeros((4, 4), np.uint8)
    mask[0, 0] = 1
    image = np.zeros((4, 4, 3), np.uint8)
    image[0] = 200
    some = [Scene(Image.fromarray(image), mask)]
    assert by_colour(some, 2, 0.0)(some[0].image)[0].tolist() == [0] * 4
    assert by_colour(some, 2, 1.0)(some[0].image)[0].tolist() == [1] * 4


def test_otsu_parts_two_groups() -> None:
    counts = np.zeros(256, np.int64)
    counts[[10, 20, 180, 200]] = (40, 40, 5, 5)
    assert 20 <= otsu(counts) < 180
    assert otsu(np.eye(1, 256, 7, dtype=np.int64)[0]) == 0


def test_training_learns_folds_and_goes_on(tmp_path: Path) -> None:
    """Bright squares are found after a few steps; the run is that of its seed; the second cycle
    begins where the first ended."""
    some, said = [scene(k) for k in range(8)], list[str]()
    net = fit(some, TINY, LOOK, tmp_path, said.append)
    assert len(said) == TINY.epochs
    assert overlaps(confusion(net, some, LOOK))[1] > 0.6
    assert not any(isinstance(module, nn.BatchNorm2d) for module in net.modules())
    kept = load_file(tmp_path / "checkpoint.safetensors")
    assert kept["scores.weight"].dtype == torch.float16
    again = fit(some, TINY, LOOK, tmp_path, lambda _: None)
    assert all(torch.equal(a, b) for a, b in zip(net.parameters(), again.parameters(), strict=True))
    longer = Recipe(**{**vars(TINY), "again": 2, "again_lr": 0.0})
    same = fit(some, longer, LOOK, tmp_path, lambda _: None)
    for (name, a), b in zip(net.named_parameters(), same.parameters(), strict=True):
        assert torch.allclose(a, b, atol=2e-3), name


def test_samples_are_the_same_each_time(tmp_path: Path) -> None:
    scenes.draw_nuclei(tmp_path)
    scenes.draw_streets(tmp_path)
    names = {path.stem for path in tmp_path.iterdir()}
    assert names == {*scenes.NUCLEI, *scenes.STREETS}
    assert scenes.town().tobytes() == Image.open(tmp_path / "town.png").tobytes()
    assert scenes.touching().tobytes() == Image.open(tmp_path / "touching.png").tobytes()


@pytest.mark.parametrize("pack", [nuclei, streets])
def test_without_the_pack_it_is_said(pack: object, tmp_path: Path) -> None:
    with pytest.raises(PackMissing):
        pack.load(tmp_path, 0)  # type: ignore[attr-defined]
