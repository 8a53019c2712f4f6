"""Clips over HTTP: predict and trace frame by frame, other orders, the bad ones, the figures."""

from __future__ import annotations

import struct
from pathlib import Path

import httpx
import pytest
import torch
from PIL import Image
from safetensors.torch import load

from app.core.errors import CardError
from app.web import schemas
from app.web.frames import FramesAnswer
from app.zoo import Zoo
from tests.api.conftest import API, clip, encoded, png, problem, strip
from tests.sounds import wav

PREDICT, TRACE = f"{API}/moves/predict", f"{API}/moves/trace"
SAFETENSORS = {"accept": "application/vnd.safetensors"}


async def send(client: httpx.AsyncClient, data: bytes, options: str = "{}") -> httpx.Response:
    """A clip as a form's file."""
    files = {"file": ("clip.gif", data, "image/gif")}
    return await client.post(PREDICT, files=files, data={"options": options})


async def test_form_raw_body_strip_and_sample_answer_alike(client: httpx.AsyncClient) -> None:
    form = await send(client, clip())
    raw = await client.post(PREDICT, content=clip(), headers={"content-type": "image/gif"})
    sample = await client.post(PREDICT, json={"sample": "slide"})
    tall = await send(client, strip(), '{"frames": 5}')
    assert form.status_code == 200, form.text
    assert form.json() == raw.json() == sample.json()
    assert tall.json()["predictions"] == form.json()["predictions"]
    found = schemas.PredictAnswer.model_validate(form.json())
    assert found.input.kind == "video"
    assert found.steps is not None
    assert form.json()["steps"][-1]["predictions"] == form.json()["predictions"]
    assert form.json()["input"]["original"] == {
        "width": 24, "height": 24, "frames": 5, "seconds": 0.5, "format": "GIF",
        "bytes": len(clip()),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
async def test_other_files_that_move(client: httpx.AsyncClient, kind: str) -> None:
    answer = await send(client, clip(kind=kind))
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["steps"]) == 5


async def test_the_trace_is_plain_torch(client: httpx.AsyncClient, models: Path) -> None:
    answer = await client.post(TRACE, json={"sample": "slide"}, headers=SAFETENSORS)
    tensors, net = load(answer.content), Zoo(models, 10**8).model("moves").net
    assert tensors["input"].shape == (5, 1, 12, 12)
    assert tensors["relu1"].shape == (5, 3, 12, 12)
    assert tensors["features"].shape == (5, 5)
    with torch.inference_mode():
        maps = net.get_submodule("conv1")(tensors["input"])
        flat = torch.nn.functional.max_pool2d(maps.relu(), 4).flatten(1)
        features = net.get_submodule("features")(flat)
        h, _ = net.get_submodule("lstm")(features[None])
        logits = net.get_submodule("linear")(h[0])
    for name, value in (("conv1", maps), ("features", features), ("lstm", h[0])):
        assert torch.allclose(tensors[name], value, atol=1e-6), name
    assert torch.allclose(tensors["lstm.l0.h"], h[0], atol=1e-6)
    c, o = tensors["lstm.l0.c"], tensors["lstm.l0.gate.o"]
    assert torch.allclose(o * c.tanh(), h[0], atol=1e-6)
    kept = tensors["lstm.l0.gate.f"][1:] * c[:-1]
    written = (tensors["lstm.l0.gate.i"] * tensors["lstm.l0.gate.g"])[1:]
    assert torch.allclose(kept + written, c[1:], atol=1e-6)
    assert torch.allclose(tensors["logits"], logits, atol=1e-6)
    assert torch.allclose(tensors["probabilities"], logits.softmax(1), atol=1e-6)


