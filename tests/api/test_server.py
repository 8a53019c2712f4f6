"""A real server under a crowd: 200 good and bad requests, twenty at a time; none lost, no 500."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.api.conftest import API, encoded, picture, png, problem

JSON = {"content-type": "application/json"}
JPEG = {"content-type": "image/jpeg"}


@dataclass(frozen=True)
class Case:
    """A request and the status it must get."""

    status: int
    path: str
    sent: dict[str, Any]


def cases() -> list[Case]:
    """200 requests in a fixed random order."""
    big = b"\xff\xd8\xff" + b"0" * 2_500_000
    kinds = [
        Case(200, "shapes/predict", {"files": {"file": png()}}),
        Case(200, "shapes/trace", {"content": encoded(picture(), "JPEG"), "headers": JPEG}),
        Case(200, "shapes/trace", {"json": {"sample": "blocks"}}),
        Case(200, "mood/trace", {"json": {"text": "not a bad movie at all"}}),
        Case(200, "mood/predict", {"json": {"text": "good " * 3000}}),
        Case(200, "mood/effects", {"json": {"text": "good cat"}}),
        Case(400, "mood/predict", {"content": b"{", "headers": JSON}),
        Case(404, "none/predict", {"json": {"text": "good"}}),
        Case(404, "mood/predict", {"json": {"sample": "none"}}),
        Case(406, "mood/trace", {"json": {"text": "good"}, "headers": {"accept": "text/html"}}),
        Case(413, "shapes/predict", {"files": {"file": big}}),
        Case(413, "shapes/predict", {"content": big, "headers": JPEG}),
        Case(413, "shapes/predict", {"files": {"file": png(2100, 2100)}}),
        Case(415, "shapes/predict", {"content": b"no picture", "headers": JPEG}),
        Case(422, "shapes/predict", {"files": {"file": png()[:60]}}),
        Case(422, "shapes/predict", {"json": {"text": "good"}}),
        Case(422, "mood/predict", {"json": {"text": ""}}),
        Case(422, "mood/trace?layers=x", {"json": {"text": "good"}}),
    ]
    chosen = [kinds[n % len(kinds)] for n in range(200)]
    random.Random(1).shuffle(chosen)
    return chosen


async def test_a_crowd(server: str) -> None:
    limit = asyncio.Semaphore(20)
    found: Counter[tuple[int, int]] = Counter()

    async with httpx.AsyncClient(base_url=server, timeout=60) as client:

        async def one(case: Case) -> None:
            async with limit:
                answer = await client.post(f"{API}/{case.path}", **case.sent)
            found[(case.status, answer.status_code)] += 1
            if case.status != 200:
                problem(answer, case.status)

        await asyncio.gather(*map(one, cases()))
    assert found.total() == 200
    assert all(wanted == got for wanted, got in found), found


@pytest.mark.parametrize("connection", ["keep-alive", "close"])
def test_a_refused_upload_still_gets_its_sentence(server: str, connection: str) -> None:
    data = b"\xff\xd8\xff" + b"0" * 23_000_000
    headers = {**JPEG, "connection": connection}
    with httpx.Client(base_url=server, timeout=60) as client:
        for path, status in (("shapes/predict", 413), ("none/predict", 404)):
            answer = client.post(f"{API}/{path}", content=data, headers=headers)
            problem(answer, status)


async def test_somebody_who_leaves_does_no_harm(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    for _ in range(20):
        _, writer = await asyncio.open_connection(host, int(port))
        head = f"POST {API}/shapes/predict HTTP/1.1\r\nHost: {host}\r\nContent-Type: image/png\r\n"
        writer.write(f"{head}Content-Length: 1000\r\n\r\nabc".encode())
        await writer.drain()
        writer.close()
    async with httpx.AsyncClient(base_url=server, timeout=60) as client:
        answer = await client.post(f"{API}/shapes/predict", files={"file": png()})
        assert answer.status_code == 200
