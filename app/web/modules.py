"""ES modules as text: what they import and export, and the same module as a function.

    import { a, b as c } from "gridtime/math/x.js";      const { a, b: c } = $js_math_x_js;
    export function f() {…}                          ->  function f() {…}
                                                         return { f };

Only the forms of our own code are understood, each on lines of its own; another one is an error, so
that nothing is ever packed by guess. Line numbers stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from app.web.plan import Plan

OWN = "gridtime/"

# `import … from "x";`, `import "x";`, `export … from "x";`
LINKED = re.compile(
    r'^(import|export)\s*(?:(\{[^}]*\}|\*\s*as\s+[\w$]+|[\w$]+)\s*from\s*)?"([^"\n]+)";', re.M
)
LISTED = re.compile(r"^export\s*\{([^}]*)\};", re.M)
DECLARED = re.compile(r"^export (?=(?:async function|function\*?|const|class) ([\w$]+))", re.M)
LEFT = re.compile(r"^(?:import|export)\b(?!\().*", re.M)
RENAMED = re.compile(r"\s+as\s+")

# The path of a file inside a page's folder -> its URL.
Address = Callable[[str], str]


@dataclass
class Module:
    """One module: what it needs, what it gives, and its text without imports and exports."""

    path: str
    body: str = ""
    needs: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def as_function(self) -> str:
        """A statement that runs the module and keeps what it exports; its body starts on line 2."""
        given = ", ".join(f"{name}: {value}" for name, value in self.names.items())
        return f"const {variable(self.path)} = (() => {{\n{self.body}\nreturn {{ {given} }}; }})();"


def variable(path: str) -> str:
    """The name under which a module's exports are kept: js/math/x.js -> $js_math_x_js."""
    return "$" + re.sub(r"\W", "_", path)


def own_path(specifier: str, importer: str) -> str | None:
    """gridtime/math/x.js or ./x.js -> js/math/x.js; None for a library."""
    if specifier.startswith(OWN):
        return "js/" + specifier.removeprefix(OWN)
    return urljoin(importer, specifier) if specifier.startswith(".") else None


def read(path: str, source: str) -> Module:
    """Raises ValueError for a form of import or export that is not understood."""
    module = Module(path)

    def link(found: re.Match[str]) -> str:
        form, names, specifier = found.groups()
        target = own_path(specifier, path)
        listed = module.outside if target is None else module.needs
        if (target or specifier) not in listed:
            listed.append(target or specifier)
        origin = variable(target or specifier)
        if form == "export":
            for inner, outer in pairs(names or ""):
                module.names[outer] = f"{origin}.{inner}"
            code = ""
        else:
            code = f"{taken(names)} = {origin};" if names else ""
        return code + "\n" * found.group(0).count("\n")

    def listed(found: re.Match[str]) -> str:
        module.names |= {outer: inner for inner, outer in pairs(found.group(1))}
        return "\n" * found.group(0).count("\n")

    def declared(found: re.Match[str]) -> str:
        module.names[found.group(1)] = found.group(1)
        return ""

    text = DECLARED.sub(declared, LISTED.sub(listed, LINKED.sub(link, source)))
    if left := LEFT.search(text):
        raise ValueError(f"{path}: cannot be packed: {left.group(0)}")
    module.body = text
    return module


def joined(plan: Plan, name: str, address: Address) -> str:
    """A file of the plan: what it needs from outside, then every module as a function.

    All exports go out under the paths of their modules; those of a file's own module also by name.
    """
    modules = plan.files[name]
    inside = {module.path for module in modules}
    heads: dict[str, None] = {}
    for module in modules:
        heads |= dict.fromkeys(f'import * as {variable(n)} from "{n}";' for n in module.outside)
        needed = [path for path in module.needs if path not in inside]
        heads |= dict.fromkeys(taking(path, plan.homes, address) for path in needed)
    body = "\n".join(module.as_function() for module in modules)
    given = ", ".join(f'{variable(module.path)} as "{module.path}"' for module in modules)
    own = plan.modules[name].names if name in plan.modules else ()
    again = f"export const {{ {', '.join(own)} }} = {variable(name)};" if own else ""
    source = f"//# sourceMappingURL={name.rpartition('/')[2]}.map"
    return f"{' '.join(heads)}\n{body}\nexport {{ {given} }}; {again}\n{source}\n"


def taking(path: str, homes: Mapping[str, str], address: Address) -> str:
    """The import of all that a module exports, from its home or its own address."""
    if path in homes:
        return f'import {{ "{path}" as {variable(path)} }} from "{address(homes[path])}";'
    return f'import * as {variable(path)} from "{address(path)}";'


def relinked(path: str, source: str, homes: Mapping[str, str], address: Address) -> str:
    """A module that stays a file, with what it imports from packed modules taken from there."""

    def link(found: re.Match[str]) -> str:
        form, names, specifier = found.groups()
        target = own_path(specifier, path)
        if target is None or target not in homes:
            return found.group(0)
        origin = variable(target)
        code = taking(target, homes, address)
        if form == "export":
            code += "".join(f" export const {outer} = {origin}.{inner};"
                            for inner, outer in pairs(names or ""))  # fmt: skip
        elif names:
            code += f" {taken(names)} = {origin};"
        return code + "\n" * found.group(0).count("\n")

    return LINKED.sub(link, source)


def stub(module: Module, home: str) -> str:
    """A packed module under its own address: the same exports, the same instance."""
    names = ", ".join(module.names)
    return f'import {{ "{module.path}" as $all }} from "{home}"; export const {{ {names} }} = $all;'


def taken(names: str) -> str:
    """`{ a, b as c }` -> `const { a, b: c }`; `* as n` -> `const n`; `d` -> its default."""
    if names.startswith("{"):
        return "const " + RENAMED.sub(": ", " ".join(names.split()))
    if names.startswith("*"):
        return "const " + names.split()[-1]
    return f"const {{ default: {names} }}"


def pairs(names: str) -> list[tuple[str, str]]:
    """`a, b as c` -> (a, a), (b, c)."""
    found = [RENAMED.split(name.strip()) for name in names.strip("{} \n").split(",")]
    return [(name[0], name[-1]) for name in found if name[0]]
