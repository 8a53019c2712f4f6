"""The adding and copy problems: what their sequences hold, where chance lies, what is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.core.errors import CardError
from app.training.remember import (
    ADDING,
    COPY,
    KEPT,
    SYMBOLS,
    TRAININGS,
    adding,
    copying,
    measured,
    remember,
)
from app.zoo import Zoo
from app.zoo.remember import FILE, Remembered, read_remembered
from app.zoo.store import models_folder


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_two_numbers_are_marked_one_in_each_half() -> None:
    x, wanted = adding(500, 20, seeded())
    marks = x[:, :, 1]
    assert marks[:, :10].sum(1).eq(1).all()
    assert marks[:, 10:].sum(1).eq(1).all()
    assert torch.equal((x[:, :, 0] * marks).sum(1), wanted)
    places = torch.arange(20.0)
    back = 19 - (marks * places).sum(1) / 2
    assert float(back.mean()) == pytest.approx(9.5, abs=0.5)
    first = 19 - (marks[:, :10] * places[:10]).sum(1)
    assert float(first.mean()) == pytest.approx(ADDING.distance(20), abs=1)


def test_the_chance_lines() -> None:
    """Always answering the mean, and guessing the symbols with all else known."""
    _, wanted = adding(20_000, 10, seeded())
    out = torch.ones(20_000, 10, 1)
    assert float(ADDING.loss(out, wanted)) == pytest.approx(ADDING.chance(10), rel=0.03)
    right = float(ADDING.right(out, wanted).float().mean())
    assert right == pytest.approx(ADDING.recall_chance, abs=0.01)
    _, symbols = copying(300, 5, seeded())
    logits = torch.full((300, 25, SYMBOLS + 1), -50.0)
    logits[:, :-KEPT, SYMBOLS] = 50
    logits[:, -KEPT:, :SYMBOLS] = 0
    assert float(COPY.loss(logits, symbols)) == pytest.approx(COPY.chance(5), rel=1e-4)


def test_the_symbols_come_back_after_the_sign() -> None:
    x, wanted = copying(4, 7, seeded())
    seen = x.argmax(2)
    assert seen.shape == wanted.shape == (4, 27)
    assert torch.equal(seen[:, :KEPT], wanted[:, -KEPT:])
    assert seen[:, KEPT + 6].eq(SYMBOLS + 1).all()  # the last of the seven, then ten blanks
    assert seen[:, -KEPT:].eq(SYMBOLS).all()
    assert wanted[:, :-KEPT].eq(SYMBOLS).all()


def test_a_run_gives_what_the_page_draws() -> None:
    tiny = [replace(task, lengths=(4,), updates=2, batch=4, tests=5) for task in (ADDING, COPY)]
    found = remember(tiny, 0, lambda line: None)
    assert Remembered.model_validate_json(found.model_dump_json()) == found
    assert [len(task.cells) for task in found.tasks] == [3, 3]
    for task, made in zip(found.tasks, tiny, strict=True):
        drawn = task.cells[0].points[0]
        again = [measured(made, task.cells[0].cell, 4, seed=seed) for seed in range(TRAININGS)]
        assert [run.loss for run in again] == drawn.losses
        assert [run.recall for run in again] == drawn.recalls
        assert drawn.recall == sorted(drawn.recalls)[TRAININGS // 2]


def test_the_shipped_figures_tell_the_cells_apart() -> None:
    """Equal budgets; the gated cells keep what they were given for longer than the tanh RNN."""
    found = read_remembered(models_folder())
    assert found is not None
    for task, made in zip(found.tasks, (ADDING, COPY), strict=True):
        sizes = [cell.parameters for cell in task.cells]
        assert max(sizes) <= 1.05 * min(sizes)
        assert [tuple(p.length for p in c.points) for c in task.cells] == [made.lengths] * 3
        for point in (p for cell in task.cells for p in cell.points):
            assert point.chance == pytest.approx(made.chance(point.length), abs=1e-6)
    adding = {cell.cell: [p.recall for p in cell.points] for cell in found.tasks[0].cells}
    assert sum(adding["lstm"]) > sum(adding["rnn"])
    assert sum(adding["gru"]) > sum(adding["rnn"])


def test_a_file_that_does_not_fit_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text('{"command": "none"}')
    with pytest.raises(CardError, match="does not validate"):
        Zoo(tmp_path, 1).check()
