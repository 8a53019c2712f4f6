"""Which came first? What the sequences hold, what each network can see, what is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from app.core.errors import CardError
from app.inputs.signs import (
    LENGTH,
    MARGIN,
    SIGN_A,
    SIGN_B,
    fillers,
    longest,
    one_hot,
    placed,
    sequences,
)
from app.nets.words import WordConv
from app.training import first as training
from app.training.first import LONG, WIDE_MARGIN, Budget, first, write
from app.training.first_nets import NARROW, PLANS, WIDE, field
from app.zoo.first import (
    FILE,
    WEIGHTS,
    First,
    Name,
    at_the_end,
    check_first,
    load_nets,
    read_first,
)

TINY = Budget(updates=2, batch=4, tests=6, seeds=2, distances={LENGTH: (1, 39), LONG: (100,)})


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("distance", [None, 1, 39])
def test_two_signs_among_fillers(distance: int | None) -> None:
    x, wanted = sequences(2000, LENGTH, seeded(), distance)
    symbols = x.argmax(2)
    a, b = ((symbols == sign).int() for sign in (SIGN_A, SIGN_B))
    assert a.sum(1).eq(1).all()
    assert b.sum(1).eq(1).all()
    at_a, at_b = a.argmax(1), b.argmax(1)
    assert torch.equal((at_b < at_a).long(), wanted)
    assert float(wanted.float().mean()) == pytest.approx(0.5, abs=0.04)
    apart = (at_a - at_b).abs()
    expected = set(range(1, longest() + 1)) if distance is None else {distance}
    assert set(apart.tolist()) == expected
    places = torch.cat([at_a, at_b])
    assert (int(places.min()), int(places.max())) == (MARGIN, LENGTH - 1 - MARGIN)


def test_long_sequences_keep_the_widest_field_off_their_ends() -> None:
    assert PLANS["dilated"].field == WIDE_MARGIN + 1
    assert longest(LONG, WIDE_MARGIN) > field(WIDE)
    x, _ = sequences(500, LONG, seeded(), margin=WIDE_MARGIN)
    places = (x.argmax(2) < 2).nonzero()[:, 1]
    assert (int(places.min()), int(places.max())) == (WIDE_MARGIN, LONG - 1 - WIDE_MARGIN)


def test_one_budget() -> None:
    sizes = {name: plan.parameters for name, plan in PLANS.items()}
    assert len(sizes) == 6
    for size in sizes.values():
        assert size == pytest.approx(sizes["lstm"], rel=0.05)


@pytest.mark.parametrize(("name", "stack"), [("pooled", NARROW), ("dilated", WIDE)])
def test_a_cell_sees_its_field_and_no_more(name: Name, stack: tuple[tuple[int, int], ...]) -> None:
    """Which inputs the last convolution's last cell hangs on, by its gradient."""
    torch.manual_seed(0)
    net = PLANS[name].net()
    x = torch.randn(1, 80, 8, requires_grad=True)
    out = x
    for module in net.children():
        out = module(out) if isinstance(module, WordConv) else out  # ReLU could hide an input
    out[0, -1].sum().backward()
    assert x.grad is not None
    seen = x.grad.abs().sum((0, 2)).nonzero().flatten()
    assert 80 - int(seen.min()) == len(seen) == field(stack) == PLANS[name].field


def test_a_dilated_convolution_is_torchs() -> None:
    torch.manual_seed(0)
    conv = WordConv(3, 4, 3, dilation=2)
    x = torch.randn(2, 9, 3)
    padded = nn.functional.pad(x.transpose(1, 2), (4, 0))
    wanted = nn.functional.conv1d(padded, conv.weight, conv.bias, dilation=2).transpose(1, 2)
    torch.testing.assert_close(conv(x), wanted)
    with torch.no_grad():
        by_hand = torch.stack([conv.weight[:, :, k] @ x[0, 4 + 2 * k] for k in range(3)]).sum(0)
        torch.testing.assert_close(conv(x)[0, 8] - conv.bias, by_hand)


