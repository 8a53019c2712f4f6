"""`translate-attention` and `translate-plain`: English sentences into French, with and without
attention; everything else of the two is the same.

    pairs of one source length --embedding, dropout--> encoder --> state handed over, states
      --> decoder, fed with the right French pieces --> [attention] --> logits over all pieces
      --> cross-entropy of each next piece, smoothed --> Adam, rate up, then down to 0

The pieces are learnt from the training pairs of both languages. The first `aside` English
sentences are not trained on: `python -m app.training.translate` says the loss on them after every
epoch. What is kept is the running mean of the weights.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.subwords import END, PAD, START, Subwords
from app.nets.translator import Translator
from app.training import pairs
from app.training.readers import descend, follow

Way = Literal["attention", "plain"]
Indexed = tuple[list[int], list[int]]
VOCABULARY = "eng-fra"
MOST_PIECES = 60  # of a sentence that is served; the longest of the training set has 37


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    way: Way = "attention"
    pieces: int = 3000
    embedding: int = 192
    hidden: int = 256
    epochs: int = 9
    batch: int = 128
    peak_lr: float = 2.5e-3
    warm_up: int = 400
    dropout: float = 0.15
    smoothing: float = 0.1
    clip: float = 1.0
    mean_decay: float = 0.999
    aside: int = 500
    seed: int = 0


def layers(recipe: Recipe) -> list[dict[str, Any]]:
    """The translator in the card's notation."""
    wide, hidden, attends = recipe.embedding, recipe.hidden, recipe.way == "attention"
    return [
        {
            "name": "embedding",
            "op": "embedding",
            "num_embeddings": recipe.pieces,
            "embedding_dim": wide,
        },
        {
            "name": "encoder",
            "op": "gru",
            "input_size": wide,
            "hidden_size": hidden // 2,
            "bidirectional": True,
        },
        {"name": "decoder", "op": "gru", "input_size": wide, "hidden_size": hidden},
        *([{"name": "attention", "op": "attention", "size": hidden}] if attends else []),
        {
            "name": "combine",
            "op": "linear",
            "in_features": hidden * (1 + attends),
            "out_features": wide,
        },
        {"name": "output", "op": "tied", "num_embeddings": recipe.pieces},
    ]


def rate(step: int, total: int, recipe: Recipe) -> float:
    """The rate at a step: up in a line, then down as a half cosine to 0."""
    if step < recipe.warm_up:
        return recipe.peak_lr * (step + 1) / recipe.warm_up
    done = (step - recipe.warm_up) / max(1, total - recipe.warm_up)
    return recipe.peak_lr * 0.5 * (1 + float(np.cos(np.pi * done)))


def batches(items: Sequence[Indexed], size: int, rng: np.random.Generator) -> list[list[Indexed]]:
    """All pairs once; those of a batch have equally long sources and targets of like length."""
    keys = [(len(s), len(t) + rng.uniform(0, 2)) for s, t in items]
    order = sorted(range(len(items)), key=lambda k: keys[k])
    groups: list[list[Indexed]] = []
    for k in order:
        if not groups or len(groups[-1]) == size or len(groups[-1][0][0]) != len(items[k][0]):
            groups.append([])
        groups[-1].append(items[k])
    return [groups[k] for k in rng.permutation(len(groups))]


def collate(group: Sequence[Indexed]) -> tuple[Tensor, Tensor, Tensor]:
    """-> source [N, S] with its end, target in [N, T] from the start mark, target out [N, T]."""
    source = torch.tensor([[*s, END] for s, _ in group])
    long = max(len(t) for _, t in group) + 1
    into = torch.tensor([[START, *t] + [PAD] * (long - 1 - len(t)) for _, t in group])
    out = torch.tensor([[*t, END] + [PAD] * (long - 1 - len(t)) for _, t in group])
    return source, into, out


def loss(net: Translator, recipe: Recipe, group: Sequence[Indexed], smoothing: float) -> Tensor:
    """Mean over pieces of -(1 - e) log p(right) - e mean log p(any); no padding counted.

    The mean over all pieces is taken before the matrix of all logits is made, which is most of the
    work: the table's own mean gives it.
    """
    p = recipe.dropout if net.training else 0.0
    source, into, out = collate(group)
    table, bias = net.embedding.weight, net.output.bias
    states, last = net.encoder(F.dropout(F.embedding(source, table), p, net.training))
    handed = last.transpose(0, 1).flatten(1)
    h, _ = net.decoder(F.dropout(F.embedding(into, table), p, net.training), handed[None])
    o = torch.tanh(net.combine(net.look(h, states)[0]))
    real = out != PAD
    o, right = o[real], out[real]
    normal = F.linear(o, table, bias).logsumexp(-1)
    hit = (o * table[right]).sum(-1) + bias[right]
    mean = o @ table.mean(0) + bias.mean()
    return (normal - (1 - smoothing) * hit - smoothing * mean).mean()


