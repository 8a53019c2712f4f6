"""A forward pass with every intermediate value, and the graph that names them."""

from app.tracing.graph import Node, graph
from app.tracing.trace import Trace, plain, trace

__all__ = ["Node", "Trace", "graph", "plain", "trace"]
