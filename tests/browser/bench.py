"""The browser's budgets, measured on the picture room: one JSON object a line.

    a server of its own -> headless Chromium -> first load, first maps, another picture,
                                                hover and keys, memory over 100 pictures

`gridtime bench --browser` prints these rows beside their bars; test_cnn_bench.py asserts them.
Everything asked for before the first maps counts as first load; the original picture, the exact
float32 trace and the weights follow it. Times are the page's own clock.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
COLD_LOADS, SWITCHES, PRESSES, MANY = 5, 12, 60, 100
READY = '.cnn[data-exact="true"]'
Row = dict[str, Any]

# A click on another sample, then the moment all walls are drawn with its exact values.
SWITCH = """async (at) => {
  performance.clearMarks();
  const thumbs = [...document.querySelectorAll('.picker-panel .thumb')];
  const from = performance.now();
  thumbs[at % thumbs.length].click();
  while (!performance.getEntriesByName('maps drawn').length)
    await new Promise((go) => setTimeout(go, 1));
  return performance.getEntriesByName('maps drawn').at(-1).startTime - from;
}"""

# Handler, render and layout of one event: until the page has changed and its layout is known.
PRESS = """async ([kind, value]) => {
  const room = document.querySelector('.cnn');
  const changed = new Promise((done) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      room.getBoundingClientRect();
      done(performance.now());
    });
    watch.observe(room, {subtree: true, childList: true, attributes: true, characterData: true});
    setTimeout(() => done(NaN), 500);
  });
  const from = performance.now();
  if (kind === 'key') document.body.dispatchEvent(
    new KeyboardEvent('keydown', {key: value, bubbles: true, cancelable: true}));
  else {
    const canvas = document.querySelector('.wall-canvas');
    const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new PointerEvent('pointermove',
      {clientX: box.left + 5 + value, clientY: box.top + 10 + value, bubbles: true}));
  }
  return (await changed) - from;
}"""


# --- server and browser ----------------------------------------------------------------------


@contextmanager
def server() -> Iterator[str]:
    """`gridtime serve` on a free port; gives its base URL once it is ready."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def chromium() -> str | None:
    """GRIDTIME_CHROMIUM or the first Chromium of the PATH; None: Playwright's own."""
    windows = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    names = (*windows, "chromium-headless-shell")
    return os.environ.get("GRIDTIME_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def open_room(browser: Browser, url: str, fragment: str = "") -> tuple[Page, CDPSession]:
    """A page with an empty cache, and its DevTools session."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Performance.enable")
    return page, tools


# --- what is measured ------------------------------------------------------------------------


def first_load(browser: Browser, url: str) -> tuple[float, float]:
    """(kB over the wire before the first maps, seconds to them), cold cache."""
    page, tools = open_room(browser, url)
    begun: dict[str, float] = {}
    bytes_of: dict[str, float] = {}

    def note(event: dict[str, Any]) -> None:
        begun.setdefault(event["requestId"], event["timestamp"])

    tools.on("Network.requestWillBeSent", note)
    tools.on("Network.loadingFinished",
             lambda e: bytes_of.update({e["requestId"]: e["encodedDataLength"]}))  # fmt: skip
    page.goto(f"{url}/cnn")
    page.wait_for_selector(READY)
    page.wait_for_load_state("networkidle")
    drawn = page.evaluate("performance.getEntriesByName('maps drawn')[0].startTime") / 1000
    until = min(begun.values()) + drawn  # the page's clock starts with its first request
    needed = [size for key, size in bytes_of.items() if begun.get(key, until) < until]
    page.context.close()
    return sum(needed) / 1000, drawn


def switches(page: Page, count: int) -> list[float]:
    """Milliseconds from choosing another sample to all maps drawn."""
    return [page.evaluate(SWITCH, i + 1) for i in range(count)]


def presses(page: Page, kind: str, values: list[Any]) -> list[float]:
    """Milliseconds of handler and render for each event that changed something."""
    times = [page.evaluate(PRESS, [kind, value]) for value in values]
    return [t for t in times if t == t]


def p95(times: list[float]) -> float:
    """The 95th percentile; infinite where nothing was measured."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("inf")


def numbers(browser: Browser, url: str) -> float:
    """p95 over hover in the overview, arrows in a wall, on a map and in a cell's lens."""
    page, _ = open_room(browser, url)
    times: list[float] = []
    arrows = ["ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp"] * (PRESSES // 4)
    page.goto(f"{url}/cnn")
    page.wait_for_selector(READY)
    page.wait_for_load_state("networkidle")
    times += presses(page, "hover", [i % 60 for i in range(PRESSES)])
    times += presses(page, "key", ["j", *arrows])
    presses(page, "key", ["Enter"])
    times += presses(page, "key", arrows)
    presses(page, "key", ["Enter"])
    times += presses(page, "key", arrows)
    page.context.close()
    return p95(times)


def memory(page: Page, tools: CDPSession) -> tuple[float, float]:
    """(MB of heap, DOM nodes) gained over MANY switches, garbage collected before and after."""

    def now() -> tuple[float, float]:
        for _ in range(3):
            tools.send("HeapProfiler.collectGarbage")
            page.wait_for_timeout(100)
        found = {m["name"]: m["value"] for m in tools.send("Performance.getMetrics")["metrics"]}
        return found["JSHeapUsedSize"] / 1e6, found["Nodes"]

    switches(page, 20)
    heap, nodes = now()
    switches(page, MANY)
    after = now()
    return after[0] - heap, after[1] - nodes


def load_rows(browser: Browser, url: str) -> list[Row]:
    """The first load, cold."""
    loads = [first_load(browser, url) for _ in range(COLD_LOADS)]
    return [
        row("page: first load over the wire", loads[0][0], 400, "kB", "until the first maps"),
        row("page: first maps, cold cache", statistics.median(s for _, s in loads), 1.0, "s",
            f"median of {COLD_LOADS}"),
    ]  # fmt: skip


def switch_rows(browser: Browser, url: str) -> list[Row]:
    """Other pictures in one page: time and memory."""
    page, tools = open_room(browser, url)
    page.goto(f"{url}/cnn")
    page.wait_for_selector(READY)
    page.wait_for_load_state("networkidle")
    times = switches(page, SWITCHES)
    heap, nodes = memory(page, tools)
    page.context.close()
    return [
        row("page: another picture, all maps drawn", statistics.median(times), 200, "ms",
            f"median of {SWITCHES}, exact values"),
        row("page: heap after 100 pictures", heap, 1, "MB", "after forced GC"),
        row("page: DOM nodes after 100 pictures", nodes, 0, "nodes", "after forced GC"),
    ]  # fmt: skip


def press_rows(browser: Browser, url: str) -> list[Row]:
    """Hover and keys."""
    took = numbers(browser, url)
    return [row("page: hover or key, handler + render", took, 8, "ms", "p95")]


PARTS = (load_rows, switch_rows, press_rows)


def rows(browser: Browser, url: str) -> list[Row]:
    """Every browser row of DESIGN's budgets for the picture room."""
    return [one for part in PARTS for one in part(browser, url)]


def row(what: str, value: float, bar: float, unit: str, note: str) -> Row:
    """One line of the table, with the fields of app.bench.Row."""
    return {"what": what, "value": round(value, 3), "bar": bar, "unit": unit, "note": note}


def main() -> None:
    """Prints the rows, one JSON object a line."""
    with server() as url, sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = play.chromium.launch(executable_path=chromium(), args=arguments)
        for one in rows(browser, url):
            sys.stdout.write(json.dumps(one) + "\n")
        browser.close()


if __name__ == "__main__":
    main()
