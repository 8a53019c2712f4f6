"""Model cards: what is refused, what is published, what is written."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.core.errors import CardError
from app.zoo import Card, read_card
from app.zoo import toml as writer
from tests.unit import folders
from tests.unit.folders import PICTURES, WORDS_CARD, card

WEIGHTS = {"sha256": "0" * 64, "bytes": 9}


def test_a_good_card() -> None:
    read = Card.model_validate({**PICTURES, "weights": WEIGHTS})
    assert read.id == "pictures"
    assert read.metrics[0].unit == "share"
    assert read.samples[1].drawing


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Not An Id"},
        {"kind": "transformer"},
        {"task": "guessing"},
        {"input": "text"},
        {"limits": []},
        {"metrics": []},
        {"data": []},
        {"classes": ["one"]},
        {"misspelt": 1},
        {"weights": {**WEIGHTS, "sha256": "short"}},
        {"samples": [{"name": "a", "title": "A"}]},
        {"samples": [{"name": "a", "title": "A", "text": "x", "source": "file:x.png"}]},
        {"samples": [{"name": "a", "title": "A", "source": "https://example.org/x.png"}]},
        {"samples": [{"name": "a", "title": "A", "text": "x"}] * 2},
        {"preprocessing": {**PICTURES["preprocessing"], "mean": [0.5]}},
        {"preprocessing": {**PICTURES["preprocessing"], "kind": "sound"}},
    ],
)
def test_a_bad_card_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Card.model_validate({**PICTURES, "weights": WEIGHTS, **wrong})


def test_the_schema_can_be_published() -> None:
    schema = Card.model_json_schema()
    assert {"id", "architecture", "weights", "familiarity"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    json.dumps(schema)


def test_errors_name_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    folder.mkdir()
    with pytest.raises(CardError, match="cannot be read"):
        read_card(folder)
    (folder / "model.toml").write_text("id = ")
    with pytest.raises(CardError, match=r"model\.toml is not TOML"):
        read_card(folder)
    (folder / "model.toml").write_text("id = 'words'")
    with pytest.raises(CardError, match="does not validate"):
        read_card(folder)
    other = card(WORDS_CARD, id="other", weights=WEIGHTS)
    (folder / "model.toml").write_text(writer.dumps(other))
    with pytest.raises(CardError, match="its folder is 'words'"):
        read_card(folder)


def test_a_written_card_reads_the_same() -> None:
    for base in (PICTURES, WORDS_CARD):
        assert tomllib.loads(writer.dumps(base)) == base


TEXT = st.text(st.characters(codec="utf-8"), max_size=9)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_any_document_is_read_back_as_it_was(document: dict[str, Any]) -> None:
    assert tomllib.loads(writer.dumps(document)) == document


def test_what_toml_cannot_hold_is_refused() -> None:
    assert writer.dumps({"a": None, "b": 1}) == "b = 1\n"
    with pytest.raises(TypeError, match="object has no TOML form"):
        writer.dumps({"a": object()})


def test_layers_are_written_one_a_line() -> None:
    text = writer.dumps({"architecture": {"layers": folders.READER}})
    assert '\n  { name = "linear", op = "linear", in_features = 3, out_features = 2 },\n]' in text
