"""The shapes that a Picture is made of: plain data that painters and writers turn into pixels, SVG or slides.

Lengths are scene units: one unit is one pixel of a Picture shown at scale 1. Colours are `#rrggbb`, already
resolved by the theme; `opacity` goes from 0 to 1. Shapes are named tuples, because a frame makes hundreds of them and
tuples are made three times faster than frozen dataclasses; change one with `shape._replace(x=…)`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]


class Rect(NamedTuple):
    """A rounded rectangle. `of` is the id of the thing it stands for, `title` the sentence a reader hears."""

    x: float
    y: float
    w: float
    h: float
    radius: float = 9.0
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.6
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    shadow: bool = False
    of: str | None = None
    title: str | None = None


class Line(NamedTuple):
    """A polyline whose corners are rounded with `corner`; closed when `closed`, an arrow head at the last
    point when `arrow`."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    width: float = 1.6
    dash: tuple[float, ...] = ()
    corner: float = 0.0
    opacity: float = 1.0
    of: str | None = None
    title: str | None = None
    arrow: bool = False
    closed: bool = False


class Label(NamedTuple):
    """One line of text; `y` is the baseline. `mono` chooses JetBrains Mono, else Inter."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    weight: int = 400
    mono: bool = False
    anchor: Anchor = "start"
    struck: bool = False
    opacity: float = 1.0
    of: str | None = None


class Icon(NamedTuple):
    """An outline icon by name (`picture.icons`), in a square of side `size` whose corner is (x, y)."""

    x: float
    y: float
    size: float
    name: str
    colour: str
    opacity: float = 1.0
    of: str | None = None


class Arc(NamedTuple):
    """A ring around (x, y), clockwise from twelve o'clock over `turn` of a full turn (0..1)."""

    x: float
    y: float
    radius: float
    turn: float
    stroke: str
    width: float = 4.0
    opacity: float = 1.0
    of: str | None = None


class Dots(NamedTuple):
    """A crowd of equal dots as columns: one shape however many there are."""

    xs: array[float]
    ys: array[float]
    radius: float
    fill: str
    ring: str | None = None
    of: str | None = None
    title: str | None = None


Plain = Rect | Line | Label | Icon | Arc | Dots


class Pill(NamedTuple):
    """A small box with its text, as one shape that is cheap to make by the hundred: `box` and `label` are placed from
    its corner (x, y), and shared by all pills that look alike."""

    x: float
    y: float
    box: Rect
    label: Label
    of: str | None = None

    @property
    def parts(self) -> tuple[Rect, Label]:
        """The two shapes that it stands for, where they are."""
        box, label, of = self.box, self.label, self.of
        return (
            box._replace(x=self.x + box.x, y=self.y + box.y, of=of),
            label._replace(x=self.x + label.x, y=self.y + label.y, of=of),
        )


Shape = Plain | Pill


def plain(shapes: Iterable[Shape]) -> Iterator[Plain]:
    """The shapes with every pill as its parts."""
    for shape in shapes:
        if isinstance(shape, Pill):
            yield from shape.parts
        else:
            yield shape


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The shape at another place."""
    if isinstance(shape, Line):
        return shape._replace(points=tuple((x + dx, y + dy) for x, y in shape.points))
    if isinstance(shape, Dots):
        return shape._replace(xs=array("d", (x + dx for x in shape.xs)), ys=array("d", (y + dy for y in shape.ys)))
    return shape._replace(x=shape.x + dx, y=shape.y + dy)


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes painted in order. Two Pictures that share a Layer object share its pixels: painters cache by identity."""

    shapes: tuple[Shape, ...]
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture of one moment.

    width, height: scene units. background: `#rrggbb`, or None for transparent. layers: from the back to the front;
    the first ones change rarely. title and description: the moment in words (SVG title/desc, alternative text).
    """

    width: float
    height: float
    background: str | None
    layers: tuple[Layer, ...]
    title: str = ""
    description: str = ""
    lang: str = "en"
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def shapes(self) -> tuple[Plain, ...]:
        return tuple(shape for layer in self.layers for shape in plain(layer.shapes))
