"""SVG written from the shapes, without Qt: real text, plain attributes, nothing that a simple reader would not know."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from vizapp.export import faces
from vizapp.export.formats import Wish
from vizapp.picture import icons, outline
from vizapp.picture.icons import Command
from vizapp.picture.shapes import Arc, Dots, Icon, Label, Layer, Line, Picture, Plain, Rect, plain

SANS = "Inter, 'Inter Vizapp', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
MONO = "'JetBrains Mono', 'JetBrains Mono Vizapp', Consolas, 'DejaVu Sans Mono', monospace"
# Control characters, surrogates and non-characters: XML 1.0 has no way to write them.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def make(picture: Picture, wish: Wish) -> bytes:
    """The file's bytes."""
    return (Writer(picture, wish).document() + "\n").encode("utf-8")


class Writer:
    """Writes one picture; keeps the ids that are taken."""

    def __init__(self, picture: Picture, wish: Wish) -> None:
        self.picture = picture
        self.wish = wish
        self.ids: set[str] = set()

    def document(self) -> str:
        """The whole file, one element a line."""
        picture, (width, height, scale) = self.picture, self.wish.fit(self.picture)
        wide, high = width / scale, height / scale
        left, top = (picture.width - wide) / 2, (picture.height - high) / 2
        root = attributes(
            xmlns="http://www.w3.org/2000/svg",
            width=width, height=height, viewBox=f"{number(left)} {number(top)} {number(wide)} {number(high)}",
            role="img", lang=picture.lang, xml_lang=picture.lang, font_family=SANS, stroke_linejoin="round",
            style="font-kerning:none;font-variant-ligatures:none",
        )  # fmt: skip
        lines = [f"<svg{root}>", *self._about()]
        if self.wish.fonts == "embed":
            style = faces.css(shape for shape in picture.shapes if isinstance(shape, Label))
            lines += [f"<style>{style}</style>"] if style else []
        if picture.background is not None and not self.wish.transparent:
            lines.append(f"<rect{attributes(x=left, y=top, width=wide, height=high, fill=picture.background)}/>")
        for layer in picture.layers:
            lines += self._layer(layer)
        return "\n".join([*lines, "</svg>"])

    def _about(self) -> Iterator[str]:
        if self.picture.title:
            yield f"<title>{text(self.picture.title)}</title>"
        if self.picture.description:
            yield f"<desc>{text(self.picture.description)}</desc>"
        if self.picture.meta:
            yield f"<metadata>{text(json.dumps(self.picture.meta, ensure_ascii=False, sort_keys=True))}</metadata>"

    def _layer(self, layer: Layer) -> Iterator[str]:
        if layer.opacity <= 0 or not layer.shapes:
            return
        yield f"<g{attributes(opacity=layer.opacity if layer.opacity < 1 else None)}>"
        for of, run in groupby(plain(layer.shapes), lambda shape: shape.of):
            elements = [element for shape in run for element in self._shape(shape)]
            if of is not None:
                elements = [f"<g{attributes(id=self._id(of))}>", *elements, "</g>"]
            yield from elements
        yield "</g>"

    def _id(self, of: str) -> str:
        """A stable id: that of the thing, made a valid name, and numbered from its second group on."""
        plain = re.sub(r"[^A-Za-z0-9_.-]", "-", of)
        plain = plain if plain[:1].isalpha() else f"t-{plain}"
        found, count = plain, 1
        while found in self.ids:
            count += 1
            found = f"{plain}-{count}"
        self.ids.add(found)
        return found

    def _shape(self, shape: Plain) -> Iterator[str]:
        if isinstance(shape, Label) and self.wish.fonts == "outlines":
            return outlined(shape)
        return WRITTEN[type(shape)](shape)


def rect(shape: Rect) -> Iterator[str]:
    """A rectangle, above the faint ones that make its shadow."""
    if shape.shadow:
        yield f"<g{attributes(fill=outline.SHADOW_COLOUR, fill_opacity=outline.SHADOW_OPACITY)}>"
        for below in outline.shadow(shape):
            yield f"<rect{box(below)}/>"
        yield "</g>"
    fill = attributes(fill=shape.fill or "none", opacity=faint(shape.opacity))
    yield element("rect", box(shape) + fill + stroke(shape.stroke, shape.width, shape.dash), shape.title)


def line(shape: Line) -> Iterator[str]:
    """A polyline, and its arrow head."""
    commands = outline.stroke_path(shape)
    if not commands:
        return
    head = outline.arrow_head(shape)
    cap, opacity = None if shape.dash or shape.arrow else "round", faint(shape.opacity)
    if head:
        yield f"<g{attributes(opacity=opacity)}>"
    drawn = attributes(d=path(commands), fill="none", stroke_linecap=cap, opacity=None if head else opacity)
    yield element("path", drawn + stroke(shape.stroke, shape.width, shape.dash), shape.title)
    if head:
        points = " ".join(f"{number(x)},{number(y)}" for x, y in head)
        filled = attributes(points=points, fill=shape.stroke) + stroke(shape.stroke, min(1.0, shape.width), ())
        yield f"<polygon{filled}/>"
        yield "</g>"


