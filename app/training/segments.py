"""A class for every pixel: what the trainings of `segment-nuclei` and `segment-streets` share.

    pack --load--> Scene(picture RGB, mask uint8 [H, W])
      --view: a random square, S x S, flipped, its light changed--> x [N, 3, S, S], y [N, S, S]
      --U-Net, cross-entropy a pixel, AdamW, half a cosine--> BN folded --> weights

`whole` answers for every pixel of a picture of any shape, as the server does for its square:
overlapping squares of the shorter side, each read at S x S, their shares laid back over the
picture. The held-out figures are measured so, at the mask's own size.
"""

from __future__ import annotations

import copy
import io
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.nets import UNet
from app.training.fold import fold
from app.training.packs import load_arrays, pictures, to_tensor
from app.training.readers import rate

LEFT_OUT = 255  # in a mask: no class, left out of loss and figures


class Scene(NamedTuple):
    """A picture and the class of every pixel, LEFT_OUT where none was given."""

    image: Image.Image
    mask: np.ndarray


@dataclass(frozen=True)
class Light:
    """How far a view's light is changed: gamma and gain as powers of e, noise as a share of 1."""

    gamma: float = 0.4
    gain: float = 0.2
    colour: float = 0.1
    grey: float = 0.1
    noise: float = 0.03


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    size: int
    widths: tuple[int, ...]
    first: int  # convolutions at full size, on either side; all other stages of the encoder: 2
    up: int  # convolutions of the decoder's other stages
    epochs: int
    bridges: bool = True  # else nothing leads from encoder to decoder but the bottom
    batch: int = 8
    peak_lr: float = 4e-3
    weight_decay: float = 0.02
    closest: float = 0.5  # the smallest square of a view, as a share of the picture's shorter side
    turned: bool = False  # also stood on its side: there is no up under a microscope
    balance: float = 0.0  # a class of share p counts p^-balance in the loss
    half: bool = False  # convolutions of the training in bfloat16
    schedule: int = 0  # of so many epochs, where the first cycle is cut short; 0: it is not
    again: int = 0  # epochs of a second cycle
    again_lr: float = 1.5e-3
    again_closest: float = 0.7
    seed: int = 0
    light: Light = Light()


def layers(recipe: Recipe, classes: int) -> list[dict[str, Any]]:
    """The trainable net, batch norm included, in the card's notation (nets/unet.py)."""
    net: list[dict[str, Any]] = []
    *downs, middle = recipe.widths
    counts = [recipe.first, *[2] * (len(downs) - 1)]

    def stage(name: str, channels: int, width: int, count: int) -> None:
        for i in range(1, count + 1):
            conv = {"in_channels": channels, "out_channels": width, "kernel_size": 3, "padding": 1}
            net.extend([
                {"name": f"{name}_conv{i}", "op": "conv2d", **conv, "bias": False},
                {"name": f"{name}_bn{i}", "op": "batch_norm2d", "num_features": width},
                {"name": f"{name}_relu{i}", "op": "relu"},
            ])  # fmt: skip
            channels = width

    channels = 3
    for level, (width, count) in enumerate(zip(downs, counts, strict=True), start=1):
        stage(f"enc{level}", channels, width, count)
        net.append({"name": f"pool{level}", "op": "max_pool2d", "kernel_size": 2})
        channels = width
    stage("mid", channels, middle, 2)
    channels = middle
    for level in range(len(downs), 0, -1):
        width, last = downs[level - 1], f"enc{level}_relu{counts[level - 1]}"
        net.append({"name": f"up{level}", "op": "upsample", "scale_factor": 2})
        if recipe.bridges:
            both = [f"up{level}", f"skip{level}"]
            net += [
                {"name": f"skip{level}", "op": "identity", "inputs": [last]},
                {"name": f"join{level}", "op": "join_maps", "inputs": both},
            ]
            channels += width
        count = recipe.first if level == 1 else recipe.up
        stage(f"dec{level}", channels, width, count)
        channels = width
    head = {"in_channels": channels, "out_channels": classes, "kernel_size": 1}
    return [*net, {"name": "scores", "op": "conv2d", **head}]


