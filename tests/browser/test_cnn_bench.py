"""The browser rows of the budget, each within its bar."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import bench

ROUNDS = 3  # up to so many: other programs of the machine may take one


@pytest.mark.parametrize("part", bench.PARTS, ids=lambda part: part.__name__)
def test_the_browser_budgets_hold(browser: Browser, live_server: str, part: Any) -> None:
    missed: list[bench.Row] = []
    for _ in range(ROUNDS):
        found = part(browser, live_server)
        print(*found, sep="\n")
        missed = [row for row in found if row["value"] > row["bar"]]
        if not missed:
            break
    assert not missed