def fresh(recipe: Recipe) -> Translator:
    """A translator to be trained; the parts that both ways have begin alike."""
    torch.manual_seed(recipe.seed)
    net = Translator(layers(recipe))
    generator = torch.Generator().manual_seed(recipe.seed)
    with torch.no_grad():
        net.embedding.weight.normal_(0, 0.1, generator=generator)
        for cell in (net.encoder, net.decoder):
            for name, weight in cell.named_parameters():
                if weight.dim() == 1:
                    weight.zero_()
                elif "_hh_" in name:
                    for gate in weight.chunk(3):
                        nn.init.orthogonal_(gate, generator=generator)
                else:
                    nn.init.xavier_uniform_(weight, generator=generator)
        nn.init.xavier_uniform_(net.combine.weight, generator=generator)
        net.combine.bias.zero_()
    return net


@contextmanager
def quick() -> Iterator[None]:
    """Matrix products in bfloat16, sums in float32: twice as fast on processors that have it."""
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("medium")
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)


@quick()
def fit(
    items: Sequence[Indexed],
    recipe: Recipe,
    progress: Callable[[str], None] = print,
    kept: Callable[[Translator, int], str] | None = None,
) -> Translator:
    """Trains; gives the running mean of the weights. `kept` is called with it after each epoch."""
    net = fresh(recipe).train()
    mean = copy.deepcopy(net).eval()
    rng = np.random.default_rng(recipe.seed)
    optimiser = torch.optim.Adam(net.parameters(), betas=(0.9, 0.98), fused=True)
    per_epoch = len(batches(items, recipe.batch, np.random.default_rng(0)))
    total, step, started = recipe.epochs * per_epoch, 0, time.monotonic()
    for epoch in range(recipe.epochs):
        summed = 0.0
        for group in batches(items, recipe.batch, rng):
            optimiser.param_groups[0]["lr"] = rate(step, total, recipe)
            value = loss(net, recipe, group, recipe.smoothing)
            descend(net, optimiser, value, recipe.clip)
            step += 1
            follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
            summed += value.item()
            if step % 200 == 0:
                done = (time.monotonic() - started) / 60
                progress(f"  step {step}/{total}  loss {value.item():.3f}  {done:.1f} min")
        minutes = (time.monotonic() - started) / 60
        note = kept(mean, epoch) if kept else ""
        progress(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {summed / per_epoch:.4f}  "
            f"{minutes:.1f} min{note}"
        )
    return mean


def halves(
    data: Path, recipe: Recipe, progress: Callable[[str], None]
) -> tuple[Subwords, list[Indexed], list[Indexed]]:
    """The pieces, and the pairs that are trained on and set aside, as indices."""
    known = pairs.load(data, "train")
    subwords = pairs.learn([side for pair in known for side in pair], recipe.pieces)
    progress(f"{len(subwords)} pieces learnt from {len(known)} pairs")
    aside = set(list(pairs.grouped(known))[: recipe.aside])
    taught = [pair for pair in known if pair[0] not in aside]
    held = [pair for pair in known if pair[0] in aside]
    return subwords, pairs.indexed(taught, subwords), pairs.indexed(held, subwords)


def held_loss(net: Translator, recipe: Recipe, items: Sequence[Indexed]) -> float:
    """Nats a piece, not smoothed, on pairs that were not trained on."""
    groups = batches(items, recipe.batch, np.random.default_rng(0))
    with torch.inference_mode():
        found = [(loss(net, recipe, g, 0.0).item(), sum(len(t) + 1 for _, t in g)) for g in groups]
    return sum(value * n for value, n in found) / sum(n for _, n in found)


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> Translator:
    """Leaves the weights as float16 and the pieces in `out`, after each epoch anew."""
    out.mkdir(parents=True, exist_ok=True)
    subwords, taught, held = halves(data, recipe, progress)
    pairs.write_subwords(out / "subwords.json.gz", subwords)

    def keep(net: Translator, epoch: int) -> str:
        state = {k: v.half().contiguous() for k, v in net.state_dict().items()}
        save_file(state, out / "weights.safetensors")
        return f"  aside {held_loss(net, recipe, held):.4f} nats a piece"

    return fit(taught, recipe, progress, keep)


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Train one of the two translators.")
    parser.add_argument("way", choices=("attention", "plain"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    given = parser.parse_args()
    torch.set_num_threads(1)
    train(
        given.data,
        given.out,
        Recipe(way=given.way, epochs=given.epochs),
        lambda line: print(line, flush=True),
    )


if __name__ == "__main__":
    main()
