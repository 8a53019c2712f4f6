"""Servers with other networks than those shipped, and a page on the odd one's.

    models folder --serving--> base URL        odd_server (one for the whole run) --> odd (a page)
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.second_network import add_second_network
from tests.conftest import ROOT, Watch, free_port, wait_ready

Serving = Callable[[Path], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Starts `gridtime serve` on a models folder; gives the base URL once it is ready."""

    @contextmanager
    def started(models: Path) -> Iterator[str]:
        environment = {**os.environ, "GRIDTIME_MODELS_FOLDER": str(models)}
        port = free_port()
        command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_ready(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)

    return started


@pytest.fixture(scope="session")
def odd_server(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> Iterator[str]:
    """A server that knows the odd network alone; nothing of it was measured."""
    models = tmp_path_factory.mktemp("models")
    add_second_network(models)
    with serving(models) as url:
        yield url


@pytest.fixture
def odd(browser: Browser, odd_server: str, allowed_errors: list[str]) -> Iterator[Page]:
    """A page on that server that must log no error but those allowed."""
    context = browser.new_context(base_url=odd_server, viewport={"width": 1440, "height": 900})
    watch = Watch(odd_server)
    context.on("page", watch.attach)
    yield context.new_page()
    context.close()
    watch.check(allowed_errors)
