"""Training Kim's convolutional reader (EMNLP 2014) on the texts of the left-to-right readers.

    word indices --frozen table--> vectors --noise--> convolutions of 3, 4 and 5 words, ReLU
        --> largest value up to each labelled word [L, 3C] --dropout--> linear --> logits [L, 2]

A label in the middle of a text is that of its first words: the running maximum up to there is what
the served network computes for them alone, so one pass serves many phrases here too.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.nets.words import WordConv
from app.training.readers import Batch, Recipe, looked_up, noisy

WIDTHS = (3, 4, 5)


class KimReader(nn.Module):
    """`recipe.hidden` channels of each width; padding stands after the last word."""

    table: Tensor

    def __init__(self, table: Tensor, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.register_buffer("table", table, persistent=False)
        for width in WIDTHS:
            self.add_module(f"conv{width}", WordConv(table.shape[1], recipe.hidden, width))
        self.linear = nn.Linear(len(WIDTHS) * recipe.hidden, 2)

    def forward(self, batch: Batch) -> Tensor:
        """Logits [L, 2] at the labelled words."""
        ids = batch.ids
        x = noisy(self.table, ids, self.recipe) if self.training else looked_up(self.table, ids)
        convs = [self.get_submodule(f"conv{width}") for width in WIDTHS]
        seen = torch.cat([torch.cummax(F.relu(conv(x)), dim=1).values for conv in convs], dim=2)
        read = seen[batch.rows, batch.columns]
        logits: Tensor = self.linear(F.dropout(read, self.recipe.head_dropout, self.training))
        return logits

    def served(self) -> dict[str, Tensor]:
        """The weights under the names of the served network."""
        return {name: weight.contiguous() for name, weight in self.state_dict().items()}


def layers(recipe: Recipe, rows: int = 56_920, dimensions: int = 50) -> list[dict[str, object]]:
    """The served network in the card's notation."""
    branches = [layer for width in WIDTHS for layer in branch(width, recipe.hidden, dimensions)]
    return [
        {
            "name": "embedding",
            "op": "embedding",
            "num_embeddings": rows,
            "embedding_dim": dimensions,
        },
        *branches,
        {"name": "concat", "op": "concat", "inputs": [f"max{width}" for width in WIDTHS]},
        {
            "name": "linear",
            "op": "linear",
            "in_features": len(WIDTHS) * recipe.hidden,
            "out_features": 2,
        },
    ]


def branch(width: int, channels: int, dimensions: int) -> list[dict[str, object]]:
    """The layers of one width."""
    return [
        {
            "name": f"conv{width}",
            "op": "word_conv",
            "in_channels": dimensions,
            "out_channels": channels,
            "kernel_size": width,
            "inputs": ["embedding"],
        },
        {"name": f"relu{width}", "op": "relu"},
        {"name": f"max{width}", "op": "max_over_time"},
    ]
