"""Every page of the table, as a browser sees it: drawn, quiet, inside its window, accessible.

The `page` fixture fails each of these on a console error or a request to another host.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from app.web.pages import PAGES

PATHS = [page.path for page in PAGES]
PHONE = {"width": 390, "height": 844}


def open_page(page: Page, path: str) -> None:
    """Goes there and waits until the first drawing is complete."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    page.wait_for_load_state("networkidle")


def check_drawn(page: Page) -> None:
    """Something is there, and nothing of it is wider than the window."""
    assert page.locator("main").inner_text().strip()
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{overflow} px wider than the window"


@pytest.mark.parametrize("path", PATHS)
def test_page_draws_and_fits_and_axe_finds_nothing(page: Page, path: str) -> None:
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        open_page(page, path)
        check_drawn(page)
        found: Any = Axe().run(page)
        assert found.violations_count == 0, f"{theme}: {found.generate_report()}"


@pytest.mark.parametrize("path", PATHS)
def test_page_draws_and_fits_on_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    open_page(page, path)
    check_drawn(page)


def test_docs_work_offline(page: Page) -> None:
    open_page(page, "/docs")
    assert page.get_by_text("/api/v1/models").first.is_visible()


@pytest.mark.parametrize("row", [page for page in PAGES if page.nav], ids=lambda row: row.name)
def test_every_room_is_reached_from_home(page: Page, row: Any) -> None:
    open_page(page, "/")
    page.locator(f'a[href^="{row.path}"]').first.click()
    page.wait_for_url(f"**{row.path}*")
    assert page.title()
