"""What the answer and the README promise of the compare room, link by link.

PROMISES: link -> check(page), on a page that has just opened it
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import test_compare_first, test_compare_speed
from tests.browser.cnn_room import graph_of
from tests.browser.promises_cnn import API, HEADERS, Promise, predicted
from tests.browser.test_compare import shown

LAB = "/api/v1/lab"
KINDS = ("cnn", "rnn", "gru", "lstm")


def numbers(page: Page, selector: str) -> list[float]:
    """data-values of all that a selector finds, in order."""
    found: list[float] = page.locator(selector).evaluate_all(
        "all => all.map((e) => Number(e.dataset.value))"
    )
    return found


def picture(page: Page) -> None:
    """C9: one digit, at once and row by row; both answers are the networks' own."""
    expect(page.locator(".belief-line.is-cnn")).to_be_visible()
    expect(page.locator(".belief-line.is-lstm")).to_be_visible()
    for name in ("CNN", "LSTM"):
        best = predicted(page, f"digits-{name.lower()}")["predictions"][0]["probability"]
        assert shown(page, name) == pytest.approx(best, abs=1e-5)
    layers, rows = numbers(page, ".picture-two .waiting [data-value]")
    assert rows == graph_of(page, "digits-lstm")[0]["output_shape"][-2]
    assert layers < rows


def sentence(page: Page) -> None:
    """C9: one sentence, in windows and word by word; both beliefs at its end are the networks'."""
    expect(page.locator('.sent[data-whole="true"]')).to_be_visible()
    label = page.get_by_role("combobox", name="Belief in").input_value()
    ends = numbers(page, ".sent-level.is-at [data-value], .sent-level.is-at[data-value]")
    want = [one["probability"] for kind in ("lstm", "cnn")
            for one in predicted(page, f"sentiment-{kind}")["predictions"]
            if one["label"] == label]  # fmt: skip
    assert ends == pytest.approx(want, abs=1e-5)
    expect(page.locator(".sent-window")).not_to_have_count(0)


def order(page: Page) -> None:
    """C12: shuffled words, every network before and after over the held-out split; a tie."""
    expect(page.locator(".order-held .dumb-row").first).to_be_visible()
    found = page.request.get(f"{LAB}/order").json()["sets"]
    words = next(one for one in found if one["unit"] == "words")
    for made in words["models"]:
        row = next(one for one in made["changes"] if one["change"] == "shuffled")
        values = numbers(page, f'.order-held [data-model="{made["model"]}"] [data-value]')
        assert values == pytest.approx([row["before"]["value"], row["after"]["value"]])
        assert row["after"]["value"] < row["before"]["value"]
    expect(page.locator(".order-says").first).to_contain_text("a tie, the intervals overlap")


def reach(page: Page) -> None:
    """C9: in every reader the first word moves the answer less than the last."""
    expect(page.locator(".reach-line")).to_have_count(4)
    caption = page.locator(".foot-caption").inner_text()
    label = page.get_by_role("combobox", name="Answer in").input_value()
    for kind in ("rnn", "gru", "lstm"):
        url = f"{API}/sentiment-{kind}/reach?class={label}"
        said = page.request.post(url, data='{"sample": "evening"}', headers=HEADERS).json()
        first, last = said["steps"][0]["norm"], said["steps"][-1]["norm"]
        assert 0 < first < last, kind
        if kind == "lstm":
            assert f"{round(100 * first / last)} % of the last word's influence" in caption


def wall(page: Page) -> None:
    """C9: as many words as its kernel is long move a cell of the CNN, all others exactly 0."""
    caption = page.locator(".foot-caption")
    expect(caption).to_contain_text(re.compile("One cell of .* move it"))
    told = [int(n) for n in re.findall(r"(\d+) words? move it; the other (\d+) words",
                                       caption.inner_text())[0]]  # fmt: skip
    sizes = [node["attributes"]["kernel_size"] for node in graph_of(page, "sentiment-cnn")
             if "kernel_size" in node["attributes"]]  # fmt: skip
    flat = [size[0] if isinstance(size, list) else size for size in sizes]
    assert told[0] == max(flat)
    assert sum(told) == len(predicted(page, "sentiment-cnn")["tokens"])
    expect(page.locator(".reach-line.is-cnn .reach-zero")).to_have_count(told[1])


