"""The answer to why, drawn under the stage of a picture that is to be kept: the question, the sentence that reckons,
its source, and the chain of causes as pills."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from vizapp.picture import account
from vizapp.picture.account import Why
from vizapp.picture.measure import Face, advance, cap_height, wrap
from vizapp.picture.shapes import Icon, Label, Layer, Line, Picture, Rect, Shape
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Stage
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.scene.model import Scene
from vizapp.words import Words

AROUND = 2  # links that are shown before and after the one that is looked at, where there are too many
MOST = 7  # links that are all shown
LEADING = 1.35  # from line to line
BOLD, PLAIN = Face(weight=600), Face()


class Sizes(NamedTuple):
    """Pixels to the em of each text; edge: around all, and between the card and what is above it."""

    question: float
    told: float
    source: float
    pill: float
    edge: float


EXPLORE, SHOW = Sizes(18, 16, 14, 14, 24), Sizes(36, 32, 24, 26, 36)


def shown(count: int, place: int) -> list[tuple[int, int]]:
    """(link, 0) of each link that is shown: all, or the first, the last and those around one. (link, n): in place of n
    links, of which that is the first."""
    if count <= MOST:
        return [(link, 0) for link in range(count)]
    kept = [each for each in range(count) if each in (0, count - 1) or abs(each - place) <= AROUND]
    made = [(0, 0)]
    for before, each in pairwise(kept):
        left = each - before - 1
        made += [(before + 1, left if left > 1 else 0)] if left else []
        made.append((each, 0))
    return made


@dataclass(frozen=True, slots=True)
class Answer:
    """Measured for a width. lines: of the card, each with face, size and whether it is muted. rows: of pills, each
    (label, width, place of the link)."""

    why: Why
    width: float
    sizes: Sizes
    lines: tuple[tuple[str, Face, float, bool], ...]
    rows: tuple[tuple[tuple[str, float, int], ...], ...]

    @property
    def card(self) -> float:
        """The height of the card."""
        return sum(size * LEADING for _, _, size, _ in self.lines) + 1.3 * self.sizes.told

    @property
    def pill(self) -> float:
        return 2.1 * self.sizes.pill

    @property
    def height(self) -> float:
        return self.card + len(self.rows) * (self.pill + 0.6 * self.sizes.pill) + 1.6 * self.sizes.edge


def answer(why: Why, scene: Scene, words: Words, size: tuple[float, float], level: Level) -> Answer:
    """What is said under the stage of a picture of that size."""
    factor = min(size[0] / 1400, size[1] / 1080) if level == "show" else 1.0
    sizes = Sizes(*(each * factor for each in (SHOW if level == "show" else EXPLORE)))
    width = size[0] - 2 * sizes.edge
    room = width - 3 * sizes.question - sizes.edge
    texts = ((account.question(why, scene, words), BOLD, sizes.question, False),
             (account.told(why, scene, words), PLAIN, sizes.told, False),
             (account.source(why, words), PLAIN, sizes.source, True))  # fmt: skip
    lines = tuple((line, face, em, muted) for text, face, em, muted in texts if text
                  for line in wrap(text, face, em, room))  # fmt: skip
    return Answer(why, size[0], sizes, lines, tuple(_rows(_pills(why, scene, words, sizes), width, sizes)))


def _pills(why: Why, scene: Scene, words: Words, sizes: Sizes) -> Iterator[tuple[str, float, int]]:
    links = why.chain.links
    for link, left in shown(len(links), why.chain.asked):
        said = words("chain.more", n=left) if left else account.label(links[link], scene, words)
        yield said, advance(said, BOLD, sizes.pill) + 2 * sizes.pill, link


def _rows(
    pills: Iterator[tuple[str, float, int]], width: float, sizes: Sizes
) -> Iterator[tuple[tuple[str, float, int], ...]]:
    """As many beside each other as the width takes."""
    row: list[tuple[str, float, int]] = []
    for pill in pills:
        if row and sum(each[1] + 1.4 * sizes.pill for each in row) + pill[1] > width:
            yield tuple(row)
            row = []
        row.append(pill)
    yield tuple(row)


def above(laid: Callable[[View], Stage], view: View, kept: float) -> View:
    """The View of what is above so many pixels, kept at the bottom; the room of a show's caption, which gives way, is
    among them."""
    whole = view.size[1]

    def cut(height: float) -> View:
        unit = whole / height if view.level == "show" else view.unit
        return replace(view, size=(view.size[0], height), unit=unit)

    first = cut(whole - kept)
    room = laid(first).captioned
    return first if room is None else cut(min(whole, 2 * first.size[1] - room.y))


def under(picture: Picture, height: float, said: Answer, theme: Theme) -> Picture:
    """The picture, now of that height, with the answer at its bottom."""
    top = height - said.height
    shapes = (*_card(said, top, theme), *_chain(said, top + said.card, theme))
    description = " ".join(line for line, *_ in said.lines)
    return replace(picture, height=height, layers=(*picture.layers, Layer(shapes)),
                   description=description)  # fmt: skip


def _card(said: Answer, top: float, theme: Theme) -> Iterator[Shape]:
    sizes = said.sizes
    x, y = sizes.edge, top + 0.2 * sizes.edge
    yield Rect(x, y, said.width - 2 * x, said.card, 0.6 * sizes.told, theme.panel, theme.link, 1.4)
    side = 1.3 * sizes.question
    y += 0.65 * sizes.told
    yield Icon(x + 0.8 * sizes.question, y, side, "question", theme.warn)
    for text, face, size, muted in said.lines:
        base = y + (size * LEADING + cap_height(face, size)) / 2
        colour = theme.muted if muted else theme.ink
        yield Label(x + 2.8 * sizes.question, base, text, size, colour, face.weight)
        y += size * LEADING


def _chain(said: Answer, top: float, theme: Theme) -> Iterator[Shape]:
    y = top + 0.8 * said.sizes.edge
    for row in said.rows:
        yield from _row(row, said, y, theme)
        y += said.pill + 0.6 * said.sizes.pill


def _row(row: Sequence[tuple[str, float, int]], said: Answer, y: float, theme: Theme) -> Iterator[Shape]:
    """Pills tied to each other: what was asked about is outlined, what came of it has another colour."""
    x, em, high, asked = said.sizes.edge, said.sizes.pill, said.pill, said.why.chain.asked
    for number, (text, width, link) in enumerate(row):
        if number:
            yield Line(((x - 1.2 * em, y + high / 2), (x - 0.2 * em, y + high / 2)), theme.link, 0.12 * em)
        later, now = link > asked, link == asked
        fill = theme.accent_soft if now else theme.prediction.fill if later else theme.panel
        stroke = theme.accent if now else theme.prediction.stroke if later else theme.link
        yield Rect(x, y, width, high, high / 2, fill, stroke, (0.14 if now else 0.1) * em)
        ink = theme.prediction.text if later else theme.ink
        yield Label(x + width / 2, y + (high + cap_height(BOLD, em)) / 2, text, em, ink, 600, anchor="middle")
        x += width + 1.4 * em
