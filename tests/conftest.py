"""What all tests share: the data packs, a running server, a browser that tolerates nothing.

    packs         folder of the data packs; their absence is printed at the end, and fails in CI
    live_server   base URL of a real server process, one for the whole run
    page          a Playwright page that fails its test on a console error or an outside request

Browser tests run last: Playwright keeps an event loop in this thread once it has started.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings

from tests.turns import turn

ROOT = Path(__file__).resolve().parents[1]
# The shell is the same engine without a window of its own to draw: the tests take less time.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCAL_SCHEMES = ("data:", "blob:", "about:")

# A busy machine is no failure; in CI the same examples come each time.
settings.register_profile(
    "gridtime",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("gridtime")

_absent: set[str] = set()  # node ids of tests that did not run for want of a data pack


# --- order, and what is missing -------------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests by their folder; the browser's come last, of each kind the timed ones."""
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in ("unit", "api", "browser", "models"):
            item.add_marker(folder)
    late = ("browser", "timed")
    items.sort(key=lambda item: [item.get_closest_marker(name) is not None for name in late])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says loudly which tests did not run because the data packs are not here."""
    if _absent:
        terminalreporter.section("DATA PACKS MISSING", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(_absent)} tests did NOT run. Put the packs into {data_packs()} "
            "or set GRIDTIME_DATA to their folder."
        )
        for name in sorted(_absent):
            terminalreporter.line(f"  {name}")


@pytest.fixture(autouse=True)
def its_turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """Beside another process's tests, a test marked `timed` runs while none of them does."""
    folder = os.environ.get("GRIDTIME_TURNS")
    if not folder:
        yield
        return
    with turn(Path(folder), alone=request.node.get_closest_marker("timed") is not None):
        yield


def data_packs() -> Path:
    """GRIDTIME_DATA, or shared/data beside the repository."""
    return Path(os.environ.get("GRIDTIME_DATA") or ROOT.parent / "shared" / "data").resolve()


@pytest.fixture
def packs(request: pytest.FixtureRequest) -> Path:
    """The folder of the data packs. Without it the test is reported as not run; in CI it fails."""
    folder = data_packs()
    if folder.is_dir():
        return folder
    if os.environ.get("CI"):
        pytest.fail(f"The data packs are not in {folder}; CI needs them (GRIDTIME_DATA).")
    _absent.add(request.node.nodeid)
    pytest.skip(f"DATA PACKS MISSING: {folder}")


# --- a server -------------------------------------------------------------------------------


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_ready(process: subprocess.Popen[bytes], url: str, seconds: float = 180) -> None:
    """Returns when /readyz answers 200; raises when the process ends or time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{url}/readyz was not ready within {seconds:.0f} s")


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`gridtime serve` in a process of its own; gives the base URL."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_ready(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        except RuntimeError as error:
            raise RuntimeError(f"{error}\n{log.read_text()}") from error
        finally:
            process.terminate()
            process.wait(timeout=20)


# --- a browser ------------------------------------------------------------------------------


def find_browser() -> str:
    """GRIDTIME_CHROMIUM, or the first Chromium or Chrome of the PATH."""
    chosen = os.environ.get("GRIDTIME_CHROMIUM")
    found = chosen or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and MAC_BROWSER.exists():
        found = str(MAC_BROWSER)
    if found is None:
        pytest.fail("No Chromium found. Install it, or set GRIDTIME_CHROMIUM to its path.")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's launch options, with the system's Chromium."""
    return {
        **browser_type_launch_args,
        "executable_path": find_browser(),
        "args": list(BROWSER_ARGUMENTS),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: str) -> dict[str, Any]:
    """A projector's aspect, at desk size; `page.goto("/cnn")` reaches the live server."""
    return {
        **browser_context_args,
        "base_url": live_server,
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture
def allowed_errors() -> list[str]:
    """Patterns of console errors that a test expects, such as "status of 422"; empty by default."""
    return []


class Watch:
    """Collects what a page must not do: reach outside, log an error, throw."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.outside: list[str] = []
        self.errors: list[str] = []

    def attach(self, page: Any) -> None:
        """Listens to one page."""
        page.on("request", lambda request: self._request(request.url))
        page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def _request(self, url: str) -> None:
        if not url.startswith((self.origin + "/", *LOCAL_SCHEMES)):
            self.outside.append(url)

    def check(self, allowed: list[str]) -> None:
        """Fails the test if anything was seen that is not allowed."""
        errors = [e for e in self.errors if not any(re.search(p, e) for p in allowed)]
        assert not self.outside, f"requests left the machine: {self.outside}"
        assert not errors, f"console errors: {errors}"


@pytest.fixture
def page(context: Any, live_server: str, allowed_errors: list[str]) -> Iterator[Any]:
    """A page on the live server; see Watch for what makes its test fail."""
    watch = Watch(live_server)
    context.on("page", watch.attach)
    page = context.new_page()
    yield page
    watch.check(allowed_errors)
