"""A network without memory for its weights, to be counted or filled.

    layers of a card --build on the meta device, nothing initialised--> module, shapes only

Initialising on that device would make torch import its compiler: 800 modules, two seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from app.nets.build import build


class _NoInit(TorchFunctionMode):
    """Leaves out every call of torch.nn.init; holds for this thread, inside its `with`."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: object,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        kwargs = kwargs or {}
        if getattr(func, "__module__", "") == "torch.nn.init":
            return kwargs["tensor"] if "tensor" in kwargs else args[0]
        return func(*args, **kwargs)


def skeleton(name: str, layers: Sequence[Mapping[str, Any]]) -> nn.Module:
    """Like `build`, but every tensor is on the meta device. Raises ArchitectureError."""
    with torch.device("meta"), _NoInit():
        return build(name, layers)
