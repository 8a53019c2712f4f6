"""The console script: what it prints, what it refuses, and that it starts without torch."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app import cli
from app.core.errors import GridtimeError
from app.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("serve", "models", "lessons", "train", "evaluate", "bench")
RUNNER = CliRunner()


def script(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`gridtime …` in a process of its own."""
    command = [sys.executable, "-m", "app.cli", *arguments]
    merged = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=merged)


def test_help_names_every_command() -> None:
    result = RUNNER.invoke(cli.cli, ["--help"])
    assert result.exit_code == 0
    for command in COMMANDS:
        assert re.search(rf"\b{command}\b", result.output)


def test_torch_is_not_imported_to_start() -> None:
    check = "import sys, app.cli; sys.exit('torch' in sys.modules or 'fastapi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT).returncode == 0


def test_models_lists_every_folder() -> None:
    result = RUNNER.invoke(cli.cli, ["models"])
    assert result.exit_code == 0, result.output
    listed = {line.split()[0] for line in result.output.splitlines()[1:]}
    assert listed == {card.parent.name for card in (ROOT / "models").glob("[!_]*/model.toml")}


def test_a_wrong_setting_is_one_sentence() -> None:
    done = script("models", GRIDTIME_PORT="99999")
    assert done.returncode == 1
    assert "GRIDTIME_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_model_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(GridtimeError, match=r"'parrots'.*photos"):
        cli._trainer("parrots")


def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(GridtimeError, match=rf"port {port}.*--port 0"):
            cli._listen("127.0.0.1", port)


def test_loopback_is_announced_alone(capsys: pytest.CaptureFixture[str]) -> None:
    cli._announce("127.0.0.1", 8000)
    assert capsys.readouterr().out == "Gridtime is at http://127.0.0.1:8000 (Ctrl-C ends it)\n"


def test_the_network_address_comes_with_the_note_on_https(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "lan_address", lambda: "192.0.2.7")
    cli._announce("0.0.0.0", 8000)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8000" in said
    assert "http://192.0.2.7:8000" in said
    assert "HTTPS" in said


def test_stale_libraries_are_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.assets.vendor_is_current", lambda: False)
    cli._announce("127.0.0.1", 8000)
    assert "pip install -e ." in capsys.readouterr().err


def test_hosts_off_loopback_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "lan_address", lambda: "192.0.2.7")
    assert "192.0.2.7" in cli._names(Settings(host="0.0.0.0"))
    assert cli._names(Settings()) == Settings().allowed_hosts


def test_addresses_of_version_6_are_bracketed() -> None:
    assert cli._url("::1", 8000) == "http://[::1]:8000"


class Figure:
    """A metric, as far as the comparison looks at it."""

    def __init__(self, value: float, n: int, unit: str = "share") -> None:
        self.value, self.n, self.unit = value, n, unit


@pytest.mark.parametrize(
    ("measured", "stated", "same"),
    [
        (Figure(0.910, 500), Figure(0.912, 500), True),
        (Figure(0.900, 500), Figure(0.912, 500), False),
        (Figure(0.912, 400), Figure(0.912, 500), False),
        (Figure(5.40, 500, "degrees"), Figure(5.42, 500, "degrees"), True),
        (Figure(6.00, 500, "degrees"), Figure(5.42, 500, "degrees"), False),
    ],
)
def test_a_card_may_be_two_examples_off(measured: Any, stated: Any, same: bool) -> None:
    assert cli._same(measured, stated) is same


def test_columns_line_up(capsys: pytest.CaptureFixture[str]) -> None:
    cli._table([("id", "kind"), ("photos", "cnn")])
    assert capsys.readouterr().out == "id      kind\nphotos  cnn\n"


def test_serve_answers_at_the_address_it_prints() -> None:
    command, pipe = [sys.executable, "-m", "app.cli", "serve", "--port", "0"], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().split()[3]
            # The socket listens before torch is imported: the request waits, it is not refused.
            assert httpx.get(f"{url}/healthz", timeout=60).status_code == 200
        finally:
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=60)[1]
    assert process.returncode == 0
    assert said == ""
