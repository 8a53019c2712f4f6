"""The watch that every browser test stands under notices what it is there for."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import Watch

ORIGIN = "http://127.0.0.1:8000"


class StandIn:
    """A page that only keeps its listeners, so that a test can raise events."""

    def __init__(self) -> None:
        self.listeners: dict[str, Callable[[Any], Any]] = {}

    def on(self, event: str, listener: Callable[[Any], Any]) -> None:
        """Playwright's name for it."""
        self.listeners[event] = listener


@pytest.fixture
def watched() -> tuple[Watch, StandIn]:
    """A watch on a stand-in page."""
    watch, page = Watch(ORIGIN), StandIn()
    watch.attach(page)
    return watch, page


@pytest.mark.parametrize("url", [f"{ORIGIN}/static/a.js", "data:text/plain,x", "blob:null/1"])
def test_own_requests_pass(watched: tuple[Watch, StandIn], url: str) -> None:
    watch, page = watched
    page.listeners["request"](SimpleNamespace(url=url))
    watch.check([])


@pytest.mark.parametrize("url", ["https://example.org/x.js", "http://127.0.0.1:80001/x.js"])
def test_outside_requests_fail(watched: tuple[Watch, StandIn], url: str) -> None:
    watch, page = watched
    page.listeners["request"](SimpleNamespace(url=url))
    with pytest.raises(AssertionError, match="left the machine"):
        watch.check([".*"])


def test_console_errors_fail_unless_expected(watched: tuple[Watch, StandIn]) -> None:
    watch, page = watched
    page.listeners["console"](SimpleNamespace(type="warning", text="only a warning"))
    watch.check([])
    page.listeners["console"](SimpleNamespace(type="error", text="a status of 422"))
    watch.check(["status of 422"])
    with pytest.raises(AssertionError, match="console errors"):
        watch.check(["status of 503"])


def test_uncaught_errors_fail(watched: tuple[Watch, StandIn]) -> None:
    watch, page = watched
    page.listeners["pageerror"](ValueError("x is undefined"))
    with pytest.raises(AssertionError, match="uncaught: x is undefined"):
        watch.check([])
