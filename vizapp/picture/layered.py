"""What a stack of layers says at a moment: under each name its privilege and what it does, its ring as a mark; between
layers the boundaries, and what crosses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vizapp.picture import said
from vizapp.picture.backdrop import detail_colour, lit, role, strength
from vizapp.picture.colours import mix, upon
from vizapp.picture.crossing import Crossing, crossings
from vizapp.picture.journey import Journey
from vizapp.picture.lanes import spines
from vizapp.picture.measure import Face, advance, ascent, cap_height, line_height
from vizapp.picture.privilege import USER, Boundary, Privilege, boundaries, privileges, slot_of
from vizapp.picture.shapes import Label, Line, Rect, Shape
from vizapp.picture.spine import unconcerned
from vizapp.picture.stage import Box, Slot, Stage
from vizapp.picture.theme import Role
from vizapp.picture.values import HIDDEN, fitted
from vizapp.picture.view import View
from vizapp.sim.frame import FAILED, Frame
from vizapp.words import Words

MONO, BOLD, TEXT, STRONG = Face("JetBrains Mono"), Face("JetBrains Mono", 700), Face(), Face(weight=600)
BETWEEN = " · "
LEAST = 0.75  # of its size: rather nothing than what nobody can read


def layers(frame: Frame, stage: Stage, view: View, words: Words, journey: Journey | None) -> Iterator[Shape]:
    """The lines of all layers, with their marks. journey: the one that is told of."""
    bright = lit(stage, view.focus)
    known = privileges(frame, stage)
    for box in stage.boxes.values():
        slot = slot_of(box)
        if slot is None:
            continue
        failed = frame.failed(box.id) or any(frame.failed(name) for name in box.within)
        colours, opacity = role(view.theme, "failed" if failed else box.role), strength(box.id, bright)
        parts = _parts(box, slot, frame, stage, view, words, journey)
        yield from _line(parts, slot, view, colours, opacity, now=journey is not None and box.id == journey.holder)
        if box.id in known and not box.folded and not failed:  # what is down runs in no ring
            yield from _mark(known[box.id], box, stage, colours, opacity)


def _parts(
    box: Box, slot: Slot, frame: Frame, stage: Stage, view: View, words: Words, journey: Journey | None
) -> list[str]:
    """Its privilege, then what it does now; of one that failed, since when."""
    if frame.failed(box.id):
        return [words("stage.failed-since", t=frame.since(box.id, FAILED) or 0)]
    if view.masks(box.id, slot.show.field):
        return [HIDDEN]
    told = [said.text(slot.show, frame.value(box.id, slot.show.field), words)]
    if not box.folded:
        told.append(doing(box, journey, stage, words))
    return [text for text in told if text]


def doing(box: Box, journey: Journey | None, stage: Stage, words: Words) -> str:
    """What a layer does, or did last, in a journey; nothing for one that it has nothing to do with."""
    if journey is None:
        return ""
    names = (event.name for event in reversed(journey.events) if event.device == box.id)
    key = next((key for name in names if words.has(key := f"does.{name}")), "")
    if not key and box in unconcerned(journey, stage):
        key = "does.passed"
    return words(key) if key else ""


def _line(
    parts: Sequence[str], slot: Slot, view: View, colours: Role, opacity: float, now: bool
) -> Iterator[Label]:
    """In one line where that fits, else in two."""
    area, size = slot.area, slot.size
    whole = BETWEEN.join(parts)
    lines = [whole] if advance(whole, MONO, size) <= area.w + 0.5 or area.h < 1.5 * line_height(MONO, size) else parts
    if lines == [whole] and fitted(whole, MONO, size, area.w) < LEAST * size:
        lines = parts[:1]
    y = area.y
    for text in lines:
        if fitted(text, MONO, size, area.w) < LEAST * size:
            continue  # the tile tells it
        colour = colours.text if now else detail_colour(colours, view.theme)
        x = area.middle[0] if slot.anchor == "middle" else area.x
        yield Label(x, y + ascent(MONO, size), text, fitted(text, MONO, size, area.w), colour, 400, True, slot.anchor,
                    opacity=opacity, of=slot.device)  # fmt: skip
        y += line_height(MONO, size)


def _mark(privilege: Privilege, box: Box, stage: Stage, colours: Role, opacity: float) -> Iterator[Shape]:
    """The ring as a tile of two rings, one in the other, with its number: the fuller, the more it may do. Of a virtual
    ring the outer one is dashed; in a guest (VMX non-root) there is one more around it."""
    sizes = stage.sizes
    if not sizes.texts:
        return
    radius = 0.3 * min(sizes.lane, 0.9 * box.area.h)
    x, y = box.area.right - 0.55 * sizes.lane, box.area.middle[1]
    fill = mix(mix(colours.text, colours.stroke, 0.5), colours.fill, min(privilege.ring, USER) / USER)
    dash = (2.5 * sizes.scale, 2.5 * sizes.scale) if privilege.virtual else ()
    rings = (1.0, 1.32) if privilege.mode == "non-root" else (1.0,)
    for part in rings:
        reach = part * radius
        yield Rect(x - reach, y - reach, 2 * reach, 2 * reach, reach, None, colours.stroke, 0.7 * sizes.stroke, dash,
                   opacity, of=box.id)  # fmt: skip
    inner = 0.78 * radius
    yield Rect(x - inner, y - inner, 2 * inner, 2 * inner, inner, fill, None, 0.0, (), opacity, of=box.id)
    ink = colours.text if privilege.ring == USER else upon(fill)
    size = 1.15 * radius
    yield Label(x, y + cap_height(BOLD, size) / 2, str(privilege.ring), size, ink, 700, True, "middle",
                opacity=opacity, of=box.id)  # fmt: skip


# between layers


def lines(frame: Frame, stage: Stage, view: View, words: Words) -> Iterator[Shape]:
    """The boundaries, each with its name."""
    for line in boundaries(frame, stage):
        yield from _boundary(line, stage, view, words)


def crossed(frame: Frame, stage: Stage, view: View, words: Words, journey: Journey) -> Iterator[Shape]:
    """Where a journey crosses boundaries: by what, and how often so far."""
    lines = boundaries(frame, stage)
    found = crossings(journey, frame, stage, lines)
    counts = Counter(each.boundary for each in found if each.over)
    now = found[-1] if found and _recent(found[-1], journey, stage) else None
    xs = spines(stage.boxes, stage.sizes)
    for line in lines:
        mine = now if now is not None and now.boundary is line else None
        if mine is not None or counts[line]:
            yield from _crossed(line, counts[line], mine, xs[line.upper], stage, view, words)


def _recent(crossing: Crossing, journey: Journey, stage: Stage) -> bool:
    """Whether the crossing is still what one looks at: until the layer that it led to has given control on."""
    if not crossing.over:
        return True
    line = crossing.boundary
    y = stage.boxes[journey.stops[-1]].area.middle[1]
    return not journey.under_way and (y > line.y) == crossing.down


def _boundary(line: Boundary, stage: Stage, view: View, words: Words) -> Iterator[Shape]:
    """A dashed line across the gap, what is above and below it at its right."""
    sizes, theme = stage.sizes, view.theme
    area, y = line.area, line.y
    colour = mix(theme.muted, theme.canvas, 0.25)
    dash = (4 * sizes.scale, 4 * sizes.scale)
    if not sizes.texts:
        yield Line(((area.x, y), (area.right, y)), colour, 0.7 * sizes.stroke, dash)
        return
    size = sizes.detail
    text = named(line, words)
    gap = 0.5 * size
    size = fitted(text, TEXT, size, 0.62 * area.w)
    end = area.right - advance(text, TEXT, size) - gap
    yield Line(((area.x, y), (end, y)), colour, 0.7 * sizes.stroke, dash)
    yield Label(area.right, y + cap_height(TEXT, size) / 2, text, size, theme.muted, anchor="end")


def named(line: Boundary, words: Words) -> str:
    """`ring 3 / ring 0`, `non-root / root`."""
    return words(f"boundary.{line.kind}", above=line.above.ring, below=line.below.ring, mode=line.above.mode,
                 other=line.below.mode)  # fmt: skip


def _crossed(
    line: Boundary, count: int, now: Crossing | None, x: float, stage: Stage, view: View, words: Words
) -> Iterator[Shape]:
    """On the spine: how often; beside it, while it lasts: by what, and which way."""
    sizes, theme = stage.sizes, view.theme
    if not sizes.texts:
        return
    size, y = 0.93 * sizes.detail, line.y
    high = min(1.5 * size, line.area.h)
    left = x - high / 2
    if now is not None:
        text = words("crossing.down" if now.down else "crossing.up", kind=words(f"crossing.{now.kind}"))
        wide = advance(text, STRONG, size) + high + 0.9 * size
        yield Rect(left, y - high / 2, wide, high, high / 2, theme.accent, theme.panel, 0.8 * sizes.stroke, title=text)
        yield Label(left + high + 0.2 * size, y + cap_height(STRONG, size) / 2, text, size, upon(theme.accent), 600)
    yield Rect(left, y - high / 2, high, high, high / 2, theme.panel, theme.accent, 1.1 * sizes.stroke)
    text = str(count + (now is not None and not now.over))
    yield Label(x, y + cap_height(BOLD, size) / 2, text, fitted(text, BOLD, size, 0.8 * high), theme.accent, 700, True,
                "middle")  # fmt: skip
