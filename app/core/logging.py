"""One line a message, to standard error, for Gridtime and for the server that runs it.

Requests are not logged below "debug"; bodies, and so what a visitor typed, never are.
"""

from __future__ import annotations

import logging

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
QUIET = ("uvicorn.error", "gridtime.access", "PIL", "multipart", "python_multipart", "asyncio")


def configure(level: str) -> None:
    """Sets up the root logger; calling it again only changes the level."""
    logging.basicConfig(format=FORMAT)
    logging.getLogger().setLevel(level.upper())
    # A line for every request and every stage of the server's start is of use to developers alone.
    quiet = logging.NOTSET if level == "debug" else logging.WARNING
    for name in QUIET:
        logging.getLogger(name).setLevel(quiet)
