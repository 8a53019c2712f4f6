"""One feed-forward layer at a time: input -> output, each in memory of its own.

    x [1, …] --module--> out [1, …]

A trace keeps every intermediate, so no output may share memory with its input: what works in
place gets a copy to work on, what only gives a view (flatten, identity) is copied afterwards.
"""

from __future__ import annotations

from torch import Tensor

from app.tracing.chain import Layer, call


def run(layer: Layer, x: Tensor, *more: Tensor) -> Tensor:
    """[1, …] -> [1, …], contiguous; `x` is left as it was and shares no memory with the output."""
    # vars(), because a module's own attribute look-up is slow where there is none
    out = call(layer, x.clone() if vars(layer.module).get("inplace") else x, *more)
    return out.clone() if out.data_ptr() == x.data_ptr() else out.contiguous()
