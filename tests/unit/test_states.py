"""States of long texts and of the project's sentences, against torch's own layers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from app.core.errors import NotFound, Unprocessable
from app.inputs.text import Vocabulary
from app.insight.states import states, sweep
from app.nets import build
from app.zoo import models_folder
from app.zoo.sentences import read_sentences

WORDS = "a film is not bad but good . , we love it never".split()
LINES = ["A film is not bad.", "zzz qqq", "We love it, but it is never good.", "It is bad."]


def net(op: str, **more: object) -> torch.nn.Module:
    """A reader with random weights."""
    torch.manual_seed(3)
    both = 2 if more.get("bidirectional") else 1
    return build("recurrent", [
        {"name": "words", "op": "embedding", "num_embeddings": len(WORDS) + 1, "embedding_dim": 5},
        {"name": "memory", "op": op, "input_size": 5, "hidden_size": 4, **more},
        {"name": "head", "op": "linear", "in_features": 4 * both, "out_features": 2},
    ]).eval()  # fmt: skip


@pytest.mark.parametrize("op", ["rnn", "gru", "lstm"])
def test_states_are_those_of_torch(op: str) -> None:
    reader, ids = net(op, num_layers=2), torch.randint(0, len(WORDS), (1, 50))
    memory, words = reader.get_submodule("memory"), reader.get_submodule("words")
    with torch.inference_mode():
        expected = memory(words(ids))[0][0]
    torch.testing.assert_close(states(reader, ids), expected)


@pytest.mark.parametrize("both", [False, True])
def test_every_sentence_starts_with_an_empty_memory(both: bool) -> None:
    reader, vocabulary = net("lstm", bidirectional=both), Vocabulary(WORDS)
    found = sweep(reader, vocabulary, LINES, 100)
    assert [span.sentence for span in found.spans] == [0, 2, 3]  # nothing known in the second
    assert found.h.shape == (len(found.tokens), 8 if both else 4)
    for sentence, start, end in found.spans:
        ids = torch.tensor([vocabulary.ids(LINES[sentence])])
        alone = states(reader, ids)
        torch.testing.assert_close(found.h[start:end], alone, atol=1e-6, rtol=0)
        cut = [LINES[sentence][t["start"] : t["end"]].lower() for t in found.tokens[start:end]]
        assert cut == [t["text"] for t in found.tokens[start:end]]


def test_what_cannot_be_read() -> None:
    with pytest.raises(Unprocessable, match="no word"):
        sweep(net("gru"), Vocabulary(WORDS), ["zzz"], 100)
    plain = build("sequential", [{"name": "linear", "op": "linear", "in_features": 2,
                                  "out_features": 2}])  # fmt: skip
    with pytest.raises(Unprocessable, match="no state"):
        states(plain.eval(), torch.zeros(1, 2))
    with pytest.raises(NotFound, match="no sentences"):
        read_sentences(Path("/nowhere"))


def bare(text: str) -> str:
    """A sentence by its words alone."""
    return " ".join(re.findall(r"\w+", text.lower()))


def strings(found: object) -> Iterator[str]:
    """Every string inside a parsed file."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for part in found.values() if isinstance(found, dict) else found:
            yield from strings(part)


def test_the_sentences_are_some_hundred_and_none_is_kept_for_an_acceptance() -> None:
    """Those of negations.toml, and of any later file of pairs, are measured on."""
    lines = read_sentences(models_folder()).lines
    assert 280 <= len(lines) <= 500
    assert len({bare(line) for line in lines}) == len(lines)
    assert max(len(line.split()) for line in lines) <= 20
    own = {bare(line) for line in lines}
    folder = Path(__file__).parents[2] / "app" / "training"
    kept = [path for path in folder.glob("*.toml") if path.stem in ("negations", "bank")]
    assert kept
    for path in kept:
        parsed = tomllib.loads(path.read_text(encoding="utf-8"))
        assert not own & {bare(text) for text in strings(parsed)}, path.name
