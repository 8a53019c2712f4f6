"""A clip -> the planes that a network reads frame by frame, every step said.

    bytes --read_clip--> grey [T, H, W] --cut to the network's shape--> made smaller
      --planes: ink, change, step (app/inputs/spec.py)--> float32 [1, T, C, height, width]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from app.core.errors import Unprocessable
from app.inputs.colours import Step
from app.inputs.frames import Clip, Frames, read_clip
from app.inputs.spec import VideoSpec

FAINT = 12  # of 255: a clip whose ink is nowhere stronger shows nothing
EDGE = 0.08  # the share of the side that counts as the border
NOTHING = "Nothing can be seen in this clip: all of it has one brightness. Draw something on it."
SAID = {
    "ink": "How far each pixel is from the brightness of the border: light or dark paper alike; "
    "the strongest ink counts as 1.",
    "change": "Each pixel's own median over the clip was subtracted: what stands still is 0.",
    "step": "How far each pixel is from what it was one frame earlier.",
}


@dataclass(frozen=True)
class PreparedVideo:
    """tensor float32 [1, T, C, H, W]; `report` says what was done."""

    tensor: Tensor
    report: dict[str, Any]


def read_video(
    data: bytes, spec: VideoSpec, *, max_pixels: int, strip: int | None = None
) -> PreparedVideo:
    """The bytes of a clip -> what the network reads, in one go."""
    return prepare_video(read_clip(data, spec.frames, max_pixels, strip), spec)


def prepare_video(clip: Clip, spec: VideoSpec) -> PreparedVideo:
    """A decoded clip -> what the network reads. Raises Unprocessable where it shows nothing."""
    steps = [*clip.steps, Step(op="grey", text="Colours were turned into grey.")]
    box = cut(clip.width, clip.height, spec)
    if box != (0, 0, clip.width, clip.height):
        shape = "a square" if spec.width == spec.height else f"{spec.width} : {spec.height}"
        steps.append(Step(op="crop", text=f"Each frame was cut to {shape}, from its middle."))
    if (box[2] - box[0], box[3] - box[1]) != (spec.width, spec.height):
        text = f"Each frame was resized: {spec.width} × {spec.height}, all the network sees."
        steps.append(Step(op="resize", text=text))
    small = torch.from_numpy(resized(clip.frames, box, spec)).float() / 255
    if "ink" in spec.planes and float(_distance(small).max()) * 255 < FAINT:
        raise Unprocessable(NOTHING)
    steps += [Step(op=name, text=SAID[name]) for name in spec.planes]
    return PreparedVideo(planes(small, spec)[None], _report(clip, spec, box, steps))


def cut(width: int, height: int, spec: VideoSpec) -> tuple[int, int, int, int]:
    """The largest part of the network's shape in the middle: left, top, right, bottom."""
    wide = min(width, max(1, round(height * spec.width / spec.height)))
    high = min(height, max(1, round(width * spec.height / spec.width)))
    left, top = (width - wide) // 2, (height - high) // 2
    return left, top, left + wide, top + high


def resized(frames: Frames, box: tuple[int, int, int, int], spec: VideoSpec) -> Frames:
    """uint8 [T, H, W] -> the cut of each in the network's size."""
    size = (spec.width, spec.height)
    shown = (Image.fromarray(frame).crop(box) for frame in frames)
    return np.stack([np.asarray(one.resize(size, Image.Resampling.LANCZOS)) for one in shown])


def planes(grey: Tensor, spec: VideoSpec) -> Tensor:
    """Brightness float32 [..., T, H, W] in 0..1 -> [..., T, C, H, W]."""
    found = []
    for name in spec.planes:
        if name == "ink":
            away = _distance(grey)
            found.append(away / away.amax(dim=(-3, -2, -1), keepdim=True).clamp(min=1e-6))
        elif name == "change":
            median = grey.median(dim=-3, keepdim=True).values
            found.append((grey - median).abs() / _contrast(grey, spec))
        else:
            first = torch.zeros_like(grey[..., :1, :, :])
            moved = torch.cat([first, grey.diff(dim=-3).abs()], dim=-3)
            found.append(moved / _contrast(grey, spec))
    return torch.stack(found, dim=-3)


def _contrast(grey: Tensor, spec: VideoSpec) -> Tensor:
    """[..., T, H, W] -> `spread` of the standard deviation of the clip's brightness: what a dark
    film shows counts as much as what a bright one does."""
    return spec.spread * grey.std(dim=(-3, -2, -1), keepdim=True).clamp(min=0.02)


def _distance(grey: Tensor) -> Tensor:
    """[..., T, H, W] -> how far each pixel is from the median of the clip's border."""
    side = max(1, round(EDGE * min(grey.shape[-2:])))
    edge = torch.ones(grey.shape[-2:], dtype=torch.bool)
    edge[side:-side, side:-side] = False
    paper = grey[..., edge].flatten(-2).median(dim=-1).values
    return (grey - paper[..., None, None, None]).abs()


def _report(
    clip: Clip, spec: VideoSpec, box: tuple[int, int, int, int], steps: list[Step]
) -> dict[str, Any]:
    """What was done to the clip; `cut` in pixels of the original's frames."""
    return {
        "kind": "video",
        "original": {
            "width": clip.width,
            "height": clip.height,
            "frames": clip.total,
            "seconds": clip.seconds,
            "format": clip.format,
            "bytes": clip.bytes,
        },
        "cut": {"x": box[0], "y": box[1], "width": box[2] - box[0], "height": box[3] - box[1]},
        "size": [spec.height, spec.width],
        "steps": steps,
    }
