"""Two tiny random models in a folder of their own, and the app over them, in this process.

shapes   cnn: 3 × 16 × 16 -> 3 classes, conv-relu-pool twice, flatten, linear; with two moments
         of a training, studies and the looks of its first layer
strokes  cnn for drawn digits: 1 × 28 × 28 -> 10
mood     lstm: word vectors of 8 -> 6 units -> 2 classes, causal; what its units follow
both     gru in two directions, not causal
sense    lstm in two directions, read at the word "bank"
windows  cnn over words: windows of 2 and 3, the largest over time
words    gru over the frames of a recording: 8 bands -> 6 units -> 3 classes, causal; its voices
moves    cnn for each of 5 frames of a clip, lstm over them -> 2 classes, causal; their order
"""

from __future__ import annotations

import hashlib
import io
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import torch
import uvicorn
from fastapi import FastAPI
from PIL import Image
from safetensors.torch import save_file

from app.core.settings import Settings
from app.nets import build
from app.training.watched import watch
from app.web.app import create_app
from app.web.frames import FRAMES
from app.web.voices import VOICES
from app.zoo import Zoo
from app.zoo.publish import write_model, write_shared_table
from tests.sounds import wav

API = "/api/v1/models"
SENTENCES = "i went to the river bank . not a bad movie at all good do n't it 's , ! cat"
WORDS = SENTENCES.split()
LINES = ("I went to the bank.", "zzz", "Not a bad movie at all, it's good!")
CONV = {"op": "conv2d", "kernel_size": 3, "padding": 1}
SHAPES: list[dict[str, Any]] = [
    {"name": "conv1", "in_channels": 3, "out_channels": 4, **CONV},
    {"name": "relu1", "op": "relu"},
    {"name": "pool1", "op": "max_pool2d", "kernel_size": 2},
    {"name": "conv2", "in_channels": 4, "out_channels": 5, **CONV},
    {"name": "relu2", "op": "relu"},
    {"name": "pool2", "op": "avg_pool2d", "kernel_size": 2},
    {"name": "flatten", "op": "flatten"},
    {"name": "linear", "op": "linear", "in_features": 80, "out_features": 3},
]
STROKES: list[dict[str, Any]] = [
    {"name": "conv1", "op": "conv2d", "in_channels": 1, "out_channels": 2, "kernel_size": 5},
    {"name": "tanh1", "op": "tanh"},
    {"name": "pool1", "op": "avg_pool2d", "kernel_size": 4},
    {"name": "flatten", "op": "flatten"},
    {"name": "fc1", "op": "linear", "in_features": 72, "out_features": 7},
    {"name": "relu1", "op": "relu"},
    {"name": "linear", "op": "linear", "in_features": 7, "out_features": 10},
]
EMBED = {"name": "embedding", "op": "embedding", "num_embeddings": len(WORDS) + 1,
         "embedding_dim": 8}  # fmt: skip
