"""A network that finds things: boxes in pixels of what was sent, and how they came to be."""

from __future__ import annotations

import io
import json
import math
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import torch
from PIL import Image

from app.core.settings import Settings
from app.nets import build
from app.web import schemas
from app.web.app import create_app
from app.zoo.publish import write_model
from tests.api.conftest import API, CONV, PHOTO, SHAPES, card, png, problem
from tests.api.test_contract import ST, unpacked

FINDER: list[dict[str, Any]] = [
    {"name": "conv1", "in_channels": 3, "out_channels": 6, **CONV},
    {"name": "relu1", "op": "relu"},
    {"name": "pool1", "op": "max_pool2d", "kernel_size": 4},
    {"name": "cells", "op": "conv2d", "in_channels": 6, "out_channels": 7, "kernel_size": 1},
]
CLASSES = ["cat", "dog"]
URL = f"{API}/finder"


@pytest_asyncio.fixture
async def finder(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A detector of random weights with a grid of 4 x 4, and a network that names."""
    torch.manual_seed(3)
    net = build("sequential", FINDER)
    with torch.no_grad():
        net.get_submodule("cells").bias[0] += 1.0  # type: ignore[operator, index]
    about = card(
        "finder", "cnn", FINDER, classes=CLASSES, task="detection", input="image",
        preprocessing={**PHOTO, "mode": "whole"}, detection={"score": 0.3, "overlap": 0.4},
    )  # fmt: skip
    about.pop("familiarity")
    write_model(tmp_path / "finder", about, net.state_dict())
    named = card("shapes", "cnn", SHAPES, classes=["cat", "dog", "cup"], preprocessing=PHOTO,
                 input="image")  # fmt: skip
    write_model(tmp_path / "shapes", named, build("sequential", SHAPES).state_dict())
    app = create_app(Settings(models_folder=tmp_path, max_pixels=4_000_000))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


def options(**more: Any) -> dict[str, str]:
    return {"options": json.dumps(more)}


def iou(a: list[float], b: list[float]) -> float:
    wide = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    high = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    sizes = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
    return wide * high / (sum(sizes) - wide * high)


async def test_boxes_are_what_the_maps_say(finder: httpx.AsyncClient) -> None:
    """Decoded and suppressed once more, by plain loops over the trace's own float32."""
    asked = options(detect={"score": 0.1, "overlap": 0.3})
    about, t = unpacked(
        await finder.post(f"{URL}/trace", files={"file": png(40, 20)}, data=asked, headers=ST)
    )
    schemas.TraceAbout.model_validate(about)
    assert {"logits", "objectness", "classes", "boxes"} <= set(t)
    assert [node["name"] for node in about["graph"]][-1] == "logits"
    cells: list[dict[str, Any]] = []
    for row in range(4):
        for column in range(4):
            o, *rest = t["logits"][:, row, column].tolist()
            reach, logits = [4 * math.exp(v) for v in rest[:4]], rest[4:]
            shares = [math.exp(v) / sum(map(math.exp, logits)) for v in logits]
            x, y = 4 * column + 2, 4 * row + 2
            sides = [x - reach[0], y - reach[1], x + reach[2], y + reach[3]]
            box = [min(16.0, max(0.0, v)) for v in sides]
            objectness = 1 / (1 + math.exp(-o))
            assert t["boxes"][:, row, column].tolist() == pytest.approx(box, rel=1e-5)
            assert t["classes"][:, row, column].tolist() == pytest.approx(shares, rel=1e-5)
            assert float(t["objectness"][row, column]) == pytest.approx(objectness, rel=1e-5)
            label = CLASSES[shares.index(max(shares))]
            cells.append({"cell": [row, column], "box": box, "label": label,
                          "score": objectness * max(shares)})  # fmt: skip
    expected = sorted((c for c in cells if c["score"] >= 0.1), key=lambda c: -c["score"])
    by: list[int] = []
    for place, one in enumerate(expected):
        better = (
            k for k in range(place) if by[k] == k and iou(expected[k]["box"], one["box"]) > 0.3
        )
        by.append(next(better, place))
    found = about["detection"]
    assert (found["stride"], found["grid"]) == (4, [4, 4])
    assert [p["cell"] for p in found["proposals"]] == [c["cell"] for c in expected]
    assert [p["by"] for p in found["proposals"]] == by
    assert len(set(by)) < len(by), "nothing was suppressed: this shows nothing"
    stay = [expected[k] for k in range(len(by)) if by[k] == k]
    assert [p["label"] for p in about["predictions"]] == [c["label"] for c in stay]
    # 40 x 20 fills rows 4 to 12 of the square: 2.5 px of the picture for each of its own.
    for said, mine in zip(about["predictions"], stay, strict=True):
        x0, y0, x1, y1 = mine["box"]
        there = [2.5 * x0, 2.5 * (y0 - 4), 2.5 * x1, 2.5 * (y1 - 4)]
        held = [min(limit, max(0.0, v)) for v, limit in zip(there, (40, 20, 40, 20), strict=True)]
        assert said["box"] == pytest.approx(held, abs=1e-4)
        assert said["score"] == pytest.approx(mine["score"], rel=1e-6)
    assert about["familiarity"] is None


async def test_thresholds_are_repeated_and_the_cards_are_usual(finder: httpx.AsyncClient) -> None:
    url = f"{URL}/predict"
    plain = await finder.post(url, files={"file": png()})
    schemas.PredictAnswer.model_validate(plain.json())
    assert plain.json()["options"] == {"detect": {"score": 0.3, "overlap": 0.4}}
    scores = [p["score"] for p in plain.json()["predictions"]]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0.3
    one = await finder.post(url, files={"file": png()}, data=options(detect={"overlap": 1}))
    assert one.json()["options"] == {"detect": {"score": 0.3, "overlap": 1.0}}
    assert len(one.json()["predictions"]) > len(scores)
    none = await finder.post(url, files={"file": png()}, data=options(detect={"score": 1}))
    schemas.PredictAnswer.model_validate(none.json())
    assert none.json()["predictions"] == []


@pytest.mark.parametrize(
    "detect",
    [{"score": 0}, {"score": 1.01}, {"overlap": -0.1}, {"overlap": 2}, {"score": "high"},
     {"score": True}, {"least": 0.5}, [0.5, 0.4], 0.5],
)  # fmt: skip
async def test_thresholds_out_of_bounds(finder: httpx.AsyncClient, detect: object) -> None:
    answer = await finder.post(f"{URL}/predict", files={"file": png()}, data=options(detect=detect))
    assert "detect" in problem(answer, 422)


async def test_layers_are_chosen_by_name(finder: httpx.AsyncClient) -> None:
    url = f"{URL}/trace?layers=relu1,boxes"
    about, t = unpacked(await finder.post(url, files={"file": png()}, headers=ST))
    assert set(t) == {"relu1", "boxes"}
    assert about["detection"]["proposals"]
    wrong = await finder.post(f"{URL}/trace?layers=masks", files={"file": png()})
    assert "no layer 'masks'" in problem(wrong, 422)


async def test_a_changed_network_finds_other_things(finder: httpx.AsyncClient) -> None:
    """A net that reads nothing says the same in every cell: what its biases are."""
    edits = [{"op": "scale", "tensor": "pool1", "channel": None, "factor": 0}]
    about, t = unpacked(await finder.post(f"{URL}/trace", files={"file": png()},
                                          data=options(edits=edits), headers=ST))  # fmt: skip
    assert float(t["objectness"].std()) == pytest.approx(0, abs=1e-7)
    assert about["options"]["edits"][0]["tensor"] == "pool1"


async def test_what_is_not_for_finders_and_only_for_them(finder: httpx.AsyncClient) -> None:
    named = await finder.post(
        f"{API}/shapes/predict", files={"file": png()}, data=options(detect={"score": 0.5})
    )
    assert "find things" in problem(named, 422)
    cut = await finder.post(f"{URL}/predict", files={"file": png()}, data=options(crop=[0, 0, 9]))
    assert "whole picture" in problem(cut, 422)
    each = await finder.post(
        f"{URL}/predict", files={"file": png()}, data=options(show={"each": True})
    )
    assert "each" in problem(each, 422)
    for call in ("explain", "effects", "gradient", "reach"):
        problem(await finder.post(f"{URL}/{call}", files={"file": png()}), 422)


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 422), (b"no picture", 415), (png()[:60], 422), (b"<svg/>", 415)],
)
async def test_what_is_no_picture(finder: httpx.AsyncClient, data: bytes, status: int) -> None:
    problem(await finder.post(f"{URL}/predict", files={"file": data}), status)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
async def test_odd_shapes_are_read_whole(finder: httpx.AsyncClient, size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("CMYK", size).save(file, "TIFF")
    answer = await finder.post(f"{URL}/predict", files={"file": file.getvalue()})
    found = schemas.PredictAnswer.model_validate(answer.json())
    assert found.input.steps
    for one in answer.json()["predictions"]:
        x0, y0, x1, y1 = one["box"]
        assert 0 <= x0 <= x1 <= size[0]
        assert 0 <= y0 <= y1 <= size[1]


async def test_a_text_is_nothing_to_look_at(finder: httpx.AsyncClient) -> None:
    problem(await finder.post(f"{URL}/predict", json={"text": "a cat"}), 422)
