"""Which module of a page goes into which file.

    the page's module and its static imports -----------> pack.js
    import("…/a.js") in those: a and what only a needs --> js/…/a.js     (and so on, inwards)
    what two of those need, and no file above them ------> stays a file of its own

Every module has one home, so it runs once. No two files need one another: what a file takes from
another lies in one that is loaded before it, or in a module of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from app.web.modules import Module, own_path, read

FIRST = "pack.js"
DYNAMIC = re.compile(r"""(?:=>|\bawait|\breturn|\[)\s*import\("([^"\n]+)"\)""")


class Plan:
    """The files of one page, each with its modules in the order in which they must run."""

    def __init__(self, source: Callable[[str], str], entry: str) -> None:
        """`source` gives the text of a path and raises NotFound.

        Raises ValueError where modules import one another in a circle, or cannot be packed.
        """
        self._source = source
        self.modules: dict[str, Module] = {}
        self.homes: dict[str, str] = {}
        self.files: dict[str, list[Module]] = {}
        shared: set[str] = set()
        self._give(FIRST, self.closure(entry))
        roots = self._roots(FIRST)
        while roots:
            needed = {root: self.closure(root) for root in roots}
            times = Counter(path for paths in needed.values() for path in paths)
            shared |= {path for path, many in times.items() if many > 1}
            for root, paths in needed.items():
                if root not in shared:
                    self._give(root, [path for path in paths if path not in shared])
            roots = [inner for root in roots if root in self.files for inner in self._roots(root)]
            roots = [root for root in dict.fromkeys(roots) if root not in shared]

    def closure(self, entry: str) -> list[str]:
        """A module and all that it needs and that has no home yet, what is needed first first."""
        done: dict[str, None] = {}

        def visit(path: str, above: tuple[str, ...]) -> None:
            if path in above:
                raise ValueError("A circle of imports: " + " > ".join((*above, path)))
            if path in done or path in self.homes:
                return
            for needed in self._module(path).needs:
                visit(needed, (*above, path))
            done[path] = None

        visit(entry, ())
        return list(done)

    def _module(self, path: str) -> Module:
        if path not in self.modules:
            self.modules[path] = read(path, self._source(path))
        return self.modules[path]

    def _give(self, home: str, paths: list[str]) -> None:
        self.files[home] = [self.modules[path] for path in paths]
        self.homes |= dict.fromkeys(paths, home)

    def _roots(self, home: str) -> list[str]:
        """What the modules of a file import later, if it has no home yet."""
        found = [own_path(said, module.path) for module in self.files[home]
                 for said in DYNAMIC.findall(self._source(module.path))]  # fmt: skip
        return [path for path in dict.fromkeys(found) if path and path not in self.homes]
