"""Edits of readers between JSON and what tracing makes of them.

    {"op": "clamp", …} | {"op": "state", "from": {"text": …, "step": …} | null, …}
        --parse--> Clamp | State --written--> the same JSON, completed
"""

from __future__ import annotations

from typing import Any

from app.engine.fields import Fields
from app.tracing import Clamp, Recurrent, State

Json = dict[str, Any]
SOURCE = ("text", "step")


def parse_clamp(fields: Fields, place: str) -> Clamp:
    return Clamp(
        tensor=fields.text("tensor"),
        step=fields.whole_or_none("step"),
        unit=fields.whole_or_none("unit"),
        value=fields.number("value"),
    )


def parse_state(fields: Fields, place: str) -> State:
    source = fields.part_or_none("from", SOURCE)
    if source is None:
        return State(fields.whole_or_none("step") if fields.names("step") else fields.whole("step"))
    return State(fields.whole("step"), source.words("text"), source.whole("step"))


def written(edit: Recurrent) -> Json:
    """The edit as it is repeated in the answer."""
    if isinstance(edit, Clamp):
        return {"op": "clamp", "tensor": edit.tensor, "step": edit.step, "unit": edit.unit,
                "value": edit.value}  # fmt: skip
    source = None if edit.text is None else {"text": edit.text, "step": edit.at}
    return {"op": "state", "step": edit.step, "from": source}
