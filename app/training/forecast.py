"""`forecast-gru`: one GRU for all series with a season, whatever its length.

    windows (app/inputs/window.py) of the training parts and of invented series, one season a batch
      --GRU--> h at every step --one linear layer--> [N, T, 3] --quantiles--> lower, median, upper
      --> at the steps ahead: pinball loss of the three, in z

Batches take a series by its share in MIX. A window is altered at random: upside down, another
trend, mixed with a second of the same season, a little noise; a random number of seasons is read.
The loss of each series is divided by how far it moves in a season, so that quiet series count.
Tuned by app.training.forecast_tuning on the validation parts; nothing here reads a test part.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from app.inputs.naive import grown_season, last_season, last_value
from app.inputs.spec import SeriesSpec
from app.inputs.window import FEATURES, Window, cut, in_units
from app.nets.recurrent import RecurrentReader
from app.training.histories import History, load
from app.training.readers import descend, follow, rate, start

Values = NDArray[np.float64]
MODEL = "forecast-gru"
SPEC = SeriesSpec(seasons=4, horizon=24)
MIX = {
    "airline": 0.3, "sunspots": 0.7, "sunspots-monthly": 0.7, "co2": 0.7,
    "oil": 2.0, "pm25": 3.0, "nights": 0.5, "invented": 5.0,
}  # fmt: skip
INVENTED = (4, 6, 7, 10, 12, 12, 24, 52)


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    hidden: int = 48
    steps: int = 8000
    batch: int = 32
    peak_lr: float = 4e-3
    weight_decay: float = 0.01
    dropout: float = 0.1
    upside_down: float = 0.2
    trend: float = 0.3
    mixed: float = 0.3
    noise: float = 0.02
    clip: float = 1.0
    mean_decay: float = 0.998
    seed: int = 0


def layers(recipe: Recipe, dropout: bool = False) -> list[dict[str, Any]]:
    """The served chain in the card's notation; with `dropout` the one that is trained."""
    hidden = recipe.hidden
    return [
        {"name": "gru", "op": "gru", "input_size": FEATURES, "hidden_size": hidden},
        *([{"name": "dropout", "op": "dropout", "p": recipe.dropout}] if dropout else []),
        {"name": "linear", "op": "linear", "in_features": hidden, "out_features": 3},
        {"name": "quantiles", "op": "quantiles"},
    ]


@dataclass(frozen=True)
class Batch:
    """Windows of one season: inputs [N, R + H, 3]; anchor and what came [N, H], in z; `weight` of
    their series."""

    inputs: Tensor
    anchor: Tensor
    came: Tensor
    weight: float


class Pool:
    """The training windows of one series."""

    def __init__(self, history: History, end: int, recipe: Recipe) -> None:
        self.history, self.recipe = history, recipe
        known = replace(history, ends=(end, end, end))
        self.origins = known.origins(0, SPEC.seasons, SPEC.horizon)
        u = np.log(history.values) if history.logs else history.values
        self.u = u[:end]
        moved = np.abs(u[history.season : end] - u[: end - history.season])
        self.moved = float(np.nanmean(moved))

    def batch(self, rng: np.random.Generator) -> Batch:
        """Random windows, altered, all reading as many seasons."""
        m, one = self.history.season, self.recipe
        ahead = min(m, SPEC.horizon)
        fits = list(rng.choice(self.origins, one.batch * 2))
        k = int(rng.integers(2, SPEC.seasons + 1))
        fits = [n for n in fits if n >= (k + 1) * m][: one.batch]
        if len(fits) < one.batch // 2:
            k, fits = 2, list(rng.choice(self.origins, one.batch))
        rows = np.stack([self.u[n - (k + 1) * m : n + ahead] for n in fits])
        spread = rows[:, : (k + 1) * m].std(axis=1, keepdims=True).clip(1e-9)
        weight = float(np.median(spread)) / self.moved
        rows = (rows - rows.mean(axis=1, keepdims=True)) / spread
        return altered(rows, m, ahead, weight, one, rng)


