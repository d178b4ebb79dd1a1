"""A chain of causes on the stage: its things and cables ringed, those of the link that is looked at with a halo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizapp.picture.shapes import Line, Rect, Shape
from vizapp.picture.stage import Area, Stage, Way
from vizapp.picture.view import View
from vizapp.sim.chain import Link


def cables(stage: Stage, view: View) -> Iterator[Shape]:
    """The cables that the view's chain goes along, beneath what moves on them."""
    for place, now in _through(stage, view):
        if place in stage.ways:
            yield _cable(place, stage, view, now)


def things(stage: Stage, view: View) -> Iterator[Shape]:
    """Rings around the things that it goes through."""
    for place, now in _through(stage, view):
        if place in stage.boxes:
            yield from _thing(place, stage, view, now)


def _through(stage: Stage, view: View) -> Iterator[tuple[str, bool]]:
    """The things and cables of the view's chain, and whether the link that is looked at is about them."""
    if view.chain is not None:
        links = view.chain.links
        now = frozenset(_places(stage, links[view.link : view.link + 1]))
        yield from ((place, place in now) for place in _places(stage, links))


def _places(stage: Stage, links: Sequence[Link]) -> tuple[str, ...]:
    """The things and cables of these links, with the cables that join things of one link."""
    found: list[str] = []
    for link in links:
        there = frozenset(link.places)
        found += link.places
        found += [way.id for way in stage.ways.values() if there.issuperset(_ends(way))]
    return tuple(dict.fromkeys(found))


def _ends(way: Way) -> tuple[str, str]:
    return way.a.partition(".")[0], way.b.partition(".")[0]


def _cable(name: str, stage: Stage, view: View, now: bool) -> Line:
    width = (3.4 if now else 2.2) * stage.sizes.stroke
    return Line(stage.ways[name].points, view.theme.accent, width, (), stage.sizes.corner, 0.9 if now else 0.5, name)


def _thing(name: str, stage: Stage, view: View, now: bool) -> Iterator[Rect]:
    area, sizes = stage.boxes[name].area, stage.sizes
    ring = area.grown(2.5 * sizes.scale)
    if now:
        yield halo(area, stage, view.theme.accent, 0.36)
    yield Rect(ring.x, ring.y, ring.w, ring.h, sizes.corner + 2, None, view.theme.accent,
               (1.8 if now else 1.2) * sizes.stroke, (), 1.0 if now else 0.6, of=name)  # fmt: skip


def halo(area: Area, stage: Stage, colour: str, opacity: float) -> Rect:
    """A soft band around a box."""
    width = 2.8 * stage.sizes.stroke
    grown = area.grown(0.75 * width + 0.4 * stage.sizes.stroke)
    return Rect(grown.x, grown.y, grown.w, grown.h, stage.sizes.corner + 0.75 * width, None, colour, width, (), opacity)
