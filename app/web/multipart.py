"""multipart/form-data in memory: bytes -> [(name, content)]. Nothing is written to disk."""

from __future__ import annotations

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.core.errors import BadRequest

MOST_PARTS = 8
Field = tuple[str, bytes]


class Collector:
    """Callbacks of the parser: gathers headers and contents, part by part."""

    def __init__(self) -> None:
        self.fields: list[Field] = []
        self.finished = False
        self._header = self._value = b""
        self._disposition = b""
        self._content: list[bytes] = []

    def on_part_begin(self) -> None:
        self._disposition, self._content = b"", []
        if len(self.fields) >= MOST_PARTS:
            raise BadRequest(f"The form has more than {MOST_PARTS} parts.")

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._content.append(data[start:end])

    def on_part_end(self) -> None:
        _, parameters = parse_options_header(self._disposition)
        if b"name" not in parameters:
            raise BadRequest("A part of the form has no name.")
        name = parameters[b"name"].decode("utf-8", "replace")
        self.fields.append((name, b"".join(self._content)))

    def on_end(self) -> None:
        self.finished = True


def parse_multipart(body: bytes, content_type: str) -> list[Field]:
    """The parts in order. Raises BadRequest where the form cannot be parsed or breaks off."""
    _, parameters = parse_options_header(content_type)
    boundary = parameters.get(b"boundary")
    if not boundary:
        raise BadRequest("The form has no boundary in its Content-Type.")
    collector = Collector()
    names = ("part_begin", "header_field", "header_value", "header_end", "part_data", "part_end")
    callbacks = {f"on_{name}": getattr(collector, f"on_{name}") for name in (*names, "end")}
    try:
        parser = MultipartParser(boundary, callbacks)  # type: ignore[arg-type]
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise BadRequest("The form cannot be read: it is not well-formed multipart.") from error
    if not collector.finished:
        raise BadRequest("The form breaks off before its end. Send it again.")
    return collector.fields
