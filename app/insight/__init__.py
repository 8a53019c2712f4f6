"""What is computed about a network or a trace: receptive fields, effects of units, familiarity."""

from app.insight.familiarity import score
from app.insight.receptive import Field, receptive_fields
from app.insight.units import unit_effects

__all__ = ["Field", "receptive_fields", "score", "unit_effects"]
