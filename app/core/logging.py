"""One line a message, to standard error, for Gridtime and for the server that runs it.

Requests are not logged below "debug"; bodies, and so what a visitor typed, never are.
"""

from __future__ import annotations

import logging

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(level: str) -> None:
    """Sets up the root logger; calling it again only changes the level."""
    logging.basicConfig(format=FORMAT)
    logging.getLogger().setLevel(level.upper())
    # One line per request and per finished decoding step is of use to developers alone.
    quiet = logging.NOTSET if level == "debug" else logging.WARNING
    for name in ("uvicorn.access", "PIL", "multipart", "python_multipart", "asyncio"):
        logging.getLogger(name).setLevel(quiet)
