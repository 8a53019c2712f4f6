"""The live measurement: lines as they come, one at a time, bounded; it ends with the visitor."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.settings import Settings
from app.engine.passes import LADDER
from app.engine.speed import Race
from app.insight import timing
from app.training.speed import COMMAND, measured
from app.web.app import create_app
from app.web.speed import SpeedAnswer, SpeedLine
from app.zoo.speed import FILE
from tests.api.conftest import API, problem

SPEED = "/api/v1/lab/speed"
# In the tiny zoo one of each: they read the same words; "sense" reads at a word of its own.
FAMILY = ["windows", "mood", "both"]
LONG = {"lengths": list(range(3900, 3912)), "seconds": 20}


def lines(text: str) -> list[dict[str, Any]]:
    """The lines of an answer, each of them as it is described."""
    found = [json.loads(line) for line in text.splitlines()]
    for line in found:
        SpeedLine.model_validate(line)
    return found


async def test_a_line_a_point(client: httpx.AsyncClient) -> None:
    answer = await client.post(SPEED, json={"lengths": [30, 5]})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.headers["cache-control"] == "no-store"
    assert "content-length" not in answer.headers
    start, *points, end = lines(answer.text)
    assert (start["type"], end["type"]) == ("start", "end")
    assert start["lengths"] == [5, 30]
    assert start["machine"]["threads"] == 1
    assert [reader["model"] for reader in start["readers"]] == FAMILY
    assert [reader["directions"] for reader in start["readers"]] == [1, 1, 2]
    wanted = [(length, model) for length in (5, 30) for model in FAMILY]
    assert [(point["length"], point["model"]) for point in points] == wanted
    assert [point["steps"] for point in points] == [2, 5, 5, 2, 30, 30]
    lstm = 4 * 6 * (8 + 6) + 2 * 6  # a word of "mood": its gates, and the head
    assert [p["work"] for p in points if p["model"] == "mood"] == [5 * lstm, 30 * lstm]
    assert all(p["ms"]["low"] <= p["ms"]["median"] <= p["ms"]["high"] for p in points)
    assert end["missing"] == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"lengths": [0]}, "from 1 to 4,000"),
        ({"lengths": [4001]}, "from 1 to 4,000"),
        ({"lengths": [True]}, "whole numbers"),
        ({"lengths": [10.5]}, "whole numbers"),
        ({"lengths": []}, "1 to 12"),
        ({"lengths": list(range(1, 14))}, "1 to 12"),
        ({"lengths": 10}, "list"),
        ({"lengths": [10, 10]}, "twice"),
        ({"seconds": 21}, "from 1 to 20"),
        ({"seconds": 0}, "from 1 to 20"),
        ({"models": ["mood"]}, "no member 'models'"),
        ([10], "JSON object"),
    ],
)
async def test_bounds(client: httpx.AsyncClient, body: Any, says: str) -> None:
    assert says in problem(await client.post(SPEED, json=body), 422)


async def test_what_cannot_be_sent_or_read(client: httpx.AsyncClient) -> None:
    problem(await client.post(SPEED, json={}, headers={"accept": "text/html"}), 406)
    problem(await client.post(SPEED, content=b"{", headers={"content-type": "text/csv"}), 415)
    wrong = {"content": b"{", "headers": {"content-type": "application/json"}}
    problem(await client.post(SPEED, **wrong), 400)  # type: ignore[arg-type]


def test_one_at_a_time_and_others_are_answered(server: str) -> None:
    """While one runs another gets 429; closing the connection gives the turn to the next."""
    with httpx.Client(base_url=server, timeout=20) as client:
        with client.stream("POST", SPEED, json=LONG) as running:
            arriving = running.iter_lines()
            assert [json.loads(next(arriving))["type"] for _ in range(2)] == ["start", "point"]
            refused = client.post(SPEED, json={})
            assert "Another measurement runs" in problem(refused, 429)
            assert 1 <= int(refused.headers["retry-after"]) <= 5
            said = client.post(f"{API}/mood/predict", json={"text": "not a bad movie"})
            assert said.status_code == 200
        left = time.monotonic()
        while (answer := client.post(SPEED, json={"lengths": [5]})).status_code == 429:
            assert time.monotonic() - left < 3, "the turn was not given back"
            time.sleep(0.02)
        assert lines(answer.text)[-1]["type"] == "end"


async def test_what_there_was_no_time_for_is_said(client: httpx.AsyncClient) -> None:
    started = time.monotonic()
    start, *found, end = lines((await client.post(SPEED, json={**LONG, "seconds": 1})).text)
    assert time.monotonic() - started < 4  # all of it takes more than 5 seconds
    missing = [line for line in found if line["type"] == "missing"]
    assert missing
    assert len(found) == len(start["lengths"]) * len(FAMILY)
    assert end["missing"] == [{"model": m["model"], "length": m["length"]} for m in missing]


async def test_all_of_it_as_one_json(client: httpx.AsyncClient) -> None:
    """What `curl --json` asks for."""
    asked = {"accept": "application/json"}
    answer = await client.post(SPEED, json={"lengths": [30, 5]}, headers=asked)
    found = SpeedAnswer.model_validate_json(answer.text)
    assert (found.lengths, found.missing, found.here) == ([5, 30], [], True)
    assert [(point.length, point.model) for point in found.points] == [
        (length, model) for length in (5, 30) for model in FAMILY
    ]


async def test_the_last_whole_measurement_is_kept(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "MOST", timing.LEAST)
    transport = httpx.ASGITransport(app=create_app(Settings(models_folder=models)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert "Nothing has been measured" in problem(await client.get(SPEED), 404)
        await client.post(SPEED, json={"lengths": [5]})
        problem(await client.get(SPEED), 404)
        await client.post(SPEED, json={})
        found = SpeedAnswer.model_validate((await client.get(SPEED)).json())
        assert found.here
        assert found.lengths == found.ladder == list(LADDER)
        assert len(found.points) == len(LADDER) * len(FAMILY)
        problem(await client.get(SPEED, headers={"accept": "text/html"}), 406)


async def test_until_then_the_figures_of_the_command_are_given(
    models: Path, tmp_path: Path
) -> None:
    made = measured(models, Race((3, 6)), rounds=1)
    assert (made.here, made.command) == (False, f"{COMMAND} --rounds 1")
    assert [point.length for point in made.points] == [3, 3, 3, 6, 6, 6]
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(made.model_dump_json())
    transport = httpx.ASGITransport(app=create_app(Settings(models_folder=tmp_path)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get(SPEED)).json() == made.model_dump()
