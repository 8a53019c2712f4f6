"""A text that is written on: every letter by the numbers that a trace of the whole shows."""

from __future__ import annotations

import pytest
import torch

from app.nets import build
from app.tracing import Writing, Written, trace, write_on
from app.tracing.writing import draw

LAYERS = {
    "lstm": {"name": "cell", "op": "lstm", "input_size": 4, "hidden_size": 5, "num_layers": 2},
    "gru": {"name": "cell", "op": "gru", "input_size": 4, "hidden_size": 5},
    "rnn": {"name": "cell", "op": "rnn", "input_size": 4, "hidden_size": 5},
}


def net(kind: str) -> torch.nn.Module:
    torch.manual_seed(1)
    made = build(
        "recurrent",
        [
            {"name": "embedding", "op": "embedding", "num_embeddings": 9, "embedding_dim": 4},
            LAYERS[kind],
            {"name": "linear", "op": "linear", "in_features": 5, "out_features": 8},
        ],
    )
    made.load_state_dict({k: 3 * v for k, v in made.state_dict().items()})
    return made


def after(made: torch.nn.Module, x: torch.Tensor, how: Writing) -> Written:
    """What follows x [1, T]."""
    last = slice(x.shape[1] - 1, x.shape[1])
    found = trace(made, x, steps=last)
    return write_on(made, found.tensors, found.logits[-1], how)


@pytest.mark.parametrize("kind", LAYERS)
def test_every_letter_follows_from_all_before_it(kind: str) -> None:
    x = torch.tensor([[3, 1, 4]])
    found = after(net(kind), x, Writing(length=6, temperature=0))
    whole = torch.cat([x, torch.tensor([found.rows])], dim=1)
    shares = trace(net(kind), whole).tensors["probabilities"][2:-1]
    assert shares.argmax(1).tolist() == found.rows
    assert found.probabilities == pytest.approx(shares.max(1).values.tolist(), rel=1e-5)


def test_temperature_flattens_and_a_seed_repeats() -> None:
    made, x = net("lstm"), torch.tensor([[2]])
    cold, hot = (
        [after(made, x, Writing(1, warm, seed)).rows[0] for seed in range(100)]
        for warm in (0.05, 2)
    )
    assert len(set(cold)) < len(set(hot))
    shares = torch.softmax(made(x)[0, -1] / 2, 0).detach()
    best = int(shares.argmax())
    assert hot.count(best) / 100 == pytest.approx(float(shares[best]), abs=0.15)
    assert after(made, x, Writing(30, 1, 5)) == after(made, x, Writing(30, 1, 5))


def test_a_random_number_falls_on_one_stretch_of_the_line() -> None:
    """Shares 1/2, 1/4, 1/8, 1/8, the largest first, equal ones in their rows' order."""
    logits = torch.log(torch.tensor([1, 4, 2, 1.0]))
    assert [draw(logits, 1, u) for u in (0, 0.49, 0.51, 0.74, 0.76, 0.87, 0.88)] == [
        *(1, 1, 2, 2, 0, 0, 3)
    ]
    assert draw(logits, 1, 1 - 2**-53) == 3
    assert draw(logits, 0.5, 0.72) == 1  # 16 of 22
    assert draw(logits, 0.5, 0.73) == 2


def test_every_number_is_told_and_gives_its_letter_again() -> None:
    made, x = net("gru"), torch.tensor([[2, 5]])
    found = after(made, x, Writing(40, 0.8, 3))
    whole = torch.cat([x, torch.tensor([found.rows])], dim=1)
    logits = trace(made, whole).logits[1:-1]
    numbers = [u for u in found.numbers if u is not None]
    assert [draw(row, 0.8, u) for row, u in zip(logits, numbers, strict=True)] == found.rows
    assert all(0 <= u < 1 for u in numbers)
    assert after(made, x, Writing(40, 1.9, 3)).numbers == numbers
    assert after(made, x, Writing(3, 0)).numbers == [None] * 3
