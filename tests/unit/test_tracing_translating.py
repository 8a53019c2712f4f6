"""A translation's numbers against plain torch, step by step; the search against all there is."""

from __future__ import annotations

import itertools

import pytest
import torch
from torch import Tensor, nn

from app.core.errors import ArchitectureError, BadOption
from app.inputs.subwords import END, START, Subwords
from app.nets import build
from app.nets.translator import Translator
from app.tracing.beam import NEVER, Hypothesis, candidates, longest, search
from app.tracing.translating import tensor_names, trace_translation, translator_graph
from app.zoo import Zoo, models_folder
from tests.translators import SIZE, layers, translator

SOURCE = torch.tensor([[9, 23, 7, 40, END]])
ROWS = [12, 31, 5, 8, END]


def by_hand(net: Translator, source: Tensor, rows: list[int]) -> dict[str, Tensor]:
    """torch.nn.GRU over the source, torch.nn.GRUCell piece by piece, attention by its formula."""
    table = net.embedding.weight
    wide, half = net.encoder.input_size, net.encoder.hidden_size
    encoder = nn.GRU(wide, half, bidirectional=True)
    encoder.load_state_dict(net.encoder.state_dict())
    cell = nn.GRUCell(wide, 2 * half)
    cell.load_state_dict({k.removesuffix("_l0"): v for k, v in net.decoder.state_dict().items()})
    states, last = encoder(table[source[0]])
    h = handed = torch.cat([last[0], last[1]])
    before, found = START, []
    for row in rows:
        h = cell(table[before], h)
        read, weights = h, torch.zeros(0)
        if net.attention is not None:
            weights = torch.softmax(states @ (net.attention.weight @ h), 0)
            read = torch.cat([weights @ states, h])
        logits = table @ torch.tanh(net.combine(read)) + net.output.bias
        found.append((h, weights, logits))
        before = row
    hs, ws, logits_ = (torch.stack(part) for part in zip(*found, strict=True))
    return {"encoder": states, "handed": handed, "decoder": hs, "attention": ws, "logits": logits_}


