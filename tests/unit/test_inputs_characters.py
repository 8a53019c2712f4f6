"""A text cut into letters, and a picture laid out in rows: tensors, places, sentences, refusals."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from PIL import Image
from pydantic import ValidationError

from app.core.errors import TooLarge, Unprocessable
from app.inputs.characters import Characters
from app.inputs.image import read_image
from app.inputs.spec import ImageSpec, TextSpec
from app.inputs.text import prepare_text

SIGNS = Characters("\n '\"-.abcdefghijklmnopqrstuvwxyz")


def test_one_token_a_letter_with_its_place() -> None:
    text = "a “b”\r\nc—Ж"
    found = prepare_text(text, SIGNS, 100)
    assert "".join(t["text"] for t in found.tokens) == 'a "b"\nc-Ж'
    assert found.tensor.tolist() == [[SIGNS.row(t["text"]) for t in found.tokens]]
    assert [text[t["start"] : t["end"]] for t in found.tokens] == list("a “b”\nc—Ж")
    assert [t["text"] for t in found.tokens if not t["known"]] == ["Ж"]
    assert found.tokens[-1]["id"] == SIGNS.unknown == len(SIGNS) - 1
    said = [step["text"] for step in found.report["steps"]]
    assert said[0].startswith("Read letter by letter: 9 letters and signs")
    assert said[1].startswith("1 letter or sign is new")


def test_invisible_characters_are_left_out() -> None:
    found = prepare_text("a\u200bb", SIGNS, 100)
    assert [(t["text"], t["start"], t["end"]) for t in found.tokens] == [("a", 0, 1), ("b", 2, 3)]
    assert [t.text for t in SIGNS.tokenize("a\u200bb")] == ["a", "b"]
    assert SIGNS.ids("a\u200bb") == [SIGNS.row("a"), SIGNS.row("b")]


@pytest.mark.parametrize("text", ["", "  \n", "\u200b"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(Unprocessable, match="Nothing to read yet"):
        prepare_text(text, SIGNS, 100)


def test_no_letter_known_and_too_many() -> None:
    with pytest.raises(Unprocessable, match="none of these letters or signs"):
        prepare_text("ЖЖ.", SIGNS, 100)
    with pytest.raises(TooLarge, match="100 letters and signs"):
        prepare_text("a" * 101, SIGNS, 100)


def test_a_picture_in_rows_is_the_picture() -> None:
    values = np.arange(784, dtype=np.uint8).reshape(28, 28)
    values[[0, -1]] = values[:, [0, -1]] = 0  # a dark border: it is taken as it is
    file = io.BytesIO()
    Image.fromarray(values).save(file, "PNG")
    digit = {"size": 28, "channels": 1, "mode": "digit", "mean": (0.1307,), "std": (0.3081,)}
    at_once, in_rows = (
        read_image(
            file.getvalue(), ImageSpec.model_validate({**digit, "rows": rows}), max_pixels=1000
        )
        for rows in (False, True)
    )
    assert in_rows.tensor.shape == (1, 28, 28)
    assert torch.equal(in_rows.tensor, at_once.tensor[:, 0])
    assert torch.equal(in_rows.seen, at_once.seen)
    assert in_rows.report["steps"][-1] == {
        "op": "rows", "text": "Read row by row, from the top: 28 steps of 28 values.",
    }  # fmt: skip


@pytest.mark.parametrize(
    "spec",
    [
        {"tokenizer": "characters"},
        {"tokenizer": "glove"},
        {"tokenizer": "characters", "characters": "aba"},
        {"tokenizer": "characters", "characters": "ab", "vocabulary": "words"},
    ],
)
def test_a_text_has_one_vocabulary(spec: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        TextSpec.model_validate(spec)


def test_rows_have_one_channel() -> None:
    with pytest.raises(ValidationError, match="one channel"):
        ImageSpec(size=8, channels=3, mean=(0, 0, 0), std=(1, 1, 1), rows=True)
