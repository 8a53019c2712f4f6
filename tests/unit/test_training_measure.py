"""How a familiarity measure is chosen, and the angles of turned digits."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from app.insight.familiarity import fit, score, second
from app.nets import SequentialNet, build
from app.training import angle, strokes
from app.training.evaluation import auroc
from app.training.fold import fold, folded_layers
from app.training.foreign import nothings
from app.training.measure import Measure, outputs
from app.training.threshold import STATISTICS, choose, last_maps, lower, pools
from app.zoo.card import Familiarity
from tests.unit.folders import CNN


def test_outputs_are_those_of_the_layers() -> None:
    torch.manual_seed(0)
    net, x = build("sequential", CNN), torch.randn(7, 3, 8, 8)
    found = outputs(net, x, ("relu", "logits"), batch=3)
    torch.testing.assert_close(found["relu"], net.get_submodule("conv")(x).relu())
    torch.testing.assert_close(found["logits"], net(x))
    assert last_maps(net) == "relu"
    assert pools(net)[-1] == "relu"


def test_the_better_measure_is_chosen_and_its_score_is_the_servers(tmp_path: Path) -> None:
    """Classes lie along two axes; foreign inputs along a third, with logits just as large."""
    torch.manual_seed(0)
    labels = torch.arange(60) % 2
    taught = torch.eye(3)[labels].view(60, 3, 1, 1) * 5 + torch.randn(60, 3, 2, 2) * 0.1
    strange = torch.eye(3)[torch.full((60,), 2)].view(60, 3, 1, 1) * 5 + torch.zeros(60, 3, 2, 2)
    same = torch.randn(60, 2)
    statistics = fit(taught.amax((2, 3)), labels)
    needed = {key: statistics[key] for key in ("means", "centre")}
    measures = [Measure("max_logit"), Measure("cosine", "pool", "largest", needed)]
    ours, theirs = {"logits": same, "pool": taught}, {"logits": same, "pool": strange}
    chosen = choose(measures, ours, theirs, "every second of the ", slice(None, None, 2))
    assert chosen.table["method"] == "cosine"
    assert auroc(measures[1].scores(ours), measures[1].scores(theirs)) == 1
    known = Familiarity.model_validate(chosen.table)
    assert (known.tensor, known.of, known.statistics) == ("pool", "largest", STATISTICS)
    below = (measures[1].scores(ours) < known.threshold).double().mean()
    assert float(below) == pytest.approx(0.01, abs=0.02)
    chosen.save(tmp_path)
    read = load_file(tmp_path / STATISTICS)
    one = score(known.method, {"pool": taught[3]}, known.tensor, read, known.of)
    assert one == pytest.approx(float(measures[1].scores(ours)[3]), abs=1e-5)
    choose(measures[:1], ours, theirs, "").save(tmp_path)
    assert not (tmp_path / STATISTICS).exists()


def test_a_second_measure_lowers_what_the_first_takes_for_a_class() -> None:
    """Strange inputs lie on a class in the last maps, but nowhere in the early ones."""
    torch.manual_seed(0)
    labels = torch.arange(200) % 2
    late = torch.eye(3)[labels].view(200, 3, 1, 1) * 5 + torch.randn(200, 3, 2, 2)
    early = torch.randn(200, 4, 2, 2)
    ours = {"late": late, "early": early}
    odd = {"late": late.clone(), "early": early + 9}
    last, first = (fit(ours[name].mean((2, 3)), labels) for name in ("late", "early"))
    own = Measure("cosine", "late", "mean", {k: last[k] for k in ("means", "centre")})
    needed = {k: first[k] for k in ("means", "within_root")}
    chosen = choose([own], ours, odd, "", share=0.05)
    early_measure = Measure("mahalanobis", "early", "mean", needed)
    found = lower(chosen, [early_measure], ours, [odd], slice(None))
    assert found.measure.looks_at == ("late", "early")
    assert float((found.measure.scores(odd) < found.table["threshold"]).float().mean()) == 1
    known = Familiarity.model_validate(found.table)
    assert known.also
    assert known.also.tensor == "early"
    whole = found.measure.shipped()
    assert set(whole) == {"means", "centre", "also.means", "also.within_root"}
    one = {name: value[3] for name, value in odd.items()}
    low = known.also
    by_hand = score("cosine", one, "late", whole) + low.weight * min(
        0, (score("mahalanobis", one, "early", second(whole)) - low.centre) / low.spread
    )
    assert by_hand == pytest.approx(float(found.measure.scores(odd)[3]), abs=1e-5)


def test_noise_and_flat_colours_take_turns() -> None:
    x = nothings(3).float()
    assert x.shape == (6, 3, 64, 64)
    assert x[1::2].std(dim=(2, 3)).max() == 0
    assert x[::2].std(dim=(2, 3)).min() > 60


def test_a_digit_is_turned_clockwise() -> None:
    """Ink right of the middle goes down by a quarter turn: while training and as an upload."""
    x = torch.zeros(1, 28, 28, dtype=torch.uint8)
    x[0, 12:16, 8:26] = 255
    x[0, 8:20, 22:26] = 255
    still = (torch.zeros(1), torch.ones(1), torch.zeros(1, 2))
    down = angle.turned(x, torch.tensor([90.0]), *still)[0, 0]
    assert float(down[23:25, 9:19].min()) > 0.9
    assert float(down.sum()) == pytest.approx(float((x > 0).sum()), rel=0.02)
    same = angle.turned(x, torch.zeros(1), *still)[0, 0]
    assert float((same - x[0] / 255).abs().mean()) < 0.02
    sent = angle.uploaded(x[0], 90.0)
    assert sent.shape == (28, 28)
    wide = [int(row.sum()) for row in sent > 128 if row.any()]
    assert wide[-2] > 2 * wide[1]


def test_a_straightened_digit_has_no_slant() -> None:
    x = torch.zeros(2, 28, 28, dtype=torch.uint8)
    for row in range(6, 22):
        x[0, row, 8 + row // 2 : 11 + row // 2] = 255
        x[1, row, 12:15] = 255
    slant = angle.slants(x)
    assert slant.tolist() == pytest.approx([0.5, 0], abs=0.05)
    still = (torch.zeros(2), slant, torch.ones(2), torch.zeros(2, 2))
    straight = (angle.turned(x[:], *still)[:, 0] * 255).byte()
    assert angle.slants(straight).tolist() == pytest.approx([0, 0], abs=0.03)
    sent = angle.uploaded(x[0], 0.0, float(slant[0]))
    assert float(angle.slants(sent[None])) == pytest.approx(0, abs=0.05)


def test_what_is_weathered_stays_ink_on_black() -> None:
    x = torch.zeros(2, 1, 28, 28)
    x[:, :, 10:18, 10:18] = 0.8
    found = angle.weathered(x, torch.Generator().manual_seed(0))
    assert float(found.amin()) >= 0
    assert float(found.amax()) <= 1
    assert float(found[:, :, :8].sum()) == 0
    assert not torch.equal(found[0], found[1])


def test_strokes_are_turned_the_same_way() -> None:
    ((point,),) = strokes.turn([[(0.9, 0.5)]], 90)
    assert point == pytest.approx((0.5, 0.9))


def test_the_last_layer_gives_degrees() -> None:
    torch.manual_seed(0)
    chain = angle.layers(angle.Recipe())
    net = fold(SequentialNet(chain), chain)
    x = torch.randn(3, 1, 28, 28)
    small = net(x)
    torch.testing.assert_close(angle.in_degrees(net)(x), small * 45)
    assert folded_layers(chain)[-1]["out_features"] == 1
    assert sum(p.numel() for p in net.parameters()) <= 65_000
