"""models/<id>/ -> a loaded, checked Model: card, network, what it reads, samples."""

from app.zoo.card import Card, read_card
from app.zoo.model import Model
from app.zoo.samples import Sample
from app.zoo.store import Zoo, models_folder

__all__ = ["Card", "Model", "Sample", "Zoo", "models_folder", "read_card"]
