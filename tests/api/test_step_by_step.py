"""What is read a row or a letter at a time, on tiny random networks: tensors, steps, bad input."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import torch

from app.core.settings import Settings
from app.nets import build
from app.web import schemas
from app.web.app import create_app
from app.zoo.publish import write_model
from tests.api.conftest import API, DIGIT, card, png, problem

LETTERS = "\n '.abcdeghijlnorstu"
ROWS: list[dict[str, Any]] = [
    {"name": "gru", "op": "gru", "input_size": 28, "hidden_size": 5},
    {"name": "linear", "op": "linear", "in_features": 5, "out_features": 10},
]
WRITES: list[dict[str, Any]] = [
    {"name": "embedding", "op": "embedding", "num_embeddings": 21, "embedding_dim": 4},
    {"name": "lstm", "op": "lstm", "input_size": 4, "hidden_size": 6},
    {"name": "linear", "op": "linear", "in_features": 6, "out_features": 20},
]
CHARACTERS = {"kind": "text", "tokenizer": "characters", "characters": LETTERS, "max_tokens": 600}


@pytest.fixture(scope="module")
def stepwise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`rows` reads a picture row by row, `writes` continues a text."""
    folder = tmp_path_factory.mktemp("stepwise")
    torch.manual_seed(4)
    cards = [
        card("rows", "gru", ROWS, classes=[str(n) for n in range(10)], causal=True, input="image",
             loss_at="every", preprocessing={**DIGIT, "rows": True},
             samples=[{"name": "blocks", "title": "Blocks", "source": "file:samples/blocks.png"}]),
        card("writes", "lstm", WRITES, classes=list(LETTERS), causal=True, input="text",
             loss_at="every", preprocessing=CHARACTERS, task="generation",
             familiarity={"method": "surprise", "threshold": 6.0, "direction": "above"},
             samples=[{"name": "bus", "title": "Bus", "text": "The bus is late."}]),
    ]  # fmt: skip
    for one in cards:
        net = build("recurrent", one["architecture"]["layers"])
        write_model(folder / one["id"], one, {k: 3 * v for k, v in net.state_dict().items()})
    (folder / "rows" / "samples").mkdir()
    (folder / "rows" / "samples" / "blocks.png").write_bytes(png(28, 28, "L"))
    return folder


@pytest_asyncio.fixture
async def steps(stepwise: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(models_folder=stepwise))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def trace(client: httpx.AsyncClient, url: str, **ask: Any) -> dict[str, Any]:
    answer = await client.post(f"{API}/{url}", **ask)
    assert answer.status_code == 200, answer.text
    schemas.TraceAnswer.model_validate(answer.json())
    found: dict[str, Any] = answer.json()
    return found


async def test_a_picture_row_by_row(steps: httpx.AsyncClient) -> None:
    found = await trace(steps, "rows/trace", files={"file": png(60, 50)})
    shapes = {name: tensor["shape"] for name, tensor in found["tensors"].items()}
    assert shapes["input"] == [28, 28]
    assert shapes["gru"] == shapes["gru.l0.h"] == shapes["gru.l0.gate.z"] == [28, 5]
    assert shapes["logits"] == shapes["probabilities"] == [28, 10]
    assert found["graph"][0]["output_shape"] == [28, 28]
    assert [step["t"] for step in found["steps"]] == list(range(28))
    assert found["steps"][-1]["predictions"] == found["predictions"]
    assert "tokens" not in found
    assert found["input"]["window"] == {"start": 0, "end": 28, "total": 28}
    assert found["input"]["steps"][-1]["op"] == "rows"


async def test_a_shift_and_some_rows(steps: httpx.AsyncClient) -> None:
    whole = await trace(steps, "rows/trace", json={"sample": "blocks"})
    moved = await trace(
        steps, "rows/trace", json={"sample": "blocks", "options": {"shift": [0, 9]}}
    )
    before, after = (found["tensors"]["input"]["data"] for found in (whole, moved))
    assert after[9 * 28 :] == before[: 19 * 28]
    assert set(after[: 9 * 28]) == {0.0}
    part = await trace(steps, "rows/trace?steps=3:8", json={"sample": "blocks"})
    assert part["tensors"]["gru.l0.h"]["shape"] == [5, 5]
    assert [step["t"] for step in part["steps"]] == list(range(3, 8))
    shown, known = (found["tensors"]["gru.l0.h"]["data"] for found in (part, whole))
    assert shown == pytest.approx(known[3 * 5 : 8 * 5], abs=1e-6)
    assert part["predictions"][0]["label"] == whole["predictions"][0]["label"]