def both_orders(early: int, late: int, length: int = LENGTH) -> tuple[Tensor, Tensor]:
    """Equal fillers, A first and B first."""
    same = torch.full((1, length), 2)
    places = torch.tensor([early]), torch.tensor([late])
    return one_hot(placed(same, *places)), one_hot(placed(same, *reversed(places)))


def test_beyond_its_field_a_pooled_network_cannot_know() -> None:
    """With equal fillers both orders give the very same answer; with flatten they do not."""
    torch.manual_seed(3)
    reach = PLANS["pooled"].field
    assert reach == MARGIN + 1
    nets = {name: PLANS[name].net() for name in PLANS}
    with torch.no_grad():
        for distance in (reach, 20, longest()):
            one, other = both_orders(MARGIN, MARGIN + distance)
            torch.testing.assert_close(nets["pooled"](one), nets["pooled"](other))
            for name in ("flatten", "dilated", "lstm"):
                assert not torch.equal(at_the_end(nets[name](one)), at_the_end(nets[name](other)))
        near = both_orders(30, 32)
        assert not torch.equal(nets["pooled"](near[0]), nets["pooled"](near[1]))


def test_the_same_seed_gives_the_same_weights() -> None:
    plan, budget = PLANS["flatten"], Budget(updates=3, batch=4)
    one, again = (training.trained(plan, budget, 0)[0].state_dict() for _ in range(2))
    assert all(torch.equal(one[name], again[name]) for name in one)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, First]:
    """A models folder with all six, hardly trained; and the folder of the runs."""
    models, runs = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("runs")
    (models / "_shared").mkdir()
    about, tensors = first(list(PLANS.values()), TINY, 5, runs, lambda line: None)
    return models, runs, write(models, about, tensors)


def test_what_is_written_is_read(made: tuple[Path, Path, First]) -> None:
    models, _, found = made
    assert read_first(models) == found
    check_first(models)
    assert [m.model for m in found.models] == list(PLANS)
    for one, net in zip(found.models, load_nets(models, found).values(), strict=True):
        lengths = {point.length for point in one.points}
        assert lengths == ({LENGTH} if one.model == "flatten" else {LENGTH, LONG})
        for point in one.points:
            assert len(point.seeds) == 2
            assert point.seeds[0] == round(point.accuracy.value, 4)
            again = training.right(net, point.length, point.distance, TINY, 5)
            assert again == point.accuracy.hits


def test_a_second_start_trains_nothing(
    made: tuple[Path, Path, First], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was trained already")

    monkeypatch.setattr(training, "trained", never)
    _, runs, found = made
    about, _ = first(list(PLANS.values()), TINY, 5, runs, lambda line: None)
    assert about.models == found.models
    with pytest.raises(AssertionError, match="trained already"):
        first([PLANS["rnn"]], Budget(updates=3), 5, runs, lambda line: None)


def test_other_weights_are_noticed(made: tuple[Path, Path, First], tmp_path: Path) -> None:
    models, _, found = made
    (tmp_path / "_shared").mkdir()
    (tmp_path / FILE).write_bytes((models / FILE).read_bytes())
    with pytest.raises(CardError, match="is not there"):
        check_first(tmp_path)
    (tmp_path / WEIGHTS).write_bytes((models / WEIGHTS).read_bytes() + b" ")
    with pytest.raises(CardError, match="has sha256"):
        check_first(tmp_path)
    narrow = found.models[0].model_copy(update={"layers": PLANS["flatten"].layers})
    with pytest.raises(CardError, match="weights of 'pooled'"):
        load_nets(models, found.model_copy(update={"models": [narrow]}))


def test_fillers_are_drawn_evenly() -> None:
    counts = torch.bincount(fillers(200, LENGTH, seeded()).flatten(), minlength=8)
    assert counts[:2].sum() == 0
    assert float(counts[2:].min()) > 0.9 * float(counts[2:].max())
