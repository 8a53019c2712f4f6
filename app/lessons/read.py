"""Lesson files -> one language's texts, or a sentence that names the file and the line.

    <id>.<lang>.toml --tomllib--> dict --pydantic--> Deck | Answer | Words
                         │                 └ what is wrong, in which part ─ line_of() ┐
                         └ not TOML, in which line ───────────────────────────────────┴> LessonError

A lesson with a mistake is left out and told; the others can be given.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError

from app.core.errors import LessonError, NotFound
from app.lessons.deck import Answer, Deck, Part, Words

NAME = re.compile(r"([a-z][a-z0-9-]*)\.([a-z]{2,3})\.toml")
HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(r"\s*([\w-]+)\s*=")
OTHERS = ("answer", "words")
MISSPELT = "extra_forbidden"
UNKNOWN = "there is no such entry; look at another lesson for its name"
Loc = tuple[int | str, ...]
Shape = TypeVar("Shape", bound=BaseModel)


class Language(Part):
    """A language that there are lessons in."""

    lang: str
    name: str


class Lesson(Part):
    """A deck under the name of its file."""

    id: str
    deck: Deck


class Lessons(Part):
    """Everything of one language."""

    lang: str
    languages: list[Language]
    words: Words
    lessons: list[Lesson]
    answer: Answer
    problems: list[str] = Field(description="lessons that were left out: file, line and what to do")


def files(folder: Path) -> dict[tuple[str, str], Path]:
    """(id, language) -> file, by name."""
    found = ((NAME.fullmatch(path.name), path) for path in sorted(folder.glob("*.toml")))
    return {(match[1], match[2]): path for match, path in found if match}


def languages(folder: Path) -> list[str]:
    """Languages that have the words without which no page can be drawn; English first."""
    found = {lang for name, lang in files(folder) if name == "words"}
    return sorted(found, key=lambda lang: (lang != "en", lang))


def read_language(folder: Path, lang: str) -> Lessons:
    """Raises NotFound, or LessonError where the words or the answer cannot be read."""
    there = languages(folder)
    if lang not in there:
        known = ", ".join(there) or "none"
        raise NotFound(f"There are no lessons in that language. There are: {known}.")
    known_files = files(folder)
    if ("answer", lang) not in known_files:
        raise LessonError(f"answer.{lang}.toml is missing. Copy answer.en.toml and translate it.")
    lessons, problems = _decks(known_files, lang)
    return Lessons(
        lang=lang,
        languages=[Language(lang=one, name=_name(known_files, one)) for one in there],
        words=read_file(known_files["words", lang], Words),
        lessons=lessons,
        answer=read_file(known_files["answer", lang], Answer),
        problems=problems,
    )


def _decks(known: dict[tuple[str, str], Path], lang: str) -> tuple[list[Lesson], list[str]]:
    lessons, problems = [], []
    for (name, of), path in known.items():
        if of != lang or name in OTHERS:
            continue
        try:
            lessons.append(Lesson(id=name, deck=read_file(path, Deck)))
        except LessonError as error:
            problems.append(error.detail)
    return lessons, problems


def _name(known: dict[tuple[str, str], Path], lang: str) -> str:
    """What a language calls itself; its code where its words cannot be read."""
    try:
        return read_file(known["words", lang], Words).name
    except LessonError:
        return lang


def read_file(path: Path, shape: type[Shape]) -> Shape:
    """One file -> its shape. Raises LessonError, naming file and line."""
    try:
        text = path.read_text("utf-8")
        return shape.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"{path.name}: {_sentence(str(error))}") from error
    except UnicodeDecodeError as error:
        raise LessonError(f"{path.name} is not UTF-8 text. Save it as UTF-8.") from error
    except ValidationError as error:
        # A misspelt key is also a missing one: the misspelling is what can be mended.
        all_told = error.errors(include_url=False)
        first = next((one for one in all_told if one["type"] == MISSPELT), all_told[0])
        told = UNKNOWN if first["type"] == MISSPELT else first["msg"].removeprefix("Value error, ")
        place = line_of(text, first["loc"], first["input"])
        part = ".".join(str(step) for step in first["loc"] if isinstance(step, str))
        raise LessonError(f"{path.name}, line {place}: {part}: {_sentence(told)}") from error


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def line_of(text: str, loc: Loc, value: object = None) -> int:
    """The line of a TOML text that a place in it comes from; of the nearest part that is there.

    ("stop", 2, "views", 1) is found by the third [[stop]], then by `views =`, then by the value.
    """
    path: Loc = ()
    counts: dict[Loc, int] = {}
    best, reached = 1, 0
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        header, key = HEADER.fullmatch(line), KEY.match(line)
        if header:
            path = _entered(header[1].split("."), counts)
        here = path if header else (*path, key[1]) if key else ()
        shared = min(len(here), len(loc))
        if shared > reached and loc[:shared] == here[:shared]:
            best, reached = number, shared
    if reached and isinstance(value, str) and value and reached < len(loc):
        return next((n for n in range(best, len(lines) + 1) if value in lines[n - 1]), best)
    return best


def _entered(names: list[str], counts: dict[Loc, int]) -> Loc:
    """The path of a header: [[row.cnn]] belongs to the newest [[row]]."""
    path: Loc = ()
    for name in names[:-1]:
        path = (*path, name, counts.get((*path, name), 0))
    path = (*path, names[-1])
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])
