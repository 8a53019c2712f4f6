"""Decoded pictures -> tensors: what was done is right, and is said."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch
from PIL import Image

from app.core.errors import BadOption
from app.inputs.image import decode_image, prepare_image
from app.inputs.spec import ImageSpec
from app.training import photos
from app.training.packs import to_tensor
from tests.unit.pictures import PHOTO, encode, ops, read, scene


def test_the_tensor_is_the_centre_square_resized_and_normalised() -> None:
    image = scene(96, 64)
    prepared = read(encode(image, "PNG"))
    small = image.crop((16, 0, 80, 64)).resize((16, 16), Image.Resampling.LANCZOS)
    seen = to_tensor(small)
    assert prepared.seen.equal(seen)
    mean, std = torch.tensor(PHOTO.mean).view(3, 1, 1), torch.tensor(PHOTO.std).view(3, 1, 1)
    assert prepared.tensor.equal(((seen.float() / 255 - mean) / std)[None])
    assert prepared.tensor.dtype == torch.float32
    assert prepared.report == {
        "kind": "image",
        "original": {
            "width": 96,
            "height": 64,
            "format": "PNG",
            "bytes": len(encode(image, "PNG")),
        },
        "crop": {"x": 16, "y": 0, "side": 64},
        "size": [16, 16],
        "steps": [
            {"op": "crop", "text": "Cut to a square. Drag to move the cut."},
            {"op": "resize", "text": "Made smaller: 16 × 16, all the network sees."},
            {
                "op": "normalise",
                "text": "The average of each colour was subtracted; then divided by its spread.",
            },
        ],
    }


def test_a_picture_of_the_right_size_reaches_the_network_as_in_training() -> None:
    """A 64 px picture: equal to what `photos` is trained on, to the last bit."""
    spec = ImageSpec(size=64, mean=photos.MEAN, std=photos.STD)
    image = scene(64, 64)
    prepared = read(encode(image, "PNG"), spec)
    trained = photos.normalise(to_tensor(image)[None].float() / 255)
    assert prepared.tensor.equal(trained)
    assert ops(prepared) == []


def test_the_cut_can_be_moved() -> None:
    image = scene(96, 64)
    prepared = read(encode(image, "PNG"), crop=(60, 10, 30))
    small = image.crop((60, 10, 90, 40)).resize((16, 16), Image.Resampling.LANCZOS)
    assert prepared.seen.equal(to_tensor(small))
    assert prepared.report["crop"] == {"x": 60, "y": 10, "side": 30}
    assert ops(prepared) == ["crop", "resize"]


@pytest.mark.parametrize(
    "crop", [(-1, 0, 10), (0, -1, 10), (0, 0, 0), (0, 0, -5), (0, 0, 65), (90, 0, 7), (0, 60, 5)]
)
def test_a_cut_outside_the_picture_is_a_bad_option(crop: tuple[int, int, int]) -> None:
    with pytest.raises(BadOption, match="does not lie within the picture, which is 96 × 64"):
        read(encode(scene(96, 64), "PNG"), crop=crop)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WebP", "TIFF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_turned_upright(format_: str, turn: int) -> None:
    """The eight ways to hold a camera, undone: the picture is the upright one, and it is said."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    upright = scene(96, 64)
    held = upright.transpose(back[turn]) if turn in back else upright
    exif = Image.Exif()
    exif[0x0112] = turn
    data = encode(held, format_, exif=exif.tobytes())
    decoded = decode_image(data, max_pixels=10_000, target=16)
    assert (decoded.width, decoded.height) == decoded.image.size == (96, 64)
    assert np.abs(np.asarray(decoded.image).astype(int) - np.asarray(upright)).mean() < 8
    assert [step["op"] for step in decoded.steps] == (["rotate"] if turn > 1 else [])
    moved = read(data, crop=(80, 48, 16))  # the cut is in pixels of the upright original
    assert moved.seen[:2].float().mean() > 190


def grey16(mode_max: int) -> Image.Image:
    """16-bit grey, from 0 on the left to `mode_max` on the right."""
    return Image.fromarray(np.tile(np.linspace(0, mode_max, 64).astype(np.uint16), (64, 1)))


def see_through(mode: str = "RGBA") -> Image.Image:
    """Red, opaque on the left, see-through on the right."""
    image = Image.new("RGBA", (64, 64), (200, 0, 0, 255))
    image.paste((200, 0, 0, 0), (32, 0, 64, 64))
    return image.convert(mode)


def animation(format_: str) -> bytes:
    """A scene, then a black frame."""
    black = Image.new("RGB", (96, 64))
    return encode(scene(), format_, save_all=True, append_images=[black], duration=90)


