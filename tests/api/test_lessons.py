"""The lessons' files: those shipped hold what they promise, a slip is told with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest

from app.core.assets import data_folder
from app.core.errors import LessonError
from app.core.settings import Settings
from app.lessons.deck import Deck, Stop
from app.lessons.read import Lessons, files, line_of, read_file, read_language
from app.web.app import create_app
from app.web.pages import PAGES
from tests.api.conftest import problem

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = data_folder("static") / "lessons"
LESSONS = "/api/v1/lessons"
DECK = """# a lesson
title = "T"
about = "A"
minutes = 5

[[stop]]
id = "one"
title = "One"
minutes = 2
predict = "Why?"
reveal = "So."
remember = "Keep."
notes = "Say it."
views = [
  "/cnn#tab=pooling",
  "/rnn",
]

[[stop]]
id = "two"
title = "Two"
minutes = 3
predict = "Why?"
reveal = "So."
remember = "Keep."
notes = "Say it."
[[stop.question]]
ask = "?"
answer = "!"
view = "/rnn#tab=bank"
"""


@pytest.fixture(scope="module")
def texts() -> dict[str, Lessons]:
    """Both shipped languages."""
    return {lang: read_language(SHIPPED, lang) for lang in ("en", "de")}


def views(stop: Stop) -> list[str]:
    """Every view of a stop."""
    return [*stop.views, *(question.view for question in stop.question)]


# --- what is shipped ------------------------------------------------------------------------


def test_two_lessons_of_fifty_minutes_and_eight_stops_in_both_languages(
    texts: dict[str, Lessons],
) -> None:
    for lang, found in texts.items():
        assert not found.problems
        assert [one.id for one in found.lessons] == ["difference", "limits"], lang
        assert [(one.deck.minutes, len(one.deck.stop)) for one in found.lessons] == [(50, 8)] * 2
    minutes = [stop.minutes for stop in texts["en"].lessons[0].deck.stop]
    assert minutes == [3, 8, 6, 6, 10, 6, 6, 5]
    assert len(texts["en"].lessons[0].deck.stop[-1].question) == 5


def test_a_translation_changes_words_alone(texts: dict[str, Lessons]) -> None:
    def plan(found: Lessons) -> object:
        return [(stop.id, stop.minutes, views(stop))
                for one in found.lessons for stop in one.deck.stop]  # fmt: skip

    def places(found: Lessons) -> object:
        cells = [(row.id, lines) for row in found.answer.row
                 for lines in (row.cnn, row.rnn, row.subtler)]  # fmt: skip
        return [(row, [(one.view, one.see, one.claims) for one in cell]) for row, cell in cells]

    assert plan(texts["de"]) == plan(texts["en"])
    assert places(texts["de"]) == places(texts["en"])
    for one, other in zip(texts["en"].lessons, texts["de"].lessons, strict=True):
        for a, b in zip(one.deck.stop, other.deck.stop, strict=True):
            assert a.predict != b.predict
            assert a.remember != b.remember


def test_every_view_is_there(texts: dict[str, Lessons]) -> None:
    """Pages, tabs and the keys of the address; a browser test opens the views."""
    script = "".join(path.read_text() for path in (ROOT / "static/js").rglob("*.js"))
    keys = set(re.findall(r"@property \{[^}]+\} \[(\w+)\]", script))
    lines = [line for row in texts["en"].answer.row for line in (*row.cnn, *row.rnn, *row.subtler)]
    told = [line.view for line in lines]
    told += [v for one in texts["en"].lessons for stop in one.deck.stop for v in views(stop)]
    for view in told:
        path, _, fragment = view.partition("#")
        assert path in {page.path for page in PAGES}, view
        for key, value in parse_qsl(fragment):
            assert key in keys, view
            if key == "tab":
                assert re.search(rf'\b{value}: "|id: "{value}"', script), view


def test_the_answer_leads_to_every_claim_of_the_readme(texts: dict[str, Lessons]) -> None:
    claims = set(re.findall(r"^\| (C\d+b?) \|", (ROOT / "README.md").read_text(), re.M))
    rows = texts["en"].answer.row
    given = {c for row in rows for line in (*row.cnn, *row.rnn, *row.subtler) for c in line.claims}
    assert given == claims
    assert claims == {"C3b", *(f"C{n}" for n in range(1, 16))}


# --- over HTTP ------------------------------------------------------------------------------


async def test_a_language_comes_whole_and_is_asked_for_again(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{LESSONS}/de")
    assert answer.status_code == 200
    body = answer.json()
    assert [one["name"] for one in body["languages"]] == ["English", "Deutsch"]
    assert body["lessons"][0]["deck"]["title"] == "Der Unterschied"
    known = {"if-none-match": answer.headers["etag"]}
    assert (await client.get(f"{LESSONS}/de", headers=known)).status_code == 304


@pytest.mark.parametrize("lang", ["xx", "en.toml", "..", "%00", "EN", "a" * 300])
async def test_another_language_is_no_surprise(client: httpx.AsyncClient, lang: str) -> None:
    told = problem(await client.get(f"{LESSONS}/{lang}"), 404)
    assert told


# --- a teacher's slips ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "line", "told"),
    [
        (DECK.replace("minutes = 3", "minutes = 0"), 22, "greater than or equal to 1"),
        (DECK.replace('title = "Two"\n', ""), 19, "title"),
        (DECK.replace('predict = "Why?"', 'predikt = "Why?"', 1), 10, "no such entry"),
        (DECK.replace('"/rnn",', '"https://example.org/",'), 16, "is no view"),
        (DECK.replace('"/rnn#tab=bank"', '"/rnn#tab=bank&lesson=x"'), 30, "leave lesson= out"),
        (DECK.replace("minutes = 5", "minutes = 50"), 6, "5 minutes together"),
        (DECK.replace('id = "two"', 'id = "one"'), 6, "two stops have the id"),
        (DECK.replace('answer = "!"', 'answer = ""'), 29, "at least 1 character"),
        (DECK.partition("[[stop.question]]")[0], 19, "either views or"),
        (DECK.replace('title = "T"', "title = T"), 2, "line 2"),
        (DECK.replace('about = "A"', "about = 3"), 3, "valid string"),
    ],
)
def test_a_slip_is_told_with_file_and_line(
    tmp_path: Path, wrong: str, line: int, told: str
) -> None:
    file = tmp_path / "mine.en.toml"
    file.write_text(wrong, "utf-8")
    with pytest.raises(LessonError) as caught:
        read_file(file, Deck)
    assert "mine.en.toml" in caught.value.detail
    assert f"line {line}" in caught.value.detail
    assert told in caught.value.detail
    assert caught.value.detail.endswith(".")


def test_the_sample_is_right_and_lines_are_found(tmp_path: Path) -> None:
    file = tmp_path / "mine.en.toml"
    file.write_text(DECK, "utf-8")
    assert len(read_file(file, Deck).stop) == 2
    assert line_of(DECK, ("stop", 1, "question", 0, "answer")) == 29
    assert line_of(DECK, ("stop", 0, "views", 1), "/rnn") == 16
    assert line_of(DECK, ()) == 1
    file.write_bytes(b"title = '\xff'")
    with pytest.raises(LessonError, match="UTF-8"):
        read_file(file, Deck)


@pytest.fixture
def own(tmp_path: Path, settings: Settings) -> Callable[[], httpx.AsyncClient]:
    """A server on a teacher's own folder, which starts as a copy of what is shipped."""
    for path in files(SHIPPED).values():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    app = create_app(settings.model_copy(update={"lessons_folder": tmp_path}))
    return lambda: httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://localhost:8000"
    )


async def test_a_broken_lesson_is_left_out_and_an_edited_one_shows_at_once(
    own: Callable[[], httpx.AsyncClient], tmp_path: Path
) -> None:
    async with own() as client:
        assert len((await client.get(f"{LESSONS}/en")).json()["lessons"]) == 2
        (tmp_path / "difference.en.toml").write_text(DECK.replace("minutes = 2", 'minutes = "2x"'))
        (tmp_path / "mine.en.toml").write_text(DECK)
        body = (await client.get(f"{LESSONS}/en")).json()
        assert [one["id"] for one in body["lessons"]] == ["limits", "mine"]
        assert body["problems"][0].startswith("difference.en.toml, line 9: stop.minutes:")
        (tmp_path / "words.fr.toml").write_text('name = "Français"')
        assert "answer.fr.toml" in problem(await client.get(f"{LESSONS}/fr"), 422)
        (tmp_path / "answer.en.toml").write_text("title = 1")
        assert "answer.en.toml, line 1" in problem(await client.get(f"{LESSONS}/en"), 422)
