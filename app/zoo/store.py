"""The models that are at hand: cards at once, networks on first use.

    card(id)   models/<id>/model.toml --read_card--> Card, kept
    model(id)  weights + shared tables --assemble, one load at a time a model--> Model, kept while
               memory lasts

Least recently used models are dropped beyond `memory_bytes`; a shared word table counts once and
is dropped with the last model that reads it. Nothing here changes a network after it is loaded.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from weakref import WeakValueDictionary

from torch import Tensor

from app.core.assets import data_folder
from app.core.errors import CardError, NotFound
from app.inputs.characters import Characters
from app.inputs.spec import TextSpec
from app.inputs.text import Vocabulary
from app.zoo import weights
from app.zoo.card import Card, read_card
from app.zoo.forecasts import FILE as FORECASTS
from app.zoo.forecasts import read_forecasts
from app.zoo.frames import FILE as FRAMES
from app.zoo.frames import read_frames
from app.zoo.lab import check_lab
from app.zoo.model import Model, assemble, merged
from app.zoo.moments import check_moments, load_moment
from app.zoo.samples import Sample, read_sample, sample_path
from app.zoo.sentences import Sentences, read_sentences
from app.zoo.studies import FILE as STUDIES
from app.zoo.studies import check_studies, look_path, read_studies
from app.zoo.voices import FILE as VOICES
from app.zoo.voices import read_voices
from app.zoo.watched import FILE as WATCHED
from app.zoo.watched import read_watched


def models_folder() -> Path:
    """models/ of the source tree, or of the installed wheel."""
    return data_folder("models")


class Table:
    """A shared table float32 [V + 1, E] and its words, held as long as a model reads it."""

    def __init__(self, models: Path, name: str) -> None:
        self.weight: Tensor = weights.load_table(models, name)
        self.vocabulary: Vocabulary = weights.load_words(models, name)
        self.bytes = self.weight.numel() * self.weight.element_size()
        if len(self.vocabulary) != len(self.weight):
            rows, words = len(self.weight), len(self.vocabulary.words)
            raise CardError(f"The shared table {name!r} has {rows} rows for {words} words and one.")


@dataclass(frozen=True)
class _Kept:
    """A loaded model and the tables that it reads, which live as long as it does."""

    model: Model
    tables: tuple[Table, ...]


class Zoo:
    """All models of a folder. Every method may be called from any thread."""

    def __init__(self, folder: Path, memory_bytes: int) -> None:
        self.folder = folder
        self.memory_bytes = memory_bytes
        self._lock = threading.RLock()  # guards all below; never held while weights are read
        self._cards: dict[str, Card] = {}
        self._kept: OrderedDict[str, _Kept] = OrderedDict()  # least recently used first
        self._loading: dict[str, threading.Lock] = {}
        self._tables: WeakValueDictionary[str, Table] = WeakValueDictionary()
        self._digests: dict[str, tuple[object, str]] = {}

    def ids(self) -> list[str]:
        """Every folder that holds a card, in the order of the alphabet."""
        cards = self.folder.glob("*/model.toml")
        return sorted(p.parent.name for p in cards if not p.parent.name.startswith("_"))

    def card(self, model_id: str) -> Card:
        """The card of a model. Raises NotFound; CardError where it does not validate."""
        with self._lock:
            if model_id not in self._cards:
                if model_id not in self.ids():
                    raise NotFound("There is no model of that name. /api/v1/models lists them.")
                self._cards[model_id] = read_card(self.folder / model_id)
            return self._cards[model_id]

    def model(self, model_id: str) -> Model:
        """The loaded model; the first caller loads it, others of the same model wait for that."""
        card = self.card(model_id)
        with self._lock:
            gate = self._loading.setdefault(model_id, threading.Lock())
        with gate:
            kept = self._recall(model_id) or self._load(card)
        return kept.model

    def moment(self, model_id: str, step: int) -> Model:
        """The model as it was at a step of its training, made anew for every caller.

        Raises BadOption where its card lists no such step.
        """
        card, now = self.card(model_id), self.model(model_id)
        own = load_moment(self.folder / model_id, card, step)
        tables = [table.weight for table in self._tables_of(card)]
        then = assemble(card, merged(card, own, tables), now.vocabulary)
        return replace(then, statistics=now.statistics)

    def weights(self, model_id: str, moment: int | None = None) -> Iterator[bytes]:
        """The merged safetensors file, piece by piece; its sha256 is the card's.

        With a moment, the weights as they were at that step. Raises BadOption where there are none.
        """
        card = self.card(model_id)
        if moment is None:
            return weights.stream(self._state(card))
        own = load_moment(self.folder / model_id, card, moment)
        return weights.stream(merged(card, own, [t.weight for t in self._tables_of(card)]))

    def weights_bytes(self, model_id: str) -> int:
        """The length of what `weights` gives."""
        return self.card(model_id).weights.bytes

    def sample(self, model_id: str, name: str) -> Sample:
        """A shipped sample. Raises NotFound."""
        for entry in self.card(model_id).samples:
            if entry.name == name:
                return read_sample(self.folder / model_id, entry)
        raise NotFound("This model has no sample of that name.")

    def studies(self, model_id: str) -> Path:
        """The file of what was measured about a model. Raises NotFound where nothing was."""
        folder = self.folder / self.card(model_id).id
        if read_studies(folder) is None:
            raise NotFound("Nothing was measured about this model beyond what its card says.")
        return folder / STUDIES

    def studied(self, model_id: str) -> list[str]:
        """Which parts were measured about a model; [] where there is no file."""
        studies = read_studies(self.folder / self.card(model_id).id)
        return [] if studies is None else studies.parts()

    def look(self, model_id: str, layer: str) -> Path:
        """The file with the pictures of a layer's channels. Raises NotFound."""
        folder = self.folder / self.card(model_id).id
        studies = read_studies(folder)
        path = None if studies is None else look_path(folder, studies, layer)
        if path is None:
            raise NotFound("No pictures were made of what this layer's channels look for.")
        return path

    def sentences(self) -> Sentences:
        """The project's own sentences. Raises NotFound."""
        return read_sentences(self.folder)

    def watched(self, model_id: str) -> Path:
        """The file of what a reader's units follow. Raises NotFound where it is not there, or was
        measured with other weights or sentences.
        """
        if not self.is_watched(model_id):
            raise NotFound("What the units of this model follow has not been measured.")
        return self.folder / model_id / WATCHED

    def is_watched(self, model_id: str) -> bool:
        """Whether there are such figures of the weights and sentences that are served."""
        card = self.card(model_id)
        found = read_watched(self.folder / card.id)
        return found is not None and found.fits(card.weights.sha256, self.folder)

    def voices(self, model_id: str) -> Path:
        """The file of how a model does on voices that it never heard. Raises NotFound where it is
        not there, or was measured by another recipe than the card's.
        """
        if not self.has_voices(model_id):
            raise NotFound("How this model does on other voices has not been measured.")
        return self.folder / model_id / VOICES

    def has_voices(self, model_id: str) -> bool:
        """Whether there are such figures of the card's recipe."""
        card = self.card(model_id)
        found = read_voices(self.folder / card.id)
        return found is not None and found.recipe == card.training.recipe

    def forecasts(self, model_id: str) -> Path:
        """The file of a forecaster's errors. Raises NotFound where it is not there, or was measured
        with other weights.
        """
        card = self.card(model_id)
        found = read_forecasts(self.folder / card.id)
        if found is None or found.weights != card.weights.sha256:
            raise NotFound("How this model forecasts held-out series has not been measured.")
        return self.folder / model_id / FORECASTS

    def frames(self, model_id: str) -> Path:
        """The file of what the order of frames is worth to a model. Raises NotFound where it is
        not there, or was measured with other weights.
        """
        if not self.has_frames(model_id):
            raise NotFound("What the order of frames is worth to this model has not been measured.")
        return self.folder / model_id / FRAMES

    def has_frames(self, model_id: str) -> bool:
        """Whether there are such figures of the weights that are served."""
        card = self.card(model_id)
        found = read_frames(self.folder / card.id)
        return found is not None and found.sha256 == card.weights.sha256

    def check(self) -> None:
        """Every card validates, every sample and study is there, every sha256 matches; else
        CardError.
        """
        check_lab(self.folder)
        for model_id in self.ids():
            card = self.card(model_id)
            for entry in card.samples:
                if entry.text is None:
                    sample_path(self.folder / model_id, entry)
            check_moments(self.folder / model_id, card)
            check_studies(self.folder / model_id)
            read_watched(self.folder / model_id)
            read_voices(self.folder / model_id)
            read_forecasts(self.folder / model_id)
            read_frames(self.folder / model_id)
            self._statistics(card)
            found = self._digest(card)
            if found != card.weights.sha256:
                raise CardError(
                    f"The weights of {card.id} have sha256 {found}; its card says "
                    f"{card.weights.sha256}."
                )

    def loaded_bytes(self) -> int:
        """Bytes of the models in memory, shared tables once."""
        with self._lock:
            tables = {id(t): t.bytes for kept in self._kept.values() for t in kept.tables}
            own = sum(kept.model.own_bytes for kept in self._kept.values())
        return own + sum(tables.values())

    def _recall(self, model_id: str) -> _Kept | None:
        """A model in memory, now the most recently used."""
        with self._lock:
            if model_id in self._kept:
                self._kept.move_to_end(model_id)
            return self._kept.get(model_id)

    def _load(self, card: Card) -> _Kept:
        """Reads a model and drops the least recently used beyond the bound, never this one."""
        tables = self._tables_of(card)
        state = merged(card, self._own(card), [t.weight for t in tables])
        vocabulary = self._vocabulary(card, tables)
        model = replace(assemble(card, state, vocabulary), statistics=self._statistics(card))
        kept = _Kept(model, tables)
        with self._lock:
            self._kept[card.id] = kept
            while self.loaded_bytes() > self.memory_bytes and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return kept

    def _tables_of(self, card: Card) -> tuple[Table, ...]:
        """The shared tables of a card, each read once however many models share it."""
        return tuple(self._table(name) for name in card.weights.shared)

    def _table(self, name: str) -> Table:
        with self._lock:
            gate = self._loading.setdefault(f"_shared/{name}", threading.Lock())
        with gate:
            table = self._tables.get(name)
            if table is None:
                table = Table(self.folder, name)
                self._tables[name] = table
            return table

    def _vocabulary(self, card: Card, tables: tuple[Table, ...]) -> Vocabulary | None:
        """The words that a text model looks up."""
        spec = card.preprocessing
        if not isinstance(spec, TextSpec):
            return None
        if spec.characters:
            return Characters(spec.characters)
        if spec.tokenizer == "subwords":
            return weights.load_subwords(self.folder, spec.vocabulary)
        if spec.vocabulary in card.weights.shared:
            return tables[card.weights.shared.index(spec.vocabulary)].vocabulary
        return weights.load_words(self.folder, spec.vocabulary)

    def _own(self, card: Card) -> dict[str, Tensor]:
        """The tensors of the file beside the card."""
        return weights.load_tensors(self.folder / card.id / card.weights.file)

    def _statistics(self, card: Card) -> dict[str, Tensor] | None:
        """What the card's measure of features knows of the training set."""
        known = card.familiarity
        if known is None or not known.statistics:
            return None
        return weights.load_tensors(self.folder / card.id / known.statistics)

    def _state(self, card: Card) -> dict[str, Tensor]:
        """All weights of a model, read from disk."""
        return merged(card, self._own(card), [t.weight for t in self._tables_of(card)])

    def _digest(self, card: Card) -> str:
        """sha256 of the merged file, computed again only after a file has changed."""
        files = [self.folder / card.id / card.weights.file]
        files += [self.folder / weights.SHARED / t / weights.TABLE for t in card.weights.shared]
        try:
            stamp = [(str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in files]
        except OSError as error:
            raise CardError(f"{error.filename} of {card.id} is not there.") from error
        with self._lock:
            known = self._digests.get(card.id)
        if known is None or known[0] != stamp:
            known = (stamp, weights.digest(self._state(card)))
            with self._lock:
                self._digests[card.id] = known
        return known[1]
