"""A forward pass with every intermediate value, and the graph that names them."""

from app.tracing.edits import Edit, Keep, Kernel, Replace, Scale, changed_nodes, edited
from app.tracing.graph import Node, graph
from app.tracing.plan import Plan, plain_plan
from app.tracing.trace import Trace, plain, trace

__all__ = [
    "Edit",
    "Keep",
    "Kernel",
    "Node",
    "Plan",
    "Replace",
    "Scale",
    "Trace",
    "changed_nodes",
    "edited",
    "graph",
    "plain",
    "plain_plan",
    "trace",
]
