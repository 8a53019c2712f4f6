"""What is stored about the held-out splits: of the shipped weights, whole, and measured again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import torch
from PIL import Image

from app.training.study.channels import largest, layer
from app.training.study.edges import edges
from app.training.study.figures import rounded
from app.training.study.held import Held, read_held
from app.training.study.shift import shift
from app.training.study.trust import answers, trust
from app.zoo import Card, Zoo
from app.zoo.store import models_folder
from app.zoo.studies import FILE, Look, Studies, look_path, read_studies

STUDIED = sorted(path.parent.name for path in models_folder().glob(f"*/{FILE}"))
PICTURES = {"photos": 2_500_000, "digits-cnn": 600_000}  # bytes of all atlases, at most
FIGURES = 250_000  # bytes of studies.json, at most


@cache
def zoo() -> Zoo:
    return Zoo(models_folder(), memory_bytes=500_000_000)


def stored(model: str) -> tuple[Card, Studies]:
    found = read_studies(models_folder() / model)
    assert found is not None
    return zoo().card(model), found


@cache
def held(model: str, data: Path) -> Held:
    return read_held(zoo().model(model), data)


def test_both_networks_that_read_pictures_are_studied() -> None:
    assert {"photos", "digits-cnn"} <= set(STUDIED)
    for model in ("photos", "digits-cnn"):
        _, found = stored(model)
        parts = {"trust", "channels", "looks", "edges", "shift", "moments"}
        assert parts <= set(found.model_fields_set_in_order())


@pytest.mark.parametrize("model", STUDIED)
def test_the_figures_are_of_the_shipped_weights(model: str) -> None:
    """After weights were published, run the command that the file names."""
    card, found = stored(model)
    assert found.weights == card.weights.sha256, found.command
    assert found.command == f"python -m app.training.study {model} --data DIR"
    assert (models_folder() / model / FILE).stat().st_size < FIGURES


@pytest.mark.parametrize("model", STUDIED)
def test_the_parts_agree_with_the_card_and_with_each_other(model: str) -> None:
    card, found = stored(model)
    if found.trust is None or found.moments is None:
        pytest.skip("not measured")
    assert found.trust.classes == card.classes
    assert sum(map(sum, found.trust.confusion)) == sum(b.n for b in found.trust.bins) == found.n
    claims = [m.value for m in card.metrics if m.n == found.n and m.name.startswith("accuracy")]
    assert found.trust.accuracy == pytest.approx(claims[0], abs=2 / found.n + 1e-4)
    assert card.snapshots is not None
    assert [m.step for m in found.moments] == card.snapshots.steps
    # The last snapshot is the shipped net, its weights rounded to 16 bits.
    assert found.moments[-1].accuracy == pytest.approx(found.trust.accuracy, abs=0.005)
    assert found.moments[0].accuracy < 0.3


@pytest.mark.parametrize("model", STUDIED)
def test_every_channel_of_every_map_is_there(model: str) -> None:
    card, found = stored(model)
    net = zoo().model(model)
    given = Held(
        card, net.net, "", torch.zeros(1, *map(int, net.sample_input_shape)), torch.zeros(1)
    )
    wide = {n["name"]: n["output_shape"][0] for n in given.nodes()}
    if found.channels is None or found.shift is None:
        pytest.skip("not measured")
    assert {name: len(rows) for name, rows in found.channels.items()} == {
        name: wide[name] for name in given.map_layers()
    }
    assert list(found.shift.layers) == ["input", *given.map_layers()]
    for moved in found.shift.layers.values():
        assert moved.as_is[0] == moved.moved_back[0] == 0
        assert len(moved.as_is) == len(moved.moved_back) == len(found.shift.pixels) == 9
    assert found.shift.same_answer[0] == 1
    for name, look in (found.looks or {}).items():
        assert len(look.value) == len(look.above) == wide[name]
        assert look.field[0] <= given.x.shape[-1]


@pytest.mark.parametrize("model", sorted(PICTURES))
def test_made_pictures_drive_their_channels_and_stay_small(model: str) -> None:
    folder = models_folder() / model
    _, found = stored(model)
    assert found.looks is not None
    assert found.channels is not None
    above: list[bool] = []
    for name, look in found.looks.items():
        above += look.above
        p99 = [channel.p99 for channel in found.channels[name]]
        assert look.above == [v > p for v, p in zip(look.value, p99, strict=True)]
        path = look_path(folder, found, name)
        assert path is not None
        tiles(path, look)
    assert sum(above) >= 0.97 * len(above)
    assert sum(p.stat().st_size for p in (folder / "looks").iterdir()) < PICTURES[model]


def tiles(path: Path, look: Look) -> None:
    """The atlas has room for every channel, and none is a flat colour."""
    sheet = Image.open(path).convert("RGB")
    rows = -(-len(look.value) // look.columns)
    assert sheet.size == (look.columns * look.tile, rows * look.tile)
    for i in range(len(look.value)):
        x, y = i % look.columns * look.tile, i // look.columns * look.tile
        low, high = zip(*sheet.crop((x, y, x + look.tile, y + look.tile)).getextrema(), strict=True)
        assert max(h - v for h, v in zip(high, low, strict=True)) > 40, (path.name, i)


@pytest.mark.parametrize("model", STUDIED)
def test_trust_is_measured_again(model: str, packs: Path) -> None:
    _, found = stored(model)
    again = trust(held(model, packs))
    assert found.trust is not None
    assert again.accuracy == pytest.approx(found.trust.accuracy, abs=2 / found.n + 1e-4)
    assert again.ece == pytest.approx(found.trust.ece, abs=2 / found.n + 1e-4)
    differ = [
        abs(a - b)
        for ours, theirs in zip(again.confusion, found.trust.confusion, strict=True)
        for a, b in zip(ours, theirs, strict=True)
    ]
    assert sum(differ) <= 4


@pytest.mark.parametrize("model", STUDIED)
def test_channels_are_measured_again(model: str, packs: Path) -> None:
    _, found = stored(model)
    if found.channels is None:
        pytest.skip("not measured")
    given = held(model, packs)
    values = largest(given)
    for name in list(values)[::4]:
        again = layer(values[name], given.labels, given.classes)
        for ours, theirs in zip(again, found.channels[name], strict=True):
            assert ours.p99 == pytest.approx(theirs.p99, rel=2e-3, abs=1e-3)
            assert ours.best[0].auroc == pytest.approx(theirs.best[0].auroc, abs=2e-3)


@pytest.mark.parametrize("model", STUDIED)
def test_edges_are_measured_again(model: str, packs: Path) -> None:
    _, found = stored(model)
    if found.edges is None:
        pytest.skip("not measured")
    again = edges(held(model, packs))
    for ours, theirs in zip(again.channels, found.edges.channels, strict=True):
        assert ours.kind == theirs.kind
        assert ours.index == pytest.approx(theirs.index, abs=1e-3)


@pytest.mark.parametrize("model", STUDIED)
def test_a_part_of_the_split_moves_as_the_whole_does(model: str, packs: Path) -> None:
    _, found = stored(model)
    if found.shift is None:
        pytest.skip("not measured")
    given = held(model, packs)
    few = slice(None, None, max(1, len(given.x) // 40))
    again = shift(Held(given.card, given.net, "", given.x[few], given.labels[few]))
    for name, moved in again.layers.items():
        known = found.shift.layers[name]
        assert moved.as_is[1:] == pytest.approx(known.as_is[1:], rel=0.15), name
        assert moved.moved_back[1:] == pytest.approx(known.moved_back[1:], rel=0.2, abs=0.01), name


def test_the_trained_net_is_right_more_often_than_it_is_untrained(packs: Path) -> None:
    """One snapshot of digits-cnn, its accuracy counted anew."""
    card, found = stored("digits-cnn")
    given = held("digits-cnn", packs)
    assert found.moments is not None
    moment = found.moments[3]
    state = dict(zoo().moment("digits-cnn", moment.step).net.state_dict())
    right = (answers(given, state).argmax(1) == given.labels).double().mean()
    assert rounded(float(right)) == pytest.approx(moment.accuracy, abs=2 / found.n + 1e-4)
    assert card.snapshots is not None
