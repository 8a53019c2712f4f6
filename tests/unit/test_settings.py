"""Settings come from GRIDTIME_*; wrong values are refused; every one is documented."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.core.logging import configure
from app.core.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_defaults_keep_to_this_machine() -> None:
    settings = Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert settings.max_upload_bytes == 15_000_000
    assert settings.models_folder == ROOT / "models"


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDTIME_PORT", "8123")
    monkeypatch.setenv("GRIDTIME_ALLOWED_HOSTS", " localhost, gridtime.local ,")
    monkeypatch.setenv("GRIDTIME_LOG_LEVEL", "WARNING")
    settings = Settings()
    assert settings.port == 8123
    assert settings.allowed_hosts == ("localhost", "gridtime.local")
    assert settings.log_level == "warning"


def test_an_argument_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDTIME_PORT", "8123")
    assert Settings(port=8124).port == 8124


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDTIME_PORT", "")
    assert Settings().port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "http"),
        ("WORKERS", "0"),
        ("QUEUE", "-1"),
        ("MAX_PIXELS", "0"),
        ("TIMEOUT_SECONDS", "0"),
        ("LOG_LEVEL", "loud"),
        ("MODELS_FOLDER", "/no/such/folder"),
    ],
)
def test_wrong_values_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text()
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert f"`{PREFIX}{name.upper()}`" in readme, f"README does not tell of {name}"


@pytest.fixture
def _levels() -> Iterator[None]:
    names = ("", "uvicorn.error", "gridtime.access")
    before = {name: logging.getLogger(name).level for name in names}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.usefixtures("_levels")
def test_requests_are_logged_at_debug_only() -> None:
    configure("info")
    assert not logging.getLogger("gridtime.access").isEnabledFor(logging.INFO)
    assert logging.getLogger("gridtime.errors").isEnabledFor(logging.INFO)
    configure("debug")
    assert logging.getLogger("gridtime.access").isEnabledFor(logging.INFO)
