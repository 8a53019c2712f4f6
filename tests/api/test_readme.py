"""The README's curl and Python lines, run as they are written against a real server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    """The README's code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text(), re.S)


def curl_lines() -> list[str]:
    """Every line that starts with curl."""
    return [line for block in blocks("sh") for line in block.splitlines() if line[:5] == "curl "]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the README speaks of: scikit-image's photograph as cat.jpg,
    and the word seven of speech-gru's samples.
    """
    from PIL import Image
    from skimage import data

    Image.fromarray(data.chelsea()).save(tmp_path / "cat.jpg", quality=90)
    shutil.copy(ROOT / "models" / "speech-gru" / "samples" / "seven.wav", tmp_path)
    return tmp_path


def test_there_are_a_few_lines_each() -> None:
    assert len(curl_lines()) == 4
    assert [len(block.splitlines()) for block in blocks("python")] == [3]


@pytest.mark.parametrize("line", curl_lines())
def test_curl(line: str, live_server: str, folder: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine")
    command = line.replace(ADDRESS, live_server)
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert "status" not in answer, answer
    if "cat.jpg" in line:
        assert answer["predictions"][0]["label"] == "cat"
    if "seven.wav" in line:
        assert answer["predictions"][0]["label"] == "seven"


def test_python(live_server: str) -> None:
    (code,) = blocks("python")
    code = code.replace(ADDRESS, live_server) + "print(sorted(states))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "lstm.l0.h" in done.stdout
    assert "lstm.l0.gate.f" in done.stdout
