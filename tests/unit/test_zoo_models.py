"""Every model folder of the repository: card, weights, sha256, samples, one run."""

from __future__ import annotations

import hashlib

import pytest
import torch
from safetensors.torch import load

from app.inputs.audio import read_audio
from app.inputs.image import read_image
from app.inputs.series import prepare_series
from app.inputs.spec import AudioSpec, ImageSpec, SeriesSpec, VideoSpec
from app.inputs.text import prepare_text
from app.inputs.video import read_video
from app.nets.translator import Translator
from app.zoo import Model, Zoo, models_folder
from app.zoo.samples import values_of

ZOO = Zoo(models_folder(), 500_000_000)
IDS = ZOO.ids()
MOST_BYTES = 60_000_000  # of all weights in the repository together


def read_sample(model: Model, name: str) -> torch.Tensor:
    """What the network reads of a shipped sample."""
    spec, sample = model.card.preprocessing, ZOO.sample(model.card.id, name)
    if isinstance(spec, ImageSpec):
        assert sample.content is not None
        return read_image(sample.content, spec, max_pixels=50_000_000).tensor
    if isinstance(spec, AudioSpec):
        assert sample.content is not None
        return read_audio(sample.content, spec).tensor
    if isinstance(spec, SeriesSpec):
        return prepare_series(values_of(sample), spec, sample.season, None).tensor
    if isinstance(spec, VideoSpec):
        assert sample.content is not None
        return read_video(sample.content, spec, max_pixels=50_000_000).tensor
    assert sample.text is not None
    assert model.vocabulary is not None
    return prepare_text(sample.text, model.vocabulary, spec.max_tokens).tensor


def test_there_are_models() -> None:
    assert IDS, "models/ holds no model"


@pytest.mark.parametrize("model_id", IDS)
def test_the_card_holds(model_id: str) -> None:
    card, data = ZOO.card(model_id), b"".join(ZOO.weights(model_id))
    assert hashlib.sha256(data).hexdigest() == card.weights.sha256
    assert len(data) == card.weights.bytes
    net = ZOO.model(model_id).net
    assert {k: v.shape for k, v in load(data).items()} == {
        k: v.shape for k, v in net.state_dict().items()
    }
    for metric in card.metrics:
        shares = (metric.value, metric.baseline) if metric.unit == "share" else ()
        assert all(0 <= share <= 1 for share in shares), metric.name


@pytest.mark.parametrize("model_id", IDS)
def test_every_sample_is_answered(model_id: str) -> None:
    model = ZOO.model(model_id)
    assert model.card.samples, f"{model_id} has no sample"
    for entry in model.card.samples:
        read = read_sample(model, entry.name)
        if isinstance(model.net, Translator):  # it needs what is written so far, too
            assert model.net(read, read).isfinite().all()
            continue
        logits = model.net(read)
        axis = 1 if logits.ndim == 4 else -1  # of maps: a map a class
        box = 5 if model.card.task == "detection" else 0
        outputs = 3 if model.card.task == "forecast" else 1  # without classes
        assert logits.shape[axis] == max(outputs, box + len(model.card.classes))
        assert logits.isfinite().all()


def test_the_weights_stay_small() -> None:
    files = [p for p in models_folder().rglob("*") if p.suffix in (".safetensors", ".gz")]
    assert sum(p.stat().st_size for p in files) <= MOST_BYTES
    assert not [p for p in models_folder().rglob("*") if p.suffix in (".pt", ".pkl", ".npz")]
