"""States of texts and of the project's sentences over HTTP, and what the units follow."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest
import torch
from safetensors.torch import load

from app.core.errors import CardError, NotFound
from app.core.settings import Settings
from app.web import schemas
from app.web.app import create_app
from app.zoo import Zoo
from tests.api.conftest import API, LINES, png, problem

STATES = f"{API}/mood/states"
ASK = {"accept": "application/vnd.safetensors"}


def opened(answer: httpx.Response) -> tuple[torch.Tensor, schemas.StatesAbout]:
    """h and what is said about it."""
    assert answer.status_code == 200, answer.text
    length = int.from_bytes(answer.content[:8], "little")
    about = json.loads(answer.content[8 : 8 + length])["__metadata__"]["states"]
    return load(answer.content)["h"], schemas.StatesAbout.model_validate_json(about)


async def test_the_states_of_a_text_are_those_of_its_trace(client: httpx.AsyncClient) -> None:
    text = {"text": "I went to the river bank, not a bad movie!"}
    h, about = opened(await client.post(STATES, json=text))  # safetensors unless asked otherwise
    trace = (await client.post(f"{API}/mood/trace", json=text)).json()
    expected = torch.tensor(trace["tensors"]["lstm.l0.h"]["data"]).reshape(h.shape)
    torch.testing.assert_close(h, expected)
    assert about.tokens is not None
    assert [t.model_dump() for t in about.tokens] == trace["tokens"]
    assert (about.source, about.total, about.layer) == ("text", len(h), "lstm")
    assert about.sentences is None


async def test_a_sample_and_two_directions(client: httpx.AsyncClient) -> None:
    h, about = opened(await client.post(f"{API}/both/states", json={"sample": "bank"}, headers=ASK))
    assert h.shape == (about.total, 8)
    trace = (await client.post(f"{API}/both/trace", json={"sample": "bank"})).json()
    whole = torch.tensor(trace["tensors"]["gru"]["data"]).reshape(h.shape)
    torch.testing.assert_close(h, whole)


async def test_the_corpus_starts_every_sentence_anew(client: httpx.AsyncClient) -> None:
    h, about = opened(await client.post(STATES, json={"corpus": True}, headers=ASK))
    assert about.sentences is not None
    assert [(s.sentence, s.text) for s in about.sentences] == [(0, LINES[0]), (2, LINES[2])]
    for row in about.sentences:
        alone, _ = opened(await client.post(STATES, json={"text": row.text}, headers=ASK))
        torch.testing.assert_close(h[row.start : row.end], alone, atol=1e-6, rtol=0)
    again = await client.post(STATES, json={"corpus": True}, headers=ASK)
    torch.testing.assert_close(opened(again)[0], h)


async def test_json_where_it_is_small(client: httpx.AsyncClient) -> None:
    small = {"accept": "application/json"}
    answer = await client.post(f"{STATES}?digits=3", json={"text": "a bad cat"}, headers=small)
    found = schemas.StatesAnswer.model_validate(answer.json())
    assert found.tensors["h"].shape == [3, 6]
    long = {"text": "not a bad movie " * 4500}
    assert "safetensors" in problem(await client.post(STATES, json=long, headers=small), 406)
    h, _ = opened(await client.post(STATES, json=long, headers=ASK))
    assert h.shape == (18000, 6)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"text": "not a bad movie " * 5100}, 413, "20,000"),
        ({"text": " "}, 422, "Nothing to read"),
        ({"text": "zzz qqq"}, 422, "none of these words"),
        ({"text": "a", "corpus": True}, 422, "Two inputs"),
        ({"text": "a", "sample": "bank"}, 422, "Two inputs"),
        ({"corpus": False}, 422, "true or left out"),
        ({"corpus": 1}, 422, "true or left out"),
        ({"words": "a"}, 422, "no member"),
        ({"text": 3}, 422, "string"),
        ({}, 422, "Nothing to read"),
        ([], 422, "JSON object"),
        ({"sample": "none"}, 404, "no sample"),
    ],
)
async def test_bad_bodies(client: httpx.AsyncClient, body: Any, status: int, words: str) -> None:
    assert words in problem(await client.post(STATES, json=body, headers=ASK), status)


async def test_bad_requests(client: httpx.AsyncClient) -> None:
    kind = {"content-type": "application/json"}
    problem(await client.post(STATES, content=b"{", headers=kind), 400)
    problem(await client.post(STATES, json={"text": "a"}, headers={"accept": "text/csv"}), 406)
    assert "JSON" in problem(await client.post(STATES, files={"file": ("x", png())}), 415)
    problem(
        await client.post(STATES, content=b"{}", headers={**kind, "content-encoding": "br"}), 415
    )
    problem(await client.post(f"{API}/none/states", json={"corpus": True}), 404)
    nothing = await client.post(f"{API}/shapes/states", json={"corpus": True})
    assert "no state" in problem(nothing, 422)
    problem(await client.post(f"{API}/mood/predict", json={"corpus": True}), 422)


async def test_the_units_are_the_file(client: httpx.AsyncClient, models: Path) -> None:
    answer = await client.get(f"{API}/mood/units")
    assert answer.content == (models / "mood" / "units.json").read_bytes()
    found = schemas.UnitsAnswer.model_validate(answer.json())
    assert len(found.units) == len(found.plane.mean) == 6
    assert (await client.get(f"{API}/mood")).json()["units"] is True
    assert (await client.get(f"{API}/both")).json()["units"] is False
    known = {"if-none-match": answer.headers["etag"]}
    assert (await client.get(f"{API}/mood/units", headers=known)).status_code == 304
    for name in ("both", "shapes", "none"):
        problem(await client.get(f"{API}/{name}/units"), 404)
    problem(await client.get(f"{API}/mood/units", headers={"accept": "image/webp"}), 406)


async def test_figures_of_other_sentences_or_none(models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(models, folder)
    lines = folder / "_shared" / "sentences.txt"
    lines.write_text(lines.read_text() + "One more cat.\n")
    with pytest.raises(NotFound):
        Zoo(folder, 10**9).watched("mood")
    lines.unlink()
    app = create_app(Settings(models_folder=folder))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get(f"{API}/mood")).json()["units"] is False
        assert "no sentences" in problem(await client.post(STATES, json={"corpus": True}), 404)
    (folder / "mood" / "units.json").write_text("{}")
    with pytest.raises(CardError, match="units"):
        Zoo(folder, 10**9).check()
