"""The held-out figures of the translators: BLEU on the test file, by sacrebleu.

    test.tsv.gz --> 2,004 English sentences, each with the French sentences given for it (1 to …)
    sentence --beam search, width 4--> its best translation --sacrebleu, tokenizer 13a, cased-->
      BLEU against all French sentences of each, BLEU against the first of each (in the order of
      the file), BLEU of the sentences of 1 to 4, 5 to 7 … words

The baseline translates nothing: it answers with the French of the training sentence that is most
like the English one.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import nn

from app.core.errors import GridtimeError
from app.inputs.subwords import END, Subwords
from app.nets.translator import Translator
from app.tracing.beam import search
from app.training import pairs
from app.training.evaluation import command
from app.zoo.card import Metric

TEST = "eng_fra test"
SPANS = ((1, 4), (5, 7), (8, 10), (11, 15))  # words of an English sentence
UNIT = "BLEU"
BASELINE = "the French of the training sentence nearest by its words (tf-idf)"
_WORD = re.compile(r"[\w']+")


def figures(net: nn.Module, data: Path, subwords: Subwords, model: str) -> list[Metric]:
    """All figures of the card."""
    held = pairs.grouped(pairs.load(data, "test"))
    english, references = list(held), list(held.values())
    ours = translations(cast(Translator, net), subwords, english)
    plain = nearest(pairs.load(data, "train"), english)

    def metric(name: str, split: str, chosen: Sequence[int], most: int | None) -> Metric:
        right = [references[k][:most] for k in chosen]
        return Metric(
            name=name,
            value=bleu([ours[k] for k in chosen], right),
            unit=UNIT,
            split=split,
            n=len(chosen),
            baseline=bleu([plain[k] for k in chosen], right),
            baseline_name=BASELINE,
            command=command(model),
        )

    every = range(len(english))
    return [
        metric("BLEU, against every French sentence given", TEST, every, None),
        metric("BLEU, against the first French sentence given", TEST, every, 1),
        *(
            metric(
                "BLEU, against every French sentence given",
                f"{TEST}, sentences of {least} to {most} words",
                [k for k in every if least <= len(english[k].split()) <= most],
                None,
            )
            for least, most in SPANS
        ),
    ]


def translations(net: Translator, subwords: Subwords, english: Sequence[str]) -> list[str]:
    """The best translation of each, by the beam search that is served, at its usual width."""
    found = []
    for sentence in english:
        source = torch.tensor([[*subwords.encode(sentence), END]])
        found.append(subwords.decode(search(net, source).found[0].rows))
    return found


def bleu(ours: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """BLEU of a corpus, 0 to 100 (Papineni et al. 2002; Post 2018), its sentences with as many
    references as each has: sacrebleu takes None where one has no more.
    """
    try:
        from sacrebleu.metrics.bleu import BLEU
    except ImportError as error:
        raise GridtimeError(
            'BLEU is measured by sacrebleu, which is not installed: pip install -e ".[dev]"'
        ) from error
    most = max(map(len, references))
    streams: Any = [[one[k] if k < len(one) else None for one in references] for k in range(most)]
    return round(float(BLEU().corpus_score(list(ours), streams).score), 2)


def nearest(known: Sequence[tuple[str, str]], english: Sequence[str]) -> list[str]:
    """The French of the training sentence with the largest cosine of tf-idf; the first of equals.

    A word's weight is ln(N / sentences that have it); one that none has counts nothing.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    for k, (sentence, _) in enumerate(known):
        for word in set(split(sentence)):
            postings[word].append(k)
    places = {word: np.array(rows) for word, rows in postings.items()}
    weight = {word: math.log(len(known) / len(rows)) for word, rows in places.items()}
    norms = np.zeros(len(known))
    for word, rows in places.items():
        norms[rows] += weight[word] ** 2
    norms = np.sqrt(np.maximum(norms, 1e-12))
    found = []
    for sentence in english:
        scores = np.zeros(len(known))
        for word in Counter(split(sentence)):
            if word in places:
                scores[places[word]] += weight[word] ** 2
        found.append(known[int((scores / norms).argmax())][1])
    return found


def split(sentence: str) -> list[str]:
    """Words in small letters, without signs."""
    return _WORD.findall(sentence.lower())
