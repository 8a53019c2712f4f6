"""Tuning the forecaster: trained before the validation parts, measured on them.

`python -m app.training.forecast_tuning --data DIR`; for the airline, which has no validation part,
on the last tenth of its training part, at least two seasons. Test parts are not read.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from app.inputs.window import least
from app.training.forecast import SPEC, Recipe, errors, fit
from app.training.histories import History, load

Part = tuple[History, list[int]]


def tuning(histories: Sequence[History]) -> tuple[list[int], list[Part]]:
    """Where training ends while tuning, and the origins of each series to check on."""
    ends, held = [], []
    for one in histories:
        end, until = one.ends[:2]
        if end == until:  # the airline has no validation part
            end -= max(2 * one.season, (end - least(one.season)) // 10)
        part = replace(one, ends=(end, until, one.ends[2]))
        every = max(1, until // 2000)
        ends.append(end)
        held.append((one, part.origins(1, SPEC.seasons, SPEC.horizon)[::every]))
    return ends, held


def checked(net: nn.Module, held: Sequence[Part]) -> str:
    """One line a series: errors and the share within the interval."""
    lines = []
    for one, origins in held:
        own, last, season, grown, inside = errors(net, one, origins, SPEC).mean(axis=0)
        lines.append(
            f"\n  {one.name:18} n={len(origins):4}  network {own:8.3f}  last value {last:8.3f}"
            f"  season {season:8.3f}  season × growth {grown:8.3f}  inside {inside:.3f}"
        )
    return "".join(lines)


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Tune before the test parts.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    parser.add_argument("--hidden", type=int, default=Recipe.hidden)
    given = parser.parse_args()
    torch.set_num_threads(1)
    histories = load(given.data)
    ends, held = tuning(histories)
    recipe = Recipe(steps=given.steps, hidden=given.hidden)
    fit(histories, ends, recipe, print, lambda net: checked(net, held))


if __name__ == "__main__":
    main()
