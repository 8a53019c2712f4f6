"""The figures of the lab, one file each, and what is checked of them at the start."""

from __future__ import annotations

from pathlib import Path

from app.zoo.duel import read_duel
from app.zoo.first import check_first
from app.zoo.order import read_ordered
from app.zoo.remember import read_remembered
from app.zoo.speed import read_speed


def check_lab(models: Path) -> None:
    """What is there validates; what is absent was never measured. Raises CardError."""
    read_remembered(models)
    read_ordered(models)
    read_duel(models)
    read_speed(models)
    check_first(models)
