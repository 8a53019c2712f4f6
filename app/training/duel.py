"""Five readers of sentences with one budget: what they get right, how long they take.

    teacher, texts of the sentiment readers --> bag of words, trained here --+
    models/sentiment-{cnn,rnn,gru,lstm}, as they are shipped ----------------+
      --> held-out accuracy, microseconds a sentence, weights, steps that wait
      --> models/_shared/duel.json

All five stand on the same frozen word table and learned from the same texts with the same teacher.
Each sentence is read alone, on one thread, by one reader after another, so that a slow moment of
the machine meets all of them. Teacher and bag are kept in --runs when they are done: a second start
goes on from there.
`python -m app.training.duel --data DIR` takes about 45 minutes on one core: the teacher 30, the bag
of words 12, the measurement 1, which wants a machine that does nothing else: give the command again
later to time alone. SST dev and product_opinions test are read once, at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from app.nets.branched import BranchedNet
from app.nets.layers import RECURRENT
from app.training import bag, sentiment, sentiment_figures, teacher
from app.training.duel_words import ABOUT, MODELS, NOTE, READERS, TITLES
from app.training.evaluation import Held
from app.training.readers import Item
from app.training.tally import rate
from app.training.teacher import Teacher
from app.zoo import Zoo, weights
from app.zoo.duel import FILE, Duel, Duellist, DuelSplit, Microseconds, Serial
from app.zoo.machine import machine
from app.zoo.measured import Rate, overlap
from app.zoo.store import models_folder

REPEATS = 3
SPLITS = ("sst dev", "product_opinions test")  # the sentences of the first are timed
WARM = 30  # sentences read before any is timed
Progress = Callable[[str], None]


def taught(data: Path, runs: Path, progress: Progress) -> tuple[sentiment.Pool, Teacher]:
    """The texts and their teacher: out of `runs`, or trained now and put there."""
    path = runs / "teacher.safetensors"
    if not path.is_file():
        texts, master = sentiment.teach(data, progress)
        save_file({k: v.contiguous() for k, v in master.state_dict().items()}, path)
        return texts, master
    words, table = sentiment.glove(data)
    master = Teacher(table.float(), teacher.RECIPE)
    master.load_state_dict(load_file(path))
    return sentiment.pool(data, sentiment.Encoder(words), tune=True), master.eval()


def bag_of_words(
    data: Path, runs: Path, table: Tensor, seed: int, progress: Progress
) -> tuple[nn.Module, str]:
    """The bag of words and the sha256 of its weights: out of `runs`, or trained now and put
    there.
    """
    path, recipe = runs / f"bag-{seed}.safetensors", replace(bag.RECIPE, seed=seed)
    if not path.is_file():
        texts, master = taught(data, runs, progress)
        trained = sentiment.pupil(texts, master, recipe, progress, table, bag.BagReader)
        save_file({k: v.contiguous() for k, v in trained.state_dict().items()}, path)
    net = bag.Bag(table, recipe)
    net.load_state_dict({**load_file(path), "embedding.weight": table})
    return net.requires_grad_(False).eval(), hashlib.sha256(path.read_bytes()).hexdigest()


def parameters(net: nn.Module) -> int:
    """Weights without the word table."""
    tables = {id(m.weight) for m in net.modules() if isinstance(m, nn.Embedding)}
    return sum(p.numel() for p in net.parameters() if id(p) not in tables)


def serial(net: nn.Module, mean: float) -> Serial:
    """Steps that wait, at `mean` words: of a reader one a word and level, of other nets the layers
    with weights on the longest chain (as static/js/math/waiting.js counts them).
    """
    levels = sum(m.num_layers for m in net.children() if isinstance(m, RECURRENT))
    fixed = 0 if levels else depth(net)
    return Serial(fixed=fixed, per_word=levels, mean=round(fixed + levels * mean, 2))


def depth(net: nn.Module) -> int:
    """Convolutions and linear layers on the longest chain."""
    if not isinstance(net, BranchedNet):
        return sum(isinstance(m, (nn.Conv1d, nn.Linear)) for m in net.modules())
    deep, before = {"input": 0}, "input"
    for name, module in net.named_children():
        above = max(deep[other] for other in net.reads[name] or (before,))
        deep[name] = above + isinstance(module, (nn.Conv1d, nn.Linear))
        before = name
    return max(deep.values())


@torch.inference_mode()
def timed(nets: Mapping[str, nn.Module], items: Sequence[Item]) -> dict[str, Microseconds]:
    """Every net reads every sentence alone, `REPEATS` times in turn with the others."""
    texts = [torch.from_numpy(item.ids)[None] for item in items]
    for ids in texts[:WARM]:
        for net in nets.values():
            net(ids)
    best = {name: [float("inf")] * len(texts) for name in nets}
    for _ in range(REPEATS):
        for at, ids in enumerate(texts):
            for name, net in nets.items():
                started = time.perf_counter_ns()
                net(ids)
                took = (time.perf_counter_ns() - started) / 1000
                best[name][at] = min(best[name][at], took)
    return {name: spread(values) for name, values in best.items()}


def spread(values: Sequence[float]) -> Microseconds:
    """Median and the tenths at either end."""
    tenths = statistics.quantiles(values, n=10)
    middle = statistics.median(values)
    return Microseconds(
        median=round(middle, 1),
        low=round(tenths[0], 1),
        high=round(tenths[-1], 1),
        n=len(values),
        repeats=REPEATS,
    )


def right(net: nn.Module, items: Sequence[Item]) -> Rate:
    """Accuracy at the end of each text."""
    whole = isinstance(net, bag.Bag)
    read = sentiment_figures.whole_logits if whole else sentiment_figures.reader_logits
    labels = torch.tensor([int(item.shares[-1] > 0.5) for item in items])
    held = Held("", read(net, items), labels)
    return rate(int((held.logits.argmax(1) == held.labels).sum()), len(items))


def against(found: Mapping[str, Rate], split: str) -> dict[str, DuelSplit]:
    """Every reader beside the best of the split."""
    best = max(found, key=lambda reader: found[reader].value)
    return {
        reader: DuelSplit(
            split=split, accuracy=one, best=reader == best, tie=overlap(one, found[best])
        )
        for reader, one in found.items()
    }


def duel(
    nets: Mapping[str, nn.Module],
    shas: Mapping[str, str],
    texts: Mapping[str, Sequence[Item]],
    progress: Progress,
) -> tuple[list[Duellist], float]:
    """Every reader's figures, and the mean words of the first split, which is timed."""
    splits: dict[str, dict[str, DuelSplit]] = {}
    for split, items in texts.items():
        splits[split] = against({name: right(net, items) for name, net in nets.items()}, split)
        progress(f"{split}  {[(n, s.accuracy.value) for n, s in splits[split].items()]}")
    timing = next(iter(texts.values()))
    mean, times = statistics.fmean(len(item.ids) for item in timing), timed(nets, timing)
    progress(f"microseconds  {[(name, one.median) for name, one in times.items()]}")
    found = [
        Duellist(
            reader=name,
            model=MODELS.get(name),
            title=TITLES[name],
            about=ABOUT[name],
            weights=shas[name],
            parameters=parameters(nets[name]),
            splits=[of[name] for of in splits.values()],
            microseconds=times[name],
            serial=serial(nets[name], mean),
        )
        for name in READERS
    ]
    return found, mean


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Five readers of sentences, one budget.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data packs")
    parser.add_argument("--out", type=Path, default=models_folder() / FILE)
    parser.add_argument("--runs", type=Path, default=Path("runs/duel"), help="what is trained")
    parser.add_argument("--seed", type=int, default=bag.RECIPE.seed)
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.runs.mkdir(parents=True, exist_ok=True)
    progress, started = partial(print, flush=True), time.monotonic()
    progress("About 45 minutes on one core.")
    models = models_folder()
    zoo, table = Zoo(models, 10**9), weights.load_table(models, sentiment.TABLE)
    words, sha = bag_of_words(given.data, given.runs, table, given.seed, progress)
    nets = {"bag": words} | {reader: zoo.model(model).net for reader, model in MODELS.items()}
    shas = {"bag": sha}
    shas |= {reader: zoo.card(model).weights.sha256 for reader, model in MODELS.items()}
    vocabulary = weights.load_words(models, sentiment.TABLE).words
    held = sentiment_figures.held_items(given.data, vocabulary)
    found, mean = duel(nets, shas, {split: held[split] for split in SPLITS}, progress)
    answer = Duel(
        command=f"python -m app.training.duel --data DIR --seed {given.seed}",
        seed=given.seed,
        seconds=round(time.monotonic() - started, 1),
        machine=machine(),
        words=round(mean, 2),
        note=NOTE,
        readers=found,
    )
    given.out.write_text(answer.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
