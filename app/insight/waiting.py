"""What a text of so many words costs a network, counted on its graph.

    graph, words --waiting--> operations that must wait for one another
                 --work-----> multiply–adds in all

Waiting is counted as the pages count it (static/js/math/waiting.js): of a reader one word of one
recurrent layer, with all gates of its step; of other nets one layer with weights, with the
activation and pooling after it. The two ends of a two-directional reader do not wait for each
other. Work is that of matrix products and convolutions, as the graph states it (tracing.graph).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.tracing import Node

RECURRENT = ("rnn", "gru", "lstm")
OPENS = re.compile(r"(word_)?conv.*|linear")
LENGTH = re.compile(r"T([+-]\d+)?")


def is_recurrent(node: Node) -> bool:
    """Whether its steps wait for one another."""
    return node["op"] in RECURRENT


def waiting(nodes: Sequence[Node], words: int) -> int:
    """Operations of one pass that must wait for one another."""
    levels = sum(int(n["attributes"].get("num_layers", 1)) for n in nodes if is_recurrent(n))
    return words * levels if levels else depth(nodes)


def depth(nodes: Sequence[Node]) -> int:
    """Layers with weights on the longest chain from the input."""
    found: dict[str, int] = {}
    for node in nodes:
        before = max((found.get(name, 0) for name in node["inputs"]), default=0)
        opens = OPENS.fullmatch(node["op"]) or node["name"] == "logits" or is_recurrent(node)
        found[node["name"]] = before + bool(opens)
    return max(found.values(), default=0)


def work(nodes: Sequence[Node], words: int) -> int:
    """Multiply–adds of one pass over a text; the graph gives those of one row of a layer."""
    return sum(int(n["attributes"].get("macs", 0)) * rows(n, words) for n in nodes)


def rows(node: Node, words: int) -> int:
    """How often a layer computes one row: "T-2" -> words − 2; 1 where it gives one vector."""
    first = node["output_shape"][0] if node["output_shape"] else 1
    found = LENGTH.fullmatch(first) if isinstance(first, str) else None
    return 1 if found is None else words + int(found[1] or 0)
