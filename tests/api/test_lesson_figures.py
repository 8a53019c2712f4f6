"""The lessons' sentences against the shipped figures: a new training must not leave them untrue.

    models/_shared/<name>.json, models/<id>  -->  what static/lessons/*.toml say in words

Each test names the stop or the line that has to be rewritten where it fails.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.core.assets import data_folder
from app.lessons.read import read_language

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = data_folder("static") / "lessons"
HALFWAY = 0.5  # from chance to all given back: what the view calls learnt
GUESSES = (0.45, 0.55)


def figures(name: str) -> Any:
    """What a command measured."""
    return json.loads((ROOT / "models" / "_shared" / f"{name}.json").read_text())


def rates(model: str, length: int) -> dict[int, float]:
    """Distance -> share that was right."""
    made = next(one for one in figures("first")["models"] if one["model"] == model)
    points = [point for point in made["points"] if point["length"] == length]
    return {point["distance"]: point["accuracy"]["value"] for point in points}


def guesses(shares: Any) -> bool:
    """Is every one of these shares near chance?"""
    return all(GUESSES[0] < share < GUESSES[1] for share in shares)


# --- difference, "first"; answer, "limits" ---------------------------------------------------


def test_the_pooled_network_guesses_beyond_its_field_and_all_others_are_right() -> None:
    first = figures("first")
    field = next(one["field"] for one in first["models"] if one["model"] == "pooled")
    pooled = rates("pooled", 64)
    assert guesses(share for distance, share in pooled.items() if distance >= field)
    assert all(share > 0.99 for distance, share in pooled.items() if distance < field)
    for one in first["models"]:
        if one["model"] != "pooled":
            assert min(rates(one["model"], 64).values()) > 0.99, one["model"]


def test_in_256_places_the_note_says_who_stays_right() -> None:
    by = {name: rates(name, 256) for name in ("rnn", "gru", "lstm", "dilated", "flatten")}
    assert by["flatten"] == {}
    assert min(by["rnn"].values()) > 0.99
    assert guesses(by["lstm"].values())
    gru, dilated = by["gru"], by["dilated"]
    assert gru[min(gru)] < 0.6 < 0.95 < gru[max(gru)]
    assert dilated[max(dilated)] < 0.6 < 0.95 < dilated[min(dilated)]


# --- limits, "remember" ----------------------------------------------------------------------


def reached(name: str) -> dict[str, list[bool]]:
    """Cell -> whether it learnt each distance, the shortest first."""
    task = next(one for one in figures("remember")["tasks"] if one["task"] == name)
    chance = task["recall_chance"]
    enough = chance + HALFWAY * (1 - chance)
    return {
        cell["cell"]: [point["recall"] > enough for point in cell["points"]]
        for cell in task["cells"]
    }


def test_who_learnt_which_distance() -> None:
    adding, copy = reached("adding"), reached("copy")
    assert adding["rnn"] == [True, True, False, False, False]
    assert all(adding["lstm"] + adding["gru"])
    assert all(copy["gru"])
    assert copy["lstm"] == [True, True, False, False]
    assert copy["rnn"] == [False, True, True, False]


# --- limits, "speed" and "uses"; answer, "applications" and "limits" -------------------------


def test_as_much_work_but_not_the_same_line() -> None:
    points = {(one["model"], one["length"]): one for one in figures("speed")["points"]}
    longest = max(length for _, length in points)
    kinds = ("cnn", "rnn", "gru", "lstm")
    at = {kind: points[(f"sentiment-{kind}", longest)] for kind in kinds}
    half = {kind: points[(f"sentiment-{kind}", longest // 2)] for kind in kinds}
    work = [one["work"] for one in at.values()]
    assert max(work) / min(work) < 1.05
    for kind in kinds:
        assert at[kind]["work"] / half[kind]["work"] == pytest.approx(2, rel=0.01)
        assert 1.4 < at[kind]["ms"]["median"] / half[kind]["ms"]["median"] < 2.8, kind
        assert at[kind]["steps"] == (half[kind]["steps"] if kind == "cnn" else longest)
    assert at["gru"]["ms"]["median"] > 2 * at["lstm"]["ms"]["median"]
    shortest = min(length for _, length in points)
    cnn, lstm = (
        points[(f"sentiment-{kind}", shortest)]["ms"]["median"] for kind in ("cnn", "lstm")
    )
    assert cnn > 0.75 * lstm


def test_the_duel_is_told_with_its_figures_and_its_ties() -> None:
    readers = {one["reader"]: one for one in figures("duel")["readers"]}
    bag = {one["split"]: one for one in readers["bag"]["splits"]}
    splits = [one["split"] for one in readers["bag"]["splits"]]
    best = {s: next(one["accuracy"]["value"] for reader in readers.values()
                    for one in reader["splits"] if one["split"] == s and one["best"])
            for s in splits}  # fmt: skip
    assert [bag[s]["tie"] for s in ("sst dev", "product_opinions test")] == [True, False]
    for kind in ("cnn", "rnn", "gru", "lstm"):
        assert all(one["tie"] for one in readers[kind]["splits"]), kind
    sizes = [one["parameters"] for one in readers.values()]
    assert max(sizes) / min(sizes) < 1.05
    want = [f"{100 * share:.1f}" for s in ("sst dev", "product_opinions test")
            for share in (bag[s]["accuracy"]["value"], best[s])]  # fmt: skip
    for lang, point in (("en", "."), ("de", ",")):
        texts = read_language(SHIPPED, lang)
        lines = [line for row in texts.answer.row for line in row.subtler]
        (line,) = (line.says for line in lines if line.see == "Compare, Duel")
        (note,) = (stop.notes for one in texts.lessons for stop in one.deck.stop
                   if stop.id == "uses")  # fmt: skip
        for said in (line, note):
            assert re.findall(r"\d+[.,]\d", said) == [one.replace(".", point) for one in want]


def test_shuffled_words_cost_all_the_same() -> None:
    """A tie: no network's loss lies outside another's interval."""
    sets = next(one for one in figures("order")["sets"] if one["unit"] == "words")
    lost = []
    for one in sets["models"]:
        row = next(change for change in one["changes"] if change["change"] == "shuffled")
        n = row["before"]["n"]
        away = row["lost"] - row["won"]
        spread = 1.96 * ((row["lost"] + row["won"] - away**2 / n) ** 0.5) / n
        lost.append((away / n - spread, away / n + spread))
    assert max(low for low, _ in lost) < min(high for _, high in lost)
