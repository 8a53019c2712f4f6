"""The picture room as a whole: every view fits, every key is answered, every link opens again.

one page through all views -> stage, phone, keyboard, reload; what was not measured is not asked for
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, Response, expect

from tests.browser.cnn_room import READY, open_room, picture
from tests.browser.second_network import ID

MODEL = "photos"
TWIN = "photos-skip"
VIEWS = {
    "lab": ".lab-boards",
    "shift": ".shift-two",
    "looks": ".looks-classes",
    "hierarchy": ".hier-answer",
    "cortex": ".cortex-one",
    "training": ".training-time",
    "trust": ".confusion-cells",
    "why&method=gradient": ".why-worked",
    "compare": ".compare-answers",
    "whatif": ".effects",
    "kernel": ".kernel-outcome",
    "save": ".save-plots",
}
BELOW = "() => document.documentElement.scrollHeight - innerHeight"
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  const shown = [e, e.parentElement].some((x) => getComputedStyle(x).outlineStyle !== 'none');
  return { shown, box: [box.width, box.height], name: e.className || e.tagName };
}"""
expect.set_options(timeout=15_000)  # a busy machine is no failure


def study(page: Page, model: str) -> dict[str, Any]:
    """What was measured about a model."""
    found: dict[str, Any] = page.request.get(f"/api/v1/models/{model}/studies").json()
    return found


def settled(page: Page, tab: str) -> Locator:
    """A view, once what it shows last is there."""
    page.goto(f"/cnn#model={MODEL}&tab={tab}")
    part = page.locator(VIEWS[tab]).first
    expect(part).to_be_visible()
    return part


def test_every_view_fits_a_laptop_and_its_link_opens_it_again(page: Page) -> None:
    open_room(page, f"model={MODEL}")
    for tab in VIEWS:
        settled(page, tab)
        page.wait_for_load_state("networkidle")
        page.wait_for_function(f"() => ({BELOW})() <= 0", timeout=10_000)
    page.goto(f"/cnn#model={MODEL}&tab=shift&shift=2,-1&layer=relu5&signal=back")
    expect(page.locator(".shift-held")).to_contain_text("relu5, moved back, changed")
    before = page.locator(".shift-held").inner_text()
    page.reload()
    expect(page.locator(".shift-held")).to_have_text(before)
    expect(page.locator(".changed")).to_contain_text("picture moved 2 px right, 1 px up")


def test_tab_reaches_what_acts_and_shows_where_it_is(page: Page) -> None:
    open_room(page, f"model={MODEL}")
    for tab in VIEWS:
        settled(page, tab)
        page.locator(".tablist [tabindex='0']").focus()
        stops = 0
        while stops < 8:
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUS)
            if not found:  # the page's end
                break
            assert found["shown"], (tab, found)
            stops += 1
        assert stops > 3, tab
    page.get_by_role("button", name="More").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".more-list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".more-list")).to_have_count(0)


def test_all_tabs_are_seen_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_room(page, f"model={MODEL}&tab=looks")
    tabs = page.locator(".tabs .tab")
    assert tabs.count() == 5
    for tab in tabs.all():
        box = tab.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 44
    expect(page.locator(".tabs-title")).to_have_text("What a channel looks for")
    page.goto(f"/cnn#model={MODEL}&tab=answer&heat=300")
    expect(page.locator(".shares thead")).to_contain_text("T = 3.00")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_what_was_not_measured_is_not_asked_for(page: Page) -> None:
    refused: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400:
            refused.append(response.url)

    page.on("response", note)
    for model, parts in (("digits-angle", []), (TWIN, ["trust", "channels", "edges", "shift"])):
        described = page.request.get(f"/api/v1/models/{model}").json()["studies"]
        assert [p for p in described if p in parts] == parts
        open_room(page, f"model={model}")
        for tab in ("looks", "hierarchy", "shift", "cortex", "training", "trust"):
            page.goto(f"/cnn#model={model}&tab={tab}")
            expect(page.locator(".foot-caption")).not_to_be_empty()
            page.wait_for_load_state("networkidle")
    assert refused == []


