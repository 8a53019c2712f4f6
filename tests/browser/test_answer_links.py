"""Every link of the answer in one page and of the README's claims, walked: the thing is there.

    /answer, README.md --links--> PROMISES of the rooms (promises_*.py) --> open, check
                          `-- a link without a promise, or a promise without a link: fails

In one room a link changes the fragment alone, so that a page is loaded once a room.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import promises_cnn, promises_compare, promises_rnn, promises_uses
from tests.browser.cnn_room import WHOLE
from tests.browser.frames import NEXT_FRAME, at_rest
from tests.conftest import ROOT

ADDRESS = "http://127.0.0.1:8000"
ROOMS = {
    "/cnn": promises_cnn.PROMISES,
    "/rnn": promises_rnn.PROMISES,
    "/compare": promises_compare.PROMISES,
    "/applications": promises_uses.PROMISES,
}
PROMISED = {link for promises in ROOMS.values() for link in promises}
CLAIMS = {"C3b", *(f"C{n}" for n in range(1, 16))}


def rows_of_readme() -> dict[str, list[str]]:
    """Claim -> links of its row."""
    rows = re.findall(r"^\| (C\d+b?) \|(.*)$", (ROOT / "README.md").read_text(), re.M)
    return {claim: re.findall(rf"\]\({ADDRESS}(/[^)]*)\)", row) for claim, row in rows}


def links_of_answer(page: Page, lang: str) -> list[tuple[str, str]]:
    """(link, claims) of every link of the page, in order."""
    page.goto(f"/answer#lang={lang}")
    expect(page.locator(f".answer[lang={lang}] .answer-table tbody tr")).to_have_count(6)
    found = page.locator(".answer a").evaluate_all(
        "all => all.map((a) => [a.getAttribute('href'), a.dataset.claims ?? ''])"
    )
    return [(href, claims) for href, claims in found]


def test_no_line_and_no_claim_is_without_its_promise(page: Page) -> None:
    answer, readme = links_of_answer(page, "en"), rows_of_readme()
    assert page.locator(".answer li").count() == len(answer), "a line has no link"
    links = {href for href, _ in answer} | {link for row in readme.values() for link in row}
    assert links - PROMISED == set(), "write down what these links promise"
    assert PROMISED - links == set(), "nothing leads there any more"
    assert set(readme) == CLAIMS
    assert all(readme.values())
    assert {claim for _, claims in answer for claim in claims.split()} == CLAIMS
    assert links_of_answer(page, "de") == answer


@pytest.mark.parametrize("room", list(ROOMS))
def test_each_link_shows_what_its_line_promises(page: Page, room: str) -> None:
    for link, holds in ROOMS[room].items():
        page.goto(link)
        page.evaluate(NEXT_FRAME)
        if room == "/cnn":
            page.wait_for_selector(WHOLE)
        at_rest(page, most=1000)
        try:
            holds(page)
        except Exception as error:
            raise AssertionError(f"{link} does not show what is promised: {error}") from error
