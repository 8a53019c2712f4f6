"""A translator: one recurrent layer reads a sentence, another writes it in the other language.

    source [N, S] --embedding--> [N, S, E] --encoder--> states [N, S, H]
                                     last state [N, H] --handed over: h_0 of the decoder--+
    target [N, T] --embedding--> [N, T, E] --decoder--> states [N, T, H] <---------------+
      with attention: weights [N, T, S] = softmax(h_t W s_i), context c_t = sum of weights x s_i
      combine: o_t = tanh(W [c_t ; h_t] + b), without attention tanh(W h_t + b)    [N, T, E]
      output: logits_t = embedding o_t + b                                        [N, T, V]

The state handed over is all that passes without attention (Sutskever et al. 2014, Cho et al.
2014); attention is Luong et al. 2015, "general", after the decoder's step. Embedding in, out and
of both languages are one matrix (Press and Wolf 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from app.core.errors import ArchitectureError
from app.nets.layers import make_layer
from app.nets.translating import Attention, Tied

PARTS: dict[str, type[nn.Module]] = {
    "embedding": nn.Embedding,
    "encoder": nn.GRU,
    "decoder": nn.GRU,
    "attention": Attention,
    "combine": nn.Linear,
    "output": Tied,
}


class Translator(nn.Module):
    """embedding, encoder, decoder, [attention], combine, output, by these names."""

    embedding: nn.Embedding
    encoder: nn.GRU
    decoder: nn.GRU
    attention: Attention | None
    combine: nn.Linear
    output: Tied

    def __init__(self, layers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        for spec in layers:
            name, module = make_layer(spec)
            if not isinstance(module, PARTS.get(name, ())):
                raise ArchitectureError(f"Layer {name!r} has no place in a translator.")
            self.add_module(name, module)
        missing = set(PARTS) - {"attention"} - set(self._modules)
        if missing:
            raise ArchitectureError(f"A translator also needs {', '.join(sorted(missing))}.")
        if "attention" not in self._modules:
            self.attention = None

    def read(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Indices [N, S] -> encoder states [N, S, H] and what is handed over [N, H]: forward after
        the last piece beside reverse after the first.
        """
        states, last = self.encoder(self.embedding(source))
        return states, last.transpose(0, 1).flatten(1)

    def write(self, pieces: Tensor, h: Tensor, source: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Pieces [N, T] after state h [N, H], looking at encoder states [N, S, H] ->
        logits [N, T, V], the last state [N, H], attention [N, T, S] (S = 0 without).
        """
        states, last = self.decoder(self.embedding(pieces), h[None].contiguous())
        seen, weights = self.look(states, source)
        o = torch.tanh(self.combine(seen))
        return self.output(o, self.embedding.weight), last[0], weights

    def look(self, states: Tensor, source: Tensor) -> tuple[Tensor, Tensor]:
        """Decoder states [N, T, H] -> what combine reads [N, T, 2H or H], attention [N, T, S]."""
        if self.attention is None:
            return states, states.new_zeros((*states.shape[:2], 0))
        weights, context = self.attention(states, source)
        return torch.cat([context, states], dim=-1), weights

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Source [N, S], target as far as known [N, T] -> logits [N, T, V]."""
        states, handed = self.read(source)
        return self.write(target, handed, states)[0]
