"""Recordings over HTTP: predict and trace as of any reader, the bad ones, the figures on voices."""

from __future__ import annotations

from pathlib import Path

import httpx
import numpy as np
import pytest
import torch
from safetensors.torch import load

from app.core.errors import CardError
from app.web import schemas
from app.web.voices import VoicesAnswer
from app.zoo import Zoo
from tests.api.conftest import API, png, problem
from tests.sounds import silence, spoken, wav

PREDICT, TRACE = f"{API}/words/predict", f"{API}/words/trace"
SAFETENSORS = {"accept": "application/vnd.safetensors"}


async def send(client: httpx.AsyncClient, data: bytes, url: str = PREDICT) -> httpx.Response:
    """A recording as a form's file."""
    return await client.post(url, files={"file": ("word.wav", data, "audio/wav")})


async def test_form_raw_body_and_sample_answer_alike(client: httpx.AsyncClient) -> None:
    form = await send(client, wav())
    raw = await client.post(PREDICT, content=wav(), headers={"content-type": "audio/wav"})
    sample = await client.post(PREDICT, json={"sample": "hum"})
    assert form.status_code == 200, form.text
    assert form.json() == raw.json() == sample.json()
    found = schemas.PredictAnswer.model_validate(form.json())
    assert found.input.kind == "audio"
    assert [p.label for p in found.predictions if hasattr(p, "label")] != []
    assert found.steps is not None
    assert form.json()["steps"][-1]["predictions"] == form.json()["predictions"]
    assert len(found.steps) == form.json()["input"]["window"]["total"]


async def test_the_trace_adds_up(client: httpx.AsyncClient, models: Path) -> None:
    answer = await client.post(
        TRACE, content=wav(), headers={"content-type": "audio/x-wav", **SAFETENSORS}
    )
    tensors = load(answer.content)
    w = Zoo(models, 10**8).model("words").net.state_dict()
    steps = tensors["input"].shape[0]
    assert tensors["input"].shape == (steps, 8)
    for name in ("gru", "gru.l0.h", "gru.l0.gate.r", "gru.l0.gate.z", "gru.l0.gate.n"):
        assert tensors[name].shape == (steps, 6)
    logits = tensors["gru"] @ w["linear.weight"].T + w["linear.bias"]
    assert torch.allclose(tensors["logits"], logits, atol=1e-5)


