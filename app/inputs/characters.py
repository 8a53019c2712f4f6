"""A text read letter by letter: the vocabulary is the letters and signs of the card itself.

    text --clean--> without invisible characters --one token a character--> rows

Typographic quotes, dashes and spaces are read as the plain ones that such texts were typed with;
what the vocabulary then lacks is read as its last row, "unknown", and marked.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.inputs.text import Vocabulary
from app.inputs.tokens import Token, clean

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‐‑‒–—", "-"),
        **dict.fromkeys("\t\xa0\u2002\u2003\u2009\u202f", " "),
        "\r": "\n",
    }
)


class Characters(Vocabulary):
    """Letters and signs and their rows, in the order that the card gives them."""

    unit, units, counted = "letter or sign", "letters or signs", "letters and signs"

    def said_of_cut(self, total: int) -> str:
        """The sentence about reading a text letter by letter."""
        return f"Read letter by letter: {total:,} letters and signs, spaces and line ends included."

    def cut(self, text: str) -> Iterator[Token]:
        """One token a character; a line's end is one, however it is written. None of a blank."""
        if not text.strip():
            return
        for place, sign in enumerate(text):
            if sign != "\r" or text[place + 1 : place + 2] != "\n":
                yield Token(sign.translate(_PLAIN), place, place + 1)

    def tokenize(self, text: str) -> list[Token]:
        """The tokens of a text with their places in it."""
        kept, places = clean(text)
        found = self.cut(kept)
        if places is None:
            return list(found)
        return [Token(t, places[start], places[end - 1] + 1) for t, start, end in found]

    def ids(self, text: str) -> list[int]:
        """Rows of a text's letters."""
        return [self.row(token.text) for token in self.cut(clean(text)[0])]
