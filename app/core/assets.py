"""Where the files that are not code lie: models/, static/, templates/.

    a source tree or `pip install -e .`   <root>/models, <root>/static, <root>/templates
    an installed wheel                    app/_data/models, app/_data/static, app/_data/templates

Only the standard library is imported: the build hook runs this file before anything is installed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

_APP = Path(__file__).resolve().parents[1]
_ROOT = _APP.parent
STAMP = "stamp.txt"


def data_folder(name: str) -> Path:
    """The folder `name` ("models", "static" or "templates"), wherever this installation has it."""
    installed = _APP / "_data"
    return (installed if installed.is_dir() else _ROOT) / name


def vendor_stamp(root: Path) -> str:
    """A hash of the two files that decide what static/vendor/ holds."""
    both = b"\0".join((root / name).read_bytes() for name in ("package.json", "package-lock.json"))
    return hashlib.sha256(both.replace(b"\r\n", b"\n")).hexdigest()


def vendor_is_current(root: Path = _ROOT) -> bool:
    """Whether static/vendor/ was made from the package files beside it. A wheel has none: true."""
    if not (root / "package.json").is_file():
        return data_folder("static").joinpath("vendor", "importmap.json").is_file()
    stamp = root / "static" / "vendor" / STAMP
    return stamp.is_file() and stamp.read_text().strip() == vendor_stamp(root)
