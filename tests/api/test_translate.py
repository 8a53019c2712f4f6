"""Translations over HTTP: predict, trace, the search, and what is refused."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import torch
from safetensors import safe_open
from safetensors.torch import load

from app.core.settings import Settings
from app.web import schemas
from app.web.app import create_app
from tests.api.conftest import API, png, problem
from tests.translators import SENTENCES, write_translators

SAFETENSORS = {"accept": "application/vnd.safetensors"}
LOOKING, PLAIN = f"{API}/looking", f"{API}/plain"


@pytest.fixture(scope="module")
def translators(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with two translators alone."""
    folder = tmp_path_factory.mktemp("translators")
    write_translators(folder)
    return folder


@pytest_asyncio.fixture
async def client(translators: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client in this process, over the two."""
    app = create_app(Settings(models_folder=translators))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as found:
        yield found


async def ask(client: httpx.AsyncClient, url: str, text: str, **options: int) -> httpx.Response:
    """A sentence, as JSON."""
    return await client.post(url, json={"text": text, "options": options})


async def test_text_form_and_sample_answer_alike(client: httpx.AsyncClient) -> None:
    typed = await ask(client, f"{LOOKING}/predict", SENTENCES[0])
    sample = await client.post(f"{LOOKING}/predict", json={"sample": "cat"})
    assert typed.status_code == 200, typed.text
    assert typed.json() == sample.json()
    found = schemas.PredictAnswer.model_validate(typed.json())
    scores = [one["score"] for one in typed.json()["predictions"]]
    assert scores == sorted(scores, reverse=True)
    assert found.tokens is not None
    assert found.tokens[-1].text == "</s>"
    assert typed.json()["options"] == {"beam": 4}
    assert "steps" not in typed.json()


@pytest.mark.parametrize("url", [LOOKING, PLAIN])
async def test_the_trace_adds_up(client: httpx.AsyncClient, url: str) -> None:
    answer = await client.post(f"{url}/trace", json={"text": SENTENCES[2]}, headers=SAFETENSORS)
    assert answer.status_code == 200, answer.text
    tensors = load(answer.content)
    length = int.from_bytes(answer.content[:8], "little")
    about = json.loads(json.loads(answer.content[8 : 8 + length])["__metadata__"]["trace"])
    schemas.TraceAbout.model_validate(about)
    source, target = len(about["tokens"]), len(about["predictions"][0]["tokens"])
    assert tensors["encoder"].shape == (source, 6)
    assert tensors["handed"].shape == (6,)
    for gate in ("r", "z", "n"):
        assert tensors[f"encoder.l0_reverse.gate.{gate}"].shape == (source, 3)
        assert tensors[f"decoder.l0.gate.{gate}"].shape == (target, 6)
    assert tensors["logits"].shape == (target, 60)
    if url == LOOKING:
        assert tensors["attention"].shape == (target, source)
        assert torch.allclose(tensors["attention"].sum(1), torch.ones(target))
    else:
        assert "attention" not in tensors
    shares = tensors["probabilities"]
    for t, piece in enumerate(about["predictions"][0]["tokens"]):
        assert piece["probability"] == pytest.approx(float(shares[t, piece["id"]]), abs=1e-4)
        best = about["steps"][t]["predictions"][0]
        assert best["probability"] == pytest.approx(float(shares[t].max()), abs=1e-6)
    assert [node["name"] for node in about["graph"]][:3] == ["input", "embedding", "encoder"]


async def test_the_search_can_be_followed(client: httpx.AsyncClient) -> None:
    answer = await ask(client, f"{LOOKING}/trace?layers=handed&digits=3", SENTENCES[0], beam=3)
    found = schemas.TraceAnswer.model_validate(answer.json())
    assert list(found.tensors) == ["handed"]
    assert found.search is not None
    kept = 1
    for step in found.search:
        assert all(one.of < kept for one in step)
        kept = sum(one.fate == "kept" for one in step)
        assert kept <= 3
        sums = [one.sum for one in step]
        assert sums == sorted(sums, reverse=True)


async def test_a_wider_beam_starts_from_the_same_first_piece(client: httpx.AsyncClient) -> None:
    one, eight = [
        (await ask(client, f"{LOOKING}/trace", SENTENCES[0], beam=width)).json() for width in (1, 8)
    ]
    assert one["search"][0][0] == eight["search"][0][0]
    assert len(one["predictions"]) == 1 <= len(eight["predictions"]) <= 8


async def test_card_graph_weights_and_list(client: httpx.AsyncClient, translators: Path) -> None:
    listed = schemas.ModelList.model_validate((await client.get(API)).json())
    assert [(m.id, m.task) for m in listed.models] == [
        ("looking", "translation"), ("plain", "translation"),
    ]  # fmt: skip
    schemas.ModelAnswer.model_validate((await client.get(LOOKING)).json())
    weights = await client.get(f"{LOOKING}/weights")
    with safe_open(translators / "looking" / "weights.safetensors", "pt") as file:
        assert set(file.keys()) == set(load(weights.content))


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("", 422, "Nothing to read yet"),
        ("  \n", 422, "Nothing to read yet"),
        ("مرحبا بالعالم", 422, "knows none"),
        ("🙂🙂", 422, "knows none"),
        ("a" * 100_000, 413, "60 pieces of words, the limit. Send a part of it"),
        ("cat " * 40 + "cat " * 40, 413, "Send a part of it"),
    ],
)
async def test_texts_that_are_refused(
    client: httpx.AsyncClient, text: str, status: int, words: str
) -> None:
    assert words in problem(await ask(client, f"{LOOKING}/predict", text), status)


@pytest.mark.parametrize(
    "text", ["<b>The cat</b> & \u202ecold", "cat 🙂", "\x00cat", "It’s — cold…"]
)
async def test_odd_texts_are_answered_and_said(client: httpx.AsyncClient, text: str) -> None:
    answer = await ask(client, f"{LOOKING}/predict", text)
    assert answer.status_code == 200, answer.text
    schemas.PredictAnswer.model_validate(answer.json())
    assert answer.json()["input"]["steps"]


@pytest.mark.parametrize(
    "options",
    [
        {"beam": 0}, {"beam": 9}, {"beam": "4"}, {"beam": True}, {"crop": [0, 0, 3]},
        {"generate": {"length": 3}}, {"moment": 0}, {"shift": [1, 1]},
        {"edits": [{"op": "clamp", "tensor": "decoder.l0.h", "step": 0, "unit": 0, "value": 0}]},
    ],
)  # fmt: skip
async def test_options_that_do_not_fit(client: httpx.AsyncClient, options: dict[str, int]) -> None:
    body = {"text": SENTENCES[0], "options": options}
    problem(await client.post(f"{LOOKING}/predict", json=body), 422)


async def test_what_a_translator_has_not(client: httpx.AsyncClient) -> None:
    body = {"text": SENTENCES[0]}
    problem(await client.post(f"{LOOKING}/predict?steps=0:2", json=body), 422)
    problem(await client.post(f"{LOOKING}/trace?layers=lstm", json=body), 422)
    for path in ("effects", "states", "explain?method=gradient", "gradient", "reach"):
        problem(await client.post(f"{LOOKING}/{path}", json=body), 422)
    problem(await client.post(f"{LOOKING}/states", json={"corpus": True}), 422)
    for path in ("units", "studies", "voices"):
        problem(await client.get(f"{LOOKING}/{path}"), 404)
    assert (await client.get(f"{LOOKING}/samples/cat/atlas")).status_code in (404, 422)
    files = {"file": ("x.png", png(), "image/png")}
    assert "reads text" in problem(await client.post(f"{LOOKING}/predict", files=files), 422)