def first(page: Page) -> None:
    """C12: beyond its field the pooled CNN guesses; every row is the API's, or measured."""
    table = page.locator(".first-answers")
    expect(table).to_be_visible()
    data = test_compare_first.figures(page, "first")
    signs = [int(n) for n in str(table.get_attribute("data-signs")).split(",")]
    test_compare_first.check(page, data, signs)
    pooled = next(one for one in data["models"] if one["model"] == "pooled")
    assert abs(signs[0] - signs[1]) >= pooled["field"]
    expect(table.locator('[data-model="pooled"]')).to_contain_text(
        f"{pooled['field']} places: cannot know, guesses"
    )
    share = test_compare_first.held(data, "pooled", signs[2], abs(signs[0] - signs[1]))
    assert 0.45 < share < 0.55


def dilated(page: Page) -> None:
    """C12: a dilated CNN of few layers sees both signs, and flatten keeps their places."""
    data = {one["model"]: one for one in test_compare_first.figures(page, "first")["models"]}
    row = page.locator('.first-answers [data-model="dilated"]')
    expect(row).to_contain_text(f"{data['dilated']['field']} places: both signs")
    expect(page.locator(".first-plot .first-line.is-dilated")).to_have_class(re.compile("is-thick"))
    layers = [len([layer for layer in data[name]["layers"] if layer["op"] == "word_conv"])
              for name in ("dilated", "pooled")]  # fmt: skip
    assert data["dilated"]["field"] > 4 * data["pooled"]["field"]
    assert layers[0] < 2 * layers[1]
    expect(page.locator('.first-answers [data-model="flatten"]')).to_contain_text("not pooled: can")
    page.get_by_role("button", name="256 places").click()
    refused = page.locator('.first-answers [data-model="flatten"] [data-value]')
    expect(refused).to_have_count(0)  # for one length


def speed(page: Page) -> None:
    """C15: as much work, but the reader's steps wait for one another, one a word."""
    expect(page.get_by_role("application")).to_have_count(3)
    run = page.request.get(f"{LAB}/speed").json()
    longest = run["lengths"][-1]
    expect(page.locator(".speed-figures caption")).to_contain_text(f"{longest:,} words")
    assert test_compare_speed.figures(page) == pytest.approx(
        test_compare_speed.expected(run, longest)
    )
    steps = {one["model"]: one["steps"] for one in run["points"] if one["length"] == longest}
    assert steps["sentiment-lstm"] == longest
    assert steps["sentiment-cnn"] < 10
    expect(page.locator(".foot-caption")).to_contain_text(f"the LSTM waits for {longest:,} steps")


def duel(page: Page) -> None:
    """C9: with as many weights the bag of words ties on one split and is below on the other."""
    expect(page.locator(".duel-table")).to_be_visible()
    readers = {one["reader"]: one for one in page.request.get(f"{LAB}/duel").json()["readers"]}
    assert set(readers) == {"bag", *KINDS}
    for name, reader in readers.items():
        row = page.locator(f'.duel-table [data-reader="{name}"]')
        shares = [one["accuracy"]["value"] for one in reader["splits"]]
        assert numbers(page, f'.duel-table [data-reader="{name}"] [data-value]')[:2] == shares
        ties = ["best" if s["best"] else "tie" if s["tie"] else "" for s in reader["splits"]]
        assert row.locator(".duel-accuracy i").all_inner_texts() == ties
    assert [one["tie"] for one in readers["bag"]["splits"]] == [True, False]


PROMISES: dict[str, Promise] = {
    "/compare#tab=picture": picture,
    "/compare#tab=sentence": sentence,
    "/compare#tab=order": order,
    "/compare#tab=reach": reach,
    "/compare#tab=reach&method=cell": wall,
    "/compare#tab=first": first,
    "/compare#tab=first&model=dilated": dilated,
    "/compare#tab=speed": speed,
    "/compare#tab=duel": duel,
}