def test_the_held_out_sentence_follows_from_the_stored_study(page: Page) -> None:
    own, twin = study(page, MODEL)["shift"], study(page, TWIN)["shift"]
    open_room(page, f"model={MODEL}&tab=shift&shift=8,0&layer=relu7")
    held = page.locator(".shift-held")
    with_, without = (round(s["layers"]["relu7"]["as_is"][8] * 100) for s in (own, twin))
    expect(held).to_contain_text(f"relu7 changed by {with_} %")
    expect(held).to_contain_text(f"by {without} %")
    says = held.inner_text()
    assert ("did not help" in says.split("With pooling")[0]) == (with_ >= without * 0.95)
    kept, other = own["same_answer"][8], twin["same_answer"][8]
    shares = [float(v) for v in re.findall(r"(?:With pooling|without) ([\d.]+) %", says)]
    assert all(abs(a - b * 100) < 0.051 for a, b in zip(shares, (kept, other), strict=True))
    page.goto(f"/cnn#model={TWIN}&tab=shift&shift=8,0&layer=relu7")
    expect(page.locator(".shift-held")).to_have_text(says)


def test_a_second_picture_of_ones_own_is_chosen_or_dropped(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=compare")
    file: FilePayload = {"name": "mine.png", "mimeType": "image/png", "buffer": picture()}
    page.get_by_label("Your own picture beside it").set_input_files(file)
    title = page.locator(".compare-picture figcaption").nth(1)
    expect(title).to_have_text("Your second picture")
    page.wait_for_url("**against=picture*")
    first = page.locator(".compare-picture figcaption").first.inner_text()
    page.reload()
    expect(title).to_have_text("Your second picture")
    page.goto(f"/cnn#model={MODEL}&tab=compare")
    expect(title).not_to_have_text("Your second picture")
    data = page.evaluate_handle(
        """(bytes) => { const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'mine.png', { type: 'image/png' }));
        return data; }""",
        list(picture()),
    )
    for kind in ("dragover", "drop"):
        page.dispatch_event(".compare-drop", kind, {"dataTransfer": data})
    expect(title).to_have_text("Your second picture")
    assert page.locator(".compare-picture figcaption").first.inner_text() == first
    expect(page.locator(".drop")).to_have_count(0)


def test_plots_are_saved_as_svg_and_csv(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=trust")
    trust = study(page, MODEL)["trust"]
    rows = list(csv.reader(io.StringIO(saved(page, ".trust-confusion", "CSV").read_text())))
    assert [[int(n) for n in row[1:]] for row in rows[1:]] == trust["confusion"]
    assert saved(page, ".trust-confusion", "SVG").read_text().startswith("<svg")
    others = {"cortex": ".cortex-side", "looks": ".looks-classes", "looks&layer=conv5": ".reached",
              "whatif": ".effects", "answer": ".votes", "compare": ".compare-answers",
              "hierarchy": ".hierarchy", "trust&stop=": ".trust-familiar"}  # fmt: skip
    for tab, part in others.items():
        page.goto(f"/cnn#model={MODEL}&tab={tab}")
        drawn = saved(page, part, "SVG").read_text()
        assert "<text" in drawn or "<line" in drawn


def saved(page: Page, part: str, kind: str) -> Path:
    """The file that a part's Save menu gives."""
    page.locator(part).get_by_role("button", name="Save").first.click()
    with page.expect_download() as found:
        page.locator(f"{part} .save-list").get_by_role("button", name=kind, exact=True).click()
    return Path(found.value.path())


def test_the_answer_is_walked_part_by_part_on_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_room(page, f"model={MODEL}&tab=answer&present=1")
    for part, others in ((".vector", (".votes", ".shares")), (".votes", (".vector", ".shares")),
                         (".shares", (".vector", ".votes"))):  # fmt: skip
        expect(page.locator(part)).to_be_visible()
        for other in others:
            expect(page.locator(other)).to_have_count(0)
        page.wait_for_function("() => { const s = document.querySelector('.stage');"
                               " return s.scrollHeight <= s.clientHeight; }")  # fmt: skip
        page.keyboard.press("PageDown")


def test_cells_outside_the_map_are_named_where_a_window_is_taken_apart(odd: Page) -> None:
    odd.goto(f"/cnn#model={ID}&tab=pooling&layer=mean&cell=0,0&open=cell")
    odd.wait_for_selector(READY)
    expect(odd.locator(".pool-outside")).to_have_text(
        "5 of the 9 cells lie outside the map: they count as 0."
    )
    edits = json.dumps([{"op": "replace", "layer": "mean", "with": "maxpool"}])
    odd.goto(f"/cnn#model={ID}&tab=pooling&layer=mean&cell=0,0&open=cell&edits={edits}")
    expect(odd.locator(".pool-outside")).to_have_text(
        "5 of the 9 cells lie outside the map: they do not count."
    )
    expect(odd.locator(".window .is-left-out")).to_have_count(5)
