"""The browser rows of the budget, each within its bar."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser import bench


def test_the_browser_budgets_hold(browser: Browser, live_server: str) -> None:
    missed = [row for row in bench.rows(browser, live_server) if row["value"] > row["bar"]]
    assert not missed
