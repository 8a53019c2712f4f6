"""Who takes part in the duel, and the words about them."""

from __future__ import annotations

from typing import Literal

Reader = Literal["bag", "cnn", "rnn", "gru", "lstm"]
READERS: tuple[Reader, ...] = ("bag", "cnn", "rnn", "gru", "lstm")
MODELS: dict[str, str] = {reader: f"sentiment-{reader}" for reader in READERS[1:]}
TITLES: dict[str, str] = {
    "bag": "Bag of words",
    "cnn": "CNN",
    "rnn": "tanh RNN",
    "gru": "GRU",
    "lstm": "LSTM",
}
LEFT_TO_RIGHT = "Reads word by word and carries a state; each word waits for the one before."
ABOUT: dict[str, str] = {
    "bag": "The mean of all words' vectors, then three linear layers. In whatever order the words"
    " stand, its answer is the same.",
    "cnn": "Windows of three, four and five words, all at once; of each kernel the largest value.",
    "rnn": LEFT_TO_RIGHT,
    "gru": LEFT_TO_RIGHT,
    "lstm": LEFT_TO_RIGHT,
}
NOTE = (
    "All five stand on one frozen word table and learned from the same texts with the same teacher;"
    " their budgets are weights without that table, within 5 %. Time: one sentence of SST dev at a"
    " time on one thread, from word numbers to logits, all readers in turn, the best of three."
)
