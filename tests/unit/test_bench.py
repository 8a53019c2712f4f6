"""The table of `gridtime bench`: verdicts, exit code, and medians taken in turns."""

from __future__ import annotations

import pytest

from app import bench
from app.bench import Row, encoded, medians, ratio, run, table
from app.core.errors import GridtimeError
from app.inputs.image import decode_image


def test_a_missed_bar_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, and the row says so; the browser's rows only where they are asked for."""
    good, bad = Row("quick", 1.2, 1.3, "x", "2 ms over 1 ms"), Row("slow", 160, 150, "ms")
    monkeypatch.setattr(bench, "measure", lambda: [good])
    monkeypatch.setattr(bench, "browser_rows", lambda: [bad])
    assert run() == 0
    assert "FAIL" not in capsys.readouterr().out
    assert run(browser=True) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split("  ")[0] == "quick"
    assert "pass" in lines[1]
    assert "FAIL" in lines[2]


def test_a_missing_model_is_no_pass() -> None:
    """Infinity is never within a bar."""
    assert not Row("a", float("inf"), 0, "words").met
    assert "inf words" in table([Row("a", float("inf"), 0, "words")])


def test_works_take_turns() -> None:
    """a b a b: another load on the machine meets both alike."""
    calls: list[str] = []
    times = medians(lambda: calls.append("a"), lambda: calls.append("b"), repeats=3)
    assert calls[:4] == ["a", "b", "a", "b"]
    assert len(times) == 2
    assert ratio("same", lambda: None, lambda: sum(range(20_000)), bar=1).met


def test_the_browser_rows_are_named_where_they_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """An installed package has no tests folder."""
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    with pytest.raises(GridtimeError, match="source tree"):
        bench.browser_rows()


def test_the_upload_is_a_photograph_of_its_size() -> None:
    """The same bytes each time, and more of them than a flat picture has."""
    data = encoded(400, 300, "JPEG")
    assert data == encoded(400, 300, "JPEG")
    assert len(data) > 20_000
    decoded = decode_image(data, max_pixels=10**6, target=64)
    assert (decoded.width, decoded.height) == (400, 300)
