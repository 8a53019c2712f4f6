"""Sentences with negation, made by a small grammar: what the packs hold too little of.

    frame ("it is not a {bad} {movie}") + words of our own lists + opening and ending --> sentence, p

p is the share of readers whom we expect to call the sentence positive: "not bad" is milder than
"good". Half of the frames carry no negation, so that "not" alone decides nothing.
"""

from __future__ import annotations

import random
import re

WORDS = {
    "bad": (
        "bad boring dull weak poor terrible awful stupid silly cheap ugly slow tedious annoying "
        "confusing disappointing predictable clumsy noisy flimsy unpleasant bland shallow lazy "
        "mediocre pointless painful lame horrible messy dreary tiresome ridiculous useless fragile "
        "heavy-handed pretentious forgettable sloppy dated hollow cold rude broken unreliable "
        "uncomfortable overpriced frustrating irritating depressing lifeless awkward forced "
        "repetitive sentimental wooden dishonest nasty sad wrong"
    ).split(),
    "good": (
        "good great fine funny clever sharp brilliant wonderful charming exciting interesting "
        "beautiful moving lively fresh honest smart pleasant comfortable useful reliable sturdy "
        "fast quick easy solid convincing gripping touching entertaining original thoughtful "
        "elegant rich memorable delightful enjoyable amusing engaging warm impressive excellent "
        "fascinating satisfying worthwhile special believable subtle effective attractive stylish "
        "compelling imaginative likeable refreshing generous powerful inspired witty bright nice"
    ).split(),
    "thing": (
        "movie film story plot script ending book show camera phone player screen picture sound "
        "battery music song acting cast actor performance dialogue idea joke scene meal hotel "
        "service room product device manual lens keyboard design game episode comedy drama "
        "thriller documentary sequel direction evening place restaurant printer software"
    ).split(),
    "harm": (
        "disappoint fail crash break drag bore annoy irritate confuse suffer freeze stall hurt "
        "insult lag leak collapse sag stumble overheat cheat preach ramble whine falter tire"
    ).split(),
    "help": (
        "work entertain impress please convince shine surprise help deliver succeed satisfy "
        "inspire charm touch excite amuse last improve engage move thrill matter grip pay"
    ).split(),
    "flaw": (
        "problems complaints flaws mistakes faults errors defects regrets issues weaknesses bugs "
        "failures annoyances clichés trouble noise glitches delays scratches boredom"
    ).split(),
    "merit": (
        "charm wit humour style energy tension soul talent imagination surprises substance magic "
        "heart depth suspense value quality warmth chemistry passion intelligence fun sense life"
    ).split(),
}
POSITIVE = [
    ("{it} is not a {bad} {thing}", 0.82), ("{it} isn't a {bad} {thing}", 0.82),
    ("not a {bad} {thing}", 0.8), ("not {bad}", 0.75), ("not {bad} at all", 0.85),
    ("not at all {bad}", 0.85), ("not a single {bad} {thing}", 0.88),
    ("{it} was never {bad}", 0.85), ("{it} is never {bad}", 0.87), ("never {bad}", 0.83),
    ("never {bad} , never {bad}", 0.87), ("{it} never feels {bad}", 0.88),
    ("{it} never becomes {bad}", 0.87), ("{it} never seems {bad} or {bad}", 0.87),
    ("the {thing} doesn't {harm}", 0.85), ("the {thing} did not {harm}", 0.84),
    ("the {thing} never {harm}s", 0.88), ("it won't {harm} you", 0.85),
    ("it will not {harm}", 0.83), ("the {thing} isn't {bad} and the {thing} isn't {bad}", 0.82),
    ("the {thing} wasn't {bad} in the least", 0.86), ("there is nothing {bad} about {it}", 0.87),
    ("nothing {bad} here", 0.83), ("nothing {bad} about the {thing}", 0.85),
    ("no {flaw}", 0.87), ("no {flaw} so far", 0.88), ("i have no {flaw}", 0.9),
    ("there are no {flaw} with {it}", 0.9), ("there were no {flaw}", 0.88),
    ("i had no {flaw} with the {thing}", 0.9), ("without any {flaw}", 0.85),
    ("without {flaw}", 0.84), ("a {thing} without {flaw}", 0.87),
    ("a {thing} without a {bad} {thing}", 0.85), ("not one {bad} {thing} in {it}", 0.88),
    ("you will not be disappointed", 0.95), ("we weren't bored for a second", 0.92),
    ("i could not stop watching", 0.93), ("i couldn't put {it} down", 0.95),
    ("i can't complain about the {thing}", 0.87), ("nobody could complain about {it}", 0.87),
    ("nothing went wrong", 0.88), ("nothing is wrong with the {thing}", 0.87),
    ("couldn't be better", 0.95), ("{it} could not be more {good}", 0.95),
    ("never have i seen a more {good} {thing}", 0.95), ("nothing beats this {thing}", 0.94),
    ("it does not get more {good} than this", 0.94), ("nothing is as {good} as {it}", 0.92),
    ("i don't regret it", 0.88), ("no one will regret seeing {it}", 0.9),
    ("not only {good} but also {good}", 0.96), ("{it} is not just {good} , it is {good}", 0.95),
    ("{it} is neither {bad} nor {bad}", 0.83), ("neither {bad} nor {bad}", 0.82),
    ("far from {bad}", 0.83), ("{it} is anything but {bad}", 0.9), ("hardly {bad}", 0.72),
    ("{it} is not without {merit}", 0.75), ("{it} doesn't lack {merit}", 0.82),
    ("don't miss {it}", 0.94), ("i would not want to miss {it}", 0.9),
    ("the {thing} never fails to {help}", 0.92), ("it never fails", 0.88),
    ("i wouldn't change a thing", 0.94), ("by no means {bad}", 0.84), ("in no way {bad}", 0.84),
    ("{it} was not {good} , but the {thing} was {good}", 0.75),
    ("the {thing} is {bad} , but {it} is {good}", 0.75), ("{it} is a {good} {thing}", 0.93),
    ("a {good} {thing} with a {good} {thing}", 0.95), ("{it} is {good} and {good}", 0.95),
    ("the {thing} is {good}", 0.92), ("it will {help} you", 0.88),
    ("there is {merit} in {it}", 0.83), ("the {thing} has {merit}", 0.83),
    ("{it} was always {good}", 0.92), ("so {good}", 0.92), ("the {thing} does {help}", 0.86),
]  # fmt: skip
NEGATIVE = [
    ("{it} is not a {good} {thing}", 0.1), ("{it} isn't a {good} {thing}", 0.1),
    ("not a {good} {thing}", 0.1), ("not {good}", 0.12), ("not {good} at all", 0.06),
    ("not at all {good}", 0.06), ("not very {good}", 0.12), ("not so {good}", 0.14),
    ("not a single {good} {thing}", 0.06), ("{it} was never {good}", 0.08),
    ("{it} is never {good}", 0.08), ("never {good}", 0.1), ("never {good} , never {good}", 0.08),
    ("{it} never feels {good}", 0.08), ("{it} never becomes {good}", 0.08),
    ("the {thing} doesn't {help}", 0.1), ("the {thing} did not {help}", 0.1),
    ("the {thing} never {help}s", 0.08), ("it won't {help} you", 0.1),
    ("the {thing} isn't {good} and the {thing} isn't {good}", 0.07),
    ("the {thing} wasn't {good} in the least", 0.05), ("there is nothing {good} about {it}", 0.05),
    ("nothing {good} here", 0.07), ("nothing {good} about the {thing}", 0.06),
    ("no {merit}", 0.08), ("no {merit} at all", 0.06), ("{it} has no {merit}", 0.07),
    ("there is no {merit} in the {thing}", 0.07), ("without any {merit}", 0.07),
    ("without {merit}", 0.08), ("a {thing} without {merit}", 0.07),
    ("not one {good} {thing} in {it}", 0.06), ("i was not impressed", 0.07),
    ("we weren't amused", 0.08), ("i could not finish {it}", 0.08), ("i couldn't care less", 0.08),
    ("i can't recommend the {thing}", 0.07), ("nobody should buy {it}", 0.05),
    ("do not buy this {thing}", 0.04), ("don't waste your time", 0.03),
    ("nothing works", 0.06), ("couldn't be worse", 0.03), ("{it} could not be more {bad}", 0.04),
    ("never have i seen a more {bad} {thing}", 0.04), ("it does not get more {bad} than this", 0.05),
    ("not only {bad} but also {bad}", 0.04), ("{it} is not just {bad} , it is {bad}", 0.04),
    ("{it} is neither {good} nor {good}", 0.07), ("neither {good} nor {good}", 0.07),
    ("far from {good}", 0.1), ("{it} is anything but {good}", 0.08), ("hardly {good}", 0.12),
    ("{it} is not without {flaw}", 0.3), ("{it} lacks {merit}", 0.08),
    ("the {thing} fails to {help}", 0.07), ("it never {help}s anyone", 0.08),
    ("by no means {good}", 0.1), ("in no way {good}", 0.08), ("nothing special", 0.15),
    ("i don't like {it}", 0.06), ("i did not like the {thing}", 0.06), ("i won't watch {it} again", 0.08),
    ("not as {good} as i had hoped", 0.1), ("the {thing} is not {good} enough", 0.1),
    ("not worth the money", 0.05), ("{it} isn't worth your time", 0.05),
    ("the {thing} was not {bad} , but {it} was {bad}", 0.2),
    ("the {thing} is {good} , but {it} is {bad}", 0.25), ("{it} is a {bad} {thing}", 0.05),
    ("a {bad} {thing} with a {bad} {thing}", 0.04), ("{it} is {bad} and {bad}", 0.04),
    ("the {thing} is {bad}", 0.07), ("it will {harm} you", 0.08), ("there are {flaw} in {it}", 0.13),
    ("the {thing} has {flaw}", 0.13), ("{it} was always {bad}", 0.06), ("so {bad}", 0.06),
    ("the {thing} does {harm}", 0.12),
]  # fmt: skip
SUBJECTS = ["it", "this", "this {thing}", "the {thing}", "the whole {thing}", "that {thing}"]
OPENINGS = [
    "", "", "", "", "", "", "i think ", "to be honest , ", "in my opinion ", "well , ", "and ",
    "we all agreed that ", "for me ", "after two weeks , ", "on the whole , ", "in the end ",
]  # fmt: skip
ENDINGS = [
    "", " .", " .", " .", " .", " !", " , i think .", " for me .", " , honestly .",
    " from beginning to end .", " , even after a month .", " this time .",
]  # fmt: skip


def _fill(frame: str, rng: random.Random) -> str:
    frame = frame.replace("{it}", rng.choice(SUBJECTS))
    return re.sub(r"\{(\w+)\}", lambda m: rng.choice(WORDS[m.group(1)]), frame)


def sentences(count: int, seed: int) -> list[tuple[str, float]]:
    """`count` made sentences, half of each polarity -> (text, share expected to say positive)."""
    rng = random.Random(seed)
    made = []
    for i in range(count):
        frame, p = rng.choice(POSITIVE if i % 2 else NEGATIVE)
        text = rng.choice(OPENINGS) + _fill(frame, rng) + rng.choice(ENDINGS)
        made.append((text, p))
    return made
