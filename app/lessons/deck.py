"""What a lesson's files may hold: a deck of stops, the answer in one page, the words of the bar.

    difference.en.toml  Deck    [[stop]] minutes, predict, reveal, remember, notes, views
    answer.en.toml      Answer  [[row]] with [[row.cnn]], [[row.rnn]], [[row.subtler]]
    words.en.toml       Words   "Next", "End the lesson" and so on

A view is an address of this site without host: /cnn#tab=pooling&stop=maps. What the lesson itself
keeps in the address (lesson, at, lang, present) is added while it runs and stands in no file.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

VIEW = re.compile(r"/[a-z]*(?:#[\w.,%+&=~-]+)?")
KEPT = re.compile(r"[#&](lesson|at|lang|present)=")


def _view(text: str) -> str:
    """Raises ValueError where it leads out of the site or carries what the lesson adds."""
    if not VIEW.fullmatch(text):
        raise ValueError(f"{text!r} is no view; write it like /cnn#tab=pooling&stop=maps")
    kept = KEPT.search(text)
    if kept:
        raise ValueError(f"leave {kept[1]}= out of {text!r}; the lesson adds it")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
View = Annotated[str, AfterValidator(_view)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class Part(BaseModel):
    """Base of all parts: frozen, and strict about unknown keys, so that a slip is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(Part):
    """One of the questions at the end: asked, then answered by a view."""

    ask: Text
    answer: Text
    view: View


class Stop(Part):
    """A part of the lesson: a question to predict, views, what they showed, what to remember."""

    id: Name
    title: Text
    minutes: int = Field(ge=1, le=60)
    predict: Text
    reveal: Text
    remember: Text
    notes: Text = Field(description="for the teacher")
    views: list[View] = Field(default=[], description="in the order in which they are shown")
    question: list[Question] = Field(
        default=[], description="instead of one question: several, each with its view"
    )

    @field_validator("question")
    @classmethod
    def _has_something_to_show(cls, found: list[Question], info: ValidationInfo) -> list[Question]:
        if bool(found) == bool(info.data.get("views")):
            raise ValueError("a stop has either views or [[stop.question]] parts")
        return found

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class Deck(Part):
    """A lesson."""

    title: Text
    about: Text
    minutes: int = Field(ge=1, le=240, description="of all stops together")
    stop: list[Stop] = Field(min_length=1)

    @field_validator("stop")
    @classmethod
    def _fits(cls, found: list[Stop], info: ValidationInfo) -> list[Stop]:
        names = [stop.id for stop in found]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"two stops have the id {twice!r}")
        total, promised = sum(stop.minutes for stop in found), info.data.get("minutes")
        if promised is not None and total != promised:
            raise ValueError(f"the stops take {total} minutes together, the lesson says {promised}")
        return found


class Line(Part):
    """One sentence of the answer and the view that shows it."""

    says: Text
    see: Text = Field(description="how the view is called: CNN, Pooling")
    view: View
    claims: list[Annotated[str, StringConstraints(pattern=r"^C\d+b?$")]] = Field(
        default=[], description="which of the README's claims the view makes visible"
    )


class Row(Part):
    """One line of the comparison."""

    id: Name
    title: Text
    cnn: list[Line] = Field(min_length=1)
    rnn: list[Line] = Field(min_length=1)
    subtler: list[Line] = Field(min_length=1)


class Answer(Part):
    """The answer in one page."""

    title: Text
    short: Text
    cnn: Text
    rnn: Text
    subtler: Text
    foot: Text
    row: list[Row] = Field(min_length=1)


class Words(Part):
    """What the pages of the lessons and the bar over the rooms say."""

    name: Text = Field(description="of the language, in the language")
    language: Text
    lessons: Text
    about: Text
    start: Text
    rehearse: Text
    next: Text
    previous: Text
    end: Text
    minutes: Text
    predict: Text
    vote: Text
    answer: Text
    remember: Text
    notes: Text
    view: Text
    missing: Text
    keys: Text
    screen: Text
    files: Text
    rooms: Text
    page: Text
    print: Text
    finished: Text
    unknown: Text
    untranslated: Text
