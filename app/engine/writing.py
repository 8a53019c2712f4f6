"""What a network that continues texts answers: the text it would go on with.

    {"generate": {"length", "temperature", "seed"}} --parse_writing--> Writing
    Plan, ids [1, T] --trace--> memory after the last step --tracing.write_on--> what follows it

Edits hold while the text is read; what is written on starts from the memory that they left.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from torch import Tensor

from app.core.errors import BadOption
from app.engine.fields import Fields
from app.tracing import Plan, Writing, states, trace, write_on
from app.zoo import Model

LONGEST = 400
HOTTEST = 2.0


def parse_writing(raw: object) -> Writing:
    """`{"length": 1…400, "temperature": 0…2, "seed": whole}`; what is left out has its default."""
    if not isinstance(raw, Mapping):
        raise BadOption('generate is an object such as {"length": 100, "temperature": 0.7}.')
    given, usual = Fields(raw, "generate", ("length", "temperature", "seed")), Writing()
    length, warm, seed = (
        given.whole_or_none("length"),
        given.number_or_none("temperature"),
        given.whole_or_none("seed"),
    )
    if length is not None and not 1 <= length <= LONGEST:
        raise BadOption(f"length of generate must be from 1 to {LONGEST}.")
    if warm is not None and not 0 <= warm <= HOTTEST:
        raise BadOption(f"temperature of generate must be from 0 to {HOTTEST:g}.")
    return Writing(
        usual.length if length is None else length,
        usual.temperature if warm is None else warm,
        usual.seed if seed is None else seed,
    )


def applied(how: Writing) -> dict[str, Any]:
    """The option as it is repeated in the answer."""
    return {"length": how.length, "temperature": how.temperature, "seed": how.seed}


def written_on(
    model: Model, plan: Plan, x: Tensor, logits: Tensor, how: Writing
) -> dict[str, Any]:
    """The one prediction of a network that continues texts, here x [1, T], whose last step gave
    `logits` [K]. `score` is the mean of ln p over what was written, p as the network gives it, at
    temperature 1; `draw` the random number that chose the letter.
    """
    names = [name for layer in plan.layers for name in states(layer)]
    last = slice(x.shape[1] - 1, x.shape[1])
    memory = trace(model.net, x, layers=names, steps=last, plan=plan).tensors
    found = write_on(model.net, memory, logits, how)
    classes = model.card.classes
    tokens = [
        {"text": classes[row], "id": row, "probability": p, "draw": number}
        for row, p, number in zip(found.rows, found.probabilities, found.numbers, strict=True)
    ]
    score = sum(math.log(max(p, 1e-45)) for p in found.probabilities) / len(tokens)
    return {"text": "".join(classes[row] for row in found.rows), "tokens": tokens, "score": score}
