"""The budgets, measured: a table of what was measured beside its bar.

    in this process  trace against plain forward, picture and text
    a real server    start, round trips on a warm connection, a large upload, a long text
    --browser        rows of tests/browser/bench.py, where the source tree is at hand

Ratios are of medians in one run, taken in turns, so that another load on the machine meets both
sides alike. Torch runs on one thread in every process. Exit code 1 where a bar is missed.
"""

from __future__ import annotations

import io
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import torch
from PIL import Image

from app.core.errors import GridtimeError
from app.core.settings import Settings
from app.nets import build
from app.tracing import plain, trace
from app.zoo import Zoo

WARM_UP, REPEATS = 10, 100
PICTURES, TEXTS = "photos", "sentiment-lstm"
SAFETENSORS = {"Accept": "application/vnd.safetensors"}
ROOT = Path(__file__).resolve().parents[1]
Work = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One budget. `value` and `bar` in `unit`: "x" a ratio, "ms", "s", "kB" …; lower is better."""

    what: str
    value: float
    bar: float
    unit: str
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the value is finite and within the bar."""
        return self.value <= self.bar


# --- measuring ------------------------------------------------------------------------------


def medians(*works: Work, repeats: int = REPEATS) -> list[float]:
    """Median milliseconds of each, run in turns after a warm-up."""
    times: list[list[float]] = [[] for _ in works]
    for round_ in range(WARM_UP + repeats):
        for work, kept in zip(works, times, strict=True):
            began = time.perf_counter()
            work()
            if round_ >= WARM_UP:
                kept.append(1000 * (time.perf_counter() - began))
    return [statistics.median(kept) for kept in times]


def ratio(what: str, work: Work, reference: Work, bar: float) -> Row:
    """`work` over `reference`, medians of both, measured in turns."""
    slow, fast = medians(work, reference)
    return Row(what, slow / fast, bar, "x", f"{slow:.2f} ms over {fast:.2f} ms")


def in_process(zoo: Zoo) -> list[Row]:
    """What tracing costs beside torch's own forward."""
    net, picture = zoo.model(PICTURES).net, torch.randn(1, 3, 64, 64)
    lstm = {"name": "lstm", "op": "lstm", "input_size": 50, "hidden_size": 128}
    head = {"name": "linear", "op": "linear", "in_features": 128, "out_features": 2}
    reader, words = build("recurrent", [lstm, head]), torch.randn(1, 200, 50)

    def torchs_lstm() -> None:
        with torch.inference_mode():
            reader.get_submodule("lstm")(words)

    return [
        ratio(
            "CNN trace, every tensor, over a plain forward",
            lambda: trace(net, picture), lambda: plain(net, picture), 1.3,
        ),
        ratio(
            "LSTM trace, all gates and c, T = 200, H = 128, over nn.LSTM",
            lambda: trace(reader, words), torchs_lstm, 3.0,
        ),
    ]  # fmt: skip


# --- a server -------------------------------------------------------------------------------


@contextmanager
def server() -> Iterator[tuple[str, float]]:
    """`gridtime serve` in a process of its own -> its address, and seconds until it was ready."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=one_thread(), stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_ready(process, url)
        yield url, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=20)


def one_thread() -> dict[str, str]:
    """The environment for children: torch on one thread, as in this process."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "GRIDTIME_LOG_LEVEL": "error"}


def wait_ready(process: subprocess.Popen[bytes], url: str, seconds: float = 120) -> None:
    """Returns when /readyz answers 200. Raises GridtimeError with its last answer."""
    deadline, said = time.monotonic() + seconds, "no answer"
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = httpx.get(f"{url}/readyz", timeout=seconds)
            said = f"{answer.status_code} {answer.text[:200]}"
            if answer.status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.01)
    raise GridtimeError(f"The server at {url} was not ready within {seconds:.0f} s: {said}")


def import_torch() -> float:
    """Seconds that a fresh interpreter takes to import torch."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import torch"], check=True, env=one_thread())
    return time.perf_counter() - began


def start_row(repeats: int = 3) -> Row:
    """Seconds to /readyz beyond `import torch`, median over starts, in turns."""
    starts, imports = [], []
    for _ in range(repeats):
        imports.append(import_torch())
        with server() as (_, seconds):
            starts.append(seconds)
    start, torchs = statistics.median(starts), statistics.median(imports)
    note = f"{start:.2f} s, import torch {torchs:.2f} s"
    return Row("server start to /readyz, beyond import torch", start - torchs, 2.0, "s", note)


def over_http(zoo: Zoo) -> list[Row]:
    """Round trips on one warm connection."""
    with server() as (url, _), httpx.Client(base_url=f"{url}/api/v1/models", timeout=60) as client:
        try:
            return [*trace_rows(zoo, client), upload_row(client), long_text_row(zoo, client)]
        except httpx.HTTPError as error:
            raise GridtimeError(f"The server did not answer as it should: {error}") from error


def trace_rows(zoo: Zoo, client: httpx.Client) -> list[Row]:
    """A picture's trace as safetensors: a sample, which is cached, and an upload, which is not."""
    net, picture = zoo.model(PICTURES).net, torch.randn(1, 3, 64, 64)
    sample = zoo.card(PICTURES).samples[0].name
    small = encoded(64, 64, "PNG")
    path, as_png = f"/{PICTURES}/trace", {**SAFETENSORS, "Content-Type": "image/png"}

    def of_sample() -> None:
        client.post(path, json={"sample": sample}, headers=SAFETENSORS).raise_for_status()

    def of_upload() -> None:
        client.post(path, content=small, headers=as_png).raise_for_status()

    def forward() -> object:
        return plain(net, picture)

    return [
        ratio("HTTP trace of a sample (safetensors, warm), over a plain forward",
              of_sample, forward, 5.0),
        ratio("HTTP trace of a 64 px upload (safetensors, warm), over the same",
              of_upload, forward, 5.0),
    ]  # fmt: skip


