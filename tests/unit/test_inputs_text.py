"""Text -> tokens -> ids: the rules of the cut, the sentences that are said, the bounds."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import TooLarge, Unprocessable
from app.inputs.text import Vocabulary, prepare_text, tokenize
from app.inputs.tokens import INVISIBLE, form

KNOWN = """
not a bad movie do n't it 's ca can 2.5 well-made and/or well made 4 mb . , ! - café -- " is
o'clock ... '90s
"""
WORDS = KNOWN.split()
VOCABULARY = Vocabulary(WORDS)


def cut(text: str) -> list[str]:
    """The tokens of a text by the small vocabulary."""
    return [token.text for token in VOCABULARY.tokenize(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Don't", ["do", "n't"]),
        ("DON’T", ["do", "n't"]),
        ("it's", ["it", "'s"]),
        ("can't cannot canned", ["ca", "n't", "can", "not", "canned"]),
        ("shouldn't've", ["should", "n't", "'ve"]),
        ("a bad, bad movie!!", ["a", "bad", ",", "bad", "movie", "!", "!"]),
        ("2.5 well-made and/or", ["2.5", "well-made", "and/or"]),
        ("badly-made 3.5", ["badly", "-", "made", "3", ".", "5"]),
        ("4MB", ["4", "mb"]),
        ("bad.It", ["bad", ".", "it"]),
        ("U.S. e.g. Mr. Smith.", ["u.s.", "e.g.", "mr.", "smith", "."]),
        ("“bad” — ‘a’…", ['"', "bad", '"', "--", "'", "a", "'", "..."]),
        ("dogs' o'clock 'em '90s", ["dogs", "'", "o'clock", "'em", "'90s"]),
        ("<br/>", ["<", "br", "/", ">"]),
        ("cafe\u0301", ["café"]),
        ("👩\u200d👩\u200d👧 ❤️🇩🇪🇫🇷", ["👩\u200d👩\u200d👧", "❤️", "🇩🇪", "🇫🇷"]),
        ("नमस्ते 你好 שלום", ["नमस्ते", "你", "好", "שלום"]),
        ("b\u200ba\x00d \ufeffmovie", ["bad", "movie"]),
        ("do n't it 's", ["do", "n't", "it", "'s"]),
    ],
)
def test_cut(text: str, tokens: list[str]) -> None:
    assert cut(text) == [form(token) for token in tokens]


def test_without_a_vocabulary_compounds_stay_whole() -> None:
    assert [t.text for t in tokenize("badly-made 3.57")] == ["badly-made", "3.57"]


@given(st.text(st.characters(exclude_categories=())))
def test_offsets_slice_back(text: str) -> None:
    """Each token is the form of its own slice; slices come in order, only space between them."""
    place = 0
    for token, start, end in VOCABULARY.tokenize(text):
        assert place <= start < end <= len(text)
        assert not _visible(text, place, start).strip()
        assert token == form(_visible(text, start, end))
        place = end


def _visible(text: str, start: int, end: int) -> str:
    """text[start:end] without what is invisible in the whole text."""
    gone = {m.start() for m in INVISIBLE.finditer(text)}
    return "".join(text[i] for i in range(start, end) if i not in gone)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_is_answered_or_refused(text: str) -> None:
    try:
        prepared = prepare_text(text, VOCABULARY, max_tokens=100)
    except (Unprocessable, TooLarge):
        return
    assert prepared.tensor.shape == (1, len(prepared.tokens))
    assert "".join(t["text"] for t in prepared.tokens).encode()  # sendable as UTF-8


@given(st.lists(st.sampled_from([*WORDS, "don't", "can't", "un-made", "x/y/z", "1,2"])))
def test_ids_are_those_of_the_tokens(words: list[str]) -> None:
    text = " ".join(words)
    rows = [VOCABULARY.row(token.text) for token in VOCABULARY.tokenize(text)]
    assert VOCABULARY.ids(text) == rows


def test_unknown_words_are_marked_and_counted() -> None:
    prepared = prepare_text("A bad qwertz.", VOCABULARY, 100)
    assert [t["known"] for t in prepared.tokens] == [True, True, False, True]
    assert prepared.tensor.tolist() == [[1, 2, len(WORDS), WORDS.index(".")]]
    assert prepared.report == {
        "kind": "text",
        "characters": 13,
        "total_tokens": 4,
        "unknown": 1,
        "steps": [
            {"op": "tokens", "text": "Cut into 4 tokens, in small letters."},
            {
                "op": "unknown",
                "text": "1 word is new to this network (dotted). It reads it as 'unknown'.",
            },
        ],
        "window": {"start": 0, "end": 4, "total": 4},
    }
    two = prepare_text("qwertz bad qwertz", VOCABULARY, 100).report["steps"][-1]["text"]
    assert two == "2 words are new to this network (dotted). It reads each as 'unknown'."


def test_offsets_point_into_the_text_as_sent() -> None:
    text = "b\u200bad\x07 movie"
    prepared = prepare_text(text, VOCABULARY, 100)
    assert [text[t["start"] : t["end"]] for t in prepared.tokens] == ["b\u200bad", "movie"]
    said = prepared.report["steps"][0]
    assert said == {"op": "clean", "text": "2 invisible characters were left out."}


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200e", "\x00\x01", "\ud800"])
def test_blank(text: str) -> None:
    with pytest.raises(Unprocessable, match=r"^Nothing to read yet\. Type a sentence or pick one"):
        prepare_text(text, VOCABULARY, 100)


@pytest.mark.parametrize("text", ["qwertz", "qwertz!", "שלום", "😀", "你好."])
def test_only_unknown_words(text: str) -> None:
    with pytest.raises(Unprocessable, match=r"^It knows none of these words: no answer\.$"):
        prepare_text(text, VOCABULARY, 100)


def test_rtl_emoji_and_markup_are_read_among_known_words() -> None:
    prepared = prepare_text("not bad <b>שלום</b> 😀", VOCABULARY, 100)
    assert [t["text"] for t in prepared.tokens] == [
        "not", "bad", "<", "b", ">", "שלום", "<", "/", "b", ">", "😀",
    ]  # fmt: skip


def test_too_many_tokens() -> None:
    assert prepare_text("bad " * 100, VOCABULARY, 100).report["total_tokens"] == 100
    for text in ("bad " * 101, "x" * 5_001):
        with pytest.raises(TooLarge, match="longer than 100 words"):
            prepare_text(text, VOCABULARY, 100)


@pytest.mark.parametrize(
    "unit",
    ["not a bad movie ", "a-", "'", "a", "n't", ".", "a.", "\u200b", "'s", "1,", "x\u0301",
     "❤\u200d", "4a", "mr.", "_x", "a'", "'re"],
)  # fmt: skip
def test_a_hundred_thousand_characters_are_quick(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    started = time.process_time()
    with contextlib.suppress(Unprocessable, TooLarge):
        prepare_text(text, VOCABULARY, 20_000)
    assert time.process_time() - started < 2