async def test_layers_and_steps_bound_a_trace(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{TRACE}?layers=relu1&steps=1:3", json={"sample": "slide"})
    found = schemas.TraceAnswer.model_validate(answer.json())
    assert found.graph[0].output_shape == ["T", 1, 12, 12]
    assert {name: t.shape for name, t in found.tensors.items()} == {"relu1": [2, 3, 12, 12]}
    far = await client.post(f"{TRACE}?steps=40:50", json={"sample": "slide"})
    assert "5 frames" in problem(far, 422)


# --- orders ---------------------------------------------------------------------------------


async def frames_of(client: httpx.AsyncClient, order: dict[str, object] | None) -> torch.Tensor:
    """The network's input under an order."""
    body = {"sample": "slide", "options": {"order": order}}
    answer = await client.post(f"{TRACE}?layers=input", json=body, headers=SAFETENSORS)
    assert answer.status_code == 200, answer.text
    return load(answer.content)["input"]


async def test_frames_in_other_orders(client: httpx.AsyncClient) -> None:
    plain = await frames_of(client, None)
    back = await frames_of(client, {"of": "frames", "how": "reversed"})
    assert torch.equal(back, plain.flip(0))
    held = await frames_of(client, {"of": "frames", "how": "held", "at": 2})
    assert torch.equal(held, plain[[2] * 5])
    mixed = await frames_of(client, {"of": "frames", "seed": 3})
    assert torch.equal(mixed, await frames_of(client, {"of": "frames", "seed": 3}))
    assert not torch.equal(mixed, plain)
    assert sorted(mixed.flatten(1).tolist()) == sorted(plain.flatten(1).tolist())
    body = {"sample": "slide", "options": {"order": {"of": "frames", "how": "held"}}}
    said = (await client.post(PREDICT, json=body)).json()
    assert said["options"]["order"] == {"of": "frames", "how": "held", "at": 0}
    assert "in the place of all" in said["input"]["steps"][-1]["text"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"order": {"of": "rows"}}, "frames to put in order"),
        ({"order": {"of": "frames", "how": "held", "at": 9}}, "the clip has 5 frames"),
        ({"order": {"of": "frames", "how": "held", "seed": 1}}, "draws nothing"),
        ({"order": {"of": "frames", "at": 1}}, "is for held"),
        ({"order": {"of": "pixels", "how": "held"}}, "frames of a clip"),
        ({"frames": 1}, "2 to 1,000"),
        ({"frames": 5}, "this one moves"),
        ({"crop": [0, 0, 9]}, "for pictures"),
        ({"turn": 5}, "for pictures"),
    ],
)
async def test_options_that_do_not_fit(
    client: httpx.AsyncClient, options: dict[str, object], words: str
) -> None:
    answer = await client.post(PREDICT, json={"sample": "slide", "options": options})
    assert words in problem(answer, 422)


@pytest.mark.parametrize(("model", "sample"), [("shapes", "blocks"), ("words", "hum")])
@pytest.mark.parametrize("options", [{"order": {"of": "frames"}}, {"frames": 2}])
async def test_other_models_have_no_frames_to_order(
    client: httpx.AsyncClient, model: str, sample: str, options: dict[str, object]
) -> None:
    body = {"sample": sample, "options": options}
    problem(await client.post(f"{API}/{model}/predict", json=body), 422)


# --- what else is asked of readers ----------------------------------------------------------


async def test_readers_calls_take_clips_too(client: httpx.AsyncClient) -> None:
    effects = await client.post(f"{API}/moves/effects", json={"sample": "slide"})
    assert len(schemas.EffectsAnswer.model_validate(effects.json()).effects) == 4
    held = [{"op": "clamp", "tensor": "lstm.l0.gate.f", "step": 0, "unit": None, "value": 1}]
    clamped = await client.post(PREDICT, json={"sample": "slide", "options": {"edits": held}})
    assert clamped.status_code == 200, clamped.text


@pytest.mark.parametrize("call", ["gradient", "explain", "reach", "states"])
async def test_other_calls_answer_or_refuse_in_words(client: httpx.AsyncClient, call: str) -> None:
    answer = await client.post(f"{API}/moves/{call}", json={"sample": "slide"})
    if answer.status_code != 200:
        problem(answer, 422)


