"""Which came first, and the duel: all numbers are the API's; by mouse, touch, keys and walk."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.frames import at_rest
from tests.browser.test_compare import SMALL

LAB = "/api/v1/lab"


def figures(page: Page, name: str) -> Any:
    """What a command measured."""
    answer = page.request.get(f"{LAB}/{name}")
    assert answer.ok, answer.text()
    return answer.json()


def opened(page: Page, fragment: str = "") -> None:
    page.goto(f"/compare#tab=first{fragment}")
    page.wait_for_selector(".first-answers")


def placed(page: Page, signs: list[int]) -> dict[str, Any]:
    """What every network says of this placing, once the page shows it too."""
    expect(
        page.locator(f'.first-answers[data-signs="{",".join(map(str, signs))}"]')
    ).to_be_visible()
    at_rest(page)
    body = json.dumps(dict(zip(("a", "b", "length", "seed"), signs, strict=True)))
    headers = {"content-type": "application/json"}
    found: dict[str, Any] = page.request.post(f"{LAB}/first", data=body, headers=headers).json()
    return found


def row(page: Page, model: str) -> list[float]:
    """The numbers of a network's row: what it says, how often it was right."""
    found: list[float] = page.evaluate(
        """(m) => [...document.querySelectorAll(`.first-answers [data-model=${m}] [data-value]`)]
          .map((e) => Number(e.dataset.value))""",
        model,
    )
    return found


def held(data: Any, model: str, length: int, distance: int) -> float:
    """Accuracy measured nearest to a distance."""
    made = next(one for one in data["models"] if one["model"] == model)
    points = [point for point in made["points"] if point["length"] == length]
    best = min(points, key=lambda point: (abs(point["distance"] - distance), point["distance"]))
    return float(best["accuracy"]["value"])


def check(page: Page, data: Any, signs: list[int]) -> None:
    """Every row of the table is what the API says and what was measured."""
    said = placed(page, signs)
    for one in said["models"]:
        shown = row(page, one["model"])
        if one["refused"]:
            assert shown == []
            expect(page.locator(f'[data-model="{one["model"]}"]')).to_contain_text(one["refused"])
        else:
            accuracy = held(data, one["model"], signs[2], said["distance"])
            assert shown == pytest.approx([one["probability"], accuracy], abs=1e-6)


def test_signs_are_placed_by_mouse_and_keys_and_all_six_answer(page: Page) -> None:
    data = figures(page, "first")
    opened(page, "&signs=22,42,64,0")
    check(page, data, [22, 42, 64, 0])
    narrow = page.locator(".first-field").first
    expect(narrow).to_have_attribute("data-both", "false")
    expect(page.locator('[data-model="pooled"]')).to_contain_text("cannot know")
    page.get_by_role("slider", name="Sign B").press("Home")
    page.get_by_role("slider", name="Sign B").press("Shift+ArrowRight")
    check(page, data, [22, 8, 64, 0])
    expect(page.locator(".first-outside")).to_contain_text("nearer than")
    box = page.locator(".first-row").bounding_box()
    assert box is not None
    x = [box["x"] + box["width"] * (place + 0.5) / 64 for place in range(64)]
    y = box["y"] + box["height"] / 2
    page.mouse.move(x[9], y)
    page.mouse.down()
    page.mouse.move(x[30], y, steps=5)
    page.mouse.up()
    check(page, data, [22, 30, 64, 0])
    expect(narrow).to_have_attribute("data-both", "true")
    page.get_by_role("button", name="Swap A and B").click()
    page.get_by_role("button", name="Other fillers").click()
    page.get_by_role("button", name="Further").click()
    check(page, data, [31, 22, 64, 1])
    plot = page.get_by_role("application", name=re.compile("Accuracy against the distance"))
    plot.press("End")
    far = max(p["distance"] for m in data["models"] for p in m["points"] if p["length"] == 64)
    check(page, data, [min(22, 63 - far) + far, min(22, 63 - far), 64, 1])
    page.get_by_role("button", name="GRU").click()
    expect(page.locator(".first-plot .first-line.is-gru")).to_have_class(re.compile("is-thick"))
    expect(page).to_have_url(re.compile("model=gru"))
    lane = page.get_by_role("application", name=re.compile("after every place"))
    lane.press("Home")
    expect(page.locator(".first-after")).to_contain_text("After place 1,")
    longer = max(p["length"] for m in data["models"] for p in m["points"])
    page.get_by_role("button", name=f"{longer} places").click()
    half = (longer - far) // 2
    check(page, data, [half + far, half, longer, 1])
    page.get_by_role("button", name="Show as table").click()
    expect(page.get_by_role("columnheader", name="every seed")).to_be_visible()
    page.keyboard.press("Escape")
    assert not (found := Axe().run(page).response["violations"]), found