MOOD: list[dict[str, Any]] = [
    EMBED,
    {"name": "lstm", "op": "lstm", "input_size": 8, "hidden_size": 6},
    {"name": "linear", "op": "linear", "in_features": 6, "out_features": 2},
]
BOTH: list[dict[str, Any]] = [
    EMBED,
    {"name": "gru", "op": "gru", "input_size": 8, "hidden_size": 4, "bidirectional": True},
    {"name": "linear", "op": "linear", "in_features": 8, "out_features": 2},
]
SENSE: list[dict[str, Any]] = [
    EMBED,
    {"name": "lstm", "op": "lstm", "input_size": 8, "hidden_size": 4, "bidirectional": True},
    {"name": "bank", "op": "at_word", "ids": [WORDS.index("bank")]},
    {"name": "linear", "op": "linear", "in_features": 8, "out_features": 2},
]
WINDOWS: list[dict[str, Any]] = [
    EMBED,
    *(
        layer
        for k in (2, 3)
        for layer in (
            {"name": f"conv{k}", "op": "word_conv", "in_channels": 8, "out_channels": 4,
             "kernel_size": k, "inputs": ["embedding"]},
            {"name": f"relu{k}", "op": "relu"},
            {"name": f"max{k}", "op": "max_over_time"},
        )
    ),
    {"name": "concat", "op": "concat", "inputs": ["max2", "max3"]},
    {"name": "linear", "op": "linear", "in_features": 8, "out_features": 2},
]  # fmt: skip
HEARD: list[dict[str, Any]] = [
    {"name": "gru", "op": "gru", "input_size": 8, "hidden_size": 6},
    {"name": "linear", "op": "linear", "in_features": 6, "out_features": 3},
]
MOVES: list[dict[str, Any]] = [
    {"name": "conv1", "in_channels": 1, "out_channels": 3, **CONV},
    {"name": "relu1", "op": "relu"},
    {"name": "pool1", "op": "max_pool2d", "kernel_size": 4},
    {"name": "flatten", "op": "flatten"},
    {"name": "features", "op": "linear", "in_features": 27, "out_features": 5},
    {"name": "lstm", "op": "lstm", "input_size": 5, "hidden_size": 4},
    {"name": "linear", "op": "linear", "in_features": 4, "out_features": 2},
]
PHOTO = {"kind": "image", "size": 16, "channels": 3, "mode": "photo",
         "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]}  # fmt: skip
DIGIT = {"kind": "image", "size": 28, "channels": 1, "mode": "digit",
         "mean": [0.13], "std": [0.31]}  # fmt: skip
TEXT: dict[str, Any] = {
    "kind": "text", "tokenizer": "glove", "vocabulary": "mini", "max_tokens": 20_000,
}  # fmt: skip

AUDIO: dict[str, Any] = {"kind": "audio", "rate": 8_000, "window": 200, "hop": 80, "fft": 256,
                         "bands": 8, "seconds": 3.0}  # fmt: skip
VIDEO: dict[str, Any] = {"kind": "video", "frames": 5, "height": 12, "width": 12}


def png(width: int = 40, height: int = 30, mode: str = "RGB", seed: int = 0) -> bytes:
    """A picture of random blocks, as PNG."""
    return encoded(picture(width, height, mode, seed), "PNG")


def picture(width: int = 40, height: int = 30, mode: str = "RGB", seed: int = 0) -> Image.Image:
    """Blocks of colour, so that a resize does not turn it grey."""
    random = torch.Generator().manual_seed(seed)
    values = torch.randint(0, 256, (4, 4, 3), generator=random, dtype=torch.uint8)
    return Image.fromarray(values.numpy(), "RGB").resize((width, height), 0).convert(mode)


def encoded(image: Image.Image, kind: str, **more: Any) -> bytes:
    """A picture's file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def moments(folder: Path) -> dict[str, Any]:
    """Two moments of a training, as the card names them; random weights."""
    state = {
        f"{step}/{name}": value.half()
        for step in (0, 40)
        for name, value in build("sequential", SHAPES).state_dict().items()
    }
    save_file(state, folder / "snapshots.safetensors")
    content = (folder / "snapshots.safetensors").read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "steps": [0, 40]}


def write_studies(folder: Path, sha256: str) -> None:
    """studies.json with the looks of one layer, and their picture."""
    (folder / "looks").mkdir()
    picture(128, 64).save(folder / "looks" / "conv1.webp")
    look = {"image": "looks/conv1.webp", "tile": 32, "columns": 4, "value": [1.0, 2.0, 0.5, 3.0],
            "above": [True, True, False, True], "field": [3, 3]}  # fmt: skip
    moments = [{"step": 0, "accuracy": 0.25, "n": 4}]
    about = {"weights": sha256, "split": "test", "n": 4, "command": "none",
             "looks": {"conv1": look}, "moments": moments}  # fmt: skip
    (folder / "studies.json").write_text(json.dumps(about))


def write_voices(folder: Path, recipe: dict[str, Any]) -> None:
    """voices.json of one voice."""
    about = {**VOICES, "recipe": recipe}
    (folder / "voices.json").write_text(json.dumps(about))


def clip(count: int = 5, size: tuple[int, int] = (24, 24), kind: str = "GIF") -> bytes:
    """A dark square that goes right over white paper, in `count` frames."""
    width, height = size
    frames = []
    for k in range(count):
        sheet = Image.new("L", size, 255)
        left = round(k * (width - 8) / max(1, count - 1))
        sheet.paste(0, (left, height // 2 - 3, left + 6, height // 2 + 3))
        frames.append(sheet)
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def strip(count: int = 5, side: int = 24) -> bytes:
    """The same square as one tall picture, a frame under another."""
    sheet = Image.new("L", (side, side * count), 255)
    for k in range(count):
        left = round(k * (side - 8) / (count - 1))
        sheet.paste(0, (left, k * side + side // 2 - 3, left + 6, k * side + side // 2 + 3))
    return encoded(sheet, "PNG")


def write_frames(folder: Path, sha256: str) -> None:
    """frames.json, of these weights."""
    (folder / "frames.json").write_text(json.dumps({**FRAMES, "sha256": sha256}))


def card(model_id: str, kind: str, layers: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A card without `weights`."""
    return {
        "id": model_id, "title": model_id.title(), "summary": "For tests.", "kind": kind,
        "task": "classification", "limits": ["Random weights."],
        "architecture": {
            "name": "sequential" if kind == "cnn" else "recurrent", "layers": layers,
        },
        "data": [{"name": "none", "source": "-", "licence": "CC0", "split": "test", "n": 1}],
        "training": {"command": "none", "seed": 1, "minutes": 0.0},
        "metrics": [{"name": "accuracy", "value": 0.5, "split": "test", "n": 1, "baseline": 0.5,
                     "baseline_name": "majority", "command": "none"}],
        "familiarity": {"method": "max_probability", "threshold": 0.1},
        **more,
    }  # fmt: skip


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder."""
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(7)
    write_shared_table(folder, "mini", torch.randn(len(WORDS), 8), WORDS)
    (folder / "_shared" / "sentences.txt").write_text("\n".join(LINES) + "\n")
    samples = folder / "shapes" / "samples"
    samples.mkdir(parents=True)
    (samples / "blocks.png").write_bytes(png(50, 40))
    texts = [{"name": "bank", "title": "River bank", "text": "I went to the river bank."}]
    blocks = [{"name": "blocks", "title": "Blocks", "source": "file:samples/blocks.png",
               "drawing": True}]  # fmt: skip
    hums = folder / "words" / "samples"
    hums.mkdir(parents=True)
    (hums / "hum.wav").write_bytes(wav())
    hum = [{"name": "hum", "title": "A hum", "source": "file:samples/hum.wav", "drawing": True}]
    gifs = folder / "moves" / "samples"
    gifs.mkdir(parents=True)
    (gifs / "slide.gif").write_bytes(clip())
    slide = [{"name": "slide", "title": "Goes right", "source": "file:samples/slide.gif",
              "drawing": True}]  # fmt: skip
    image: dict[str, Any] = {"input": "image"}
    text: dict[str, Any] = {"input": "text", "preprocessing": TEXT, "samples": texts}
    two, ten = ["negative", "positive"], [str(n) for n in range(10)]
    cards = [
        card("shapes", "cnn", SHAPES, classes=["cat", "dog", "cup"], preprocessing=PHOTO,
             samples=blocks, snapshots=moments(folder / "shapes"), **image),
        card("strokes", "cnn", STROKES, classes=ten, preprocessing=DIGIT, **image),
        card("mood", "lstm", MOOD, classes=two, causal=True, loss_at="every", **text),
        card("both", "gru", BOTH, classes=two, loss_at="last", **text),
        card("sense", "lstm", SENSE, classes=["money", "river"], read="word",
             **{**text, "preprocessing": {**TEXT, "words": ["bank", "banks"]}}),
        card("windows", "cnn", WINDOWS, classes=two, **text,
             architecture={"name": "branched", "layers": WINDOWS}),
        card("words", "gru", HEARD, classes=["one", "two", "three"], causal=True, loss_at="every",
             input="audio", preprocessing=AUDIO, samples=hum),
        card("moves", "lstm", MOVES, classes=["left", "right"], causal=True, loss_at="every",
             input="video", preprocessing=VIDEO, samples=slide,
             architecture={"name": "video", "layers": MOVES}),
    ]  # fmt: skip
    for one in cards:
        net = build(one["architecture"]["name"], one["architecture"]["layers"])
        shared = ["mini"] if one["input"] == "text" else []
        written = write_model(folder / one["id"], one, net.state_dict(), shared)
        if written.snapshots is not None:
            write_studies(folder / one["id"], written.weights.sha256)
        if one["input"] == "video":
            write_frames(folder / one["id"], written.weights.sha256)
    write_voices(folder / "words", recipe={})
    zoo = Zoo(folder, 10**9)
    (folder / "mood" / "units.json").write_text(watch(zoo.model("mood"), zoo).dump())
    return folder


@pytest.fixture(scope="session")
def settings(models: Path) -> Settings:
    """Settings over the tiny models; small limits, so that tests reach them quickly."""
    return Settings(models_folder=models, max_upload_bytes=2_000_000, max_pixels=4_000_000)


@pytest.fixture(scope="session")
def app(settings: Settings) -> FastAPI:
    """One application for all tests; it keeps nothing of a request."""
    return create_app(settings)


@pytest_asyncio.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client in this process."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as found:
        yield found


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[str]:
    """uvicorn in a thread, over the tiny models; gives its address."""
    config = uvicorn.Config(create_app(settings), log_config=None, access_log=False)
    running = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        while not running.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        running.should_exit = True
        thread.join(timeout=20)


def problem(answer: httpx.Response, status: int) -> str:
    """Asserts a well-formed problem of this status; gives its sentence."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert (body["type"], body["status"]) == ("about:blank", status)
    detail: str = body["detail"]
    assert detail.endswith((".", "…"))
    return detail
