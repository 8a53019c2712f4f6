"""One feed-forward layer at a time: input -> output, each in memory of its own.

    x [1, …] --module--> out [1, …]

A trace keeps every intermediate, so no output may share memory with its input: what works in
place gets a copy to work on, what only gives a view (flatten, identity) is copied afterwards.
"""

from __future__ import annotations

from torch import Tensor

from app.tracing.chain import Layer, call


def run(layer: Layer, x: Tensor) -> Tensor:
    """[1, …] -> [1, …], contiguous; `x` is left as it was and shares no memory with the output."""
    if getattr(layer.module, "inplace", False):
        return call(layer, x.clone()).contiguous()
    out = call(layer, x)
    if out.untyped_storage().data_ptr() == x.untyped_storage().data_ptr():
        return out.clone()
    return out.contiguous()
