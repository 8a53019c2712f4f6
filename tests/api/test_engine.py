"""The engine's bounds: places, threads, time-outs, visitors who leave, what is kept."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.errors import Overloaded
from app.core.settings import Settings
from app.engine import read
from app.engine.cache import Cache
from app.engine.pool import ClientGone, Pool
from app.inputs.image import read_image
from app.web.app import create_app
from tests.api.conftest import API, png, problem


def client_of(models: Path, **more: Any) -> httpx.AsyncClient:
    """A client of an app of its own."""
    app = create_app(Settings(models_folder=models, **more))
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


async def test_no_more_jobs_at_once_than_workers() -> None:
    pool, now, most = Pool(workers=2, queue=20, timeout_seconds=10), 0, 0
    lock = threading.Lock()

    def job() -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1

    await asyncio.gather(*(pool.run(job) for _ in range(12)))
    assert most == 2


async def test_places_are_bounded_and_come_back() -> None:
    pool = Pool(workers=1, queue=1, timeout_seconds=1)
    with pool.place(), pool.place(), pytest.raises(Overloaded), pool.place():
        pass
    with pool.place(), pool.place():
        pass


async def test_a_job_that_takes_too_long_is_overload() -> None:
    pool, done = Pool(workers=1, queue=4, timeout_seconds=0.05), threading.Event()
    with pytest.raises(Overloaded, match=r"0\.05 s"):
        await pool.run(done.wait)
    done.set()


async def test_a_waiting_job_of_somebody_who_left_is_dropped() -> None:
    pool, done, ran = Pool(workers=1, queue=4, timeout_seconds=5), threading.Event(), []
    first = asyncio.create_task(pool.run(done.wait))
    await asyncio.sleep(0.02)

    async def gone() -> None:
        await asyncio.sleep(0.01)

    with pytest.raises(ClientGone):
        await pool.run(lambda: ran.append(1), gone)
    done.set()
    await first
    assert await pool.run(lambda: 7) == 7
    assert ran == []


async def test_errors_of_jobs_come_through() -> None:
    pool = Pool(workers=1, queue=1, timeout_seconds=5)

    def broken() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await pool.run(broken)


def test_the_cache_drops_what_was_used_least_recently() -> None:
    cache = Cache(limit=100)
    for name in ("a", "b", "c", "d"):
        cache.put(name, b"x" * 25)
    assert cache.get("a") is not None
    cache.put("e", b"x" * 25)
    assert cache.get("b") is None
    assert cache.get("a") is not None
    cache.put("f", b"x" * 26)
    assert cache.get("f") is None


async def test_only_samples_are_kept(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = 0
    trace = __import__("app.engine.work", fromlist=["trace"]).trace

    def counted(*args: Any, **more: Any) -> Any:
        nonlocal runs
        runs += 1
        return trace(*args, **more)

    monkeypatch.setattr("app.engine.work.trace", counted)
    async with client_of(models) as client:
        for _ in range(3):
            await client.post(f"{API}/mood/trace", json={"sample": "bank"})
        assert runs == 1
        for _ in range(3):
            await client.post(f"{API}/mood/trace", json={"text": "I went to the river bank."})
        assert runs == 4


async def test_overload_answers_503_and_accepted_requests_all_answer(models: Path) -> None:
    async with client_of(models, workers=1, queue=3) as client:
        await client.post(f"{API}/mood/predict", json={"text": "good"})  # loads the model
        asks = [client.post(f"{API}/shapes/trace", files={"file": png()}) for _ in range(40)]
        answers = await asyncio.gather(*asks)
        refused = [a for a in answers if a.status_code != 200]
        assert 1 <= len(refused) <= 36
        for answer in refused:
            assert problem(answer, 503) == "Server busy. Trying again in 2 s."
            assert answer.headers["retry-after"] == "2"
        after = await client.post(f"{API}/shapes/trace", files={"file": png()})
        assert after.status_code == 200


async def test_at_most_two_pictures_are_decoded_at_once(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = most = 0
    lock, real = threading.Lock(), read_image

    def counted(*args: Any, **more: Any) -> Any:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        try:
            return real(*args, **more)
        finally:
            with lock:
                now -= 1

    monkeypatch.setattr(read, "read_image", counted)
    async with client_of(models, workers=8) as client:
        asks = [client.post(f"{API}/shapes/predict", files={"file": png()}) for _ in range(12)]
        assert {a.status_code for a in await asyncio.gather(*asks)} == {200}
    assert most == 2


async def test_an_upload_that_trickles_in_is_ended(models: Path) -> None:
    async def slow() -> Any:
        for _ in range(50):
            yield b"\xff"
            await asyncio.sleep(0.05)

    async with client_of(models, timeout_seconds=0.05) as client:
        started = time.perf_counter()
        answer = await client.post(
            f"{API}/shapes/predict", content=slow(), headers={"content-type": "image/png"}
        )
        assert "too long" in problem(answer, 408)
        assert time.perf_counter() - started < 2


async def test_a_broken_models_folder_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "model.toml").write_text("id = 5")
    async with client_of(tmp_path) as client:
        assert (await client.get("/healthz")).status_code == 200
        answer = await client.get("/readyz")
        while "being checked" in answer.text:
            await asyncio.sleep(0.02)
            answer = await client.get("/readyz")
        assert str(tmp_path) not in problem(answer, 503)