async def test_the_trace_as_json_and_its_graph(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{TRACE}?steps=2:5&digits=4", json={"sample": "hum"})
    found = schemas.TraceAnswer.model_validate(answer.json())
    assert found.graph[0].output_shape == ["T", 8]
    assert found.tensors["input"].shape == [3, 8]
    assert answer.json()["input"]["window"] == {
        "start": 2, "end": 5, "total": answer.json()["input"]["window"]["total"],
    }  # fmt: skip
    far = await client.post(f"{TRACE}?steps=400:500", json={"sample": "hum"})
    assert "frames" in problem(far, 422)


async def test_what_was_done_is_said(client: httpx.AsyncClient) -> None:
    x = np.concatenate([silence(0.5, 16_000), spoken(rate=16_000)])
    body = (await send(client, wav(x, rate=16_000, channels=2))).json()["input"]
    assert body["original"] == {
        "seconds": 0.9, "rate": 16_000, "channels": 2, "format": "WAV, PCM 16 bit",
        "bytes": len(x) * 4 + 44,
    }  # fmt: skip
    assert 0.4 < body["spoken"]["start"] < 0.55
    assert body["frame"] == {"window": 0.025, "hop": 0.01}
    assert [s["op"] for s in body["steps"]] == ["mono", "resample", "trim", "logmel", "normalise"]


async def test_the_sample_is_sent(client: httpx.AsyncClient) -> None:
    listed = schemas.SampleList.model_validate((await client.get(f"{API}/words/samples")).json())
    assert listed.samples[0].kind == "audio"
    assert listed.samples[0].url is not None
    file = await client.get(listed.samples[0].url)
    assert file.headers["content-type"] == "audio/wav"
    assert file.content == wav()


async def test_readers_calls_take_recordings_too(client: httpx.AsyncClient) -> None:
    effects = await client.post(f"{API}/words/effects", json={"sample": "hum"})
    assert len(schemas.EffectsAnswer.model_validate(effects.json()).effects) == 6
    reach = await client.post(f"{API}/words/reach", json={"sample": "hum"})
    assert reach.json()["per"] == "frame"
    held = [{"op": "clamp", "tensor": "gru.l0.gate.z", "step": 0, "unit": None, "value": 1}]
    clamped = await client.post(PREDICT, json={"sample": "hum", "options": {"edits": held}})
    assert clamped.status_code == 200, clamped.text


# --- bad input ------------------------------------------------------------------------------

BAD: list[tuple[bytes, int, str]] = [
    (b"", 422, "empty"),
    (b"hello, this is a text", 415, "Send a WAV file"),
    (b"fLaC" + b"\0" * 90, 415, "This is FLAC"),
    (b"OggS" + b"\0" * 90, 415, "This is OGG"),
    (b"\x1aE\xdf\xa3" + b"\0" * 90, 415, "This is WebM"),
    (wav(codec=6, bits=8), 415, "A-law"),
    (wav(rate=2_000), 422, "2,000 samples a second"),
    (wav(silence(0)), 422, "holds no sound"),
    (wav()[:30], 422, "damaged"),
    (wav()[:2_000], 422, "stops long before"),
    (wav(silence(4)), 413, "lasts 4 s; the limit is 3 s"),
    (wav(stated=3_000_000_000), 413, "the limit is 3 s"),
    (wav(silence(1)), 422, "silent"),
    (wav(spoken(0.02)), 422, "too little sound"),
    (wav(channels=12), 422, "12 channels"),
    (png(), 422, "reads recordings"),
]


@pytest.mark.parametrize(("data", "status", "words"), BAD)
async def test_bad_recordings_are_told_why(
    client: httpx.AsyncClient, data: bytes, status: int, words: str
) -> None:
    assert words in problem(await send(client, data), status)
    raw = await client.post(TRACE, content=data, headers={"content-type": "audio/wav"})
    assert words in problem(raw, status)


async def test_the_wrong_input_for_the_model(client: httpx.AsyncClient) -> None:
    words = await client.post(PREDICT, json={"text": "seven"})
    assert "reads recordings" in problem(words, 422)
    assert "reads pictures" in problem(await send(client, wav(), f"{API}/shapes/predict"), 422)
    assert "reads text" in problem(await send(client, wav(), f"{API}/mood/predict"), 422)
    large = await send(client, wav(silence(140)))
    assert "limit is 2 MB" in problem(large, 413)


@pytest.mark.parametrize(
    "options", [{"crop": [0, 0, 9]}, {"turn": 5}, {"order": {"of": "rows"}}, {"shift": [1, 0]}]
)
async def test_options_of_pictures_are_refused(
    client: httpx.AsyncClient, options: dict[str, object]
) -> None:
    answer = await client.post(PREDICT, json={"sample": "hum", "options": options})
    assert "for pictures" in problem(answer, 422)


async def test_other_calls_refuse_in_words(client: httpx.AsyncClient) -> None:
    for call in ("gradient", "explain"):
        problem(await client.post(f"{API}/words/{call}", json={"sample": "hum"}), 422)


# --- voices ---------------------------------------------------------------------------------


async def test_the_voices_are_the_file(client: httpx.AsyncClient, models: Path) -> None:
    answer = await client.get(f"{API}/words/voices")
    assert answer.content == (models / "words" / "voices.json").read_bytes()
    assert VoicesAnswer.model_validate(answer.json()).voices[0].speaker == "george"
    assert (await client.get(f"{API}/words")).json()["voices"] is True
    assert (await client.get(f"{API}/mood")).json()["voices"] is False
    for name in ("mood", "none"):
        problem(await client.get(f"{API}/{name}/voices"), 404)
    problem(await client.get(f"{API}/words/voices", headers={"accept": "image/webp"}), 406)


async def test_voices_that_do_not_validate_are_named(tmp_path: Path, models: Path) -> None:
    folder = tmp_path / "words"
    folder.mkdir()
    for name in ("model.toml", "weights.safetensors"):
        (folder / name).write_bytes((models / "words" / name).read_bytes())
    (folder / "voices.json").write_text("{}")
    with pytest.raises(CardError, match="voices"):
        Zoo(tmp_path, 10**8).voices("words")
