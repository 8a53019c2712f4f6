"""What the answer and the README promise of the room of sequences, link by link.

PROMISES: link -> check(page), on a page that has just opened it
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.promises_cnn import API, HEADERS, Promise, predicted
from tests.browser.rnn_room import lanes, near, values
from tests.browser.test_rnn_signal import figures

FIRST = "sentiment-lstm"  # the network that the room opens with
BANK = ["i went to the river bank .", "i went to the bank to deposit money ."]


def beliefs(said: dict[str, Any], label: str) -> list[float]:
    """The share of one class after every word."""
    return [next(one["probability"] for one in step["predictions"] if one["label"] == label)
            for step in said["steps"]]  # fmt: skip


def same(found: list[float], want: list[float]) -> bool:
    """Number by number, within what every shown number keeps."""
    return len(found) == len(want) and all(map(near, found, want))


def traced(page: Page, *names: str) -> dict[str, list[list[float]]]:
    """Tensors of the first sample, a row a word."""
    said = page.request.post(
        f"{API}/{FIRST}/trace?layers={','.join(names)}", data='{"sample": "evening"}',
        headers={**HEADERS, "accept": "application/json"},
    ).json()["tensors"]  # fmt: skip
    found = {}
    for name in names:
        size, data = said[name]["shape"][1], said[name]["data"]
        found[name] = [data[i : i + size] for i in range(0, len(data), size)]
    return found


def factors(page: Page) -> dict[str, float]:
    """What is left of the signal a step back, fresh cells."""
    caption = page.locator(".foot-caption")
    expect(caption).to_have_text(re.compile(r"^Fresh cells: .*LSTM × [\d.]+"))
    return {name: float(by) for name, by in re.findall(r"(\w+) × ([\d.]+)", caption.inner_text())}


def bank(page: Page) -> None:
    """C8: the belief at every word of both sentences is the network's; at "bank" only one knows."""
    found = []
    for number, text in enumerate(BANK):
        sentence = page.locator(".bank-sentence").nth(number)
        expect(sentence.locator(".bank-figures")).to_be_attached()
        shares = sentence.locator(".bank-figures [data-value]").evaluate_all(
            "all => all.map((e) => +e.dataset.value)"
        )
        said = page.request.post(f"{API}/bank-lstm/predict", data={"text": text}).json()
        assert same(shares, beliefs(said, "river")), text
        found.append(shares[said["input"]["word"]["at"]])
        expect(sentence).to_contain_text("two-way reader")
    assert found[0] > 0.9  # it has read "river"
    expect(page.locator(".bank-sentence").nth(1)).to_contain_text("it has not met “deposit”")
    expect(page.get_by_role("button", name=re.compile("Carry the state"))).not_to_have_count(0)


def unrolled(page: Page) -> None:
    """C6: a copy a word, the same weights in each, fed with h and c of the copy before."""
    expect(page.locator(".unroll-copy .unroll-carried").nth(3)).to_be_visible()
    expect(page.locator(".unroll-tie")).to_contain_text("the same weights in every copy")
    rows = traced(page, "lstm.l0.h", "lstm.l0.c")
    total = len(rows["lstm.l0.h"])
    tools = page.locator(".unroll-tools").inner_text()
    copies = re.search(rf"copies (\d+) to {total} of {total}", tools)
    assert copies
    before = int(copies[1]) - 2  # the word before the first copy on screen
    carried = values(page, ".unroll-copy .unroll-carried")
    unit = next(k for k, value in enumerate(rows["lstm.l0.h"][before]) if near(carried[0], value))
    want = [rows[name][t][unit] for t in range(before, total - 1)
            for name in ("lstm.l0.h", "lstm.l0.c")]  # fmt: skip
    assert same(carried, want)


def step(page: Page) -> None:
    """C7: old state, four gates, new cell and hidden state: the network's, and they add up."""
    expect(page.locator(".step-lanes .lane-value .num").first).to_be_visible()
    shown = lanes(page)
    named = re.search(r"Unit (\d+) of (\d+)", page.locator(".step-side").inner_text())
    assert named
    unit = int(named[1])
    names = {letter: f"lstm.l0.gate.{letter}" for letter in "ifgo"}
    rows = traced(page, *names.values(), "lstm.l0.c", "lstm.l0.h")
    for letter, tensor in names.items():
        assert any(near(value, rows[tensor][-1][unit]) for value in shown.values()), letter
    i, f, g, o = (rows[names[letter]][-1][unit] for letter in "ifgo")
    c, before, h = (rows["lstm.l0.c"][-1][unit], rows["lstm.l0.c"][-2][unit],
                    rows["lstm.l0.h"][-1][unit])  # fmt: skip
    for part in (before, f * before, i * g, c, h):
        assert any(near(value, part) for value in shown.values()), (part, shown)
    assert near(f * before + i * g, c)
    assert 0 < o < 1


