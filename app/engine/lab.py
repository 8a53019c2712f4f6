"""The lab of fresh cells: settings -> what is measured, a seed at a time.

    JSON --parse_lab--> Lab --for each seed: one short job in the pool--> runs --> Answer

One request is measured at a time and gives its thread back after every seed, so that a row of
them cannot keep a sentence waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from app.core.errors import BadOption, Overloaded
from app.engine.cache import Cache, short
from app.engine.fields import Fields, is_whole
from app.engine.pool import ClientGone, Gone, Pool
from app.engine.requests import Answer, Encoder
from app.insight import fresh
from app.insight.fresh import Lab

BODY = "The body"
MEMBERS = ("cell", "length", "hidden", "inputs", "init", "scale", "forget_bias", "clip", "seeds")
CHOICES = {
    "cell": tuple(fresh.KINDS),
    "inputs": ("normal", "zero"),
    "init": ("torch", "orthogonal"),
}
WHOLES = {
    "length": (fresh.SHORTEST, fresh.LONGEST),
    "hidden": (1, fresh.WIDEST),
    "seeds": (1, fresh.MOST_SEEDS),
}
NUMBERS = {"scale": (0.5, 1.5), "forget_bias": (0.0, 3.0), "clip": (0.001, 1000.0)}


def parse_lab(raw: object) -> Lab:
    """A JSON object -> settings; what is left out has its default, seeds as many as may be.

    Raises BadOption, naming what does not fit.
    """
    if not isinstance(raw, Mapping):
        raise BadOption('Send a JSON object such as {"cell": "lstm", "forget_bias": 1}.')
    fields = Fields(raw, BODY.lower(), MEMBERS)
    given = {name: value for name, value in raw.items() if value is not None}
    found: dict[str, Any] = {}
    for name in given:
        if name in CHOICES:
            found[name] = choice(fields.text(name), name)
        elif name in WHOLES:
            found[name] = whole(given[name], name)
        else:
            found[name] = number(fields.number(name), name)
    lab = Lab(**{"seeds": 1, **found})
    most = fresh.most_seeds(lab.length, lab.hidden)
    if lab.seeds > most:
        raise BadOption(
            f"{lab.hidden} units over {lab.length} steps leave time for {most} of {lab.seeds}"
            " seeds. Choose fewer seeds, fewer units or a shorter sequence."
        )
    return lab if "seeds" in found else Lab(**{**found, "seeds": most})


def choice(value: str, name: str) -> str:
    if value not in CHOICES[name]:
        raise BadOption(f"{name} is {value[:40]!r}; there is {', '.join(CHOICES[name])}.")
    return value


def whole(value: object, name: str) -> int:
    low, high = WHOLES[name]
    if not is_whole(value) or not low <= value <= high:
        raise BadOption(f"{name} must be a whole number from {low} to {high}.")
    return value


def number(value: float, name: str) -> float:
    low, high = NUMBERS[name]
    if not low <= value <= high:
        raise BadOption(f"{name} must be a number from {low:g} to {high:g}.")
    return value


class Laboratory:
    """Measures fresh cells, one request at a time. Used from one event loop only."""

    def __init__(self, pool: Pool, cache: Cache, seconds: float) -> None:
        self._pool, self._cache, self._seconds = pool, cache, seconds
        self._turn = asyncio.Semaphore(1)

    async def measure(self, lab: Lab, encode: Encoder, gone: Gone) -> bytes:
        """What was measured, kept for the next who asks: no visitor's data are in it."""
        key = (encode, short("lab", lab))
        kept = self._cache.get(key)
        if kept is None:
            kept = encode(answer(lab, await self._runs(lab, gone)))
            self._cache.put(key, kept)
        return kept

    async def _runs(self, lab: Lab, gone: Gone) -> list[fresh.Run]:
        """Every seed in turn. Raises Overloaded after the time-out, ClientGone between two."""
        left = asyncio.ensure_future(gone())
        found: list[fresh.Run] = []
        try:
            async with asyncio.timeout(self._seconds), self._turn:
                for seed in range(lab.seeds):
                    if left.done():
                        raise ClientGone
                    found.append(await self._pool.run(partial(fresh.run, lab, seed)))
        except TimeoutError as error:
            raise Overloaded("The lab is busy. Try again, or choose fewer seeds.") from error
        finally:
            left.cancel()
        return found


def answer(lab: Lab, runs: list[fresh.Run]) -> Answer:
    """The mean curve, its factor, the gate that keeps, and what clipping did to each seed."""
    ns, logs = fresh.points(lab.length), fresh.mean(runs)
    value, start, stop = fresh.factor(ns, logs, lab.length)
    kept = [run.kept for run in runs if run.kept is not None]
    settings = {name: getattr(lab, name) for name in MEMBERS}
    if lab.cell not in fresh.KEEPS:
        settings["forget_bias"] = None  # a tanh RNN has no gate to have it
    return Answer({
        "settings": {**settings, "input_size": fresh.INPUTS},
        "curve": [{"n": n, "log10": log} for n, log in zip(ns, logs, strict=True)],
        "factor": {"value": value, "from": start, "to": stop},
        "kept": sum(kept) / len(kept) if kept else None,
        "weights": [
            {
                "before": run.whole[0],
                "after": run.whole[1],
                "recurrent_before": run.recurrent[0],
                "recurrent_after": run.recurrent[1],
            }
            for run in runs
        ],
        "formula": FORMULA,
    })  # fmt: skip


FORMULA = (
    "curve: mean over seeds of log10 ‖∂s_T/∂s_(T−n)‖₂, the largest singular value; s = h, of an"
    " LSTM (h, c); factor: 10^slope between n = from and to; weights: ‖∂loss/∂W‖₂ of all the cell's"
    " weights and of W_hh, loss = cross-entropy of a fresh two-class head on h_T"
)
