"""A forward pass with every intermediate value, and the graph that names them."""

from app.tracing.clamps import Clamp, Memory, Recurrent, State, held
from app.tracing.edits import Edit, Keep, Kernel, Replace, Scale, changed_nodes, edited
from app.tracing.graph import Node, graph
from app.tracing.plan import Plan, plain_plan
from app.tracing.prefixes import answers_prefixes, prefix_logits
from app.tracing.trace import Trace, plain, trace
from app.tracing.writing import Writing, Written, states, write_on

__all__ = [
    "Clamp",
    "Edit",
    "Keep",
    "Kernel",
    "Memory",
    "Node",
    "Plan",
    "Recurrent",
    "Replace",
    "Scale",
    "State",
    "Trace",
    "Writing",
    "Written",
    "answers_prefixes",
    "changed_nodes",
    "edited",
    "graph",
    "held",
    "plain",
    "plain_plan",
    "prefix_logits",
    "states",
    "trace",
    "write_on",
]
