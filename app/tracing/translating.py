"""Every value on the way of a translation, and the graph that names them.

    source [S] --> embedding --> encoder (states, gates) --> handed [H]
    target [T] --> target_embedding --> decoder from handed (states, gates)
      --> [attention [T, S], context [T, H]] --> combine [T, E] --> logits [T, V], probabilities

`target` is the start mark and what was written but for its last piece, so that row t of `logits` is
what piece t was chosen from. The whole of it runs at once, by teacher forcing: every piece is given
its right predecessors, which are those that the search wrote.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from app.inputs.subwords import START
from app.nets.translator import Translator
from app.tracing.chain import Layer, named, stored
from app.tracing.graph import Node, Size, describe
from app.tracing.recurrent import cell, read, read_on


def translator_graph(net: Translator) -> list[Node]:
    """Nodes in the order of the run; "S" is the length of the source, "T" that of the target."""
    wide, hidden = net.embedding.embedding_dim, net.decoder.hidden_size
    rows = net.embedding.num_embeddings
    nodes = [
        node("input", "input", [], ["S"]),
        described(net, "embedding", ["input"], ["S", wide]),
        described(net, "encoder", ["embedding"], ["S", hidden]),
        node("handed", "handed", ["encoder"], [hidden]),
        node("target", "input", [], ["T"]),
        described(net, "embedding", ["target"], ["T", wide], "target_embedding"),
        described(net, "decoder", ["target_embedding", "handed"], ["T", hidden]),
    ]
    read_by_combine = ["decoder"]
    if net.attention is not None:
        nodes.append(described(net, "attention", ["decoder", "encoder"], ["T", "S"]))
        nodes.append(node("context", "context", ["attention", "encoder"], ["T", hidden]))
        read_by_combine = ["context", "decoder"]
    combine = described(net, "combine", read_by_combine, ["T", wide])
    combine["attributes"]["activation"] = "tanh"
    logits = described(net, "output", ["combine", "embedding"], ["T", rows], "logits")
    return [*nodes, combine, logits, node("probabilities", "softmax", ["logits"], ["T", rows])]


def node(name: str, op: str, inputs: list[str], shape: list[Size]) -> Node:
    """A node without weights."""
    return Node(name=name, op=op, inputs=inputs, output_shape=shape, attributes={})


def described(
    net: Translator, path: str, inputs: Sequence[str], shape: list[Size], name: str = ""
) -> Node:
    """The node of one of the net's modules."""
    return describe(Layer(name or path, path, net.get_submodule(path)), inputs, shape)


def tensor_names(net: Translator) -> list[str]:
    """Every tensor that a trace can give, in the order of the graph."""
    found: list[str] = []
    for one in translator_graph(net):
        found.append(one["name"])
        if one["name"] in ("encoder", "decoder"):
            found += stored(Layer(one["name"], one["name"], net.get_submodule(one["name"])))
    return found


@torch.inference_mode()
def trace_translation(
    net: Translator, source: Tensor, rows: Sequence[int], layers: Sequence[str] | None = None
) -> dict[str, Tensor]:
    """Source [1, S] with its end mark, what was written [T] -> the chosen tensors, float32."""
    wanted = named(tensor_names(net), layers)
    target = torch.tensor([START, *rows[:-1]])
    seen, before = net.embedding(source[0]), net.embedding(target)
    encoder = Layer("encoder", "encoder", net.encoder)
    states, of_encoder = read(encoder, seen, range(len(seen)))
    half = net.encoder.hidden_size
    handed = torch.cat([states[-1, :half], states[0, half:]])
    h, of_decoder, _ = read_on(
        cell(net.decoder, 0, ""), before, range(len(before)), True, (handed[None, None],)
    )
    read_by_combine, weights = net.look(h[None], states[None])
    combined = torch.tanh(net.combine(read_by_combine))[0]
    logits = net.output(combined, net.embedding.weight)
    found = {
        "input": source[0],
        "embedding": seen,
        "encoder": states,
        **of_encoder,
        "handed": handed,
        "target": target,
        "target_embedding": before,
        "decoder": h,
        **{f"decoder.l0.{name}": value for name, value in of_decoder.items()},
        "attention": weights[0],
        "context": read_by_combine[0, :, : net.decoder.hidden_size],
        "combine": combined,
        "logits": logits,
        "probabilities": torch.softmax(logits, dim=-1),
    }
    return {k: v.float().contiguous() for k, v in found.items() if k in wanted}
