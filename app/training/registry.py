"""Which code makes and measures which model.

    gridtime train ID    --> TRAINERS[ID].train(data, out, progress) --> weights, run.json
    gridtime evaluate ID --> TRAINERS[ID].evaluate(model, data)      --> list[Metric]
    app.training.publish --> TRAINERS[ID].architecture(), .words(), .samples(): the model folder
"""

from __future__ import annotations

from app.training.picture_trainers import PICTURES
from app.training.sequence_trainers import SEQUENCES
from app.training.trainer import Trainer

TRAINERS: dict[str, Trainer] = {one.id: one for one in (*PICTURES, *SEQUENCES)}
