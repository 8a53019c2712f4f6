"""Accept header -> one of the types that can be sent, the best for the asker (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import NotAcceptable

JSON = "application/json"
SAFETENSORS = "application/vnd.safetensors"
NPZ = "application/x-npz"
NDJSON = "application/x-ndjson"


def choose(accept: str | None, offers: Sequence[str]) -> str:
    """The offer with the greatest weight, the first of equals. Raises NotAcceptable."""
    if not accept:
        return offers[0]
    ranges = [parse(part) for part in accept.split(",") if part.strip()]
    weighed = [(weight(offer, ranges), offer) for offer in offers]
    best, offer = max(weighed, key=lambda pair: pair[0])
    if best <= 0:
        raise NotAcceptable(f"This address can send {' or '.join(offers)}. Put one into Accept.")
    return offer


def parse(part: str) -> tuple[str, float]:
    """`text/*;q=0.5` -> ("text/*", 0.5); a weight that is no number counts as none."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name, min(1.0, max(0.0, float(value)))
            except ValueError:
                return name, 0.0
    return name, 1.0


def weight(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that an offer falls into; 0 if none."""
    kind = offer.partition("/")[0]
    for pattern in (offer, f"{kind}/*", "*/*"):
        found = [q for name, q in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0
