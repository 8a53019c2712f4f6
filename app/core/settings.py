"""Settings, from the environment: GRIDTIME_PORT=8001 and so on; wrong values are refused at start.

    GRIDTIME_* --> Settings --> create_app(settings), Zoo, Engine

Lists are written with commas: GRIDTIME_ALLOWED_HOSTS=localhost,192.168.1.20
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.core.assets import data_folder

PREFIX = "GRIDTIME_"


def _models_folder() -> Path:
    return data_folder("models")


def _lessons_folder() -> Path:
    return data_folder("static") / "lessons"


class Settings(BaseSettings):
    """All that can be set from outside. Each field's description is its documentation."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid"
    )

    host: str = Field("127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on")
    models_folder: Path = Field(
        default_factory=_models_folder, description="folder with one folder a model"
    )
    lessons_folder: Path = Field(
        default_factory=_lessons_folder, description="folder with the lessons' texts"
    )
    max_upload_bytes: PositiveInt = Field(15_000_000, description="largest body of a request")
    max_pixels: PositiveInt = Field(50_000_000, description="largest picture, in pixels")
    max_tokens: PositiveInt = Field(20_000, description="longest text, in tokens")
    model_memory: PositiveInt = Field(500_000_000, description="bytes of models kept loaded")
    workers: PositiveInt = Field(2, le=64, description="threads that run networks")
    queue: PositiveInt = Field(32, description="requests that may wait; beyond it 503")
    timeout_seconds: PositiveFloat = Field(20.0, description="longest a request may take")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("localhost", "127.0.0.1", "[::1]"), description="host names that are answered"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="least important message to print"
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("models_folder", "lessons_folder")
    @classmethod
    def _exists(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value
