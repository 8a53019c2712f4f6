"""Subwords: learnt, cut, put together again, found in the text as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.core.errors import CardError, TooLarge, Unprocessable
from app.inputs.spec import TextSpec
from app.inputs.subwords import (
    END,
    MARKS,
    UNKNOWN,
    Subwords,
    cleaned,
    made_of,
    read_subwords,
    words,
)
from app.inputs.text import prepare_text
from app.training import pairs
from app.zoo import weights
from tests.translators import SENTENCES, SIZE, subwords

PIECES = subwords()


def test_words_are_letters_with_their_apostrophes_and_signs_apart() -> None:
    assert words("I won't, at 12.5 peux-tu ?") == [
        "▁I", "▁won't", ",", "▁at", "▁1", "2", ".", "5", "▁peux", "-", "tu", "▁?",
    ]  # fmt: skip
    assert words("") == []


def test_the_commonest_neighbours_are_merged_first() -> None:
    """Of "baab baab cab", a and b stand together three times, no others as often."""
    found = pairs.learn(["baab baab cab"] * pairs.RARE, len(MARKS) + 4 + 2)
    assert found.words[: len(MARKS)] == MARKS
    assert found.merges[0] == ("a", "b")
    assert [found.words[i] for i in found.encode("baab")][-1].endswith("ab")
    assert found.decode(found.encode("ab baab")) == "ab baab"


def test_what_is_cut_is_put_together_again() -> None:
    assert len(PIECES) == SIZE
    for sentence in SENTENCES:
        ids = PIECES.encode(sentence)
        assert PIECES.decode(ids) == sentence
        assert PIECES.ids(sentence) == ids
        assert PIECES.decode([1, *ids, END]) == sentence
    assert PIECES.decode([UNKNOWN]) == "�"


def test_merges_are_taken_in_the_order_learnt() -> None:
    few = made_of("▁abc", [("b", "c"), ("a", "b"), ("a", "bc")])
    assert few.words == (*MARKS, "▁", "a", "b", "c", "bc", "ab", "abc")
    assert [few.words[i] for i in few.encode("abc ab")] == ["▁", "abc", "▁", "ab"]


def test_pieces_have_their_places_in_the_text_as_typed() -> None:
    text = "  It’s\u200b  cafe\u0301 … 猫"
    found = prepare_text(text, PIECES, 60)
    assert "".join(t["text"] for t in found.tokens) == "▁It's▁café▁...▁猫"
    spans = [text[t["start"] : t["end"]] for t in found.tokens]
    assert "".join(spans).startswith("I")
    assert "e\u0301" in "".join(spans)
    unknown = [text[t["start"] : t["end"]] for t in found.tokens if not t["known"]]
    assert unknown[-1] == "猫"
    assert any("new to this network" in step["text"] for step in found.report["steps"])
    assert [t.text for t in PIECES.tokenize("The\u200b cat")] == [
        t.text for t in PIECES.tokenize("The cat")
    ]


@pytest.mark.parametrize("text", ["مرحبا", "猫", "🙂", "\u202e\u2066Ж"])
def test_nothing_known_is_refused(text: str) -> None:
    with pytest.raises(Unprocessable, match="knows none"):
        prepare_text(text, PIECES, 60)


def test_long_texts_and_words_are_refused_quickly() -> None:
    for text in ("a" * 100_000, "cat " * 61, "The" * 900):
        with pytest.raises(TooLarge, match="60 pieces of words, the limit"):
            prepare_text(text, PIECES, 60)
    with pytest.raises(Unprocessable, match="Nothing to read"):
        prepare_text(" \n", PIECES, 60)


def test_the_file_is_read_back_and_always_the_same(tmp_path: Path) -> None:
    one, other = tmp_path / "a.gz", tmp_path / "b.gz"
    pairs.write_subwords(one, PIECES)
    pairs.write_subwords(other, subwords())
    assert one.read_bytes() == other.read_bytes()
    again = read_subwords(one)
    assert (again.words, again.merges) == (PIECES.words, PIECES.merges)
    assert isinstance(again, Subwords)
    (tmp_path / "_shared" / "x").mkdir(parents=True)
    (tmp_path / "_shared" / "x" / "subwords.json.gz").write_bytes(b"no")
    with pytest.raises(CardError, match="cannot be read"):
        weights.load_subwords(tmp_path, "x")


def test_a_card_names_the_vocabulary() -> None:
    assert TextSpec(tokenizer="subwords", vocabulary="few").vocabulary == "few"
    with pytest.raises(ValidationError, match="need a vocabulary"):
        TextSpec(tokenizer="subwords")
    assert cleaned(" a\u00a0b “c” ") == 'a b "c"'
