"""The trainers of what reads pictures: at once, row by row, for boxes or pixels, frame by frame."""

from __future__ import annotations

from app.training import (
    actions,
    angle,
    boards,
    boards_drawn,
    clips,
    detect_digits,
    detect_figures,
    detect_photos,
    digits,
    evaluation,
    illustrations,
    moving,
    nuclei,
    photos,
    rows,
    scenes,
    segment_figures,
    segments,
    streets,
    streets_drawn,
    strokes,
    video,
    video_figures,
)
from app.training.fold import folded_layers
from app.training.readers import Cell
from app.training.trainer import Trainer, net, picture, trained

DIGIT = picture("digit", digits.SIZE, digits.MEAN, digits.STD)


def _photos(model: str = "photos", pooling: str = "max") -> Trainer:
    recipe = photos.Recipe(pooling=pooling)
    chain = folded_layers(photos.layers(recipe))
    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(photos.train, recipe),
        figures=lambda net, data, _, known: evaluation.photos_figures(net, data, known, model),
        architecture=net("sequential", chain),
        preprocessing=picture("photo", photos.SIZE, photos.MEAN, photos.STD),
        classes=photos.CLASSES,
        draw=illustrations.draw_all,
    )


def _digits() -> Trainer:
    recipe = digits.Recipe()
    chain = folded_layers(digits.layers(recipe))
    return Trainer(
        id="digits-cnn",
        recipe=recipe,
        run=trained(digits.train, recipe),
        figures=lambda net, data, _, known: evaluation.digits_figures(
            net, data, known, "digits-cnn"
        ),
        architecture=net("sequential", chain),
        preprocessing=DIGIT,
        classes=digits.CLASSES,
        draw=strokes.write_all,
    )


def _rows(cell: Cell) -> Trainer:
    recipe, model = rows.recipe_of(cell), f"digits-{cell}"
    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(rows.train, recipe),
        figures=lambda net, data, _, known: evaluation.rows_figures(net, data, known, model),
        architecture=net("recurrent", rows.layers(recipe)),
        preprocessing={**DIGIT, "rows": True},
        classes=digits.CLASSES,
        draw=strokes.write_all,
        reader="every",
    )


def _angle() -> Trainer:
    recipe = angle.Recipe()
    chain = folded_layers(angle.layers(recipe))
    return Trainer(
        id="digits-angle",
        recipe=recipe,
        run=trained(angle.train, recipe),
        figures=lambda net, data, *_: evaluation.angle_figures(net, data, "digits-angle"),
        architecture=net("sequential", chain),
        preprocessing=DIGIT,
        classes=(),
        draw=strokes.write_turned,
        unit="degrees",
    )


def _detect_digits() -> Trainer:
    recipe, model = detect_digits.Recipe(), "detect-digits"
    chain = folded_layers(detect_digits.layers())
    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(detect_digits.train, recipe),
        figures=lambda net, data, *_: detect_figures.boards(net, data, model),
        architecture=net("sequential", chain),
        preprocessing=picture("board", boards.SIZE, detect_digits.MEAN, detect_digits.STD),
        classes=detect_digits.CLASSES,
        draw=boards_drawn.write_all,
    )


def _detect_animals() -> Trainer:
    recipe, model = detect_photos.Recipe(), "detect-animals"
    chain = folded_layers(detect_photos.layers(recipe))
    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(detect_photos.train, recipe),
        figures=lambda net, data, *_: detect_figures.photographs(net, data, model),
        architecture=net("sequential", chain),
        preprocessing=picture("whole", detect_photos.SIZE, photos.MEAN, photos.STD),
        classes=detect_photos.CLASSES,
        draw=streets_drawn.paint_all,
    )


def _segments(model: str) -> Trainer:
    pack = streets if model == "segment-streets" else nuclei
    measure = segment_figures.of_streets if pack is streets else segment_figures.of_nuclei
    recipe = nuclei.TWIN if model == "segment-nuclei-bare" else pack.RECIPE
    chain = folded_layers(segments.layers(recipe, pack.LOOK.classes))
    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(pack.train, recipe),
        figures=lambda net, data, *_: measure(net, data, model),
        architecture=net("unet", chain),
        preprocessing=pack.LOOK.card(),
        classes=pack.CLASSES,
        draw=scenes.draw_nuclei if pack is nuclei else scenes.draw_streets,
    )


def _video() -> Trainer:
    recipe, model = video.Recipe(), "video-lstm"
    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(video.train, recipe),
        figures=lambda net, data, _, known: video_figures.figures(net, data, known, model),
        architecture=net("video", video.layers(recipe)),
        preprocessing=video.SPEC.model_dump(),
        classes=moving.CLASSES,
        draw=clips.write_all,
        reader="every",
    )


def _actions() -> Trainer:
    recipe, model = actions.Recipe(), "video-actions"
    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(actions.train, recipe),
        figures=lambda net, data, _, known: video_figures.action_figures(net, data, known, model),
        architecture=net("video", actions.layers(recipe)),
        preprocessing=actions.SPEC.model_dump(),
        classes=actions.CLASSES,
        draw=clips.write_room,
        reader="every",
    )


PICTURES = (
    _photos(),
    _photos("photos-skip", "skip"),
    _digits(),
    _angle(),
    *(_rows(cell) for cell in rows.HIDDEN),
    _detect_digits(),
    _detect_animals(),
    _segments("segment-nuclei"),
    _segments("segment-nuclei-bare"),
    _segments("segment-streets"),
    _video(),
    _actions(),
)
