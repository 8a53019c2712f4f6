"""What a network that translates answers: sentences best first, and how the search found them.

text --pieces, end mark--> source [1, S] --beam search--> sentences --trace of the best-->
  tensors, the likeliest next pieces at every step, the candidates of every step
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from app.core.errors import BadOption
from app.engine.answers import NEXT
from app.engine.graphs import Graphs
from app.engine.read import Reader, Reading
from app.engine.requests import Answer, Request
from app.inputs.subwords import END, MARKS, Subwords
from app.nets.translator import Translator
from app.tracing.beam import WIDTH, Hypothesis, Searched, search
from app.tracing.translating import trace_translation
from app.zoo import Model

Json = dict[str, Any]


def predicted(model: Model, reader: Reader, request: Request) -> Answer:
    """The translations and what was done to the text."""
    reading, source = heard(model, reader, request)
    found = search(translator(model), source, beam(request))
    return Answer(about(model, reading, found, request))


def traced(model: Model, reader: Reader, graphs: Graphs, request: Request) -> Answer:
    """The same with the graph, the search, and every chosen tensor of the best translation."""
    reading, source = heard(model, reader, request)
    net = translator(model)
    found = search(net, source, beam(request))
    rows = found.found[0].rows
    tensors = trace_translation(net, source, rows, request.layers)
    logits = tensors.get("logits")
    if logits is None:
        logits = trace_translation(net, source, rows, ("logits",))["logits"]
    said = about(model, reading, found, request)
    said["steps"] = [{"t": t, "predictions": likeliest(model, row)} for t, row in enumerate(logits)]
    said["search"] = searched(model, found)
    return Answer({**said, "graph": graphs.of(request.model)}, tensors)


def heard(model: Model, reader: Reader, request: Request) -> tuple[Reading, Tensor]:
    """The text as it was cut, and what the encoder reads: the pieces and the end mark [1, S]."""
    if request.steps is not None:
        raise BadOption("steps are for networks that answer after every word; this one writes a "
                        "sentence when it has read all of yours.")  # fmt: skip
    if request.options.edits:
        raise BadOption(f"edits are not for this model: “{model.card.title}” translates.")
    reading = reader.read(model, request.ask, request.options)
    return reading, torch.cat([reading.tensor, torch.tensor([[END]])], dim=1)


def translator(model: Model) -> Translator:
    """The network, of the kind that a card of this task names."""
    assert isinstance(model.net, Translator)
    return model.net


def beam(request: Request) -> int:
    """How many beginnings are kept."""
    return request.options.beam or WIDTH


def vocabulary(model: Model) -> Subwords:
    """The pieces that the model reads and writes."""
    assert isinstance(model.vocabulary, Subwords)
    return model.vocabulary


def about(model: Model, reading: Reading, found: Searched, request: Request) -> Json:
    """The JSON part that predict and trace share. `tokens` has the end mark that the encoder reads
    after the last piece."""
    tokens = list(reading.tokens or ())
    end = reading.report["characters"]
    mark = {"text": MARKS[END], "id": END, "known": True, "start": end, "end": end}
    return {
        "model": model.card.id,
        "predictions": [sentence(model, one) for one in found.found],
        "input": reading.report,
        "familiarity": None,
        "options": {**request.options.applied(), "beam": beam(request)},
        "tokens": [*tokens, mark],
    }


def sentence(model: Model, one: Hypothesis) -> Json:
    """One translation; `score` is the mean of ln p over its pieces, the end mark counted."""
    pieces = vocabulary(model)
    tokens = [
        {"text": pieces.words[row], "id": row, "probability": float(torch.tensor(log).exp())}
        for row, log in zip(one.rows, one.logs, strict=True)
    ]
    return {"text": pieces.decode(one.rows), "tokens": tokens, "score": one.score}


def likeliest(model: Model, logits: Tensor) -> list[Json]:
    """Logits [V] -> the likeliest pieces, best first."""
    shares, pieces = torch.softmax(logits, dim=-1), vocabulary(model).words
    best: Sequence[int] = logits.topk(NEXT).indices.tolist()
    return [
        {"label": pieces[k], "probability": float(shares[k]), "logit": float(logits[k])}
        for k in best
    ]


def searched(model: Model, found: Searched) -> list[list[Json]]:
    """The candidates of every step, likeliest first. `of` is the place of the beginning among
    those kept at the step before."""
    pieces = vocabulary(model).words
    return [
        [
            {
                "of": one.parent,
                "text": pieces[one.row],
                "id": one.row,
                "sum": one.total,
                "score": one.total / (t + 1),
                "fate": one.fate,
            }
            for one in step
        ]
        for t, step in enumerate(found.steps)
    ]
