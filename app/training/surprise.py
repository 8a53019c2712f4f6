"""How many bits a letter costs: of a network that continues texts, and of the 5-gram baseline.

    text_gen --first 90 % of each text--> 5-gram, Kneser-Ney (ngram.py)
             --last 5 %--> −log2 p of every letter but the first of each text, both models alike
             --last 5 %, in stretches--> bits each --> what is called unusual

Each held-out part is read in one go, the network's memory empty at its beginning.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from app.insight.familiarity import surprise
from app.training import evaluation, letters
from app.training.letters import Whole
from app.training.ngram import ORDER, KneserNey
from app.training.sentences import read_tsv
from app.zoo.card import Metric

BASELINE = f"{ORDER}-gram, modified Kneser-Ney"
STRETCH = 80  # letters, about a line


def held_out(data: Path) -> dict[str, Whole]:
    """Name -> the rows of its last 5 %."""
    return {name: letters.encode(t) for name, t in letters.texts(data, letters.TEST, 1).items()}


def letters_figures(net: nn.Module, data: Path, model: str) -> list[Metric]:
    """Bits per character over all held-out letters, then of each text; the separation."""
    taught = letters.encode("".join(letters.texts(data, 0, letters.TRAIN).values()))
    counted, held = KneserNey(taught, len(letters.CHARACTERS) + 1), held_out(data)
    ours = {name: letters.bits(net, ids).numpy() for name, ids in held.items()}
    theirs = {name: counted.bits(ids)[1:] for name, ids in held.items()}
    every = (np.concatenate([*found.values()]) for found in (ours, theirs))
    return [
        _metric(model, "all three texts", *every),
        *(_metric(model, name, ours[name], theirs[name]) for name in held),
        _separation(net, data, model),
    ]


def _metric(model: str, name: str, ours: np.ndarray, theirs: np.ndarray) -> Metric:
    return Metric(
        name="bits per character",
        value=round(float(ours.mean()), 4),
        unit="bits",
        split=f"the last 5 % of {name}",
        n=len(ours),
        baseline=round(float(theirs.mean()), 4),
        baseline_name=BASELINE,
        command=evaluation.command(model),
    )


def _separation(net: nn.Module, data: Path, model: str) -> Metric:
    """How well the surprise tells held-out stretches from French and from reversed ones."""
    ours = stretches(held_out(data))[::4]
    rows = read_tsv(next((data / "eng_fra").glob("test*")))
    french = stretches({"": letters.encode(" ".join(row["french"] for row in rows[:300]))})
    strange = torch.cat([surprises(net, french), surprises(net, ours.flip(1))])
    split = f"every fourth stretch of {STRETCH} held-out letters against French and reversed ones"
    return evaluation.separation(model, -surprises(net, ours), -strange, split)


def stretches(texts: dict[str, Whole]) -> Tensor:
    """Texts cut into stretches of one length, [N, STRETCH]; what is left over is dropped."""
    cut = [torch.from_numpy(ids[: len(ids) // STRETCH * STRETCH]) for ids in texts.values()]
    return torch.cat([ids.view(-1, STRETCH) for ids in cut])


def surprises(net: nn.Module, ids: Tensor, batch: int = 256) -> Tensor:
    """ids [N, STRETCH] -> bits per character of each, read from an empty memory, [N]."""
    with torch.inference_mode():
        return torch.cat([surprise(net(part), part) for part in ids.split(batch)])
