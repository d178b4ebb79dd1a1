"""How a comparison looks: a board with the stage of each side, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vizapp.compare import rows
from vizapp.compare.difference import marked
from vizapp.compare.sides import Sides
from vizapp.picture import boarded, tally
from vizapp.picture.board import Board, board
from vizapp.picture.compose import caption
from vizapp.picture.ledger import Ledger
from vizapp.picture.shapes import Layer, Picture, moved
from vizapp.picture.sizes import Level
from vizapp.picture.view import View
from vizapp.words import Words, words


def labels(whole: Sides, said: Words) -> tuple[list[str], list[str]]:
    """The names of the sides, and what stands below them."""
    scenes = [side.scene for side in whole.sides]
    return [said.text(scene.title) for scene in scenes], [said.text(scene.caption) for scene in scenes]


def board_of(whole: Sides, lang: str, size: tuple[float, float], level: Level) -> Board:
    """The board of a comparison on a canvas of that size."""
    return board(*labels(whole, words(lang)), rows.room(whole), size, level)


def told(whole: Sides, show: float, view: View, t: int | None = None) -> Ledger:
    """What is told under the sides."""
    return rows.ledger(whole, show, words(view.lang), t, view.masked)


def views(whole: Sides, show: float, view: View, places: Board, t: int | None = None) -> list[View]:
    """How each side is looked at, on its part of the board."""
    stacks = any(tally.stacked(side, whole.kinds) for side in whole.scene.sides)
    plain = view.level == "thumbnail" or stacks  # layers say by themselves in what they differ
    signs = [()] * len(whole.sides) if plain else marked(whole, show, t)
    return [
        replace(
            view,
            size=(panel.stage.w, panel.stage.h),
            level="thumbnail" if view.level == "thumbnail" else "side",
            unit=places.unit,
            caption=None,
            table=None,
            marked=signs[number],
            cards=side.scene.cards,
            followed=side.follows_flight,
        )
        for number, (side, panel) in enumerate(zip(whole.sides, places.panels, strict=True))
    ]


def picture(whole: Sides, show: float, view: View, t: int | None = None) -> Picture:
    """The whole board at that show second; `t` when the clock stands just after an act."""
    places = board_of(whole, view.lang, view.size, view.level)
    names, captions = labels(whole, words(view.lang))
    layers = [boarded.cards(places, names, captions, view.theme)]
    title = words(view.lang).text(whole.scene.title)
    if places.heading is not None:
        layers.append(boarded.heading(places, title, view.caption or "", view.theme))
    layers.append(boarded.told(places, told(whole, show, view, t), view.theme, words(view.lang)))
    for number, seen in enumerate(views(whole, show, view, places, t)):
        side, area = whole.sides[number], places.panels[number].stage
        own = side.picture(whole.show_of(number, show), seen, whole.t_of(number, show, t))
        layers += list(_placed(own, area.x, area.y, side.scene.id))
    if places.captioned is not None and view.caption:
        layers.append(Layer(tuple(caption(view.caption, places.captioned, 36 * view.size[1] / 1080, view.theme))))
    background = None if view.transparent else view.theme.canvas
    about = {"scene": whole.scene.id}
    return Picture(*view.size, background, tuple(layers), title, view.caption or "", view.lang, about)


def _placed(own: Picture, x: float, y: float, side: str) -> Iterator[Layer]:
    """The layers of a side's picture at their place on the board; what they stand for is told by its side."""
    for layer in own.layers:
        shapes = [moved(shape, x, y) for shape in layer.shapes]
        yield Layer(tuple(shape._replace(of=f"{side}.{shape.of}") if shape.of else shape for shape in shapes),
                    layer.opacity)  # fmt: skip
