"""Guided lessons: the texts that a teacher edits or translates, read and checked."""

from app.lessons.read import Lessons, languages, read_language

__all__ = ["Lessons", "languages", "read_language"]
