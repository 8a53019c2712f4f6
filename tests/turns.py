"""Two test processes at once, but a test that measures time has the machine to itself.

    any test    gate --pass--> main, shared      runs beside the other process's test
    timed test  gate --held--> main, alone       waits for the other's test, and nobody overtakes
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(folder: Path, alone: bool) -> Iterator[None]:
    """Holds the machine for one test: beside others, or alone."""
    import fcntl  # not on Windows, where one process runs all tests

    with (folder / "gate").open("w") as gate, (folder / "main").open("w") as main:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(main, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if not alone:
            fcntl.flock(gate, fcntl.LOCK_UN)
        yield
