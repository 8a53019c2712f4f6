"""Reach over HTTP: norms at every word or row, of an answer or of one cell; what is refused."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.web import slopes
from tests.api.conftest import API, problem

TEXT = {"text": "not a bad movie at all"}


async def test_a_readers_reach_is_that_of_its_gradients(client: httpx.AsyncClient) -> None:
    whole = (await client.post(f"{API}/mood/gradient", json=TEXT)).json()
    found = (await client.post(f"{API}/mood/reach", json=TEXT)).json()
    slopes.ReachAnswer.model_validate(found)
    assert [step["norm"] for step in found["steps"]] == [s["answer_x"] for s in whole["steps"]]
    assert found["of"] == {"kind": "answer", "class": whole["class"], "at": 5}
    assert found["value"] == pytest.approx(whole["predictions"][0]["logit"], abs=1e-5)
    assert found["per"] == "word"


async def test_an_earlier_word_is_answered_as_if_the_text_ended_there(
    client: httpx.AsyncClient,
) -> None:
    asked: dict[str, str | int] = {"class": "positive", "at": 2}
    found = (await client.post(f"{API}/mood/reach", params=asked, json=TEXT)).json()
    alone = await client.post(
        f"{API}/mood/reach", params={"class": "positive"}, json={"text": "not a bad"}
    )
    assert found["steps"] == alone.json()["steps"]
    assert [token["text"] for token in found["tokens"]] == ["not", "a", "bad"]


async def test_a_picture_has_a_norm_a_row(client: httpx.AsyncClient) -> None:
    body = {"sample": "blocks", "options": {"show": {"rows": 9}}}
    found = (await client.post(f"{API}/shapes/reach", json=body)).json()
    slopes.ReachAnswer.model_validate(found)
    assert (found["per"], found["tokens"], found["of"]["at"]) == ("row", None, None)
    assert len(found["steps"]) == 16


@pytest.mark.parametrize(
    ("model", "params", "body", "says"),
    [
        ("mood", {"at": 6}, TEXT, "goes to 5"),
        ("mood", {"layer": "lstm"}, TEXT, "windows"),
        ("mood", {"channel": 1}, TEXT, "name the layer"),
        ("mood", {"class": "purple"}, TEXT, "no class"),
        ("mood", {"class": "positive", "layer": "lstm"}, TEXT, "not for both"),
        ("mood", {}, {"text": " "}, "Nothing to read"),
        ("both", {}, TEXT, "both ends"),
        ("shapes", {"at": 3}, {"sample": "blocks"}, "at once"),
        ("shapes", {"layer": "conv1"}, {"sample": "blocks"}, "one cell a word"),
        ("shapes", {}, {"sample": "blocks", "options": {"edits": [
            {"op": "scale", "tensor": "input", "channel": 0, "factor": 0}]}}, "as trained"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_said(
    client: httpx.AsyncClient, model: str, params: dict[str, Any], body: dict[str, Any], says: str
) -> None:
    assert says in problem(await client.post(f"{API}/{model}/reach", params=params, json=body), 422)
