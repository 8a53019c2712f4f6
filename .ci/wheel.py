"""The wheel as a user gets it: built, installed into a clean environment, started elsewhere.

    tree --sdist--> sdist --wheel, no Node on the PATH, no vendor step--> wheel
         --pip install into a new venv--> gridtime serve, from an empty folder --HTTP--> checks

It is also built from a copy without static/vendor, where no npm is to be found, so that the build
hook must fetch a Node of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 120


def run(*command: str | Path, cwd: Path, **environment: str) -> None:
    """A command that must succeed."""
    shown = " ".join(str(part) for part in command)
    print(f"$ {shown}", flush=True)
    subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, check=True)


def build(source: Path, target: Path, **environment: str) -> Path:
    """sdist, then the wheel from that sdist."""
    run(sys.executable, "-m", "build", "--outdir", target, source, cwd=target, **environment)
    (wheel,) = target.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """Models, pages, vendored libraries and their licences are in the wheel; nothing else is."""
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "app/_data/static/vendor/importmap.json",
        "app/_data/static/vendor/licences/preact.txt",
        "app/_data/templates/base.html",
    ):
        assert needed in names, f"{needed} is not in the wheel"
    cards = [n for n in names if re.fullmatch(r"app/_data/models/[^/]+/model\.toml", n)]
    assert cards, "no model card in the wheel"
    tops = {name.split("/")[0] for name in names}
    assert all(top == "app" or top.endswith(".dist-info") for top in tops), f"in the wheel: {tops}"
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, {len(cards)} models", flush=True)


def fetch(url: str) -> bytes:
    """The body of a 200 answer."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        body: bytes = answer.read()
        return body


def address(process: subprocess.Popen[str]) -> str:
    """What `gridtime serve` says it listens on."""
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, f"the server said: {line!r}"
    return found[0]


def wait_ready(url: str) -> float:
    """Seconds until /readyz answers 200."""
    started = time.monotonic()
    while time.monotonic() - started < SECONDS_TO_START:
        try:
            fetch(f"{url}/readyz")
            return time.monotonic() - started
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url}/readyz gave no 200 within {SECONDS_TO_START} s")


def check_server(url: str) -> None:
    """Pages, what they load, and the API."""
    print(f"ready after {wait_ready(url):.1f} s", flush=True)
    for page in ("/", "/cnn", "/rnn", "/docs"):
        html = fetch(url + page).decode()
        assets = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
        assert assets, f"{page} loads nothing"
        for asset in assets:
            assert fetch(url + asset), f"{asset} is empty"
    found = re.search(r'<script type="importmap">(.*?)</script>', fetch(url + "/").decode(), re.S)
    assert found, "no import map"
    for specifier, target in json.loads(found[1])["imports"].items():
        if not specifier.endswith("/"):
            assert fetch(url + target), f"{specifier} is empty"
    models = json.loads(fetch(f"{url}/api/v1/models"))["models"]
    assert models, "no models"
    print(f"pages, assets and {len(models)} models answer", flush=True)


def install_and_serve(wheel: Path, folder: Path) -> None:
    """A new environment, an empty folder, no Gridtime source in reach."""
    run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    run(scripts / "gridtime", "models", cwd=elsewhere)
    process = subprocess.Popen(
        [scripts / "gridtime", "serve", "--port", "0"],
        cwd=elsewhere,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        check_server(address(process))
    finally:
        process.terminate()
        process.wait(timeout=20)


def build_without_node(folder: Path) -> None:
    """The hook where there is no npm: a tree without static/vendor, a PATH with Python alone."""
    copy = folder / "copy"
    ignored = shutil.ignore_patterns(".git", ".venv", "node_modules", "vendor", "dist", "runs")
    shutil.copytree(ROOT, copy, ignore=ignored)
    target = folder / "without-node"
    target.mkdir()
    check_contents(build(copy, target, PATH=str(Path(sys.executable).parent)))


def main() -> None:
    """Builds, installs, serves; the exit code says whether all of it worked."""
    with tempfile.TemporaryDirectory(prefix="gridtime-wheel-") as name:
        folder = Path(name)
        built = folder / "dist"
        built.mkdir()
        wheel = build(ROOT, built)
        check_contents(wheel)
        build_without_node(folder)
        install_and_serve(wheel, folder)
    print("The wheel works.")


if __name__ == "__main__":
    main()