@pytest.mark.parametrize("attends", [True, False])
def test_every_number_is_that_of_plain_torch(attends: bool) -> None:
    net = translator(attends)
    found = trace_translation(net, SOURCE, ROWS)
    for name, value in by_hand(net, SOURCE, ROWS).items():
        if name in found:
            torch.testing.assert_close(found[name], value, rtol=1e-5, atol=1e-5)
    assert list(found) == tensor_names(net)
    assert ("attention" in found) == attends
    if attends:
        assert torch.allclose(found["attention"].sum(1), torch.ones(len(ROWS)))
    assert torch.allclose(found["probabilities"].sum(1), torch.ones(len(ROWS)))
    r, z, n, hn = (found[f"decoder.l0.gate.{gate}"] for gate in ("r", "z", "n", "hn"))
    h = found["decoder"]
    assert torch.allclose(h, (1 - z) * n + z * torch.cat([found["handed"][None], h[:-1]]))
    assert r.shape == hn.shape == h.shape
    back = found["encoder.l0_reverse.h"]
    assert torch.equal(found["encoder"], torch.cat([found["encoder.l0.h"], back], 1))
    assert torch.equal(found["handed"], torch.cat([found["encoder"][-1, :3], back[0]]))
    own = net(SOURCE, torch.tensor([[START, *ROWS[:-1]]]))[0]
    torch.testing.assert_close(found["logits"], own, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("way", ["attention", "plain"])
def test_the_shipped_translators_are_computed_again(way: str) -> None:
    """Within 1e-5, as the rule of the house says; written freely as by teacher forcing."""
    model = Zoo(models_folder(), 500_000_000).model(f"translate-{way}")
    net, pieces = model.net, model.vocabulary
    assert isinstance(net, Translator)
    assert isinstance(pieces, Subwords)
    source = torch.tensor([[*pieces.encode("I am hungry."), END]])
    best = search(net, source).found[0]
    assert pieces.decode(best.rows) == "J'ai faim."
    found = trace_translation(net, source, best.rows)
    for name, value in by_hand(net, source, best.rows).items():
        if name in found:
            torch.testing.assert_close(found[name], value, rtol=1e-5, atol=1e-5)
    logs = torch.log_softmax(found["logits"], 1)
    forced = [float(logs[t, row]) for t, row in enumerate(best.rows)]
    assert best.logs == pytest.approx(forced, abs=1e-4)


@pytest.mark.parametrize("width", [1, 3])
def test_written_freely_is_what_teacher_forcing_gives(width: int) -> None:
    """ln p of the search, whose steps run one by one, is that of the trace, which runs at once."""
    net = translator()
    best = search(net, SOURCE, width).found[0]
    logs = torch.log_softmax(trace_translation(net, SOURCE, best.rows)["logits"], 1)
    forced = [float(logs[t, row]) for t, row in enumerate(best.rows)]
    assert best.logs == pytest.approx(forced, abs=1e-4)
    assert best.score == pytest.approx(sum(forced) / len(forced), abs=1e-4)


def test_a_beam_of_one_takes_the_likeliest_piece_every_time() -> None:
    net = translator(seed=3)
    best = search(net, SOURCE, 1).found[0]
    logits = trace_translation(net, SOURCE, best.rows)["logits"].clone()
    logits[:, list(NEVER)] = -torch.inf
    assert best.rows == logits.argmax(1).tolist()
    assert len(best.rows) <= longest(SOURCE.shape[1])


def test_the_candidates_are_the_best_of_all_ways_to_go_on() -> None:
    live = [Hypothesis([7], [-0.5]), Hypothesis([8], [-0.7])]
    logs = torch.log_softmax(torch.randn(2, SIZE, generator=torch.Generator().manual_seed(0)), 1)
    found = candidates(live, logs, 2)
    sums = {
        (parent, row): live[parent].logs[0] + float(logs[parent, row])
        for parent, row in itertools.product(range(2), range(SIZE))
        if row not in NEVER
    }
    order = sorted(sums, key=lambda key: -sums[key])
    assert [(one.parent, one.row) for one in found] == order[:4]
    assert [one.total for one in found] == pytest.approx([sums[key] for key in order[:4]], abs=1e-5)
    assert [one.fate for one in found].count("kept") == 2


def test_an_end_counts_only_among_the_first() -> None:
    logs = torch.full((1, 8), -9.0)
    logs[0, [5, END, 6, 7]] = torch.tensor([-1.0, -2.0, -3.0, -4.0])
    fates = {one.row: one.fate for one in candidates([Hypothesis([], [])], logs, 2)}
    assert fates == {5: "kept", END: "ended", 6: "kept", 7: "dropped"}
    fates = {one.row: one.fate for one in candidates([Hypothesis([], [])], logs, 1)}
    assert fates == {5: "kept", END: "dropped"}


def test_the_search_ends_and_its_steps_add_up() -> None:
    for seed in range(4):
        found = search(translator(seed=seed), SOURCE, 4)
        assert len(found.steps) <= longest(SOURCE.shape[1])
        assert [one.score for one in found.found] == sorted(
            (one.score for one in found.found), reverse=True
        )
        ended = [one for step in found.steps for one in step if one.fate == "ended"]
        assert sorted(round(one.total, 4) for one in ended) == sorted(
            round(sum(one.logs), 4) for one in found.found if one.rows[-1] == END
        )


def test_the_graph_names_what_crosses() -> None:
    names = [node["name"] for node in translator_graph(translator())]
    assert names == ["input", "embedding", "encoder", "handed", "target", "target_embedding",
                     "decoder", "attention", "context", "combine", "logits",
                     "probabilities"]  # fmt: skip
    plain = translator_graph(translator(attends=False))
    assert not {"attention", "context"} & {node["name"] for node in plain}
    by_name = {node["name"]: node for node in plain}
    assert by_name["encoder"]["output_shape"] == ["S", 6]
    assert by_name["logits"]["attributes"]["module"] == "output"
    assert by_name["decoder"]["inputs"] == ["target_embedding", "handed"]


def test_layers_are_chosen_by_name() -> None:
    found = trace_translation(translator(), SOURCE, ROWS, ["decoder", "handed"])
    assert {name.split(".")[0] for name in found} == {"decoder", "handed"}
    with pytest.raises(BadOption, match="no layer 'encoders'"):
        trace_translation(translator(), SOURCE, ROWS, ["encoders"])


def test_what_is_no_translator_cannot_be_built() -> None:
    with pytest.raises(ArchitectureError, match="also needs decoder"):
        build("translator", [one for one in layers(True) if one["name"] != "decoder"])
    with pytest.raises(ArchitectureError, match="no place"):
        build("translator", [{"name": "pool", "op": "flatten"}])
