"""What the command `app.training.order` says about its changes: their names and words."""

from __future__ import annotations

from app.zoo.order import OrderChange

TEXTS = [
    OrderChange(
        change="shuffled",
        title="Words shuffled",
        about="All words of a text in random order; punctuation stays where it stands.",
        drawn="each",
    ),
    OrderChange(
        change="reversed",
        title="Words reversed",
        about="The last word first; punctuation stays where it stands.",
        drawn="never",
    ),
    OrderChange(
        change="swapped",
        title="Two words swapped",
        about="Two different words, drawn at random, change places.",
        drawn="each",
    ),
    OrderChange(
        change="negation",
        title="A negation moved away",
        about="The first negation of a text (not, n't, never, no…) stands at least three words"
        " from where it stood. Only texts with a negation and room for that are counted.",
        drawn="each",
    ),
]
LINES = {
    "rows": ("Rows", "The 28 rows"),
    "columns": ("Columns", "The 28 columns"),
    "pixels": ("Pixels", "The 784 pixels"),
}


def pictures() -> list[OrderChange]:
    """Rows, columns and pixels, once for all pictures and anew for each."""
    return [
        OrderChange(
            change=f"{name} {how}",
            title=f"{title} shuffled, {words}",
            about=f"{about} of a picture in random order: {rest}.",
            drawn="once" if how == "once" else "each",
        )
        for name, (title, about) in LINES.items()
        for how, words, rest in (
            ("once", "one way for all", "one permutation, the same for every picture"),
            ("each", "each its own way", "every picture has a permutation of its own"),
        )
    ]