def invented(recipe: Recipe, rng: np.random.Generator) -> Batch:
    """Series that nobody measured: a season of random shape, a trend that bends, a slow wander,
    noise; their amounts differ from one to the next.
    """
    m = int(rng.choice(INVENTED))
    ahead, k, n = min(m, SPEC.horizon), int(rng.integers(2, SPEC.seasons + 1)), recipe.batch
    length = (k + 1) * m + ahead
    t = np.arange(length)
    season = np.zeros((n, length))
    for harmonic in range(1, min(4, m // 2) + 1):
        size = rng.normal(size=(n, 1)) / harmonic
        season += size * np.sin(2 * np.pi * (harmonic * t / m + rng.random((n, 1))))
    season *= 1 + 0.3 * rng.normal(size=(n, 1)) * t / length
    line = rng.normal(size=(n, 1)) * t / m * 0.7 + 0.2 * rng.normal(size=(n, 1)) * (t / m) ** 2 / k
    back = rng.choice([0.5, 0.8, 0.95, 1.0], size=(n, 1))
    kicks, wander = rng.normal(size=(n, length)), np.zeros((n, length))
    for i in range(1, length):
        wander[:, i] = back[:, 0] * wander[:, i - 1] + kicks[:, i]

    def amount(low: float, high: float) -> Values:
        return np.exp(rng.uniform(np.log(low), np.log(high), size=(n, 1)))

    wander *= amount(0.01, 0.5)
    rows = season * amount(0.1, 1.5) + line * amount(0.02, 1) + wander
    rows += rng.normal(size=(n, length)) * amount(0.02, 0.5)
    moved = float(np.abs(rows[:, m:] - rows[:, :-m]).mean() / rows.std(axis=1).mean())
    rows /= rows.std(axis=1, keepdims=True)
    return altered(rows, m, ahead, 1 / max(moved, 0.1), recipe, rng)


def altered(
    rows: Values, m: int, ahead: int, weight: float, recipe: Recipe, rng: np.random.Generator
) -> Batch:
    """Stretches [N, L] of season m, the last `ahead` values to be foretold -> a batch."""
    n, length = rows.shape
    mixed = rng.random((n, 1)) < recipe.mixed
    share = np.where(mixed, rng.random((n, 1)), 1.0)
    rows = share * rows + (1 - share) * rows[rng.permutation(n)]
    slope = np.where(rng.random((n, 1)) < recipe.trend, rng.normal(size=(n, 1)), 0.0)
    rows = rows + slope * np.linspace(-1, 1, length)
    rows = rows * np.where(rng.random((n, 1)) < recipe.upside_down, -1.0, 1.0)
    known = rows[:, : length - ahead]
    known = known + recipe.noise * rng.normal(size=known.shape) * known.std(axis=1, keepdims=True)
    level = known[:, -m:].mean(axis=1, keepdims=True)
    scale = known[:, m:].std(axis=1, keepdims=True).clip(1e-6)
    z, came = (known - level) / scale, (rows[:, length - ahead :] - level) / scale
    steps = known.shape[1] - m
    inputs = np.zeros((n, steps + ahead, FEATURES))
    inputs[:, :steps, 0], inputs[:, :steps, 2] = z[:, m:], 1.0
    inputs[:, :, 1] = z[:, : steps + ahead]
    trend = z[:, -m:].mean(axis=1) - z[:, -2 * m : -m].mean(axis=1)
    anchor = inputs[:, steps:, 1] + trend[:, None]
    seen, base, truth = (torch.from_numpy(v).float() for v in (inputs, anchor, came))
    return Batch(seen, base, truth, weight)


def pinball(said: Tensor, anchor: Tensor, came: Tensor) -> Tensor:
    """Said [N, H, 3] -> the loss of the three quantiles, summed (Koenker and Bassett 1978)."""
    q = said.new_tensor(SPEC.quantiles)
    miss = (came - anchor)[..., None] - said
    return torch.maximum(q * miss, (q - 1) * miss).sum(-1).mean()


def fit(
    histories: Sequence[History],
    ends: Sequence[int],
    recipe: Recipe,
    progress: Callable[[str], None] = print,
    check: Callable[[nn.Module], str] | None = None,
) -> RecurrentReader:
    """Trains a fresh net on what lies before `ends`; gives the running mean of its weights."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    pools = {h.name: Pool(h, end, recipe) for h, end in zip(histories, ends, strict=True)}
    names = [*pools, "invented"]
    shares = np.array([MIX[name] for name in names])
    shares /= shares.sum()
    net = RecurrentReader(layers(recipe, dropout=True))
    start(cast(nn.RNNBase, net.get_submodule("gru")))
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    started, summed = time.monotonic(), 0.0
    for step in range(recipe.steps):
        for settings in optimiser.param_groups:
            settings["lr"] = rate(step, recipe.steps, recipe.peak_lr)
        name = str(rng.choice(names, p=shares))
        batch = pools[name].batch(rng) if name in pools else invented(recipe, rng)
        said = net(batch.inputs)[:, -batch.anchor.shape[1] :]
        value = pinball(said, batch.anchor, batch.came) * batch.weight
        descend(net, optimiser, value, recipe.clip)
        follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
        summed += value.item()
        if (step + 1) % 500 == 0 or step + 1 == recipe.steps:
            minutes = (time.monotonic() - started) / 60
            note = check(mean) if check else ""
            mean_loss = summed / (step % 500 + 1)
            done = f"step {step + 1}/{recipe.steps}"
            progress(f"{done}  loss {mean_loss:.4f}  {minutes:.1f} min{note}")
            summed = 0.0
    return mean


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> RecurrentReader:
    """The shipped model: the training part of every series; leaves the weights in `out`."""
    histories = load(data)
    net = fit(histories, [one.ends[0] for one in histories], recipe, progress)
    out.mkdir(parents=True, exist_ok=True)
    state = {k: v.contiguous() for k, v in net.state_dict().items()}
    save_file(state, out / "weights.safetensors")
    return net


@torch.inference_mode()
def said(net: nn.Module, windows: Sequence[Window], batch: int = 256) -> list[Values]:
    """What the network says over the steps ahead of each window, [H, 3] each."""
    places: dict[int, Values] = {}
    for shape in {w.inputs.shape for w in windows}:
        alike = [i for i, w in enumerate(windows) if w.inputs.shape == shape]
        for first in range(0, len(alike), batch):
            part = alike[first : first + batch]
            x = torch.from_numpy(np.stack([windows[i].inputs for i in part])).float()
            rows = net(x)[:, windows[part[0]].steps :].double().numpy()
            places.update(zip(part, rows, strict=True))
    return [places[i] for i in range(len(windows))]


def errors(net: nn.Module, history: History, origins: Sequence[int], spec: SeriesSpec) -> Values:
    """[N, 5]: mean absolute error of the median and of the three naive forecasts of each origin,
    and the share of its values within the interval.
    """
    x, m = history.values, history.season
    windows = [cut(x, n, m, spec.seasons, spec.horizon, history.logs) for n in origins]
    rows = []
    for window, numbers in zip(windows, said(net, windows), strict=True):
        n, ahead = window.origin, window.ahead
        came, known = x[n : n + ahead], x[:n]
        low, middle, high = in_units(window, numbers).T
        plain = (f(known, m, ahead) for f in (last_season, grown_season))
        guesses = (middle, last_value(known, ahead), *plain)
        inside = ((low <= came) & (came <= high)).mean()
        rows.append([*(float(np.abs(g - came).mean()) for g in guesses), float(inside)])
    return np.array(rows)
