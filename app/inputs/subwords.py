"""Text to subwords and back: byte-pair merges over words, after Sennrich et al. 2016.

    "I won't!" --spaces shown--> ▁I · ▁won't · ! --merges, the earliest learnt first--> pieces
        --> indices [T]                 "▁" begins a piece before which a space stands

A word is letters and apostrophes; a digit or another sign stands alone. No piece runs over the end
of a word, and the pieces of a sentence put together again are the sentence.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from app.inputs.text import Vocabulary
from app.inputs.tokens import Token, clean

SPACE = "▁"
PAD, START, END, UNKNOWN = range(4)
LONGEST_WORD = 200  # letters; merging takes the square of them
MARKS = ("<pad>", "<s>", "</s>", "<unk>")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", SPACE: " "})
_WORD = re.compile(r"([^\W\d_](?:[^\W\d_]|')*|\S)")


def cleaned(text: str) -> str:
    """NFC, plain quotes, single spaces, none at the ends; as the sentences of the data are."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def words(text: str) -> list[str]:
    """A cleaned sentence -> its words, each with the space before it shown as "▁"."""
    return [_marked(text, found) for found in _WORD.finditer(text)]


def _marked(text: str, found: re.Match[str]) -> str:
    """A word of a text, behind "▁" where a space, or the beginning, is before it."""
    place = found.start()
    return (SPACE if place == 0 or text[place - 1].isspace() else "") + found[0]


class Subwords(Vocabulary):
    """A vocabulary of pieces and the merges that make them; row `UNKNOWN` is that of every letter
    or sign that no piece has.
    """

    unit, units, counted = "letter or sign", "letters or signs", "pieces of words"

    def __init__(self, pieces: Sequence[str], merges: Sequence[tuple[str, str]]) -> None:
        super().__init__(pieces)
        self.unknown = UNKNOWN
        self.merges = tuple(merges)
        self._rank = {pair: k for k, pair in enumerate(self.merges)}
        self._split = lru_cache(maxsize=16_384)(self._merge)

    def __len__(self) -> int:
        """Rows of the table."""
        return len(self.words)

    def said_of_cut(self, total: int) -> str:
        """The sentence about cutting a text into `total` pieces."""
        return f"Cut into {'1 piece' if total == 1 else f'{total:,} pieces'}, capitals kept."

    def cut(self, text: str) -> Iterator[Token]:
        """The pieces of a text as it was typed, one after another; a piece that is only the space
        before a word has no width.
        """
        plain, spans = _plainly(text)
        for found in _WORD.finditer(plain):
            place = found.start()
            for piece in self._split(_marked(plain, found)):
                wide = len(piece) - piece.startswith(SPACE)
                start = spans[place][0]
                yield Token(piece, start, spans[place + wide - 1][1] if wide else start)
                place += wide

    def tokenize(self, text: str) -> list[Token]:
        """The pieces of a text with their places in it."""
        kept, places = clean(text)
        found = self.cut(kept)
        if places is None:
            return list(found)
        return [
            Token(t, places[start], places[end - 1] + 1 if end > start else places[start])
            for t, start, end in found
        ]

    def encode(self, text: str) -> list[int]:
        """A sentence of the data -> indices, without start or end."""
        found = (piece for word in words(cleaned(text)) for piece in self._split(word))
        return [self.row(piece) for piece in found]

    def decode(self, ids: Sequence[int]) -> str:
        """Indices -> the sentence; marks are left out, an unknown letter is "�"."""
        shown = (self.words[i] if i > UNKNOWN else "�" for i in ids if i >= UNKNOWN)
        return "".join(shown).replace(SPACE, " ").strip()

    def _merge(self, word: str) -> tuple[str, ...]:
        """One word -> pieces: the earliest learnt merge first, until none fits. A run of letters
        too long for a word is cut letter by letter.
        """
        parts = list(word)
        while 1 < len(parts) <= LONGEST_WORD:
            pairs = list(pairwise(parts))
            best = min(pairs, key=lambda pair: self._rank.get(pair, len(self._rank)))
            if best not in self._rank:
                break
            parts = joined(parts, best)
        return tuple(parts)


def _plainly(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text -> composed letters and plain signs, and the span that each had in the text."""
    signs: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for sign in unicodedata.normalize("NFC", text[start:end]).translate(_PLAIN):
            signs.append(sign)
            spans.append((start, end))
        start = end
    return "".join(signs), spans


def joined(parts: Sequence[str], pair: tuple[str, str]) -> list[str]:
    """The parts with every `pair` of neighbours made one, from the left."""
    out: list[str] = []
    k = 0
    while k < len(parts):
        if k + 1 < len(parts) and (parts[k], parts[k + 1]) == pair:
            out.append(parts[k] + parts[k + 1])
            k += 2
        else:
            out.append(parts[k])
            k += 1
    return out


def read_subwords(path: Path) -> Subwords:
    """The vocabulary file: gzipped JSON {"letters": […], "merges": [[left, right], …]}.

    Raises OSError, ValueError or KeyError for what cannot be read.
    """
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = json.load(file)
    return made_of(found["letters"], [(left, right) for left, right in found["merges"]])


def made_of(letters: Sequence[str], merges: Sequence[tuple[str, str]]) -> Subwords:
    """The marks, the letters, then what the merges make, each piece once."""
    made = dict.fromkeys([*MARKS, *letters, *(left + right for left, right in merges)])
    return Subwords(list(made), merges)
