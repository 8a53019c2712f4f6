"""How long one forward pass takes.

net, x [1, T] --one to warm up, then 5 to 25 on one thread--> milliseconds: median, 10 %, 90 %
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

LEAST, MOST = 5, 25
SPENT = 0.15  # seconds after which no pass beyond LEAST is begun


@dataclass(frozen=True)
class Spread:
    """Milliseconds: of `n` passes the median and the 10th and 90th percentile."""

    median: float
    low: float
    high: float
    n: int


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it this thread computes alone; torch's setting holds for the thread that makes it."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@torch.inference_mode()
def timed(net: nn.Module, x: Tensor, over: Callable[[], bool]) -> Spread | None:
    """`over()` is asked before every pass; None where it says so before LEAST were timed."""
    took: list[float] = []
    with one_thread():
        if over():
            return None
        net(x)
        started = time.perf_counter()
        while len(took) < MOST and (len(took) < LEAST or time.perf_counter() - started < SPENT):
            if over():
                break
            began = time.perf_counter_ns()
            net(x)
            took.append((time.perf_counter_ns() - began) / 1e6)
    return spread(took) if len(took) >= LEAST else None


def spread(took: list[float]) -> Spread:
    """Milliseconds of at least two passes -> their middle and how far they lie apart."""
    tenths = statistics.quantiles(took, n=10, method="inclusive")
    return Spread(statistics.median(took), tenths[0], tenths[-1], len(took))
