"""What a cable or a thing suffers short of failing, as small signs upon it: loss, delay, copies; hung, slow, parted.

They take no part in the layout: a sign of a cable stands where it hides the least near its middle, that of a thing on
its upper edge, so nothing moves when a fault comes or goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from itertools import chain, product
from typing import NamedTuple

from vizapp.picture import room, sentences
from vizapp.picture.backdrop import lit, strength
from vizapp.picture.colours import mix
from vizapp.picture.lasting import lasting
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Icon, Label, Layer, Rect, Shape
from vizapp.picture.stage import Area, Box, Stage, Way
from vizapp.picture.theme import Theme
from vizapp.picture.values import tinted
from vizapp.picture.view import View
from vizapp.scene.model import Scene
from vizapp.sim.frame import APART, CUT, DELAY, DUPLICATE, FAILED, HUNG, IMPAIRED, LOSS, Frame
from vizapp.words import Words

FACE = Face(weight=600)


class Ailment(NamedTuple):
    """icon: its outline. sign: what it says on the stage. told: the same in a few words more."""

    icon: str
    sign: str
    told: str


def of_cable(frame: Frame, link: str, words: Words) -> list[Ailment]:
    """What a cable does to what crosses it."""
    loss, delay = frame.value(link, LOSS, 0.0), frame.value(link, DELAY, 0)
    doubled = frame.value(link, DUPLICATE, 0.0)
    found = [("lost", "loss", words.percent(loss))] if loss else []
    found += [("clock", "delay", f"+{words.duration(delay)}")] if delay else []
    found += [("doubled", "duplicate", words.percent(doubled))] if doubled else []
    return [Ailment(icon, amount, words(f"fault.done.{name}", amount=amount)) for icon, name, amount in found]


def of_thing(frame: Frame, thing: str, scene: Scene, words: Words, shown: Collection[str] = ()) -> list[Ailment]:
    """How its programs are, and from whom it is kept apart. shown: fields that are said elsewhere."""
    found, impaired = [], "" if IMPAIRED in shown else frame.value(thing, IMPAIRED, "")
    if impaired:
        text = words.say(impaired)
        found.append(Ailment("hung" if frame.value(thing, HUNG) else "slow", text, text))
    for other in frame.value(thing, APART, ()):
        name = sentences.name(scene, words, other)
        found.append(Ailment("wall", name, words("stage.apart", thing=name)))
    return found


def ailments(scene: Scene, frame: Frame, stage: Stage, view: View, words: Words) -> Layer | None:
    """The signs of all cables and things, where there are any."""
    fields = chain(
        product(stage.ways, (CUT, LOSS, DELAY, DUPLICATE)), product(stage.boxes, (FAILED, IMPAIRED, HUNG, APART))
    )
    signs = partial(_signs, scene, frame, stage, view, words)
    return lasting(frame, stage, ("ailments", view.theme.name, view.focus), fields, signs)


def _signs(scene: Scene, frame: Frame, stage: Stage, view: View, words: Words) -> Layer | None:
    shapes = tuple(_drawn(scene, frame, stage, view, words))
    return Layer(shapes) if shapes else None


def _drawn(scene: Scene, frame: Frame, stage: Stage, view: View, words: Words) -> Iterator[Shape]:
    bright = lit(stage, view.focus)
    taken: list[Area] = []
    for way in stage.ways.values():
        found = of_cable(frame, way.id, words) if not frame.cut(way.id) else []
        if found:
            w, h = _size(found, stage)
            area = _beside(way, stage, view, w, h, taken)
            taken.append(area.grown(0.3 * h))
            yield from _sign(found, area, view.theme, strength(way.id, bright), way.id)
    for box in stage.boxes.values():
        found = of_thing(frame, box.id, scene, words, {slot.show.field for slot in box.slots})
        if found and not frame.failed(box.id):
            area = _edge(box, *_size(found, stage))
            yield from _sign(found, area, view.theme, strength(box.id, bright), box.id)


def _width(ailment: Ailment, size: float) -> float:
    """The width of an icon and its words."""
    return 1.35 * size + advance(ailment.sign, FACE, size)


def _size(found: list[Ailment], stage: Stage) -> tuple[float, float]:
    size = stage.sizes.badge
    return sum(_width(each, size) for each in found) + (0.7 * len(found) + 0.5) * size, 1.6 * size


def _beside(way: Way, stage: Stage, view: View, w: float, h: float, taken: list[Area]) -> Area:
    x, y = way.at(0.5)
    middle = Area(x, y, 0.0, 0.0).grown(0.3 * stage.sizes.badge)
    return room.near(stage, view.focus, middle, (way,), w, h, taken)


def _edge(box: Box, w: float, h: float) -> Area:
    """On the upper edge, at the right, clear of the corner; smaller where the box is narrow."""
    area = box.area
    fits = min(1.0, (area.w - 0.6 * h) / w)
    w, h = w * fits, h * fits
    above = 0.7 if box.container else 0.4
    return Area(max(area.right - w - 0.6 * h, area.x + 0.3 * h), area.y - above * h, w, h)


def _sign(found: list[Ailment], area: Area, theme: Theme, opacity: float, of: str) -> Iterator[Shape]:
    size = area.h / 1.6
    fill = mix(theme.warn, theme.panel, 0.84)
    ink = tinted(theme.warn, fill, theme)
    told = " · ".join(each.told for each in found)
    yield Rect(area.x, area.y, area.w, area.h, area.h / 2, fill, theme.warn, 1.4, (), opacity, of=of, title=told)
    left, base = area.x + 0.6 * size, area.middle[1] + cap_height(FACE, size) / 2
    for each in found:
        yield Icon(left, area.middle[1] - 0.55 * size, 1.1 * size, each.icon, ink, opacity, of)
        yield Label(left + 1.35 * size, base, each.sign, size, ink, 600, opacity=opacity, of=of)
        left += _width(each, size) + 0.7 * size