KINDS = {
    "cmyk": (encode(scene(64, 64).convert("CMYK"), "JPEG", quality=95), ["cmyk"]),
    "cmyk tiff": (encode(scene(64, 64).convert("CMYK"), "TIFF"), ["cmyk"]),
    "grey": (encode(scene(64, 64).convert("L"), "PNG"), ["grey"]),
    "bitmap": (encode(scene(64, 64).convert("1"), "PNG"), ["grey"]),
    "palette": (encode(scene(64, 64).quantize(32), "PNG"), ["palette"]),
    "alpha": (encode(see_through(), "PNG"), ["flatten"]),
    "grey alpha": (encode(see_through("LA"), "PNG"), ["grey", "flatten"]),
    "webp alpha": (encode(see_through(), "WebP"), ["flatten"]),
    "opaque alpha": (encode(scene(64, 64).convert("RGBA"), "PNG"), []),
    "16-bit": (encode(grey16(65535), "PNG"), ["depth", "grey"]),
    "16-bit tiff": (encode(grey16(65535), "TIFF"), ["depth", "grey"]),
    "progressive": (encode(scene(64, 64), "JPEG", progressive=True), []),
    "animated gif": (animation("GIF"), ["frame", "palette", "crop"]),
    "animated webp": (animation("WebP"), ["frame", "crop"]),
    "animated png": (animation("PNG"), ["frame", "crop"]),
    "pages": (animation("TIFF"), ["frame", "crop"]),
    "1x1": (encode(Image.new("RGB", (1, 1), (9, 8, 7)), "PNG"), []),
    "1x5000": (encode(Image.new("RGB", (1, 5000), (9, 8, 7)), "PNG"), ["crop"]),
    "5000x1": (encode(Image.new("RGB", (5000, 1), (9, 8, 7)), "JPEG"), ["crop"]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_accepted_and_said(kind: str) -> None:
    data, said = KINDS[kind]
    prepared = read(data)
    assert ops(prepared) == [*said, "resize"]
    assert all(step["text"].endswith(".") for step in prepared.report["steps"])
    assert prepared.tensor.isfinite().all()


def test_what_is_done_to_them() -> None:
    flat = read(KINDS["alpha"][0]).seen
    assert flat[:, 8, 2].tolist() == [200, 0, 0]
    assert flat[:, 8, 13].tolist() == [255, 255, 255]
    ramp = read(KINDS["16-bit"][0]).seen[0, 8].float()
    assert (ramp - torch.linspace(0, 255, 18)[1:-1]).abs().max() < 10
    first = read(KINDS["animated webp"][0]).seen
    assert (first.float() - read(encode(scene(), "PNG")).seen.float()).abs().mean() < 8
    assert read(KINDS["1x5000"][0]).seen[:, 3, 3].tolist() == [9, 8, 7]
    assert read(KINDS["1x5000"][0]).report["crop"] == {"x": 0, "y": 2499, "side": 1}
    cmyk = read(KINDS["cmyk"][0]).seen.float() - read(encode(scene(64, 64), "PNG")).seen.float()
    assert cmyk.abs().mean() < 10


@pytest.mark.parametrize("values", [(-5.0, 5.0), (0.0, 1.0), (float("nan"), 1.0)])
def test_floats(values: tuple[float, float]) -> None:
    image = Image.fromarray(
        np.repeat(np.array([values], dtype=np.float32), 16, axis=1).repeat(32, axis=0)
    )
    prepared = read(encode(image, "TIFF"))
    assert ops(prepared) == ["depth", "grey", "resize"]
    assert (int(prepared.seen.min()), int(prepared.seen.max())) == (0, 255)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_damaged_note_of_the_camera_does_not_matter() -> None:
    data = encode(scene(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12")
    assert ops(read(data)) == ["crop", "resize"]


def test_a_large_jpeg_is_read_reduced_and_said() -> None:
    """The cut is still in pixels of the original, and hardly a value differs."""
    noise = np.random.default_rng(0).integers(0, 24, (1500, 2000, 1), dtype=np.uint8)
    large = Image.fromarray(np.asarray(scene(2000, 1500)) // 2 + noise)
    data = encode(large, "JPEG", quality=92)
    prepared = read(data)
    assert ops(prepared) == ["reduce", "crop", "resize"]
    text = prepared.report["steps"][0]["text"]
    assert text == "Read at 1/8 of its size to be quick: 250 × 188."
    assert prepared.report["crop"] == {"x": 250, "y": 0, "side": 1500}
    exact = large.resize((16, 16), Image.Resampling.LANCZOS, box=(250, 0, 1750, 1500))
    assert (prepared.seen.float() - to_tensor(exact).float()).abs().max() <= 4
    small = read(data, crop=(700, 300, 100))
    assert ops(small) == ["crop", "resize"]  # a small cut is read in full


def test_twelve_megapixels_are_quick() -> None:
    data = encode(scene(4000, 3000), "JPEG", quality=90)
    spec = ImageSpec(size=64, mean=photos.MEAN, std=photos.STD)
    read(data, spec)
    started = time.process_time()
    read(data, spec)
    assert time.process_time() - started < 0.15


def test_one_channel_photographs() -> None:
    spec = ImageSpec(size=16, channels=1, mean=(0.5,), std=(0.5,))
    decoded = decode_image(encode(scene(64, 64), "PNG"), max_pixels=10_000, target=16)
    prepared = prepare_image(decoded, spec)
    assert prepared.tensor.shape == (1, 1, 16, 16)
    assert ops(prepared) == ["resize", "grey"]


@pytest.mark.parametrize(
    "wrong", [{"mean": (0.5,)}, {"std": (1.0, 0.0, 1.0)}, {"mode": "digit"}, {"size": 0}]
)
def test_a_spec_that_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        ImageSpec.model_validate({**PHOTO.model_dump(), **wrong})
