"""What the order of the frames is worth to `video-lstm`, and what can be told without it.

    held-out clips as they are, shuffled, reversed, one frame held --net--> accuracy
    the same CNN that sees one frame; the last frame; all frames without order --trained--> accuracy
      --> models/video-lstm/frames.json

`python -m app.training.orders --data DIR` takes three short trainings.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from app.training import moving, video
from app.training.tally import rate
from app.training.video_figures import COUNT, TEST, held
from app.zoo import Zoo, models_folder
from app.zoo.frames import FILE, Baseline, Frames, How, Way
from app.zoo.measured import Rate

MODEL = "video-lstm"
COMMAND = "python -m app.training.orders --data DIR"
SEED = 11
BATCH = 32  # clips a step, of a baseline's training


def moved(clips: Tensor, how: How) -> Tensor:
    """Clips [N, T, ...] with their frames in another order, each clip in one of its own."""
    n, frames = clips.shape[:2]
    generator = torch.Generator().manual_seed(SEED)
    if how == "plain":
        return clips
    if how == "reversed":
        return clips.flip(1)
    if how == "shuffled":
        order = torch.rand(n, frames, generator=generator).argsort(1)
    else:
        order = torch.randint(frames, (n, 1), generator=generator).expand(-1, frames)
    return clips[torch.arange(n)[:, None], order]


def counted(logits: Tensor, labels: Tensor) -> Rate:
    """Logits [N, K] and classes [N] -> the share named right."""
    return rate(int((logits.argmax(1) == labels).sum()), len(labels))


def way(net: nn.Module, clips: Tensor, labels: Tensor, how: How) -> Way:
    """One order. Classes 2k and 2k + 1 are opposite movements."""
    logits = video.predict(net, moved(clips, how))[:, -1]
    return Way(how=how, accuracy=counted(logits, labels), opposite=counted(logits, labels ^ 1))


def bag_of(net: nn.Module) -> video.Bag:
    """Begins with the shipped CNN: from fresh weights 400 steps teach it nothing."""
    bag = video.Bag(video.Recipe())
    bag.reader.load_state_dict(net.state_dict())
    return bag


def baselines(net: nn.Module, digits: Tensor, clips: Tensor, labels: Tensor) -> list[Baseline]:
    """Three trainings of the same CNN without a memory."""
    moment = torch.randint(
        moving.FRAMES, (len(labels),), generator=torch.Generator().manual_seed(SEED)
    )

    recipe = replace(video.Recipe(), batch=BATCH)
    rows = torch.arange(len(labels))

    def one(fresh: nn.Module, name: str, sees: str, steps: int) -> Baseline:
        shorter = replace(recipe, steps=steps)
        trained = video.fit(digits, shorter, print, None, fresh, moving.FRAMES, plain=True)
        logits = video.predict(trained, clips)
        # Of a network that answers every frame, the answer at a random one.
        logits = logits[rows, moment] if logits.shape[1] > 1 else logits[:, 0]
        return Baseline(name=name, sees=sees, steps=steps, accuracy=counted(logits, labels))

    torch.manual_seed(SEED)
    return [
        one(video.Single(recipe), "one frame", "one frame, at any moment", 200),
        one(video.Last(recipe), "the last frame", "the last frame, known to be the last", 500),
        one(bag_of(net), "frames in a bag", "all frames, without their order", 400),
    ]


def measure(net: nn.Module, sha256: str, data: Path) -> Frames:
    """The file's content."""
    clips, labels = held(data)
    plain = video.predict(net, clips)
    hows: tuple[How, ...] = ("plain", "shuffled", "reversed", "held")
    began = time.process_time()
    found = baselines(net, moving.digits(data, test=False), clips, labels)
    return Frames(
        command=COMMAND,
        sha256=sha256,
        split=TEST,
        n=COUNT,
        chance=1 / len(moving.CLASSES),
        minutes=round((time.process_time() - began) / 60, 1),
        ways=[way(net, clips, labels, how) for how in hows],
        baselines=found,
        after=[counted(plain[:, t], labels) for t in range(plain.shape[1])],
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="What the order of frames is worth.")
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    torch.set_num_threads(1)
    model = Zoo(models_folder(), memory_bytes=500_000_000).model(MODEL)
    found = measure(model.net, model.card.weights.sha256, given.data)
    path = models_folder() / MODEL / FILE
    path.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    for one in found.ways:
        assert one.opposite is not None
        print(f"{one.how:10} {one.accuracy.value:.4f}  opposite {one.opposite.value:.4f}")
    for base in found.baselines:
        print(f"{base.name:16} {base.accuracy.value:.4f} {base.accuracy.interval}")


if __name__ == "__main__":
    main()