def receipt(page: Page) -> None:
    """C7: what each word wrote, with the bias, adds up to the score."""
    expect(page.locator(".receipt-total").first).to_be_visible()
    bias, score = values(page, ".receipt-total")[:2]
    parts = page.locator(".receipt-answer [data-value]").evaluate_all(
        "all => all.map((e) => +e.dataset.value)"
    )
    assert near(sum(parts) + bias, score)
    logits = {one["label"]: one["logit"] for one in predicted(page, FIRST)["predictions"]}
    assert near(abs(score), abs(logits["positive"] - logits["negative"]))


def how_far(page: Page) -> None:
    """C13, C14: what each cell gives back at the longest distance, beside chance, as measured."""
    expect(page.locator(".signal-readout tbody tr").first).to_be_visible()
    task = page.request.get("/api/v1/lab/remember").json()["tasks"][0]
    shown = figures(page)
    for cell in task["cells"]:
        last = cell["points"][-1]
        assert same(shown[cell["cell"].upper()], [last["recall"], last["loss"]])
    assert near(shown["chance"][0], task["recall_chance"])
    last = {cell["cell"]: cell["points"][-1]["recall"] for cell in task["cells"]}
    assert last["rnn"] < task["recall_chance"] + 0.05  # it guesses where the gated ones know
    assert min(last["lstm"], last["gru"]) > 0.9


def word_by_word(page: Page) -> None:
    """A sequence of any length: the belief after every word is the network's."""
    expect(page.locator(".strip .word").first).to_be_visible()
    said = predicted(page, FIRST)
    assert said["steps"]
    best = said["predictions"][0]["label"]
    expect(page.locator(".foot-caption")).to_contain_text(f"If the sentence ended here: {best}")
    found = page.locator(".word-share[data-value]").evaluate_all(
        "all => all.map((e) => +e.dataset.value)"
    )
    assert same(found, beliefs(said, best))


def signal(page: Page) -> None:
    """C13: what is left of the error signal ten words back; least in the plain RNN."""
    expect(page.locator(".signal-readout tbody tr")).to_have_count(3)
    shown = figures(page)
    for name in ("RNN", "GRU", "LSTM"):
        url = f"{API}/sentiment-{name.lower()}/gradient"
        said = page.request.post(url, data='{"sample": "evening"}', headers=HEADERS).json()
        steps = said["steps"]
        assert near(shown[name][0], steps[-11]["loss_h"] / steps[-1]["loss_h"]), name
    assert shown["RNN"][0] < min(shown["GRU"][0], shown["LSTM"][0])


def fresh(page: Page) -> None:
    """C13: never trained, at the usual start, the signal of every kind dies out."""
    found = factors(page)
    assert set(found) == {"RNN", "GRU", "LSTM"}
    assert max(found.values()) < 0.8
    assert found["LSTM"] - found["RNN"] < 0.15  # forgets almost as fast


def opened_gate(page: Page) -> None:
    """C14: with the forget gate opened an LSTM keeps the signal, the plain RNN has no such knob."""
    expect(page.locator(".foot-caption")).to_have_text(re.compile(r"LSTM × (0\.9|1\.0)"))
    found = factors(page)
    assert 0.9 < found["LSTM"] < 1.1
    assert found["RNN"] < 0.8


PROMISES: dict[str, Promise] = {
    "/rnn": word_by_word,
    "/rnn#model=sentiment-lstm": word_by_word,
    "/rnn#tab=step": step,
    "/rnn#tab=receipt": receipt,
    "/rnn#tab=unroll&unroll=1": unrolled,
    "/rnn#tab=bank": bank,
    "/rnn#tab=remember": how_far,
    "/rnn#tab=signal": signal,
    "/rnn#tab=signal&show=fresh": fresh,
    "/rnn#tab=signal&show=fresh&lab=200,64,torch,normal,1,3,,10": opened_gate,
}
