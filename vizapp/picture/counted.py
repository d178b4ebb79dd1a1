"""What stands beside a lone stack of layers: what was counted since the start, what happens now, what holds of it.

Its room is kept by the layout and does not depend on what happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from vizapp.picture import sentences
from vizapp.picture.backdrop import role
from vizapp.picture.journey import Journey
from vizapp.picture.measure import Face, advance, ascent, cap_height, wrap
from vizapp.picture.shapes import Icon, Label, Line, Rect, Shape
from vizapp.picture.sizes import Level, Sizes
from vizapp.picture.spine import treated
from vizapp.picture.stage import Area, Stage
from vizapp.picture.tally import Count, counts, possible
from vizapp.picture.values import fitted
from vizapp.picture.view import View
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import Frame
from vizapp.sim.timeline import Event
from vizapp.words import Words

TEXT, STRONG, BOLD = Face(), Face(weight=600), Face("JetBrains Mono", 700)
PAD, HEAD, COUNT, RULE, STEP, POINT = 1.4, 2.2, 2.6, 1.4, 1.4, 1.6  # in sizes of the text
SAID = 4  # lines of what happens now
NUMBER = 1.55  # how much larger a number is than what it counts
LARGEST = 1.7  # how much larger texts are in a show that leaves room for it
ICONS = {"good": "check", "bad": "cross", "warn": "warning"}


def room(
    scene: Scene, kinds: Mapping[str, Kind], words: Words, sizes: Sizes, level: Level, columns: int
) -> tuple[float, float]:
    """(width, height) that it needs with its numbers in so many columns. In a show the caption says what happens."""
    size, keys = sizes.detail, possible(scene, kinds)
    cell = max((_cell(key, words, size) for key in keys), default=0.0)
    w = columns * cell + (columns - 1) * size + 2 * PAD * size
    rows = -(-len(keys) // columns)
    told = HEAD + SAID * STEP + RULE if level != "show" else 0.0
    points = len(scene.points) * POINT + RULE if scene.points else 0.0
    return w, (2 * PAD + HEAD + rows * COUNT + told + points) * size


def _cell(key: str, words: Words, size: float) -> float:
    """The width of a number with what it counts."""
    label = max(advance(Count(key, n).label(words), TEXT, size) for n in (0, 1, 2))
    return advance("88", BOLD, NUMBER * size) + 0.5 * size + label


def panel(
    scene: Scene, kinds: Mapping[str, Kind], frame: Frame, stage: Stage, view: View, words: Words,
    journey: Journey | None,
) -> Iterator[Shape]:  # fmt: skip
    """The panel at a moment; nothing where no room is kept for it."""
    if stage.paneled is None:
        return
    area, scale = stage.paneled, 1.0
    if stage.level == "show":
        area, scale = _filled(area, room(scene, kinds, words, stage.sizes, stage.level, 1))
    drawing = _Drawing(area, scale, stage, view, words)
    yield from drawing.card()
    yield from drawing.counts([each for each in counts(scene, kinds, frame) if each.n is not None])
    if journey is not None and stage.level != "show":
        yield from drawing.now(journey, scene)
    yield from drawing.points(scene)


def _filled(area: Area, needed: tuple[float, float]) -> tuple[Area, float]:
    """For the last row: how many times as large the texts may be with the numbers below each other, and no more of the
    room than they take then."""
    w, h = needed
    scale = min(area.w / w, area.h / h, LARGEST)
    return (replace(area, h=scale * h), scale) if scale > 1 else (area, 1.0)


class _Drawing:
    """From the top down; the points from the bottom up."""

    def __init__(self, area: Area, scale: float, stage: Stage, view: View, words: Words) -> None:
        self.area, self.stage, self.view, self.words = area, stage, view, words
        self.size = scale * stage.sizes.detail
        self.left, self.right = area.x + PAD * self.size, area.right - PAD * self.size
        self.y = area.y + PAD * self.size

    @property
    def wide(self) -> float:
        return self.right - self.left

    def text(self, y: float, text: str, colour: str, face: Face = TEXT, size: float = 0.0) -> Label:
        """A line whose top is at `y`."""
        size = fitted(text, face, size or self.size, self.wide)
        return Label(self.left, y + ascent(face, size), text, size, colour, face.weight)

    def card(self) -> Iterator[Shape]:
        area, theme = self.area, self.view.theme
        yield Rect(area.x, area.y, area.w, area.h, 1.3 * self.stage.sizes.corner, theme.panel, theme.hairline,
                   0.8 * self.stage.sizes.stroke)  # fmt: skip

    def counts(self, numbers: list[Count]) -> Iterator[Shape]:
        yield self.text(self.y, self.words("compare.counted"), self.view.theme.muted)
        self.y += HEAD * self.size
        columns = self.columns(numbers)
        wide = (self.wide + self.size) / columns
        for place, each in enumerate(numbers):
            row, column = divmod(place, columns)
            yield from self.count(each, self.left + column * wide, self.y + row * COUNT * self.size, wide - self.size)
        self.y += -(-len(numbers) // columns) * COUNT * self.size

    def columns(self, numbers: list[Count]) -> int:
        cells = max((_cell(each.key, self.words, self.size) for each in numbers), default=0.0)
        return 2 if 2 * cells + self.size <= self.wide + 1 else 1

    def count(self, each: Count, x: float, y: float, room: float) -> Iterator[Shape]:
        """A large number and what it counts; faint while it is nothing."""
        theme, size = self.view.theme, NUMBER * self.size
        number = self.words.number(each.n or 0)
        base = y + 0.5 * COUNT * self.size + cap_height(BOLD, size) / 2
        faint = 1.0 if each.n else 0.45
        yield Label(x, base, number, size, theme.ink, 700, True, opacity=faint)
        start = max(advance(number, BOLD, size), advance("8", BOLD, size)) + 0.5 * self.size
        text = each.label(self.words)
        colour = theme.ink if each.n else theme.muted
        yield Label(x + start, base, text, fitted(text, TEXT, self.size, room - start), colour)

    def now(self, journey: Journey, scene: Scene) -> Iterator[Shape]:
        """The layer that acts, on what, and what happened last, in a sentence."""
        yield from self.rule()
        box = self.stage.boxes.get(journey.holder)
        if box is None:
            return
        name = f"{sentences.name(scene, self.words, box.id)} · {treated(journey, self.words)}"
        yield self.text(self.y, name, role(self.view.theme, box.role).text, STRONG, 1.08 * self.size)
        self.y += HEAD * 0.85 * self.size
        last = _last(journey)
        said = sentences.sentence(last, scene, self.words) if last is not None else ""
        lines = wrap(sentences.whole(said), TEXT, self.size, self.wide) if said else []
        for line in lines[:SAID]:
            yield self.text(self.y, line, self.view.theme.ink)
            self.y += STEP * self.size

    def rule(self) -> Iterator[Shape]:
        self.y += 0.5 * RULE * self.size
        yield Line(((self.left, self.y), (self.right, self.y)), self.view.theme.hairline, 1.0)
        self.y += 0.8 * RULE * self.size

    def points(self, scene: Scene) -> Iterator[Shape]:
        """What holds of the architecture, with its sign, at the bottom."""
        theme, step = self.view.theme, POINT * self.size
        y = self.area.bottom - PAD * self.size - len(scene.points) * step
        for point in scene.points:
            tint = {"good": theme.good, "bad": theme.bad, "warn": theme.warn}.get(point.tone)
            side = 1.2 * self.size
            if tint is not None:
                yield Icon(self.left, y + 0.5 * (step - side), side, ICONS[point.tone], tint)
            text = self.words.text(point.text)
            start = 1.7 * self.size
            size = fitted(text, TEXT, self.size, self.wide - start)
            yield Label(self.left + start, y + 0.5 * step + cap_height(TEXT, size) / 2, text, size, theme.ink)
            y += step


def _last(journey: Journey) -> Event | None:
    return journey.events[-1] if journey.events else None
