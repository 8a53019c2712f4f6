"""A decoded picture -> the tensor that a network reads, every step said.

    bytes --decode_image--> Decoded RGB --cut to a square--> LANCZOS to S x S --> (v/255 - mean)/std
                                        \\-- digit models: ink alone, as MNIST was (digit.py)
    bytes --decode_image--> Decoded RGB --all of it in the middle of S x S (letterbox.py)--> ...
    [1, 1, S, S] --rows = true--> [1, S, S]: S steps of S values, for a network that reads rows

The cut is in pixels of the upright original. Photographs are resized exactly as the training does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from app.core.errors import BadOption
from app.inputs.colours import Step
from app.inputs.decode import Crop, Decoded, decode_image
from app.inputs.digit import digit, inked
from app.inputs.letterbox import Place, letterboxed, placed
from app.inputs.spec import ImageSpec

__all__ = ["Crop", "Decoded", "PreparedImage", "decode_image", "prepare_image", "read_image"]


@dataclass(frozen=True)
class PreparedImage:
    """tensor float32 [1, C, S, S], or [1, S, S] where it is read row by row; `seen` is the same
    picture as uint8 [C, S, S], before the average was subtracted; `report` says what was done.
    `whole`: where in the square the picture lies, if all of it was read."""

    tensor: Tensor
    seen: Tensor
    report: dict[str, Any]
    whole: Place | None = None


def read_image(
    data: bytes, spec: ImageSpec, *, max_pixels: int, crop: Crop | None = None
) -> PreparedImage:
    """The bytes of a picture -> what the network reads, in one go."""
    decoded = decode_image(data, max_pixels=max_pixels, target=spec.size, crop=crop)
    return prepare_image(decoded, spec, crop)


def prepare_image(decoded: Decoded, spec: ImageSpec, crop: Crop | None = None) -> PreparedImage:
    """A decoded picture -> what the network reads. Raises BadOption where the cut does not fit."""
    if crop is not None:
        check_crop(crop, decoded)
    steps = list(decoded.steps)
    whole = None
    if spec.whole:
        if crop is not None:
            raise BadOption("crop is not for this network: it reads the whole picture.")
        whole = placed(decoded.width, decoded.height, spec.size)
        small, place = _whole(decoded, spec, whole, steps), square_of(whole)
    elif spec.mode == "digit":
        small, place = _digit(decoded, spec.size, crop, steps)
    else:
        small, place = _photo(decoded, spec, crop, steps)
    seen = torch.from_numpy(np.array(small)).reshape(spec.size, spec.size, spec.channels)
    seen = seen.permute(2, 0, 1).contiguous()  # [C, S, S]
    steps.append(Step(op="normalise", text=_normalised(spec)))
    tensor = normalise(seen, spec)
    if spec.rows:
        steps.append(Step(op="rows", text=_in_rows(spec)))
    else:
        tensor = tensor[None]
    report = _report(decoded, spec, place, steps)
    if whole is not None:
        lies = {"left": whole.left, "top": whole.top, "width": whole.width, "height": whole.height}
        report["place"] = lies
    return PreparedImage(tensor, seen, report, whole)


def normalise(seen: Tensor, spec: ImageSpec) -> Tensor:
    """uint8 [C, S, S] -> float32 (v / 255 - mean) / std, per channel."""
    mean, std = (torch.tensor(v).view(-1, 1, 1) for v in (spec.mean, spec.std))
    return (seen.float() / 255 - mean) / std


def check_crop(crop: Crop, decoded: Decoded) -> None:
    """Raises BadOption unless the cut lies within the upright original."""
    x, y, side = crop
    width, height = decoded.width, decoded.height
    if side < 1 or x < 0 or y < 0 or x + side > width or y + side > height:
        raise BadOption(
            f"crop [{x}, {y}, {side}] (x, y, side) does not lie within the picture, which is "
            f"{width} × {height}. Leave it out for the middle."
        )


def centre(width: int, height: int) -> Crop:
    """The largest square in the middle."""
    side = min(width, height)
    return (width - side) // 2, (height - side) // 2, side


def _photo(
    decoded: Decoded, spec: ImageSpec, crop: Crop | None, steps: list[Step]
) -> tuple[Image.Image, Crop]:
    """The cut, resized; `steps` grows."""
    place = crop or centre(decoded.width, decoded.height)
    steps += _cut_steps(decoded, crop)
    size = spec.size
    if place[2] != size:
        change = "Made smaller" if place[2] > size else "Made larger"
        steps.append(Step(op="resize", text=f"{change}: {size} × {size}, all the network sees."))
    image = decoded.image.convert("L") if spec.channels == 1 else decoded.image
    if spec.channels == 1:
        steps.append(Step(op="grey", text="Colours were turned into grey."))
    cut = image.crop(_box(decoded, place))  # first, so that nothing outside the cut is read
    return cut.resize((size, size), Image.Resampling.LANCZOS), place


def _whole(decoded: Decoded, spec: ImageSpec, place: Place, steps: list[Step]) -> Image.Image:
    """All of the picture, or of its ink, in the square; `steps` grows."""
    image, fill = decoded.image, tuple(round(255 * v) for v in spec.mean)
    if spec.mode == "board":
        image, fill = inked(image, steps), (0,)
    elif spec.channels == 1:
        image = image.convert("L")
        steps.append(Step(op="grey", text="Colours were turned into grey."))
    longer = max(decoded.width, decoded.height)
    if longer != spec.size:
        change = "Made smaller" if longer > spec.size else "Made larger"
        text = f"{change}, as a whole: {spec.size} × {spec.size}, all the network sees."
        steps.append(Step(op="resize", text=text))
    if decoded.width != decoded.height:
        what = "black" if spec.mode == "board" else "the mean colour"
        text = f"Not square: the rest of the square was filled with {what}. Nothing was cut off."
        steps.append(Step(op="letterbox", text=text))
    return letterboxed(image, place, spec.size, fill if spec.channels > 1 else fill[0])


def square_of(place: Place) -> Crop:
    """What of the original the square shows; it reaches beyond the picture."""
    width, height = place.original
    side = max(width, height)
    return (width - side) // 2, (height - side) // 2, side


def _cut_steps(decoded: Decoded, crop: Crop | None) -> list[Step]:
    """What is said about the cut: nothing where the picture is square already."""
    if crop is not None:
        return [Step(op="crop", text="Cut where you chose. Drag to move the cut.")]
    if decoded.width == decoded.height:
        return []
    return [Step(op="crop", text="Cut to a square. Drag to move the cut.")]


def _box(decoded: Decoded, place: Crop) -> tuple[int, int, int, int]:
    """The cut in whole pixels of the decoded picture, which may be reduced; at least one."""
    across = decoded.image.width / decoded.width
    down = decoded.image.height / decoded.height
    x, y, side = place
    left = min(round(x * across), decoded.image.width - 1)
    top = min(round(y * down), decoded.image.height - 1)
    right, bottom = round((x + side) * across), round((y + side) * down)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _digit(
    decoded: Decoded, size: int, crop: Crop | None, steps: list[Step]
) -> tuple[Image.Image, Crop]:
    """The ink of the cut, or of the whole picture, as MNIST would have it; `steps` grows."""
    x, y = crop[:2] if crop else (0, 0)
    image, scale = decoded.image, decoded.width / decoded.image.width
    if crop is not None:
        steps.append(Step(op="crop", text="Cut where you chose. Drag to move the cut."))
        image = image.crop(_box(decoded, crop))
    made = digit(image, size)
    steps += made.steps
    dx, dy, side = (round(v * scale) for v in made.square)
    return made.image, (x + dx, y + dy, side)


def _normalised(spec: ImageSpec) -> str:
    """The sentence for the last step."""
    if spec.channels == 1:
        return "The average brightness was subtracted; then divided by the spread."
    return "The average of each colour was subtracted; then divided by its spread."


def _in_rows(spec: ImageSpec) -> str:
    """The sentence for a picture that is read step by step."""
    return f"Read row by row, from the top: {spec.size} steps of {spec.size} values."


def _report(decoded: Decoded, spec: ImageSpec, place: Crop, steps: list[Step]) -> dict[str, Any]:
    """What was done to the picture. A digit's crop may reach beyond the picture."""
    x, y, side = place
    return {
        "kind": "image",
        "original": {
            "width": decoded.width,
            "height": decoded.height,
            "format": decoded.format,
            "bytes": decoded.bytes,
        },
        "crop": {"x": x, "y": y, "side": side},
        "size": [spec.size, spec.size],
        "steps": steps,
    }
