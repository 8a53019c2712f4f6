"""A reader with its edits: another text's memory is read first, by the same network as it is.

    state edit --words--> ids of its text --plain trace up to its step--> memory
    all edits, graph, memories --> Plan(held)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from torch import Tensor

from app.core.errors import BadOption, TooLarge, Unprocessable
from app.engine.edits import Change
from app.tracing import Clamp, Edit, Memory, Node, Plan, State, held, plain_plan, trace
from app.zoo import Model

READERS = (Clamp, State)


def reread(
    model: Model,
    nodes: Sequence[Node],
    edits: Sequence[Change],
    total: int,
    words: Callable[[str], Tensor],
    most: int,
) -> Plan:
    """The reader's plan for an input of `total` steps. `words` cuts a text into ids [1, T]; all
    other texts together have at most `most` of them. Raises BadOption, naming what does not fit.
    """
    kept = [edit for edit in edits if isinstance(edit, READERS)]
    if len(kept) < len(edits):
        raise BadOption(
            f"Such edits are not for this model: “{model.card.title}” reads step by step; its"
            " edits are clamp and state."
        )
    recall = Recall(model, nodes, words, most)
    return replace(plain_plan(model.net), held=held(model.net, nodes, kept, total, recall),
                   edited=True)  # fmt: skip


def of_pictures(model: Model, edits: Sequence[Change]) -> list[Edit]:
    """The edits of a network that reads at once. Raises BadOption where one is for readers."""
    for edit in edits:
        if isinstance(edit, READERS):
            op = "clamp" if isinstance(edit, Clamp) else "state"
            raise BadOption(
                f"{op!r} is not for this model: “{model.card.title}” does not read step by step."
            )
    return [edit for edit in edits if not isinstance(edit, READERS)]


class Recall:
    """Memories out of other texts, each text read once for each step asked of it."""

    def __init__(
        self, model: Model, nodes: Sequence[Node], words: Callable[[str], Tensor], most: int
    ) -> None:
        self._net, self._words, self._left = model.net, words, most
        self._names = [
            name
            for node in nodes
            for name in node["attributes"].get("tensors", ())
            if name.endswith((".h", ".c"))
        ]
        self._known: dict[tuple[str, int], Memory] = {}

    def __call__(self, edit: State) -> Memory:
        """Tensor name -> [H] after the edit's step of its text."""
        assert edit.text is not None
        key = (edit.text, edit.at)
        if key not in self._known:
            self._known[key] = self._read(edit.text, edit.at)
        return self._known[key]

    def _read(self, text: str, at: int) -> Memory:
        try:
            ids = self._words(text)
        except Unprocessable as error:
            raise BadOption(f"The text of a state edit: {error.detail}") from error
        if at >= ids.shape[1]:
            last = ids.shape[1] - 1
            raise BadOption(f"The text of a state edit has steps 0 to {last}; not {at}.")
        self._left -= ids.shape[1]
        if self._left < 0:
            raise TooLarge("The texts of the state edits are too long together. Send fewer.")
        found = trace(self._net, ids[:, : at + 1], layers=self._names, steps=slice(at, at + 1))
        return {name: value[0] for name, value in found.tensors.items()}
