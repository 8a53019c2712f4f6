"""Text -> tokens, cut as GloVe's corpus was.

    text --clean--> without invisible characters --TOKEN--> chunks --_split--> tokens

GloVe's corpus was cut by the rules of the Penn Treebank: small letters, "don't" -> do + n't,
"it's" -> it + 's, "cannot" -> can + not, punctuation apart. A compound ("well-made", "2.5",
"and/or") is looked up whole first and cut only where the vocabulary does not know it.
`start` and `end` of a token are code points of the text as it was sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import NamedTuple

_MARKS = "".join(
    chr(c)
    for c in (*range(0x300, 0x1E00), *range(0x20D0, 0x2100), *range(0xA66F, 0xAC00))
    if unicodedata.category(chr(c))[0] == "M"
)
_WORD = rf"(?:[^\W_]++|[{_MARKS}]++)+"  # possessive: no backtracking, whatever comes
_EMOJI = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_CLUSTER = rf"{_EMOJI}[\ufe0f\U0001f3fb-\U0001f3ff]*"

# Characters that nobody sees: controls, zero-width and direction marks, tags, lone surrogates
# (which no encoding can send back). A joiner inside an emoji stays, for it makes the picture.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    rf"|(?<!{_EMOJI})(?<!\ufe0f)\u200d"
)

TOKEN = re.compile(
    rf"""
      (?P<plain>[a-z]+)(?=\s|\Z)                            # most words, quickly
    | (?:[a-z]\.){{2,}}                                    # u.s. e.g.
    | (?:mr|mrs|ms|dr|st|jr|sr|vs|etc|prof)\.(?!\w)        # titles keep their full stop
    | ['’](?:s|m|d|re|ve|ll|em|til|till|cause|\d\ds?)(?!{_WORD})
    | [\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]            # no spaces there: one sign, one token
    | {_WORD}(?:[-.,:/&'’‑]{_WORD})*                       # words and compounds
    | \.{{2,}} | -{{2,}} | `` | ''
    | [\U0001f1e6-\U0001f1ff]{{2}}                         # a flag
    | {_CLUSTER}(?:\u200d{_CLUSTER})*                      # an emoji with all that belongs to it
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "‑": "-"})
_SPELT = {"``": '"', "''": '"', "—": "--", "…": "..."}
_TAILS = ("n't", "'s", "'m", "'d", "'re", "'ve", "'ll")
_SEPARATORS = ("/", "&", ":", ",", ".", "-", "‑")
_RUNS = re.compile(r"\d+|\D+")


class Token(NamedTuple):
    """A token as it is looked up, and where it stands in the text: text[start:end]."""

    text: str
    start: int
    end: int


def form(piece: str) -> str:
    """A piece of text as it is looked up: small letters, straight quotes, composed accents."""
    if piece.isascii():
        low = piece.lower()
        if low[0] in ".-`'" and len(low) > 1:
            return _SPELT.get(low) or ("..." if low[0] == "." == low[1] else _dashes(low))
        return low
    low = unicodedata.normalize("NFC", piece.translate(_STRAIGHT).lower())
    return _SPELT.get(low, low)


def _dashes(low: str) -> str:
    """Any run of two or more hyphens is one dash, written "--"."""
    return "--" if low.startswith("--") else low


def _split(piece: str, start: int, words: Container[str] | None) -> Iterator[Token]:
    """A word or compound -> its tokens, whole if the vocabulary knows it or none is given."""
    head, tails = _peel(piece)
    if head:
        yield from _whole_or_parts(head, start, words)
    start += len(head)
    for tail in tails:
        yield Token(form(tail), start, start + len(tail))
        start += len(tail)


def _peel(piece: str) -> tuple[str, list[str]]:
    """ "shouldn't've" -> "should", ["n't", "'ve"]: at most four, in the order they stand in."""
    tails: list[str] = []
    while len(tails) < 4:
        last = piece[-3:].translate(_STRAIGHT).lower()
        length = next((len(t) for t in _TAILS if last.endswith(t)), 0)
        if not length:
            break
        tails.insert(0, piece[-length:])
        piece = piece[:-length]
    return piece, tails


def _whole_or_parts(piece: str, start: int, words: Container[str] | None) -> Iterator[Token]:
    """A word without its contraction -> one token, or those of the parts of an unknown compound."""
    whole = form(piece)
    if whole == "cannot":
        yield Token("can", start, start + 3)
        yield Token("not", start + 3, start + 6)
        return
    parts = [] if words is None or whole in words else _parts(piece)
    if len(parts) < 2:
        yield Token(whole, start, start + len(piece))
        return
    for part in parts:
        yield from _split(part, start, words)
        start += len(part)


def _parts(piece: str) -> list[str]:
    """An unknown compound cut at its loosest separator, or letters from digits ("4mb")."""
    for separator in _SEPARATORS:
        if separator in piece and piece != separator:
            return [part for part in re.split(f"({re.escape(separator)})", piece) if part]
    return _RUNS.findall(piece) if any(map(str.isdigit, piece)) else []


def tokens(text: str, words: Container[str] | None = None) -> Iterator[Token]:
    """The tokens of a text without invisible characters, one after another."""
    for match in TOKEN.finditer(text):
        piece = match[0]
        if match.lastgroup and piece.isascii() and len(piece) != 6:  # 6: perhaps "cannot"
            yield Token(piece.lower(), match.start(), match.end())
        elif len(piece) > 1 and (piece[-1].isalnum() or piece[0].isalnum()) and piece[-1] != ".":
            yield from _split(piece, match.start(), words)
        else:
            yield Token(form(piece), match.start(), match.end())


def clean(text: str) -> tuple[str, list[int] | None]:
    """Text without invisible characters, and the place of each kept one (None: all kept)."""
    if not INVISIBLE.search(text):
        return text, None
    gone = {m.start() for m in INVISIBLE.finditer(text)}
    places = [i for i in range(len(text)) if i not in gone]
    return "".join(text[i] for i in places), places


def tokenize(text: str, words: Container[str] | None = None) -> list[Token]:
    """Text -> tokens with their places in it. `words`: compounds it holds are kept whole."""
    kept, places = clean(text)
    found = tokens(kept, words)
    if places is None:
        return list(found)
    return [Token(t, places[start], places[end - 1] + 1) for t, start, end in found]
