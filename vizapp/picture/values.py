"""Values on the faces of devices: texts, counters, badges, loads, gauges. Drawn anew only when one changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from vizapp.picture import face, said
from vizapp.picture.backdrop import detail_colour, lit, role, strength
from vizapp.picture.colours import contrast, mix
from vizapp.picture.lasting import lasting
from vizapp.picture.measure import Face, advance, ascent, cap_height
from vizapp.picture.shapes import Dots, Label, Layer, Plain, Rect
from vizapp.picture.stage import Area, Box, Slot, Stage
from vizapp.picture.theme import CONTRAST, Role, Theme
from vizapp.picture.view import View
from vizapp.sim.frame import FAILED, Frame
from vizapp.words import Words

NAME = Face(weight=600)
HIDDEN = "?"
CAPACITY = "capacity"  # field of a device whose load has no limit of its own


def values(frame: Frame, stage: Stage, view: View, words: Words, failed: frozenset[str]) -> Layer:
    """The layer of all values on faces, at this moment."""
    key = ("values", view.theme.name, view.focus, view.masked, failed)
    fields = ((slot.device, slot.show.field) for box in stage.boxes.values() for slot in box.slots)
    return lasting(frame, stage, key, fields, lambda: Layer(tuple(_shapes(frame, stage, view, words, failed))))


def _shapes(frame: Frame, stage: Stage, view: View, words: Words, failed: frozenset[str]) -> Iterator[Plain]:
    bright = lit(stage, view.focus)
    for box in stage.boxes.values():
        down = box.id in failed or not failed.isdisjoint(box.within)
        colours = role(view.theme, "failed" if down else box.role)
        opacity = strength(box.id, bright)
        for drawn in _box(box, frame, stage, view, words, colours):
            yield (
                drawn if opacity == 1.0 or isinstance(drawn, Dots) else drawn._replace(opacity=opacity * drawn.opacity)
            )


def _box(box: Box, frame: Frame, stage: Stage, view: View, words: Words, colours: Role) -> Iterator[Plain]:
    slots = [slot for slot in box.slots if not slot.show.doing]  # what a layer does is drawn with its spine
    groups = [(plain, list(group)) for (plain, _), group in groupby(slots, key=_plain)]
    failed = frame.failed(box.id)
    first = next((index for index, (plain, slots) in enumerate(groups) if plain and not slots[0].aside), -1)
    for index, (plain, slots) in enumerate(groups):
        if failed and slots[0].aside:
            continue
        if failed and index == first:
            if not any(slot.show.doing for slot in box.slots):  # else it is said there
                text = words("stage.failed-since", t=frame.since(box.id, FAILED) or 0)
                yield _line(text, slots[0], slots[0].area, colours.text, Face(weight=600))
            yield from _past(box, slots, frame, view, words, colours)
        elif plain:
            yield from _texts(box, slots, frame, view, words, colours)
        else:
            for slot in slots:
                value = HIDDEN if view.masks(box.id, slot.show.field) else frame.value(box.id, slot.show.field)
                yield from _slot(box, slot, value, frame, stage, view.theme, words, colours)


def _past(box: Box, slots: list[Slot], frame: Frame, view: View, words: Words, colours: Role) -> Iterator[Plain]:
    """What a thing that failed is still known for, under the line that says so."""
    told = ((slot, frame.value(box.id, slot.show.field)) for slot in slots)
    known = [(slot, value) for slot, value in told if isinstance(value, Mapping) and value.get("past")]
    for (slot, value), under in zip(known, slots[1:], strict=False):
        if not view.masks(box.id, slot.show.field):
            area = Area(slot.area.x, under.area.y, slot.area.w, under.area.h)
            yield _line(said.text(slot.show, value, words), slot, area, colours.text, Face(weight=500))


def _plain(slot: Slot) -> tuple[bool, bool]:
    return slot.show.form == "text" and not said.counter(slot.show), slot.aside


def _texts(box: Box, slots: list[Slot], frame: Frame, view: View, words: Words, colours: Role) -> Iterator[Plain]:
    """Lines of text; those that say nothing leave no hole."""
    places = iter(slots)
    for slot in slots:
        hidden = view.masks(box.id, slot.show.field)
        text = HIDDEN if hidden else said.text(slot.show, frame.value(box.id, slot.show.field), words)
        if not text:
            continue
        at = next(places).area
        colour = view.theme.prediction.text if hidden else detail_colour(colours, view.theme)
        if slot.aside:
            yield _line(text, slot, slot.area, colours.text, Face(weight=600))
            continue
        face = Face("JetBrains Mono") if said.ADDRESS.fullmatch(text) else Face(weight=500)
        tone = said.tone(frame.value(box.id, slot.show.field))
        if tone and not hidden:
            colour, face = toned(tone, view.theme), Face(weight=600)
        yield _line(text, slot, Area(slot.area.x, at.y, slot.area.w, at.h), colour, face)


def _line(text: str, slot: Slot, area: Area, colour: str, face: Face) -> Label:
    size = fitted(text, face, slot.size, area.w)
    x = {"start": area.x, "middle": area.x + area.w / 2, "end": area.x + area.w}[slot.anchor]
    mono = face.family == "JetBrains Mono"
    return Label(
        x, area.y + ascent(face, slot.size), text, size, colour, face.weight, mono, slot.anchor, of=slot.device
    )


def fitted(text: str, face: Face, size: float, width: float) -> float:
    """The size at which a text that is longer than was said still fits."""
    wide = advance(text, face, size)
    return size if wide <= width + 0.5 or wide == 0 else size * width / wide


def _slot(
    box: Box, slot: Slot, value: Any, frame: Frame, stage: Stage, theme: Theme, words: Words, colours: Role
) -> Iterator[Plain]:
    form = slot.show.form
    if form == "badge":
        text = said.text(slot.show, value, words)
        if text:
            yield from badge(text, slot.area, slot.size, theme, box.id, slot.show.tint, said.tone(value))
    elif form == "text":
        yield from _counter(slot, value, theme, words, colours, box.id)
    elif form == "load":
        yield from _load(box, slot, value, frame, stage, theme, words, colours)
    elif form in face.PANELS and isinstance(value, dict):
        yield from face.PANELS[form].drawn(value, slot.area, slot.size, theme, words, box.id)
    elif form == "gauge":
        yield from _gauge(slot, value, theme, words, colours, box.id)


def signal(tone: str, theme: Theme) -> str:
    """The colour of what is well, doubtful or not well."""
    return {"good": theme.good, "warn": theme.warn}.get(tone, theme.bad)


def toned(tone: str, theme: Theme) -> str:
    """The same, dark enough to be read on a box."""
    return mix(signal(tone, theme), theme.ink, 0.0 if theme.dark else 0.35)


def badge(
    text: str, area: Area, size: float, theme: Theme, of: str, filled: str = "", tone: str | None = None
) -> Iterator[Plain]:
    """A pill on the lower edge, in the colour of its tone or of the protocol that it names; or filled with that of
    another one."""
    named = (colour for name, colour in theme.packets.items() if text.lower().startswith(name))
    tint = theme.packet(filled) if filled else signal(tone, theme) if tone else next(named, theme.accent)
    w = min(area.w, advance(text, NAME, size) + 1.7 * size)
    left = area.x + (area.w - w) / 2
    fill = tint if filled else mix(tint, theme.panel, 0.84)
    ink = max(("#FFFFFF", "#0F172A"), key=lambda each: contrast(each, fill)) if filled else tinted(tint, fill, theme)
    yield Rect(left, area.y, w, area.h, area.h / 2, fill, tint, 1.4, of=of)
    base = area.middle[1] + cap_height(NAME, size) / 2
    yield Label(left + w / 2, base, text, fitted(text, NAME, size, w - size), ink, 600, anchor="middle", of=of)


def tinted(tint: str, fill: str, theme: Theme) -> str:
    """An ink of that tint, which can be read upon a pale fill of it."""
    ink = mix(tint, theme.ink, 0.25)
    return ink if contrast(ink, fill) >= 4.5 else mix(tint, theme.ink, 0.6)


def _counter(slot: Slot, value: Any, theme: Theme, words: Words, colours: Role, of: str) -> Iterator[Plain]:
    """A large number and what it counts; pale while it is nothing."""
    if value is None:
        return
    number = words.number(value) if isinstance(value, (int, float)) else words.say(value)
    key = f"{slot.show.words}.n"
    title = words(key, n=value) if words.has(key) and isinstance(value, int) else words(slot.show.words)
    face = Face("JetBrains Mono", 700)
    size = slot.size
    detail = size * 0.63
    gap = size * 0.45
    wide = advance(number, face, size) + gap + advance(title, Face(), detail)
    left = slot.area.middle[0] - wide / 2 if slot.anchor == "middle" else slot.area.x
    left += max(0.0, slot.column - advance(number, face, size))
    base = slot.area.y + ascent(face, size)
    faint = 0.55 if value == 0 else 1.0
    yield Label(left, base, number, size, colours.text, 700, True, opacity=faint, of=of)
    left += advance(number, face, size) + gap
    yield Label(left, base, title, detail, detail_colour(colours, theme), of=of, opacity=max(faint, 0.8))


def _load(
    box: Box, slot: Slot, value: Any, frame: Frame, stage: Stage, theme: Theme, words: Words, colours: Role
) -> Iterator[Plain]:
    if value == HIDDEN:
        n, most = 0.0, 0.0
    else:
        n, most = said.share(value)
    most = most or float(frame.value(box.id, CAPACITY, 0) or 0)
    if slot.aside:
        text = HIDDEN if value == HIDDEN else said.count(slot.show, n, words)
        size = fitted(text, NAME, slot.size, slot.area.w)
        yield Label(slot.area.right, slot.area.y + ascent(NAME, slot.size) + 0.12 * slot.size, text, size,
                    colours.text, 600, anchor="end", of=box.id)  # fmt: skip
        return
    sizes, count = stage.sizes, said.cells(slot.show)
    gap = min(sizes.cell_gap, 0.3 * slot.area.w / count)
    w = (slot.area.w - (count - 1) * gap) / count
    y = slot.area.bottom - sizes.cell_h
    empty = mix(theme.hairline, colours.fill, 0.25)
    busy, full = mix(theme.good, "#FFFFFF" if not theme.dark else theme.good, 0.15), theme.packets["arp"]
    for index in range(count):
        if index >= n and most and index >= most:  # nobody waits here: a cell would pass for a core that is free
            break
        x = slot.area.x + index * (w + gap)
        radius = min(3.5 * sizes.scale, sizes.cell_h / 3)
        if index >= n and theme is CONTRAST:  # a free cell is hollow: a pale one would look taken on black
            yield Rect(x, y, w, sizes.cell_h, radius, colours.fill, theme.muted, 1.0, of=box.id)
            continue
        fill = empty if index >= n else busy if not most or index < most else full
        yield Rect(x, y, w, sizes.cell_h, radius, fill, of=box.id)


def _gauge(slot: Slot, value: Any, theme: Theme, words: Words, colours: Role, of: str) -> Iterator[Plain]:
    if value is None or value == HIDDEN:
        return
    n, most = said.share(value)
    area, size = slot.area, slot.size
    part = min(n / most, 1.0) if most else 0.0
    high = 0.5 * size
    text = f"{words(slot.show.words)} {words.number(n)} / {words.number(most)}"
    face = Face(weight=500)
    yield Label(area.x, area.y + ascent(face, size), text, fitted(text, face, size, area.w),
                detail_colour(colours, theme), 500, of=of)  # fmt: skip
    y = area.bottom - high
    yield Rect(area.x, y, area.w, high, high / 2, mix(theme.hairline, colours.fill, 0.25), of=of)
    if part > 0:
        fill = theme.good if part < 0.8 else theme.warn if part < 1 else theme.bad
        yield Rect(area.x, y, max(area.w * part, high), high, high / 2, fill, of=of)