def test_the_duel_shows_every_figure_and_its_ties(page: Page) -> None:
    data = figures(page, "duel")
    page.goto("/compare#tab=duel")
    page.wait_for_selector(".duel-table")
    for reader in data["readers"]:
        shown: list[float] = page.evaluate(
            """(r) => [...document.querySelectorAll(`.duel-table [data-reader=${r}] [data-value]`)]
              .map((e) => Number(e.dataset.value))""",
            reader["reader"],
        )
        shares = [one["accuracy"]["value"] for one in reader["splits"]]
        cost = [reader["microseconds"]["median"], reader["serial"]["mean"], reader["parameters"]]
        assert shown == pytest.approx([*shares, *cost])
        cells = page.locator(f'.duel-table [data-reader="{reader["reader"]}"] .duel-accuracy i')
        wanted = ["best" if s["best"] else "tie" if s["tie"] else "" for s in reader["splits"]]
        assert cells.all_inner_texts() == wanted
    split = data["readers"][0]["splits"][1]["split"].replace("_", " ")
    page.get_by_role("button", name=split).click()
    most = max(r["splits"][1]["accuracy"]["value"] for r in data["readers"])
    best = [r for r in data["readers"] if r["splits"][1]["accuracy"]["value"] == most]
    said = " and ".join(r["title"] for r in best) + (" have" if best[1:] else " has")
    expect(page.locator(".duel-says")).to_contain_text(f"{said} most right")
    plot = page.get_by_role("application", name=re.compile(split))
    for _ in data["readers"]:
        plot.press("ArrowUp")
    expect(page).to_have_url(re.compile(f"model=({'|'.join(r['reader'] for r in best)})"))
    assert not (found := Axe().run(page).response["violations"]), found


def test_both_on_a_projector_hide_what_is_voted_on(page: Page) -> None:
    figures(page, "first")
    figures(page, "duel")
    page.set_viewport_size({"width": 1920, "height": 1080})
    for tab, hidden, shown in (
        ("first", ".first-answers, .first-plot, .first-field", ".first-answers"),
        ("duel", ".duel-accuracy, .duel-plot", ".duel-accuracy"),
    ):
        page.goto(f"/compare#tab={tab}&present=1")
        expect(page.locator(".foot-caption")).to_contain_text("Vote, then press on.")
        expect(page.locator(hidden)).to_have_count(0)
        page.keyboard.press("PageDown")
        expect(page.locator(shown).first).to_be_visible()
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        page.keyboard.press("PageDown")
        expect(page.locator(f".{tab}-plot")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0


def test_a_phone_places_signs_by_touch(browser: Browser, page: Page, live_server: str) -> None:
    figures(page, "first")
    figures(page, "duel")
    size = ViewportSize(width=390, height=844)
    context = browser.new_context(base_url=live_server, viewport=size, has_touch=True)
    phone = context.new_page()
    opened(phone, "&signs=20,50,64,0")
    box = phone.locator(".first-row").bounding_box()
    assert box is not None
    phone.touchscreen.tap(box["x"] + box["width"] * 40.5 / 64, box["y"] + box["height"] / 2)
    expect(phone).to_have_url(re.compile("signs=20,40,64,0"))
    sideways = "document.documentElement.scrollWidth - innerWidth"
    assert phone.evaluate(sideways) <= 0
    phone.goto("/compare#tab=duel")
    phone.wait_for_selector(".duel-table")
    assert phone.evaluate(sideways) <= 0
    context.close()


def test_what_was_never_measured_is_said(odd: Page, allowed_errors: list[str]) -> None:
    allowed_errors.append("404")
    for tab, command in (("first", "app.training.first"), ("duel", "app.training.duel")):
        odd.goto(f"/compare#tab={tab}")
        expect(odd.locator(".stage .trouble")).to_contain_text("Nobody has measured")
        expect(odd.locator(".stage .trouble")).to_contain_text(command)
