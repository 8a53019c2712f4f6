"""Edits between JSON and what tracing makes of a network.

    [{"op": "scale", …}, …] --parse_edits--> (Scale(…), …) --written--> the same JSON, completed

Only the form is checked here; whether an edit fits the network is seen with its graph. Those of
readers are in clamps.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.core.errors import BadOption
from app.engine import clamps
from app.engine.fields import Fields
from app.tracing import Clamp, Edit, Keep, Kernel, Recurrent, Replace, Scale, State
from app.tracing.edits import KINDS

MOST = 64
Json = dict[str, Any]
Change = Edit | Recurrent


def parse_edits(raw: object) -> tuple[Change, ...]:
    """A JSON list -> edits, in order. Raises BadOption, naming the entry and what is wrong."""
    if not isinstance(raw, list):
        raise BadOption('edits is a list; one is {"op": "keep", "tensor": "relu1", "channel": 3}.')
    if len(raw) > MOST:
        raise BadOption(f"These are {len(raw)} edits; at most {MOST} can be made at once.")
    return tuple(parse_edit(entry, f"edits[{place}]") for place, entry in enumerate(raw))


def parse_edit(raw: object, place: str) -> Change:
    """One edit, by its `op`."""
    if not isinstance(raw, Mapping):
        raise BadOption(f"{place} is not a JSON object.")
    op = raw.get("op")
    if not isinstance(op, str) or op not in PARSERS:
        raise BadOption(f"op of {place} is {str(op)[:40]!r}; there is {', '.join(PARSERS)}.")
    allowed, parse = PARSERS[op]
    return parse(Fields(raw, place, ("op", *allowed)), place)


def parse_scale(fields: Fields, place: str) -> Edit:
    return Scale(fields.text("tensor"), fields.whole_or_none("channel"), fields.number("factor"))


def parse_keep(fields: Fields, place: str) -> Edit:
    return Keep(fields.text("tensor"), fields.whole("channel"))


def parse_replace(fields: Fields, place: str) -> Edit:
    kind = fields.text("with")
    if kind not in KINDS:
        raise BadOption(f"with of {place} is {kind[:40]!r}; there is {', '.join(KINDS)}.")
    return Replace(fields.text("layer"), kind)


def parse_kernel(fields: Fields, place: str) -> Edit:
    return Kernel(
        layer=fields.text("layer"),
        out=fields.whole("out"),
        inner=fields.whole_or_none("in"),
        values=fields.sheet("values"),
        bias=fields.number_or_none("bias"),
    )


PARSERS: dict[str, tuple[tuple[str, ...], Callable[[Fields, str], Change]]] = {
    "scale": (("tensor", "channel", "factor"), parse_scale),
    "keep": (("tensor", "channel"), parse_keep),
    "replace": (("layer", "with"), parse_replace),
    "kernel": (("layer", "out", "in", "values", "bias"), parse_kernel),
    "clamp": (("tensor", "step", "unit", "value"), clamps.parse_clamp),
    "state": (("step", "from"), clamps.parse_state),
}


def written(edit: Change) -> Json:
    """An edit as it is repeated in the answer: every member there, also those left out."""
    if isinstance(edit, (Clamp, State)):
        return clamps.written(edit)
    if isinstance(edit, Scale):
        return {"op": "scale", "tensor": edit.tensor, "channel": edit.channel,
                "factor": edit.factor}  # fmt: skip
    if isinstance(edit, Keep):
        return {"op": "keep", "tensor": edit.tensor, "channel": edit.channel}
    if isinstance(edit, Replace):
        return {"op": "replace", "layer": edit.layer, "with": edit.kind}
    return {"op": "kernel", "layer": edit.layer, "out": edit.out, "in": edit.inner,
            "values": [list(row) for row in edit.values], "bias": edit.bias}  # fmt: skip