async def test_the_sample_is_sent(client: httpx.AsyncClient) -> None:
    listed = schemas.SampleList.model_validate((await client.get(f"{API}/moves/samples")).json())
    assert listed.samples[0].kind == "video"
    file = await client.get(listed.samples[0].url or "")
    assert (file.headers["content-type"], file.content) == ("image/gif", clip())
    atlas = await client.get(f"{API}/moves/samples/slide/atlas", headers=SAFETENSORS)
    if atlas.status_code != 200:
        problem(atlas, 422)


# --- bad input ------------------------------------------------------------------------------


def many_frames() -> bytes:
    """A GIF of 4,000 frames of one pixel, a hundred kB."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * 4_000 + b"\x3b"


BAD: list[tuple[bytes, int, str]] = [
    (b"", 422, "empty"),
    (b"hello, this is a text", 415, "Not a clip"),
    (b"\0\0\0\x18ftypmp42" + b"\0" * 90, 415, "a browser decodes them"),
    (b"\x1aE\xdf\xa3" + b"\0" * 90, 415, "a browser decodes them"),
    (png(), 422, "does not move"),
    (clip(1), 422, "does not move"),
    (clip()[:40], 422, "damaged"),
    (clip()[:-40], 200, ""),
    (many_frames(), 413, "more than 1,000 frames"),
    (clip(9, (800, 800)), 413, "million pixels in all"),
    (wav(), 422, "reads clips"),
]


@pytest.mark.parametrize(("data", "status", "words"), BAD)
async def test_bad_clips_are_told_why(
    client: httpx.AsyncClient, data: bytes, status: int, words: str
) -> None:
    answer = await send(client, data)
    if status != 200:
        assert words in problem(answer, status)
        return
    assert answer.status_code == 200, answer.text
    assert "The file ends early" in answer.text


async def test_nothing_to_see_and_no_equal_frames(client: httpx.AsyncClient) -> None:
    assert "one brightness" in problem(await send(client, blank()), 422)
    odd = await send(client, png(20, 31), '{"frames": 5}')
    assert "does not cut a picture 31 pixels high" in problem(odd, 422)
    text = await client.post(PREDICT, json={"text": "left"})
    assert "reads clips" in problem(text, 422)


def blank() -> bytes:
    """Two frames of one grey."""
    sheets = [Image.new("L", (24, 24), 128 + k) for k in range(2)]
    return encoded(sheets[0], "GIF", save_all=True, append_images=sheets[1:])


async def test_more_frames_than_it_reads_are_picked_evenly(client: httpx.AsyncClient) -> None:
    answer = (await send(client, clip(21, (60, 24)))).json()
    assert len(answer["steps"]) == 5
    assert answer["input"]["original"]["frames"] == 21
    assert any("5 of its 21 frames" in step["text"] for step in answer["input"]["steps"])


# --- what the order is worth ----------------------------------------------------------------


async def test_the_figures_are_the_file(client: httpx.AsyncClient, models: Path) -> None:
    answer = await client.get(f"{API}/moves/frames")
    assert answer.content == (models / "moves" / "frames.json").read_bytes()
    assert FramesAnswer.model_validate(answer.json()).ways[0].how == "plain"
    assert (await client.get(f"{API}/moves")).json()["frames"] is True
    assert (await client.get(f"{API}/mood")).json()["frames"] is False
    for name in ("mood", "none"):
        problem(await client.get(f"{API}/{name}/frames"), 404)


async def test_figures_of_other_weights_are_not_shown(tmp_path: Path, models: Path) -> None:
    folder = tmp_path / "moves"
    folder.mkdir()
    for name in ("model.toml", "weights.safetensors", "frames.json"):
        (folder / name).write_bytes((models / "moves" / name).read_bytes())
    zoo = Zoo(tmp_path, 10**8)
    assert zoo.has_frames("moves")
    text = (folder / "frames.json").read_text()
    (folder / "frames.json").write_text(text.replace(zoo.card("moves").weights.sha256, "0" * 64))
    assert not zoo.has_frames("moves")
    (folder / "frames.json").write_text("{}")
    with pytest.raises(CardError, match="frames"):
        zoo.frames("moves")