def upload_row(client: httpx.Client) -> Row:
    """A photograph of 12 megapixels, predicted."""
    large = encoded(4000, 3000, "JPEG")

    def predict() -> None:
        headers = {"Content-Type": "image/jpeg"}
        client.post(f"/{PICTURES}/predict", content=large, headers=headers).raise_for_status()

    (milliseconds,) = medians(predict, repeats=20)
    note = f"{len(large) / 1e6:.1f} MB"
    return Row("12-megapixel JPEG upload, predicted", milliseconds, 150, "ms", note)


def long_text_row(zoo: Zoo, client: httpx.Client) -> Row:
    """1,000 words, window by window: words that no window showed."""
    what = "1,000-word text, window by window: words not shown"
    if TEXTS not in zoo.ids():
        return Row(what, float("inf"), 0, "words", f"there is no model {TEXTS}")
    text, shown, total = " ".join(["good"] * 1000), 0, 1
    while shown < total:
        query = {"steps": f"{shown}:{shown + 512}", "layers": "logits"}
        answer = client.post(f"/{TEXTS}/trace", json={"text": text}, params=query)
        window = answer.raise_for_status().json()["input"]["window"]
        if window["start"] != shown or window["end"] <= shown:
            break
        shown, total = window["end"], window["total"]
    return Row(what, 1000 - shown if total == 1000 else float("inf"), 0, "words", f"{total} words")


def encoded(width: int, height: int, kind: str) -> bytes:
    """A photograph-like picture: smooth shapes with some grain, from a fixed seed."""
    rng = np.random.default_rng(0)
    shapes = Image.fromarray(rng.integers(0, 256, (12, 16, 3), dtype=np.uint8), "RGB")
    smooth = np.asarray(shapes.resize((width, height), Image.Resampling.BICUBIC), np.int16)
    grain = rng.integers(-16, 17, smooth.shape, dtype=np.int16)  # as many bytes as a phone's
    buffer = io.BytesIO()
    Image.fromarray((smooth + grain).clip(0, 255).astype(np.uint8)).save(buffer, kind, quality=90)
    return buffer.getvalue()


# --- the browser's rows, and the table ------------------------------------------------------


def browser_rows() -> list[Row]:
    """Rows that tests/browser/bench.py prints, one JSON object a line, fields as in Row."""
    script = ROOT / "tests" / "browser" / "bench.py"
    if not script.is_file():
        raise GridtimeError("The browser benchmark is part of the source tree, not of the package.")
    done = subprocess.run([sys.executable, str(script)], stdout=subprocess.PIPE, cwd=ROOT)
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith("{")]
    if not lines:
        raise GridtimeError(f"{script.name} gave no rows (exit code {done.returncode}).")
    return [Row(**json.loads(line)) for line in lines]


def table(rows: list[Row]) -> str:
    """What, measured, bar, verdict, note; one line a row."""
    cells = [("", "measured", "bar", "", "")]
    cells += [
        (r.what, f"{r.value:.3g} {r.unit}", f"≤ {r.bar:g} {r.unit}",
         "pass" if r.met else "FAIL", r.note)
        for r in rows
    ]  # fmt: skip
    widths = [max(len(line[i]) for line in cells) for i in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def measure() -> list[Row]:
    """All rows but the browser's."""
    torch.set_num_threads(1)
    settings = Settings()
    zoo = Zoo(settings.models_folder, settings.model_memory)
    return [*in_process(zoo), *over_http(zoo), start_row()]


def run(browser: bool = False) -> int:
    """Prints the table; exit code 1 where a bar is missed."""
    rows = [*measure(), *(browser_rows() if browser else [])]
    sys.stdout.write(
        f"{table(rows)}\nMedians, in turns; torch {torch.__version__} on one thread, "
        f"{os.cpu_count()} processors.\n"
    )
    return 0 if all(row.met for row in rows) else 1
