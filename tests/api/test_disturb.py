"""Pictures turned, with noise, with rows hidden, over HTTP: what the network then reads."""

from __future__ import annotations

import math
from typing import Any

import httpx
import pytest
import torch
from safetensors.torch import load
from torch import Tensor

from app.nets import build
from app.training import reorder
from app.web import schemas
from tests.api.conftest import API, SHAPES, problem
from tests.api.test_contract import ST, unpacked

SIZE = 16
Json = dict[str, Any]


async def traced(client: httpx.AsyncClient, **options: Any) -> tuple[Json, dict[str, Tensor]]:
    """The trace of the sample with these options."""
    body = {"sample": "blocks", "options": options}
    return unpacked(await client.post(f"{API}/shapes/trace", json=body, headers=ST))


async def test_the_first_rows_and_the_hidden_ones(client: httpx.AsyncClient) -> None:
    _, plain = await traced(client)
    answer, found = await traced(client, show={"rows": 10, "hide": [2, 4]})
    expected = plain["input"].clone()
    expected[:, 2:4] = expected[:, 10:] = 0
    assert torch.equal(found["input"], expected)
    assert [step["op"] for step in answer["input"]["steps"][-2:]] == ["hide", "show"]
    assert answer["options"] == {"show": {"rows": 10, "hide": [2, 4]}}
    assert "steps" not in answer
    _, nothing = await traced(client, show={"rows": 0})
    assert nothing["input"].abs().max() == 0
    _, all_of_it = await traced(client, show={"rows": SIZE})
    assert torch.equal(all_of_it["input"], plain["input"])


async def test_each_number_of_rows_is_a_reading_anew(client: httpx.AsyncClient) -> None:
    answer, _ = await traced(client, show={"rows": 12, "each": True}, turn=20)
    schemas.TraceAbout.model_validate(answer)
    assert answer["steps_of"] == "rows"
    assert [step["t"] for step in answer["steps"]] == list(range(13))
    for t in (0, 5, 12):
        alone, _ = await traced(client, show={"rows": t}, turn=20)
        one, other = (
            {row["label"]: row["logit"] for row in rows}
            for rows in (alone["predictions"], answer["steps"][t]["predictions"])
        )
        assert other == pytest.approx(one, abs=1e-5)


async def test_noise_is_named_by_its_seed_and_stays_within_the_picture(
    client: httpx.AsyncClient,
) -> None:
    _, plain = await traced(client)
    answer, one = await traced(client, noise={"amount": 0.3, "seed": 4})
    _, same = await traced(client, noise={"amount": 0.3, "seed": 4})
    _, other = await traced(client, noise={"amount": 0.3, "seed": 5})
    assert torch.equal(one["input"], same["input"])
    assert not torch.equal(one["input"], other["input"])
    normal = torch.randn(3, SIZE, SIZE, generator=torch.Generator().manual_seed(4))
    bright = (plain["input"] * 0.25 + 0.5 + 0.3 * normal).clamp(0, 1)
    torch.testing.assert_close(one["input"], (bright - 0.5) / 0.25, rtol=1e-5, atol=1e-5)
    assert answer["input"]["steps"][-1]["op"] == "noise"
    assert answer["options"]["noise"] == {"amount": 0.3, "seed": 4}
    _, none = await traced(client, noise={"amount": 0})
    assert torch.equal(none["input"], plain["input"])


@pytest.mark.parametrize(("turn", "times"), [(90, -1), (-90, 1), (180, 2), (0, 0)])
async def test_quarter_turns_move_every_pixel_whole(
    client: httpx.AsyncClient, turn: int, times: int
) -> None:
    _, plain = await traced(client)
    answer, found = await traced(client, turn=turn)
    quarter = torch.rot90(plain["input"], times, (1, 2))  # anticlockwise positive
    torch.testing.assert_close(found["input"], quarter, rtol=1e-4, atol=1e-4)
    assert answer["options"] == {"turn": float(turn)}


