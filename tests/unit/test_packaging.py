"""What is pinned stays pinned, what is copied is complete, and no file points outside."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.core.assets import STAMP, data_folder, vendor_is_current, vendor_stamp
from hatch_build import VendorHook, fill

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
OUTSIDE = re.compile(r"""(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+""", re.I)
NAMESPACES = ("http://www.w3.org/",)


def package() -> dict[str, Any]:
    """package.json."""
    content: dict[str, Any] = json.loads((ROOT / "package.json").read_text())
    return content


def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


# --- pins -----------------------------------------------------------------------------------


def test_lock_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_lock_holds_a_hash_of_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_browser_packages_are_pinned_exactly() -> None:
    listed = package()
    for name, version in {**listed["dependencies"], **listed["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} {version}"


def test_development_tools_are_pinned_exactly() -> None:
    for requirement in project()["project"]["optional-dependencies"]["dev"]:
        assert "==" in requirement, requirement


def test_torch_is_pinned() -> None:
    assert "torch==2.13.0" in project()["project"]["dependencies"]


def test_versions_agree() -> None:
    assert package()["version"] == project()["project"]["version"]


# --- static/vendor --------------------------------------------------------------------------


def test_vendor_is_current() -> None:
    assert vendor_is_current(), "static/vendor is stale: pip install -e ."


def test_every_module_is_there_and_in_the_import_map() -> None:
    imports = json.loads((VENDOR / "importmap.json").read_text())["imports"]
    assert list(imports) == list(package()["vendor"]["modules"])
    for url in imports.values():
        assert (VENDOR / url.removeprefix("/static/vendor/")).stat().st_size > 0


def test_every_file_is_there() -> None:
    for name in package()["vendor"]["files"]:
        assert (VENDOR / name).stat().st_size > 0


def test_every_package_has_its_licence() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    shipped = [n for n, entry in packages.items() if n and not entry.get("dev")]
    for name in shipped:
        licence = name.removeprefix("node_modules/").replace("/", "__") + ".txt"
        assert (VENDOR / "licences" / licence).stat().st_size > 100


def test_fill_copies_renames_and_maps(tmp_path: Path) -> None:
    modules, vendor = tmp_path / "node_modules", tmp_path / "vendor"
    (modules / "@scope" / "one" / "dist").mkdir(parents=True)
    (modules / "@scope" / "one" / "package.json").write_text("{}")
    (modules / "@scope" / "one" / "LICENSE.md").write_text("free")
    source = modules / "@scope" / "one" / "dist" / "one.mjs"
    source.write_text("export const a = 1;\n//# sourceMappingURL=one.mjs.map\n")
    vendor.mkdir()
    (vendor / "old.js").write_text("stale")
    file = "@scope/one/dist/one.mjs"
    fill(vendor, {"modules": {"@scope/one": file}, "files": {"o.txt": file}}, modules)
    assert (vendor / "@scope__one.js").read_text() == "export const a = 1;\n"
    assert (vendor / "licences" / "@scope__one.txt").read_text() == "free"
    assert (vendor / "o.txt").read_bytes() == source.read_bytes()
    assert not (vendor / "old.js").exists()
    imports = json.loads((vendor / "importmap.json").read_text())["imports"]
    assert imports == {"@scope/one": "/static/vendor/@scope__one.js"}


def tree(root: Path) -> Path:
    """A source tree with just what the stamp is about."""
    for name in ("package.json", "package-lock.json"):
        (root / name).write_text("{}")
    (root / "static" / "vendor").mkdir(parents=True)
    return root


def test_stamp_goes_stale_with_either_package_file(tmp_path: Path) -> None:
    root = tree(tmp_path)
    assert not vendor_is_current(root)
    stamp = root / "static" / "vendor" / STAMP
    for name in ("package.json", "package-lock.json"):
        stamp.write_text(vendor_stamp(root) + "\n")
        assert vendor_is_current(root)
        (root / name).write_text('{"changed": 1}')
        assert not vendor_is_current(root)


@pytest.mark.parametrize(
    ("npm", "stale", "asked"),
    [(None, True, True), ("/bin/npm", True, False), (None, False, False)],
)
def test_node_from_pypi_only_where_it_is_needed(
    monkeypatch: pytest.MonkeyPatch, npm: str | None, stale: bool, asked: bool
) -> None:
    hook = VendorHook(str(ROOT), {}, None, None, str(ROOT), "wheel")
    monkeypatch.setattr("hatch_build.shutil.which", lambda name: npm)
    monkeypatch.setattr(hook, "_current", lambda: not stale)
    assert bool(hook.dependencies()) is asked


@pytest.mark.parametrize(
    ("target", "version", "taken"),
    [("wheel", "standard", True), ("wheel", "editable", False), ("sdist", "standard", False)],
)
def test_only_a_standard_wheel_takes_copies(target: str, version: str, taken: bool) -> None:
    hook = VendorHook(str(ROOT), {}, None, None, str(ROOT), target)
    build_data: dict[str, Any] = {"force_include": {}}
    hook.initialize(version, build_data)
    copied = set(build_data["force_include"].values())
    assert copied == (
        {"app/_data/models", "app/_data/static", "app/_data/templates"} if taken else set()
    )


def test_data_folders_are_the_source_trees() -> None:
    for name in ("models", "static", "templates"):
        assert data_folder(name) == ROOT / name


# --- what is committed ----------------------------------------------------------------------


def committed(*patterns: str) -> list[Path]:
    """Files that git tracks. An sdist has no git; then there is nothing to check."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_pages_name_no_other_host() -> None:
    for path in committed("static", "templates"):
        if path.suffix not in (".js", ".css", ".html", ".svg"):
            continue
        text = path.read_text(encoding="utf-8")
        for space in NAMESPACES:
            text = text.replace(space, "")
        code = re.sub(r"^\s*(?://|\*|/\*).*$", "", text, flags=re.M)
        assert not OUTSIDE.search(code), f"{path.relative_to(ROOT)}: {OUTSIDE.search(code)}"


def test_no_pickles_and_nothing_vendored() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in committed()]
    assert not [n for n in names if n.endswith((".pkl", ".pickle", ".pt", ".pth", ".npy", ".npz"))]
    assert not [n for n in names if n.startswith(("static/vendor/", "node_modules/"))]


def test_weights_fit_the_budget() -> None:
    total = sum(path.stat().st_size for path in committed("models"))
    assert total < 60_000_000


def test_node_finds_every_test() -> None:
    folder = ROOT / "tests" / "js"
    assert "tests/js/*.test.js" in package()["scripts"]["test"]
    assert set(folder.rglob("*.test.js")) == set(folder.glob("*.test.js"))


def test_readme_names_only_commands_that_exist() -> None:
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = set(re.findall(r"\bmake ([a-z-]+)", readme))
    assert {"run", "test"} <= named <= targets


def test_readme_links_lead_to_files() -> None:
    readme = (ROOT / "README.md").read_text()
    for link in re.findall(r"\]\(([^)#]+)\)", readme):
        if not link.startswith(("http://", "https://")):
            assert (ROOT / link).exists(), f"README links to {link}"


def test_ci_runs_the_readmes_test_command() -> None:
    readme, script = (ROOT / "README.md").read_text(), (ROOT / ".ci" / "run").read_text()
    assert "make test" in readme
    assert re.search(r"^make test\b", script, re.M)
