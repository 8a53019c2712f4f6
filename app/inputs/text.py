"""Text -> ids, with every step kept to be shown.

    text --tokenize--> tokens --Vocabulary--> ids int64 [1, T], tokens to draw, report

`tokenize` cuts as GloVe did (tokens.py). A word that the vocabulary lacks is read as the last row
of the table, "unknown", and marked.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypedDict

import torch
from torch import Tensor

from app.core.errors import TooLarge, Unprocessable
from app.inputs.tokens import Token, clean, tokenize, tokens

__all__ = ["PreparedText", "Token", "TokenInfo", "Vocabulary", "prepare_text", "tokenize"]

NOTHING = "Nothing to read yet. Type a sentence or pick one."
CHARACTERS_PER_TOKEN = 50  # a text may hold max_tokens times as many characters


class Vocabulary:
    """Words and their rows in the table; what is not among them has the row `unknown`, the last.

    `token in vocabulary` says whether the table has a row of its own for it.
    """

    # What tokens are called in sentences for a visitor: unknown ones, and all that are counted.
    unit, units, counted = "word", "words", "words and signs"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._rows = {word: row for row, word in enumerate(self.words)}
        self.unknown = len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._rows

    def __len__(self) -> int:
        """Rows of the table, the unknown one included."""
        return len(self.words) + 1

    def row(self, word: str) -> int:
        """The row of a word as the tokeniser gives it."""
        return self._rows.get(word, self.unknown)

    def cut(self, text: str) -> Iterator[Token]:
        """The tokens of a text without invisible characters, one after another."""
        return tokens(text, self._rows)

    def tokenize(self, text: str) -> list[Token]:
        """Tokens of a text; compounds that this vocabulary knows stay whole."""
        return tokenize(text, self._rows)

    def said_of_cut(self, total: int) -> str:
        """The sentence about cutting a text into `total` tokens."""
        return f"Cut into {'1 token' if total == 1 else f'{total:,} tokens'}, in small letters."

    def ids(self, text: str) -> list[int]:
        """Rows of a text's tokens, as the network is served them."""
        kept, _ = clean(text)
        return [self._rows.get(t.text, self.unknown) for t in self.cut(kept)]


def read_vocabulary(path: Path) -> Vocabulary:
    """words.txt.gz, one word a line, row i on line i."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        return Vocabulary(line.rstrip("\n") for line in lines)


class TokenInfo(TypedDict):
    """One token as the API sends it; start and end are code points of the text as sent."""

    text: str
    id: int
    known: bool
    start: int
    end: int


@dataclass(frozen=True)
class PreparedText:
    """tensor int64 [1, T]; one TokenInfo per row of T; the report for the page."""

    tensor: Tensor
    tokens: list[TokenInfo]
    report: dict[str, Any]


def prepare_text(text: str, vocabulary: Vocabulary, max_tokens: int) -> PreparedText:
    """Text -> ids. Raises Unprocessable with nothing to read, TooLarge beyond the limit."""
    if len(text) > max_tokens * CHARACTERS_PER_TOKEN:
        raise TooLarge(_too_long(max_tokens, vocabulary))
    kept, places = clean(text)
    found = list(islice(vocabulary.cut(kept), max_tokens + 1))
    if not found:
        raise Unprocessable(NOTHING)
    if len(found) > max_tokens:
        raise TooLarge(_too_long(max_tokens, vocabulary))
    infos = [_info(token, vocabulary, places) for token in found]
    if not _answerable(infos):
        raise Unprocessable(f"It knows none of these {vocabulary.units}: no answer.")
    ids = torch.tensor([[info["id"] for info in infos]], dtype=torch.int64)
    report = _report(len(text), len(text) - len(kept), infos, vocabulary)
    return PreparedText(ids, infos, report)


def _info(token: Token, vocabulary: Vocabulary, places: list[int] | None) -> TokenInfo:
    """A token with its row, its offsets moved back into the text as sent."""
    row, start, end = vocabulary.row(token.text), token.start, token.end
    if places is not None:
        start, end = places[start], places[end - 1] + 1
    known = row != vocabulary.unknown
    return {"text": token.text, "id": row, "known": known, "start": start, "end": end}


def _answerable(infos: list[TokenInfo]) -> bool:
    """At least one known word; where the text has no word at all, one known sign. A piece without
    width, the space before a word, is neither.
    """
    wide = [info for info in infos if info["end"] > info["start"]]
    words = [info for info in wide if any(map(str.isalnum, info["text"]))]
    return any(info["known"] for info in words or wide)


def _report(
    characters: int, invisible: int, infos: list[TokenInfo], vocabulary: Vocabulary
) -> dict[str, Any]:
    """What was done to the text, step by step, in a visitor's words."""
    total = len(infos)
    unknown = sum(not info["known"] for info in infos)
    steps = []
    if invisible:
        steps.append({"op": "clean", "text": _invisible(invisible)})
    steps.append({"op": "tokens", "text": vocabulary.said_of_cut(total)})
    if unknown:
        steps.append({"op": "unknown", "text": _unknown(unknown, vocabulary)})
    return {
        "kind": "text",
        "characters": characters,
        "total_tokens": total,
        "unknown": unknown,
        "steps": steps,
        "window": {"start": 0, "end": total, "total": total},
    }


def _invisible(count: int) -> str:
    """The sentence for characters that were left out."""
    if count == 1:
        return "1 invisible character was left out."
    return f"{count:,} invisible characters were left out."


def _unknown(count: int, vocabulary: Vocabulary) -> str:
    """The sentence for unknown words."""
    if count == 1:
        return f"1 {vocabulary.unit} is new to this network (dotted). It reads it as 'unknown'."
    many = f"{count:,} {vocabulary.units}"
    return f"{many} are new to this network (dotted). It reads each as 'unknown'."


def _too_long(max_tokens: int, vocabulary: Vocabulary) -> str:
    """The sentence for a text beyond the limit."""
    longest = f"{max_tokens:,} {vocabulary.counted}"
    return f"This text is longer than {longest}, the limit. Send a part of it."
