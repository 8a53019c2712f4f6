"""Simple properties of the words of a sentence, as watched.toml lists them.

    words of a sentence [T] --one kind of question--> True or False for each [T]

A network that reads letters gets the questions about letters instead.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LISTED = Path(__file__).with_name("watched.toml")
QUOTE = '"'
SINGLE = 1.5  # mean length below which tokens are letters


@dataclass(frozen=True)
class Question:
    """`ask` gives one answer a word; `says` ends "higher where …"."""

    id: str
    says: str
    ask: Callable[[Sequence[str]], list[bool]]


def questions(sentences: Sequence[Sequence[str]]) -> list[Question]:
    """Those that fit what the tokens are: words, or single letters."""
    table = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    lists = {name: frozenset(words) for name, words in table["lists"].items()}
    lengths = [len(word) for words in sentences for word in words]
    kind = "letters" if sum(lengths) < SINGLE * len(lengths) else "words"
    return [question(row, lists) for row in table[kind]]


def question(row: dict[str, Any], lists: dict[str, frozenset[str]]) -> Question:
    """One row of the table."""
    own = lists.get(row.get("list", ""), frozenset())
    others = lists.get(row.get("others", ""), frozenset())
    kind, place, back = row["kind"], row.get("place", 0), row.get("back", 0)
    asks: dict[str, Callable[[Sequence[str]], list[bool]]] = {
        "word": lambda words: [word in own for word in words],
        "after": lambda words: [not own.isdisjoint(words[:t]) for t in range(len(words))],
        "near": lambda words: [
            not own.isdisjoint(words[max(0, t - back) : t + 1]) for t in range(len(words))
        ],
        "last": lambda words: last_was(words, own, others),
        "first": lambda words: [words[0] in own] * len(words),
        "quoted": quoted,
        "from": lambda words: [t + 1 >= place for t in range(len(words))],
        "start": lambda words: [t + 1 <= place for t in range(len(words))],
        "signs": lambda words: [not any(map(str.isalnum, word)) for word in words],
        "digits": lambda words: [word[0].isdigit() for word in words],
        "end": lambda words: [t == len(words) - 1 for t in range(len(words))],
        "space": lambda words: [word.isspace() for word in words],
        "capital": lambda words: [word.isupper() for word in words],
        "marks": lambda words: [not word.isalnum() and not word.isspace() for word in words],
        "initial": lambda words: [n >= place and (place > 1 or n == 1) for n in so_far(words)],
    }
    return Question(row["id"], row["says"], asks[kind])


def last_was(words: Sequence[str], own: frozenset[str], others: frozenset[str]) -> list[bool]:
    """Whether the last listed word so far was one of `own`."""
    found, now = [], False
    for word in words:
        now = word in own or (now and word not in others)
        found.append(now)
    return found


def quoted(words: Sequence[str]) -> list[bool]:
    """Inside quotation marks; the marks themselves are outside."""
    found, inside = [], False
    for word in words:
        inside ^= word == QUOTE
        found.append(inside and word != QUOTE)
    return found


def so_far(letters: Sequence[str]) -> list[int]:
    """How many letters of its word there are up to this one; 0 between words."""
    found, n = [], 0
    for letter in letters:
        n = n + 1 if letter.isalnum() else 0
        found.append(n)
    return found
