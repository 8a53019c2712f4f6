"""Sentences with negation, made by a small grammar: what the packs hold too little of.

    frame ("it is not a {bad} {thing}") + words + opening and ending --> sentence, share positive

Frames and words are in negation.toml. The share is that of readers whom we expect to call the
sentence positive: "not bad" is milder than "good". Some frames carry no negation, so that "not"
alone decides nothing.
"""

from __future__ import annotations

import random

from app.training import grammar


def fill(frame: str, rng: random.Random) -> str:
    """A frame with a subject and words put in."""
    rules = grammar.load("negation")
    return grammar.put(frame.replace("{it}", rng.choice(rules["subjects"])), rules["words"], rng)


def sentences(count: int, seed: int) -> list[tuple[str, float]]:
    """`count` made sentences, half of each polarity -> (text, share expected to say positive)."""
    rng, rules = random.Random(seed), grammar.load("negation")
    made = []
    for i in range(count):
        share, frame = rng.choice(rules["frames"]["positive" if i % 2 else "negative"])
        text = rng.choice(rules["openings"]) + fill(frame, rng) + rng.choice(rules["endings"])
        made.append((text, float(share)))
    return made
