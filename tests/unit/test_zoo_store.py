"""The zoo: loading once, dropping the least recently used, streaming what the card states."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load, save_file

from app.core.errors import CardError, NotFound
from app.zoo import Zoo, store, weights
from app.zoo.publish import write_model, write_shared_table
from tests.unit import folders

BIG = 10**9


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folders.write(tmp_path)
    return tmp_path


@pytest.fixture
def zoo(models: Path) -> Zoo:
    return Zoo(models, BIG)


def test_folders_with_a_card_are_models(zoo: Zoo, models: Path) -> None:
    (models / "empty").mkdir()
    assert zoo.ids() == ["pictures", "words", "words-again"]
    zoo.check()


@pytest.mark.parametrize("name", ["nothing", "_shared", "..", "", "../models/words"])
def test_unknown_models(zoo: Zoo, name: str) -> None:
    with pytest.raises(NotFound):
        zoo.card(name)
    with pytest.raises(NotFound):
        zoo.model(name)


def test_a_model_is_ready_to_run(zoo: Zoo) -> None:
    model = zoo.model("pictures")
    assert model.sample_input_shape == (3, 8, 8)
    assert model.vocabulary is None
    assert not model.net.training
    assert not any(p.requires_grad for p in model.net.parameters())
    assert model.net(torch.zeros(1, 3, 8, 8)).shape == (1, 2)
    state = folders.state(folders.CNN)
    assert all(torch.equal(v, state[k]) for k, v in model.net.state_dict().items())


def test_a_reader_gets_the_shared_table(zoo: Zoo) -> None:
    model = zoo.model("words")
    assert model.sample_input_shape == ("T",)
    assert model.vocabulary is not None
    assert model.vocabulary.ids("not a bad Café zzz") == [2, 0, 1, 5, 6]
    table = model.net.get_parameter("embedding.weight")
    assert table.dtype == torch.float32
    assert table.equal(folders.vectors())
    again = zoo.model("words-again").net.get_parameter("embedding.weight")
    assert again.data_ptr() == table.data_ptr()  # held once


@pytest.mark.parametrize("name", ["pictures", "words"])
def test_the_streamed_file_is_what_the_card_states(zoo: Zoo, name: str) -> None:
    card, data = zoo.card(name), b"".join(zoo.weights(name))
    assert len(data) == card.weights.bytes == zoo.weights_bytes(name)
    assert hashlib.sha256(data).hexdigest() == card.weights.sha256
    net = zoo.model(name).net
    assert {k: v.tolist() for k, v in load(data).items()} == {
        k: v.tolist() for k, v in net.state_dict().items()
    }


def test_the_same_weights_give_the_same_bytes(models: Path) -> None:
    first = (models / "words" / "weights.safetensors").read_bytes()
    toml = (models / "words" / "model.toml").read_bytes()
    write_model(models / "words", folders.WORDS_CARD, folders.state(folders.READER), ["tiny"])
    assert (models / "words" / "weights.safetensors").read_bytes() == first
    assert (models / "words" / "model.toml").read_bytes() == toml
    assert b"embedding" not in first
    assert not list(models.rglob("*.part"))


def test_many_threads_load_a_model_once(zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[Path] = []
    real = weights.load_tensors

    def counted(path: Path) -> dict[str, Any]:
        loads.append(path)
        return real(path)

    monkeypatch.setattr(weights, "load_tensors", counted)
    found: list[object] = []
    names = ["words", "words-again"] * 8
    threads = [threading.Thread(target=lambda n=n: found.append(zoo.model(n))) for n in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert len(set(map(id, found))) == 2
    assert len(loads) == 3  # two models and one table


def test_the_least_recently_used_is_dropped(models: Path) -> None:
    zoo = Zoo(models, BIG)
    sizes = {name: zoo.model(name).own_bytes for name in zoo.ids()}
    everything = sum(sizes.values()) + folders.vectors().numel() * 4
    assert zoo.loaded_bytes() == everything
    small = Zoo(models, everything - 1)
    words = small.model("words")
    again = small.model("words-again")
    assert small.model("words") is words
    pictures = small.model("pictures")  # words-again must go
    assert small.loaded_bytes() == everything - sizes["words-again"]
    assert small.model("words") is words
    assert small.model("pictures") is pictures
    assert small.model("words-again") is not again


def test_the_only_model_is_kept_however_large(models: Path) -> None:
    zoo = Zoo(models, 1)
    assert zoo.model("words") is zoo.model("words")


def test_a_table_goes_with_its_last_reader(models: Path) -> None:
    zoo = Zoo(models, 1)
    zoo.model("words")
    assert list(zoo._tables) == ["tiny"]
    zoo.model("pictures")
    assert list(zoo._tables) == []


def test_changed_weights_are_noticed(zoo: Zoo, models: Path) -> None:
    zoo.check()
    path = models / "words" / "weights.safetensors"
    state = folders.state(folders.READER, seed=9)
    del state["embedding.weight"]
    save_file(state, path)
    with pytest.raises(CardError, match="words have sha256"):
        zoo.check()


def test_a_changed_table_is_noticed(zoo: Zoo, models: Path) -> None:
    zoo.check()
    write_shared_table(models, "tiny", folders.vectors() + 1, folders.WORDS)
    with pytest.raises(CardError, match="words have sha256"):
        zoo.check()


def test_the_hash_is_computed_once(zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
    zoo.check()
    monkeypatch.setattr(weights, "digest", lambda tensors: pytest.fail("hashed again"))
    zoo.check()


def test_what_is_missing_is_named(zoo: Zoo, models: Path) -> None:
    (models / "words" / "weights.safetensors").unlink()
    with pytest.raises(CardError, match=r"weights\.safetensors"):
        zoo.check()
    with pytest.raises(CardError, match=r"weights\.safetensors"):
        zoo.model("words")
    (models / "_shared" / "tiny" / "words.txt.gz").write_bytes(b"no gzip")
    with pytest.raises(CardError, match=r"words\.txt\.gz"):
        zoo.model("words-again")


def test_weights_that_do_not_fit_are_refused(models: Path) -> None:
    wide = [{**folders.CNN[0], "out_channels": 5}, *folders.CNN[1:]]
    wrong = folders.card(folders.PICTURES, architecture={"name": "sequential", "layers": wide})
    with pytest.raises(CardError, match="do not fit"):
        write_model(models / "pictures", wrong, folders.state(folders.CNN))


def test_a_table_adds_the_unknown_row_itself(tmp_path: Path) -> None:
    write_shared_table(tmp_path, "t", folders.vectors()[:6], folders.WORDS)
    table = weights.load_table(tmp_path, "t")
    assert table.shape == (7, 5)
    assert torch.allclose(table[-1], table[:6].mean(0), atol=1e-3)
    with pytest.raises(ValueError, match="do not fit"):
        write_shared_table(tmp_path, "t", folders.vectors()[:4], folders.WORDS)


def test_samples(zoo: Zoo) -> None:
    cat = zoo.sample("pictures", "cat")
    assert (cat.kind, cat.media_type, cat.drawing) == ("image", "image/png", False)
    assert cat.content is not None
    assert cat.content.startswith(b"\x89PNG")
    square = zoo.sample("pictures", "square")
    assert square.drawing
    one = zoo.sample("words", "one")
    assert (one.kind, one.text, one.content) == ("text", 'not a "bad" café', None)
    with pytest.raises(NotFound):
        zoo.sample("words", "cat")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("file:samples/none.png", "there is no picture"),
        ("file:../words/model.toml", "leaves its folder"),
        ("file:/etc/passwd", "leaves its folder"),
        ("file:model.toml", "there is no picture"),
        ("package:no_such_package/x.png", "is not installed"),
        ("package:skimage/../__init__.py", "leaves its folder"),
    ],
)
def test_a_sample_that_is_not_there(models: Path, source: str, reason: str) -> None:
    entry = {"name": "x", "title": "X", "source": source}
    wrong = folders.card(folders.PICTURES, samples=[entry])
    write_model(models / "pictures", wrong, folders.state(folders.CNN))
    with pytest.raises(CardError, match=reason):
        Zoo(models, BIG).check()


def test_models_folder_is_there() -> None:
    assert store.models_folder().is_dir()
