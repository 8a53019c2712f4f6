"""The states of the last recurrent layer, after every word of a text of any length.

    x [1, T] --layers up to the last recurrent one--> h [T, D*H]
    sentences --each from an empty memory--> tokens and h, one sentence after another [T, D*H]

Nothing else is kept on the way: 20,000 words of 96 units need 8 MB and as much again for torch's
own gates, not the 100 MB of a whole trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from typing import NamedTuple

import torch
from torch import Tensor, nn

from app.core.errors import Unprocessable
from app.inputs.text import PreparedText, TokenInfo, Vocabulary, prepare_text
from app.nets.layers import RECURRENT
from app.tracing.chain import Layer, call, chain


class Span(NamedTuple):
    """Rows start..end of the states are those of sentence `sentence`, by its place in the file."""

    sentence: int
    start: int
    end: int


class Swept(NamedTuple):
    """What a reader made of many sentences: `tokens` one a row of `h` [T, D*H]; offsets are those
    within a sentence.
    """

    spans: list[Span]
    tokens: list[TokenInfo]
    h: Tensor


def up_to_states(net: nn.Module) -> list[Layer]:
    """The layers up to the last recurrent one. Raises Unprocessable where there is none."""
    layers = chain(net)
    places = [k for k, layer in enumerate(layers) if isinstance(layer.module, RECURRENT)]
    if not places:
        raise Unprocessable("This network keeps no state from step to step.")
    return layers[: places[-1] + 1]


def forward(net: nn.Module, x: Tensor) -> Tensor:
    """x [N, T] or [N, T, E] -> [N, T, D*H] float32."""
    layers = up_to_states(net)
    with torch.inference_mode():
        for layer in layers:
            x = call(layer, x)
        return x.float().clone()


def states(net: nn.Module, x: Tensor) -> Tensor:
    """x [1, T] or [1, T, E] -> [T, D*H] float32, both directions side by side where there are two.

    Row t is after token t. Raises Unprocessable for a network without recurrent layers.
    """
    return forward(net, x)[0]


def sweep(net: nn.Module, vocabulary: Vocabulary, lines: Sequence[str], max_tokens: int) -> Swept:
    """Every sentence, the memory at zero before each. One without any known word is left out.

    Raises Unprocessable where nothing is left.
    """
    read: dict[int, PreparedText] = {}
    for place, line in enumerate(lines):
        with suppress(Unprocessable):
            read[place] = prepare_text(line, vocabulary, max_tokens)
    if not read:
        raise Unprocessable("It knows no word of the project's sentences. Send a text instead.")
    rows = batched(net, {place: prepared.tensor for place, prepared in read.items()})
    tokens = [token for prepared in read.values() for token in prepared.tokens]
    ends = list(accumulate(len(prepared.tokens) for prepared in read.values()))
    spans = [Span(*row) for row in zip(read, [0, *ends], ends, strict=False)]
    return Swept(spans, tokens, torch.cat([rows[place] for place in read]))


def batched(net: nn.Module, texts: dict[int, Tensor]) -> dict[int, Tensor]:
    """Texts [1, T] by their place -> h [T, D*H] by their place. Those of one length
    run together, which is quicker; padding would change what a second direction reads.
    """
    groups: dict[int, list[int]] = {}
    for place, x in texts.items():
        groups.setdefault(x.shape[1], []).append(place)
    found: dict[int, Tensor] = {}
    for places in groups.values():
        h = forward(net, torch.cat([texts[place] for place in places]))
        found |= dict(zip(places, h, strict=True))
    return found
