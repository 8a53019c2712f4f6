"""The held-out figures on the cards of the sentiment readers, measured again.

served net + packs' held-out splits --> accuracies; + sentences without opinion --> AUROC
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from app.nets.read import Ends
from app.nets.words import Concat
from app.training import foreign, readers, sentences, sentiment
from app.training.evaluation import Held, separation, share
from app.training.measure import Measure
from app.training.readers import Batch, Item
from app.training.sentences import Example
from app.zoo.card import Metric


def reader_logits(net: nn.Module, items: Sequence[Item]) -> Tensor:
    """The served reader's logits [N, 2] for each text; a left-to-right reader's at its last word.

    One that answers a whole text gets texts of one length together, for it would read the padding.
    """
    if any(isinstance(module, (Ends, Concat)) for module in net.children()):
        return whole_logits(net, items)

    def last(batch: Batch) -> Tensor:
        logits: Tensor = net(batch.ids)
        return logits[batch.rows, batch.columns]

    return readers.at_last_word(last, items)


@torch.inference_mode()
def whole_logits(net: nn.Module, items: Sequence[Item], together: int = 64) -> Tensor:
    """Logits [N, 2] of a net that gives one answer a text."""
    answer = torch.zeros(len(items), 2)
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids))
    for _, group in groupby(order, key=lambda i: len(items[i].ids)):
        alike = list(group)
        for part in (alike[i : i + together] for i in range(0, len(alike), together)):
            answer[part] = net(torch.from_numpy(np.stack([items[i].ids for i in part])))
    return answer


def sst_dev(data: Path, known: Container[str]) -> list[Example]:
    """SST-2 dev: the sentences of SST dev that are not neutral."""
    rows = sentences.read_tsv(data / "sst" / "sentences_dev.tsv.gz")
    return [sentences.labelled(r["text"], float(r["label2"]), known) for r in rows if r["label2"]]


def product_test(data: Path, known: Container[str]) -> list[Example]:
    """product_opinions test."""
    return sentences.opinions(data, "test", known)


def held_items(data: Path, words: Sequence[str]) -> dict[str, list[Item]]:
    """Split -> its texts, cut and looked up as the server does it."""
    return _held_items(data, tuple(words))


@cache
def _held_items(data: Path, words: tuple[str, ...]) -> dict[str, list[Item]]:
    # The readers share one vocabulary: whoever measures several of them cuts the texts once.
    encoder = sentiment.Encoder(words)
    known = encoder.index
    reviews = sentences.read_tsv(data / "imdb" / "test.tsv.gz")[:1000]
    return {
        "sst dev": encoder.items(sst_dev(data, known)),
        "product_opinions test": encoder.items(product_test(data, known)),
        "imdb test, first 1,000 reviews": encoder.items(
            sentences.labelled(r["text"], float(r["label"]), known) for r in reviews
        ),
        "negation sentences of the project": sentiment.negation_items(encoder),
    }


def held(net: nn.Module, items: dict[str, list[Item]]) -> dict[str, Held]:
    """Split -> logits and labels."""
    return {
        split: Held(
            split,
            reader_logits(net, texts),
            torch.tensor([int(item.shares[-1] > 0.5) for item in texts]),
        )
        for split, texts in items.items()
    }


def figures(
    net: nn.Module, data: Path, words: Sequence[str], measure: Measure, model: str
) -> list[Metric]:
    """Accuracies at the last word, and the separation from sentences that hold no opinion."""
    splits = held(net, held_items(data, words))
    encoder = sentiment.Encoder(words)
    strange = reader_logits(net, encoder.items(foreign.texts(data, encoder.index)))
    familiar = torch.cat([splits["sst dev"].logits, splits["product_opinions test"].logits])
    return [
        *(share("accuracy", h, model) for h in splits.values()),
        separation(
            model,
            measure.scores({"logits": familiar}),
            measure.scores({"logits": strange}),
            "sst dev and product_opinions test against French and shuffled words",
        ),
    ]
