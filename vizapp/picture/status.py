"""How a device is, told around it: the outline of one that is well, the ring that runs down where one waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple

from vizapp.picture import said
from vizapp.picture.backdrop import lit, strength
from vizapp.picture.chained import halo
from vizapp.picture.face import RING
from vizapp.picture.kinds import kind_of
from vizapp.picture.lasting import Field, lasting
from vizapp.picture.shapes import Arc, Rect, Shape
from vizapp.picture.stage import Slot, Stage
from vizapp.picture.view import View
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import FAILED, Frame

Waiting = tuple[Slot, int, int]  # the room of a ring, true ns from which it runs down, for how many


def outlines(scene: Scene, kinds: Mapping[str, Kind], frame: Frame, stage: Stage, view: View) -> tuple[Shape, ...]:
    """The outline of what says that it is well: where the service is. A thumbnail shows it too, without the words."""
    fields = ((name, each) for name, field in _toned(scene, kinds, stage) for each in (field, FAILED))
    key = ("outlines", view.theme.name, view.focus)
    return lasting(frame, stage, key, fields, lambda: tuple(_outlines(_toned(scene, kinds, stage), frame, stage, view)))


def _toned(scene: Scene, kinds: Mapping[str, Kind], stage: Stage) -> Iterator[Field]:
    """All that may say that a device is well."""
    for name in stage.boxes:
        thing = scene.things.get(name)
        shows = kind_of(kinds, thing).shows if thing is not None else ()
        yield from ((name, show.field) for show in shows if show.toned)


def _outlines(toned: Iterable[Field], frame: Frame, stage: Stage, view: View) -> Iterator[Shape]:
    bright = lit(stage, view.focus)
    for name in dict.fromkeys(name for name, field in toned if said.tone(frame.value(name, field)) == "good"):
        if frame.failed(name):
            continue
        faint = strength(name, bright)
        x, y, w, h = astuple(stage.boxes[name].area)
        yield halo(stage.boxes[name].area, stage, view.theme.good, 0.4 * faint)
        yield Rect(x, y, w, h, stage.sizes.corner, None, view.theme.good, 1.4 * stage.sizes.stroke, (), faint, of=name)


def rings(frame: Frame, stage: Stage, view: View) -> Iterator[Shape]:
    """What waits is seen waiting: the ring around its icon runs down."""
    if not stage.rings:
        return
    bright = lit(stage, view.focus)
    for slot, since, lasts in _waiting(frame, stage, view):
        left = 1.0 - (frame.t - since) / lasts
        if left <= 0:
            continue
        name, (x, y) = slot.device, slot.area.middle
        radius, width = slot.area.w / 2 - stage.sizes.stroke, 0.1 * slot.area.w / RING
        faint = strength(name, bright)
        yield Arc(x, y, radius, 1.0, view.theme.hairline, width, 0.9 * faint, name)
        yield Arc(x, y, radius, left, view.theme.accent, width, faint, name)


def _waiting(frame: Frame, stage: Stage, view: View) -> tuple[Waiting, ...]:
    """The rings that run, or have run down since they last changed."""
    fields = ((slot.device, field) for slot in stage.rings for field in (slot.show.field, FAILED))
    return lasting(frame, stage, ("rings", view.masked), fields, lambda: tuple(_running(frame, stage, view)))


def _running(frame: Frame, stage: Stage, view: View) -> Iterator[Waiting]:
    for slot in stage.rings:
        name, field = slot.device, slot.show.field
        since, lasts = said.running(frame.value(name, field), frame.since(name, field) or 0)
        if lasts > 0 and not frame.failed(name) and not view.masks(name, field):
            yield slot, since, lasts