def load(
    data: Path, pack: str, split: int, masked: Callable[[np.ndarray], np.ndarray]
) -> list[Scene]:
    """The scenes of one split; `masked` makes classes of the pack's mask values."""
    arrays = load_arrays(data, pack)
    rows = np.flatnonzero(arrays["split"] == split)
    masks = (
        masked(np.asarray(Image.open(io.BytesIO(_encoded(arrays, int(i))))).astype(np.int64))
        for i in rows
    )
    found = zip(pictures(arrays, rows), masks, strict=True)
    return [Scene(image, mask.astype(np.uint8)) for image, mask in found]


def _encoded(arrays: dict[str, np.ndarray], i: int) -> bytes:
    offsets = arrays["mask_offsets"]
    return arrays["mask_data"][offsets[i] : offsets[i + 1]].tobytes()


def view(scene: Scene, recipe: Recipe, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """One random look at a scene: float [3, S, S] in 0..1 and int64 [S, S]."""
    width, height = scene.image.size
    side = min(width, height) * rng.uniform(recipe.closest, 1.0)
    x, y = rng.uniform(0, width - side), rng.uniform(0, height - side)
    box, size = (x, y, x + side, y + side), (recipe.size, recipe.size)
    seen = to_tensor(scene.image.resize(size, Image.Resampling.LANCZOS, box=box)).float() / 255
    mask = Image.fromarray(scene.mask).resize(size, Image.Resampling.NEAREST, box=box)
    told = torch.from_numpy(np.array(mask)).long()
    if rng.random() < 0.5:
        seen, told = seen.flip(2), told.flip(1)
    if recipe.turned:
        times = int(rng.integers(4))
        seen, told = seen.rot90(times, (1, 2)), told.rot90(times, (0, 1))
    return lit(seen, recipe.light, rng), told


def lit(x: Tensor, light: Light, rng: np.random.Generator) -> Tensor:
    """The same view in another light: gamma, gain, colour cast, no colour, noise."""
    x = x ** math.exp(rng.uniform(-light.gamma, light.gamma))
    cast = rng.uniform(-light.colour, light.colour, 3) + rng.uniform(-light.gain, light.gain)
    x = x * torch.from_numpy(np.exp(cast)).float().view(3, 1, 1)
    if rng.random() < light.grey:
        x = x.mean(0, keepdim=True).expand(3, -1, -1)
    noise = torch.from_numpy(rng.standard_normal(x.shape, dtype=np.float32))
    return (x + noise * rng.uniform(0, light.noise)).clamp(0, 1)


def batches(
    scenes: Sequence[Scene], recipe: Recipe, rng: np.random.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Every scene once, in random order; the last ones that fill no batch are left for later."""
    order = rng.permutation(len(scenes))
    for first in range(0, len(order) - recipe.batch + 1, recipe.batch):
        seen = [view(scenes[i], recipe, rng) for i in order[first : first + recipe.batch]]
        yield torch.stack([x for x, _ in seen]), torch.stack([y for _, y in seen])


def class_weights(scenes: Sequence[Scene], classes: int, balance: float) -> Tensor:
    """share^-balance of each class, so that their mean over the pixels is 1."""
    counts = sum(np.bincount(s.mask.ravel(), minlength=256)[:classes] for s in scenes)
    share = torch.from_numpy(np.asarray(counts) / np.sum(counts)).float()
    weight = share.clamp_min(1e-6) ** -balance
    return weight / (weight * share).sum()


def fit(
    scenes: Sequence[Scene],
    recipe: Recipe,
    look: Look,
    out: Path,
    progress: Callable[[str], None] = print,
    check: Callable[[UNet], str] | None = None,
) -> UNet:
    """Trains a fresh net, leaves a checkpoint an epoch in `out`; gives it with BN folded.

    With `again`, a second and shorter cycle follows, of the folded net, on views nearer to what is
    served: its whole square.
    """
    torch.manual_seed(recipe.seed)
    chain = layers(recipe, look.classes)
    net = UNet(chain).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    run = Run(scenes, recipe, look, out, progress, check)
    folded = run.cycle(
        net, recipe.epochs, recipe.peak_lr, lambda net: fold(net, chain), recipe.schedule
    )
    if recipe.again:
        nearer = replace(recipe, closest=recipe.again_closest, seed=recipe.seed + 1)
        folded.load_state_dict(state_of(folded))  # as the checkpoint has it, so that one may go on
        folded = replace(run, recipe=nearer).cycle(
            folded, recipe.again, recipe.again_lr, copy.deepcopy
        )
    return folded


@dataclass(frozen=True)
class Run:
    """One training under way: what is learned, how, and whom it tells."""

    scenes: Sequence[Scene]
    recipe: Recipe
    look: Look
    out: Path
    progress: Callable[[str], None]
    check: Callable[[UNet], str] | None = None

    def cycle(
        self,
        net: UNet,
        epochs: int,
        peak_lr: float,
        served: Callable[[UNet], UNet],
        schedule: int = 0,
    ) -> UNet:
        """All epochs under one schedule; gives what `served` makes of the net."""
        recipe, started = self.recipe, time.monotonic()
        rng = np.random.default_rng(recipe.seed)
        self.out.mkdir(parents=True, exist_ok=True)
        weight = class_weights(self.scenes, self.look.classes, recipe.balance)
        optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
        per_epoch, step = len(self.scenes) // recipe.batch, 0
        for epoch in range(epochs):
            summed = 0.0
            net.train()
            for x, y in batches(self.scenes, recipe, rng):
                for settings in optimiser.param_groups:
                    settings["lr"] = rate(step, (schedule or epochs) * per_epoch, peak_lr)
                x = self.look.normalise(x).contiguous(memory_format=torch.channels_last)
                with torch.autocast("cpu", torch.bfloat16, enabled=recipe.half):
                    logits = net(x)
                value = F.cross_entropy(logits.float(), y, weight, ignore_index=LEFT_OUT)
                optimiser.zero_grad(set_to_none=True)
                value.backward()
                optimiser.step()
                step += 1
                summed += value.item() / per_epoch
            found = served(net).eval()
            save_file(state_of(found), self.out / "checkpoint.safetensors")
            minutes = (time.monotonic() - started) / 60
            told = self.check and (epoch % 10 == 9 or epoch + 1 == epochs)
            note = self.check(found) if self.check and told else ""
            self.progress(
                f"epoch {epoch + 1}/{epochs}  loss {summed:.4f}  {minutes:.1f} min{note}"
            )
        return found


def state_of(net: nn.Module) -> dict[str, Tensor]:
    """Float16, as it is shipped: half the bytes; the served net is widened again."""
    return {k: v.half().contiguous() for k, v in net.state_dict().items()}


@dataclass(frozen=True)
class Look:
    """What the network reads and answers: its size in pixels, colours, number of classes."""

    size: int
    classes: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]

    def card(self) -> dict[str, Any]:
        """The card's preprocessing."""
        return {
            "kind": "image", "size": self.size, "channels": 3, "mode": "photo",
            "mean": list(self.mean), "std": list(self.std),
        }  # fmt: skip

    def normalise(self, x: Tensor) -> Tensor:
        """Float [N, 3, S, S] in 0..1 -> mean subtracted, divided by the spread, per colour."""
        mean, std = (torch.tensor(v).view(3, 1, 1) for v in (self.mean, self.std))
        return (x - mean) / std


def squares(width: int, height: int) -> list[tuple[int, int, int]]:
    """(x, y, side) of as few squares of the shorter side as cover a picture, evenly spread."""
    side = min(width, height)
    rest = max(width, height) - side
    count = 1 + -(-rest // side)
    places = [round(rest * k / max(1, count - 1)) for k in range(count)]
    return [(p, 0, side) if width > height else (0, p, side) for p in places]


@torch.inference_mode()
def whole(net: nn.Module, image: Image.Image, look: Look) -> Tensor:
    """The share of every class at every pixel of a picture: float [K, H, W].

    Where squares overlap, the mean of both.
    """
    width, height = image.size
    shares, seen = torch.zeros(look.classes, height, width), torch.zeros(height, width)
    for x, y, side in squares(width, height):
        cut = image.crop((x, y, x + side, y + side))
        small = cut.resize((look.size, look.size), Image.Resampling.LANCZOS)
        logits = net(look.normalise(to_tensor(small).float()[None] / 255))
        large = F.interpolate(logits, size=(side, side), mode="bilinear", align_corners=False)
        shares[:, y : y + side, x : x + side] += torch.softmax(large, dim=1)[0]
        seen[y : y + side, x : x + side] += 1
    return shares / seen
