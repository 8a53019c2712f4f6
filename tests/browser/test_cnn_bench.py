"""The browser rows of the budget, each within its bar."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent))
import bench


def test_the_browser_budgets_hold(browser: Browser, live_server: str) -> None:
    found = bench.rows(browser, live_server)
    missed = [row for row in found if row["value"] > row["bar"]]
    assert not missed, missed