async def test_units_of_a_reader_of_rows(steps: httpx.AsyncClient) -> None:
    answer = await steps.post(f"{API}/rows/effects", json={"sample": "blocks"})
    found = schemas.EffectsAnswer.model_validate(answer.json())
    assert (len(found.effects), found.window.total) == (5, 28)


@pytest.mark.parametrize(
    ("url", "ask", "words"),
    [
        ("rows/trace", {"text": "seven"}, "reads pictures"),
        ("rows/trace?steps=40:50", {"sample": "blocks"}, "28 rows"),
        ("rows/explain", {"sample": "blocks"}, "row by row"),
        ("rows/trace", {"sample": "blocks", "options": {"generate": {}}}, "continue a text"),
        ("rows/trace", {"sample": "blocks", "options": {"crop": [0, 0, 99]}}, "28 × 28"),
        ("rows/trace",
         {"sample": "blocks", "options": {"edits": [
             {"op": "scale", "tensor": "gru", "channel": 0, "factor": 0}]}}, "not for this model"),
        ("rows/trace",
         {"sample": "blocks", "options": {"edits": [
             {"op": "state", "step": 3, "from": {"text": "one", "step": 0}}]}}, "reads pictures"),
        ("writes/predict", {"text": "   \n "}, "Nothing to read"),
        ("writes/predict", {"text": "漢字 Ж"}, "none of these letters"),
        ("writes/predict", {"text": "a", "options": {"shift": [1, 1]}}, "reads text"),
        ("writes/predict", {"text": "a", "options": {"generate": []}}, "generate is an object"),
        ("writes/predict", {"text": "a", "options": {"generate": {"length": 401}}}, "1 to 400"),
        ("writes/predict", {"text": "a", "options": {"generate": {"length": 1.5}}}, "whole number"),
        ("writes/predict", {"text": "a", "options": {"generate": {"temperature": -1}}}, "0 to 2"),
        ("writes/predict", {"text": "a", "options": {"generate": {"seed": -1}}}, "seed"),
        ("writes/predict", {"text": "a", "options": {"generate": {"heat": 1}}}, "no member"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_said(
    steps: httpx.AsyncClient, url: str, ask: dict[str, Any], words: str
) -> None:
    assert words in problem(await steps.post(f"{API}/{url}", json=ask), 422)


async def test_letters_and_what_comes_next(steps: httpx.AsyncClient) -> None:
    found = await trace(steps, "writes/trace", json={"text": "The bus isn’t"})
    assert [token["text"] for token in found["tokens"]] == list("The bus isn't")
    assert [t["text"] for t in found["tokens"] if not t["known"]] == ["T"]
    assert found["tensors"]["logits"]["shape"] == [13, 20]
    assert len(found["steps"]) == 13
    # Some of the likeliest, and their shares are those of the trace.
    rows = found["tensors"]["probabilities"]["data"]
    for step in found["steps"]:
        best = sorted(rows[20 * step["t"] : 20 * step["t"] + 20], reverse=True)[:8]
        assert [p["probability"] for p in step["predictions"]] == pytest.approx(best, rel=1e-6)
    assert found["familiarity"] is None  # too short to tell


async def test_a_text_is_as_familiar_as_its_letters_were_expected(steps: httpx.AsyncClient) -> None:
    """The mean of −log2 p of each letter after those before it; one unknown costs as the worst."""
    found = await trace(steps, "writes/trace", json={"text": "the bus is late. The end"})
    logits = torch.tensor(found["tensors"]["logits"]["data"]).view(24, 20)
    ids = [token["id"] for token in found["tokens"]]
    assert ids.count(20) == 1
    rows = -torch.log_softmax(logits, 1) / math.log(2)
    bits = [float(rows[t].max() if now == 20 else rows[t, now]) for t, now in enumerate(ids[1:])]
    assert found["familiarity"]["score"] == pytest.approx(sum(bits) / 23, rel=1e-5)
    assert found["familiarity"]["familiar"] == (found["familiarity"]["score"] <= 6)


async def test_a_text_is_continued_by_its_own_steps(steps: httpx.AsyncClient) -> None:
    """At temperature 0 every letter is the likeliest after all before it."""
    ask = {"text": "The bus", "options": {"generate": {"length": 12, "temperature": 0}}}
    first = (await steps.post(f"{API}/writes/predict", json=ask)).json()
    schemas.PredictAnswer.model_validate(first)
    (said,) = first["predictions"]
    assert first["options"]["generate"] == {"length": 12, "temperature": 0.0, "seed": 0}
    assert said["text"] == "".join(token["text"] for token in said["tokens"])
    again = await trace(steps, "writes/trace", json={"text": "The bus" + said["text"]})
    after = again["steps"][6:-1]
    assert [s["predictions"][0]["label"] for s in after] == list(said["text"])
    shares = [s["predictions"][0]["probability"] for s in after]
    assert [t["probability"] for t in said["tokens"]] == pytest.approx(shares, rel=1e-4)
    assert said["score"] == pytest.approx(sum(map(math.log, shares)) / 12, rel=1e-4)
    assert [t["draw"] for t in said["tokens"]] == [None] * 12


async def test_the_number_that_drew_a_letter_falls_on_its_stretch(steps: httpx.AsyncClient) -> None:
    """The line from 0 to 1: softmax(logits / T), the largest first; from the answers alone."""
    how = {"length": 30, "temperature": 1.3, "seed": 4}
    ask = {"text": "The bus", "options": {"generate": how}}
    first = (await steps.post(f"{API}/writes/predict", json=ask)).json()
    schemas.PredictAnswer.model_validate(first)
    (said,) = first["predictions"]
    again = await trace(steps, "writes/trace", json={"text": "The bus" + said["text"]})
    logits = torch.tensor(again["tensors"]["logits"]["data"]).view(37, 20)[6:-1]
    for row, token in zip(logits, said["tokens"], strict=True):
        shares = torch.softmax(row.double() / 1.3, 0)
        before = float(shares[row > row[token["id"]]].sum())
        assert before - 1e-5 <= token["draw"] <= before + float(shares[token["id"]]) + 1e-5


async def test_what_is_held_while_it_reads(steps: httpx.AsyncClient) -> None:
    """A memory emptied before the last letter is that of this letter alone; rows are held too."""
    reset = [{"op": "state", "step": 5, "from": None}]
    how = {"length": 9, "temperature": 0}
    asks = [
        {"text": "The bus", "options": {"generate": how, "edits": reset}},
        {"text": "s", "options": {"generate": how}},
    ]
    emptied, alone = [
        (await steps.post(f"{API}/writes/predict", json=ask)).json()["predictions"][0]
        for ask in asks
    ]
    assert emptied["text"] == alone["text"]
    assert emptied["score"] == pytest.approx(alone["score"], rel=1e-5)
    clamp = [{"op": "clamp", "tensor": "gru.l0.gate.z", "step": 4, "unit": 2, "value": 0.5}]
    held = await trace(steps, "rows/trace", json={"sample": "blocks", "options": {"edits": clamp}})
    assert held["tensors"]["gru.l0.gate.z"]["data"][4 * 5 + 2] == 0.5
    assert len(held["steps"]) == 28


async def test_a_seed_draws_the_same_again(steps: httpx.AsyncClient) -> None:
    async def write(**how: Any) -> str:
        body = {"sample": "bus", "options": {"generate": {"length": 40, **how}}}
        answer = (await steps.post(f"{API}/writes/predict", json=body)).json()
        text: str = answer["predictions"][0]["text"]
        return text

    assert await write(seed=1) == await write(seed=1)
    assert await write(seed=1) != await write(seed=2)
    assert await write(temperature=0) == await write(temperature=1e-9)
    assert len(await write(temperature=2)) == 40


async def test_too_many_letters(steps: httpx.AsyncClient) -> None:
    answer = await steps.post(f"{API}/writes/predict", json={"text": "a" * 601})
    assert "600 letters and signs" in problem(answer, 413)


@pytest.mark.parametrize("call", ["effects", "gradient", "states", "explain"])
@pytest.mark.parametrize(("model", "sample"), [("rows", "blocks"), ("writes", "bus")])
async def test_every_other_call_answers_or_says_why_not(
    steps: httpx.AsyncClient, model: str, sample: str, call: str
) -> None:
    answer = await steps.post(f"{API}/{model}/{call}", json={"sample": sample})
    assert answer.status_code == 200 or problem(answer, 422)


async def test_the_first_rows_alone_end_the_sequence(steps: httpx.AsyncClient) -> None:
    whole = await trace(steps, "rows/trace", json={"sample": "blocks"})
    begun = await trace(
        steps, "rows/trace", json={"sample": "blocks", "options": {"show": {"rows": 9}}}
    )
    assert begun["tensors"]["gru.l0.h"]["shape"] == [9, 5]
    long, short = (answer["tensors"]["gru.l0.h"]["data"] for answer in (whole, begun))
    assert short == pytest.approx(long[: 9 * 5], abs=1e-6)
    assert begun["predictions"] == begun["steps"][-1]["predictions"]
    assert begun["input"]["steps"][-1]["op"] == "rows"


@pytest.mark.parametrize("show", [{"rows": 0}, {"rows": 29}, {"each": True}])
async def test_what_a_row_reader_cannot_show(
    steps: httpx.AsyncClient, show: dict[str, Any]
) -> None:
    body = {"sample": "blocks", "options": {"show": show}}
    problem(await steps.post(f"{API}/rows/predict", json=body), 422)