async def test_a_small_turn_is_bilinear_and_leaves_the_mean_in_the_corners(
    client: httpx.AsyncClient,
) -> None:
    _, plain = await traced(client)
    _, found = await traced(client, turn=30)
    assert found["input"][:, 0, 0].abs().max() == 0
    y, x, middle = 6, 9, (SIZE - 1) / 2
    cos, sin = math.cos(math.radians(30)), math.sin(math.radians(30))
    dx, dy = x - middle, y - middle
    u, v = middle + cos * dx + sin * dy, middle - sin * dx + cos * dy
    left, top = math.floor(u), math.floor(v)
    a, b = u - left, v - top
    four = plain["input"][0, top : top + 2, left : left + 2]
    expected = (1 - b) * ((1 - a) * four[0, 0] + a * four[0, 1]) + b * (
        (1 - a) * four[1, 0] + a * four[1, 1]
    )
    torch.testing.assert_close(found["input"][0, y, x], expected, rtol=1e-4, atol=1e-4)


async def test_the_answer_is_that_of_the_disturbed_picture(client: httpx.AsyncClient) -> None:
    """Turned, moved, noise, rows hidden: in this order, and predict says the same as trace."""
    options: Json = {"turn": 15.0, "shift": [1, 2], "noise": {"amount": 0.1, "seed": 0},
                     "show": {"rows": 13}}  # fmt: skip
    answer, found = await traced(client, **options)
    ops = [step["op"] for step in answer["input"]["steps"][-4:]]
    assert ops == ["turn", "shift", "noise", "show"]
    assert answer["options"] == options
    weights = await client.get(f"{API}/shapes/weights")
    net = build("sequential", SHAPES)
    net.load_state_dict(load(weights.content))
    with torch.inference_mode():
        expected = net(found["input"][None])[0]
    torch.testing.assert_close(found["logits"], expected, rtol=1e-5, atol=1e-5)
    body = {"sample": "blocks", "options": options}
    said = (await client.post(f"{API}/shapes/predict", json=body)).json()
    assert said["predictions"] == answer["predictions"]


@pytest.mark.parametrize(("of", "count"), [("rows", SIZE), ("columns", SIZE), ("pixels", SIZE**2)])
async def test_parts_change_their_order_as_in_the_study(
    client: httpx.AsyncClient, of: str, count: int
) -> None:
    """The option's permutation is the one of the command that measures order, at the same seed."""
    _, plain = await traced(client)
    answer, found = await traced(client, order={"of": of, "seed": 3})
    levels = (plain["input"] * 1000).round()
    study = reorder.pictures(levels, f"{of} once", 3)
    assert torch.equal((found["input"] * 1000).round(), study)
    assert not torch.equal(found["input"], plain["input"])
    assert answer["options"] == {"order": {"of": of, "how": "shuffled", "seed": 3}}
    said = answer["input"]["steps"][-1]
    assert said["op"] == "order"
    assert f"{count} {of} are shuffled: permutation 3" in said["text"]
    _, back = await traced(client, order={"of": of, "how": "reversed"})
    flipped = {"rows": (1,), "columns": (2,), "pixels": (1, 2)}[of]
    assert torch.equal(back["input"], plain["input"].flip(flipped))


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ({"of": "words"}, "rows, columns, pixels"),
        ({"of": ["rows"]}, "rows, columns, pixels"),
        ({"of": "rows", "how": "sorted"}, "shuffled or reversed"),
        ({"of": "rows", "how": "reversed", "seed": 1}, "draws nothing"),
        ({"of": "rows", "seed": -1}, "whole number"),
        ("rows", "object"),
    ],
)
async def test_an_order_that_is_none_is_refused(
    client: httpx.AsyncClient, order: object, says: str
) -> None:
    body = {"sample": "blocks", "options": {"order": order}}
    assert says in problem(await client.post(f"{API}/shapes/predict", json=body), 422)


async def test_words_are_sent_in_their_order(client: httpx.AsyncClient) -> None:
    body = {"text": "not bad", "options": {"order": {"of": "rows"}}}
    assert "for pictures" in problem(await client.post(f"{API}/mood/predict", json=body), 422)
