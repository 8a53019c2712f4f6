"""The graph of every model, made once: layers, shapes, attributes and receptive fields.

    card --net--> tracing.graph --receptive fields merged in--> list of nodes
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from app.insight.receptive import receptive_fields
from app.nets import skeleton
from app.nets.translator import Translator
from app.tracing import Node, graph
from app.tracing.translating import translator_graph
from app.zoo import Zoo


class Graphs:
    """Model id -> its nodes. Cards do not change while the server runs, so they are kept."""

    def __init__(self, zoo: Zoo) -> None:
        self._zoo = zoo
        self._nodes: dict[str, list[Node]] = {}
        self._parameters: dict[str, int] = {}
        self._lock = Lock()

    def of(self, model_id: str) -> list[Node]:
        """The nodes of a model, `receptive_field` among their attributes where they have one."""
        with self._lock:
            if model_id not in self._nodes:
                self._nodes[model_id] = self._make(model_id)
            return self._nodes[model_id]

    def parameters(self, model_id: str) -> int:
        """How many numbers the model learned, counted without loading them."""
        if model_id not in self._parameters:
            card = self._zoo.card(model_id)
            net = skeleton(card.architecture.name, card.architecture.layers)
            self._parameters[model_id] = sum(p.numel() for p in net.parameters())
        return self._parameters[model_id]

    def _make(self, model_id: str) -> list[Node]:
        model = self._zoo.model(model_id)
        if isinstance(model.net, Translator):
            return translator_graph(model.net)
        return with_fields(graph(model.net, model.sample_input_shape))


def with_fields(nodes: Sequence[Node]) -> list[Node]:
    """The nodes with their receptive fields; those given are left as they are."""
    fields = receptive_fields(nodes)
    return [
        Node(**{**node, "attributes": {**node["attributes"], "receptive_field": fields[name]}})
        if (name := node["name"]) in fields
        else node
        for node in nodes
    ]
