"""Where a time was measured: the processor's name, its cores, the threads that were used.

this machine --machine(threads)--> Machine, stored and sent beside every time
"""

from __future__ import annotations

import os
import platform
from pathlib import Path

import torch
from pydantic import Field

from app.zoo.card import Part


class Machine(Part):
    """Where the time was measured."""

    processor: str
    cores: int = Field(ge=1)
    threads: int = Field(ge=1)
    torch: str


def machine(threads: int | None = None) -> Machine:
    """This one; `threads` that computed, torch's setting if left out."""
    return Machine(
        processor=processor(),
        cores=os.cpu_count() or 1,
        threads=threads or torch.get_num_threads(),
        torch=torch.__version__,
    )


def processor() -> str:
    """The processor's name, as Linux has it; elsewhere its kind."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
