"""Boards, the cells that answer for a box, what is not labelled, and average precision."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from app.insight.boxes import overlaps
from app.training import boards, boards_drawn, detect, detect_figures, precision
from app.training.detect import Shares, Truth, targets
from app.training.publish import read_words


def digits() -> np.ndarray:
    """Strokes in 28 x 28: one upright bar a picture."""
    made = np.zeros((3, 28, 28), np.uint8)
    for k in range(3):
        made[k, 4:24, 8 + k : 18] = 255
    return made


LABELS = np.array([1, 4, 7])


def test_a_seed_makes_the_same_boards() -> None:
    first, again = (boards.held_out(digits(), LABELS, 3) for _ in "ab")
    for a, b in zip(first, again, strict=True):
        assert np.array_equal(a.picture, b.picture)
        assert np.array_equal(a.boxes, b.boxes)


def test_boxes_hold_ink_and_hardly_overlap() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        board = boards.compose(digits(), LABELS, rng)
        assert 1 <= len(board.labels) <= boards.MOST
        assert set(board.labels.tolist()) <= set(LABELS.tolist())
        assert board.boxes.min() >= 0
        assert board.boxes.max() <= boards.SIZE
        shared = overlaps(*[torch.from_numpy(board.boxes)] * 2).fill_diagonal_(0)
        assert float(shared.max()) <= boards.TOUCH
        for x0, y0, x1, y1 in board.boxes.astype(int):
            assert board.picture[y0:y1, x0:x1].max() > 150


def test_the_cells_in_the_middle_of_a_box_answer_for_it() -> None:
    truth = Truth(torch.tensor([[0.0, 0, 32, 32], [8, 8, 16, 16]]), torch.tensor([3, 5]))
    found = targets([Truth(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64)), truth],
                    4, 4, 8.0, 0.5)  # fmt: skip
    assert set(found.picture.tolist()) == {1}
    cells = dict(zip(zip(found.row.tolist(), found.column.tolist(), strict=True),
                     found.labels.tolist(), strict=True))  # fmt: skip
    assert cells[1, 1] == 5  # the smaller of the two
    assert cells[2, 2] == 3
    assert (0, 0) not in cells
    assert detect.targets([], 4, 4, 8.0, 0.5).labels.shape == (0,)


def test_what_is_not_labelled_is_neither_right_nor_wrong() -> None:
    maps = torch.zeros(1, 5 + 2, 2, 2)
    maps[:, 0], maps[:, 6] = 3.0, 9.0  # sure of something of the second class everywhere
    maps.requires_grad_()
    none = targets([Truth(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64))], 2, 2, 8.0, 0.5)
    both = detect.loss(maps, none, torch.tensor([[True, True]]), 8.0, Shares())
    first = detect.loss(maps, none, torch.tensor([[True, False]]), 8.0, Shares())
    assert float(both.detach()) > 2
    assert float(first.detach()) < 0.01
    both.backward()
    assert maps.grad is not None
    assert float(maps.grad[0, 0].min()) > 0


def test_the_loss_falls_towards_the_truth() -> None:
    truth = Truth(torch.tensor([[2.0, 2, 14, 14]]), torch.tensor([1]))
    wanted = targets([truth], 2, 2, 8.0, 0.9)
    good = torch.full((1, 7, 2, 2), -9.0)
    good[0, 0], good[0, 6] = 9.0, 9.0
    for row in range(2):
        for column in range(2):
            x, y = 8 * column + 4, 8 * row + 4
            good[0, 1:5, row, column] = torch.tensor([x - 2, y - 2, 14 - x, 14 - y]).div(8).log()
    labelled = torch.ones(1, 2, dtype=torch.bool)
    best = float(detect.loss(good, wanted, labelled, 8.0, Shares()))
    worse = float(detect.loss(torch.zeros(1, 7, 2, 2), wanted, labelled, 8.0, Shares()))
    assert best < 0.02 < worse


def test_average_precision_by_hand() -> None:
    # Right, wrong, right of three: precision 1 at recall 1/3, 2/3 at 2/3, the third is missed.
    right = torch.tensor([True, False, True])
    assert precision.average_precision(right, 3) == pytest.approx((1 + 2 / 3) / 3)
    # A later, better precision counts for the recall before it (all-point interpolation).
    right = torch.tensor([False, True, True])
    assert precision.average_precision(right, 2) == pytest.approx(2 / 3)
    assert precision.average_precision(torch.zeros(0, dtype=torch.bool), 2) == 0
    assert precision.average_precision(torch.tensor([True]), 0) == 0


def test_a_thing_counts_for_one_box_alone() -> None:
    there = torch.tensor([[0.0, 0, 10, 10]])
    boxes = torch.tensor([[0.0, 0, 10, 9], [0, 0, 10, 10], [0, 6, 10, 16]])
    assert precision.hits(boxes, there).tolist() == [True, False, False]


def test_ap_of_two_pictures_is_ranked_over_both() -> None:
    box = torch.tensor([[0.0, 0, 8, 8]])
    truths = [Truth(box, torch.tensor([2])), Truth(box, torch.tensor([1]))]
    found = [precision.Boxes(box, torch.tensor([2]), torch.tensor([0.6])),
             precision.Boxes(box, torch.tensor([2]), torch.tensor([0.9]))]  # fmt: skip
    assert precision.ap50(found, truths, 2) == pytest.approx(0.5)
    assert precision.ap50(found, truths, 1) == 0


def test_patches_of_ink_are_found_and_named() -> None:
    picture = np.zeros((112, 112), np.uint8)
    picture[10:40, 20:26] = 255  # an upright bar: a one
    picture[80:82, 80:82] = 255  # a speck
    board = boards.Board(picture, np.zeros((0, 4), np.float32), np.zeros(0, np.int64))
    (found,) = detect_figures.patches([board])
    assert found.boxes.tolist() == [[20, 10, 26, 40]]
    assert found.labels.tolist() == [1]


def test_figures_are_taken_at_the_overlap_that_the_card_has() -> None:
    for model, overlap in detect_figures.OVERLAP.items():
        assert read_words(model)["detection"]["overlap"] == overlap


def test_every_drawn_board_names_written_digits() -> None:
    for written in boards_drawn.BOARDS.values():
        assert boards_drawn.write(written[:1]).size == (boards_drawn.SIDE, boards_drawn.SIDE)