def label(shape: Label) -> Iterator[str]:
    """Real text, and the line through it when it is struck."""
    if not shape.text:
        return
    kept = "preserve" if "  " in shape.text or shape.text != shape.text.strip(" ") else None
    drawn = attributes(
        x=shape.x, y=shape.y, font_size=shape.size, font_weight=None if shape.weight == 400 else shape.weight,
        font_family=MONO if shape.mono else None, fill=shape.colour, opacity=faint(shape.opacity),
        text_anchor=None if shape.anchor == "start" else shape.anchor, xml_space=kept,
    )  # fmt: skip
    yield f"<text{drawn}>{text(shape.text)}</text>"
    yield from _struck(shape)


def outlined(shape: Label) -> Iterator[str]:
    """Text as contours: the same everywhere, and still named for those who listen."""
    from vizapp.paint.text import contours

    if not shape.text:
        return
    commands = contours(shape.text, outline.face(shape), shape.size)
    place = f"translate({number(outline.left(shape))} {number(shape.y)})"
    named = f' role="img" aria-label={quoteattr(FORBIDDEN.sub("", shape.text))}'
    drawn = attributes(d=path(commands), transform=place, fill=shape.colour, opacity=faint(shape.opacity))
    yield f"<path{drawn}{named}/>"
    yield from _struck(shape)


def _struck(shape: Label) -> Iterator[str]:
    if shape.struck:
        start, end, y, thickness = outline.strike(shape)
        drawn = attributes(x1=start, y1=y, x2=end, y2=y, opacity=faint(shape.opacity))
        yield f"<line{drawn}{stroke(shape.colour, thickness, ())}/>"


def icon(shape: Icon) -> Iterator[str]:
    """An outline of the icon font, placed and scaled."""
    place = f"translate({number(shape.x)} {number(shape.y)}) scale({number(shape.size / icons.BOX, 4)})"
    drawn = attributes(d=icons.path(shape.name), transform=place, fill=shape.colour, opacity=faint(shape.opacity))
    yield f"<path{drawn}/>"


def arc(shape: Arc) -> Iterator[str]:
    """A ring, or the part of it that is left."""
    if shape.turn > 0:
        drawn = attributes(
            d=path(outline.arc_path(shape)), fill="none", stroke_linecap="round", opacity=faint(shape.opacity)
        )
        yield f"<path{drawn}{stroke(shape.stroke, shape.width, ())}/>"


def dots(shape: Dots) -> Iterator[str]:
    """A crowd: one group of circles."""
    yield f"<g{attributes(fill=shape.fill)}{stroke(shape.ring, outline.DOT_RING, ())}>"
    if shape.title:
        yield f"<title>{text(shape.title)}</title>"
    for x, y in zip(shape.xs, shape.ys, strict=True):
        yield f"<circle{attributes(cx=x, cy=y, r=shape.radius)}/>"
    yield "</g>"


WRITTEN: dict[type, Callable[[Any], Iterator[str]]] = {
    Rect: rect, Line: line, Label: label, Icon: icon, Arc: arc, Dots: dots,
}  # fmt: skip


def element(name: str, written: str, title: str | None) -> str:
    """An element, with the sentence that a reader hears when there is one."""
    return f"<{name}{written}><title>{text(title)}</title></{name}>" if title else f"<{name}{written}/>"


def box(shape: Rect) -> str:
    """Place and size of a rectangle; its corners are never rounder than it is high."""
    radius = min(shape.radius, shape.w / 2, shape.h / 2)
    return attributes(x=shape.x, y=shape.y, width=shape.w, height=shape.h, rx=radius if radius > 0 else None)


def stroke(colour: str | None, width: float, dash: tuple[float, ...]) -> str:
    """How an outline is drawn, when it is."""
    if colour is None or width <= 0:
        return ""
    return attributes(stroke=colour, stroke_width=width, stroke_dasharray=" ".join(map(number, dash)) or None)


def faint(opacity: float) -> float | None:
    """The opacity to write down, or None for what is opaque."""
    return max(0.0, opacity) if opacity < 1 else None


def path(commands: Iterable[Command]) -> str:
    """Plain path commands as the `d` of a path."""
    return "".join(command[0] + " ".join(number(value) for value in command[1:]) for command in commands)


def attributes(**values: str | float | None) -> str:
    """Attributes in the order given, without those that are None; `_` stands for `-`, or `:` after `xml`."""
    written = []
    for name, value in values.items():
        if value is None:
            continue
        shown = value if isinstance(value, str) else number(value, 3)
        real = name.replace("xml_", "xml:") if name.startswith("xml_") else name.replace("_", "-")
        written.append(f" {real}={quoteattr(FORBIDDEN.sub('', shown))}")
    return "".join(written)


def number(value: float, digits: int = 2) -> str:
    """A number as short as it can be written."""
    short = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if short == "-0" else short


def text(value: str) -> str:
    """Text as XML writes it."""
    return escape(FORBIDDEN.sub("", value))
