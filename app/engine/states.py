"""A request for states -> h [T, H] of the last recurrent layer, with the words it was after.

text or sample --Reader--> x --states--> h          one text, one memory
corpus ---sentences, one after another--> h, spans  the memory starts at zero for each
"""

from __future__ import annotations

from typing import Any

from torch import Tensor

from app.core.errors import Unprocessable
from app.engine.asks import Corpus
from app.engine.requests import Answer, Request
from app.engine.work import Work, last_reader
from app.insight.states import Swept, states, sweep
from app.zoo import Model

NO_TEXT = "“{}” reads no text, so the project's sentences are not for it. Send a sample."
NO_STATES = "“{}” keeps no state from step to step."
TWO_ROWS = "“{}” has two rows of states, of what it reads and of what it writes. A trace has both."


def states_of(work: Work, request: Request) -> Answer:
    """`about`: model, sha256, layer, total, source, tokens; sentences of the corpus."""
    model = work.zoo.model(request.model)
    if model.card.task == "translation":
        raise Unprocessable(TWO_ROWS.format(model.card.title))
    if last_reader(work.graphs.of(request.model)) is None:
        raise Unprocessable(NO_STATES.format(model.card.title))
    if isinstance(request.ask, Corpus):
        return of_corpus(work, model)
    reading = work.read(model, request)
    h = states(model.net, reading.tensor)
    said = {"source": "text", "tokens": reading.tokens, "input": reading.report}
    return Answer({**stamp(work, model, h), **said}, {"h": h})


def of_corpus(work: Work, model: Model) -> Answer:
    """The project's sentences, read by one model. Raises Unprocessable where it reads no text."""
    if model.vocabulary is None:
        raise Unprocessable(NO_TEXT.format(model.card.title))
    sentences = work.zoo.sentences()
    found = sweep(model.net, model.vocabulary, sentences.lines, work.max_tokens)
    said = {"source": "corpus", "corpus": sentences.sha256, "tokens": found.tokens,
            "sentences": listed(found, sentences.lines)}  # fmt: skip
    return Answer({**stamp(work, model, found.h), **said}, {"h": found.h})


def listed(found: Swept, lines: tuple[str, ...]) -> list[dict[str, Any]]:
    """Each sentence with its place in the file, its text, and rows start..end."""
    return [{"sentence": s, "text": lines[s], "start": a, "end": b} for s, a, b in found.spans]


def stamp(work: Work, model: Model, h: Tensor) -> dict[str, Any]:
    """Whose states these are."""
    layer = last_reader(work.graphs.of(model.card.id))
    return {
        "model": model.card.id,
        "sha256": model.card.weights.sha256,
        "layer": layer["name"] if layer else "",
        "total": h.shape[0],
    }
