"""The names of a switch's ports, at the ends of its cables: shown while its table, which speaks of them, is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vizapp.picture.backdrop import lit, strength
from vizapp.picture.kinds import kind_of
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Label
from vizapp.picture.stage import Point, Stage
from vizapp.picture.view import View
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind

FACE = Face("JetBrains Mono", 500)


def plugs(scene: Scene, kinds: Mapping[str, Kind], stage: Stage, view: View) -> Iterator[Label]:
    """The name of each port of the switch whose table is shown, or that is selected."""
    device = view.table.partition(".")[0] if view.table else view.selected
    thing = scene.things.get(device or "")
    room = stage.sizes.texts and stage.sizes.plugs > 0
    if thing is None or thing.id not in stage.boxes or not kind_of(kinds, thing).open_ports or not room:
        return
    bright = lit(stage, view.focus)
    for way in stage.ways.values():
        opacity = strength(way.id, bright)
        for port, at, towards in ((way.a, way.points[0], way.points[1]), (way.b, way.points[-1], way.points[-2])):
            if port.partition(".")[0] == thing.id:
                x, y = _beside(port.partition(".")[2], at, towards, stage)
                yield Label(x, y, port.partition(".")[2], stage.sizes.detail, view.theme.muted, 500, True,
                            opacity=opacity, of=thing.id)  # fmt: skip


def _beside(name: str, at: Point, towards: Point, stage: Stage) -> Point:
    """Where the name starts: inside the box, below or above a cable that leads up or down; above one that leads aside.
    """
    size = stage.sizes.detail
    gap = 0.4 * size
    wide = advance(name, FACE, size)
    if abs(towards[1] - at[1]) > abs(towards[0] - at[0]):
        return at[0] - wide / 2, at[1] + gap + cap_height(FACE, size) if towards[1] < at[1] else at[1] - gap
    return at[0] + gap if towards[0] > at[0] else at[0] - gap - wide, at[1] - gap
