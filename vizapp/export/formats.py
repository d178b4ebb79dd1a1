"""The formats that pictures or a run can be exported to: one line here and one file a format, imported when used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vizapp.export.errors import ExportError
from vizapp.picture.shapes import Picture

if TYPE_CHECKING:
    from vizapp.run import Run
    from vizapp.words import Words

Fonts = Literal["embed", "outlines", "none"]


@dataclass(frozen=True, slots=True)
class Wish:
    """How it should come out.

    size: of the canvas, in pixels; the picture is fitted and centred on it. scale: pixels per scene unit, without a
    size. transparent: no background. fonts: how text stays the same everywhere (SVG): the faces used are embedded, the
    letters are drawn as outlines, or the reader's own fonts are trusted.
    """

    size: tuple[int, int] | None = None
    scale: float = 1.0
    transparent: bool = False
    fonts: Fonts = "embed"

    def fit(self, picture: Picture) -> tuple[float, float, float]:
        """Width and height of the canvas, and its pixels per scene unit."""
        if self.size is None:
            return picture.width * self.scale, picture.height * self.scale, self.scale
        width, height = self.size
        return float(width), float(height), min(width / picture.width, height / picture.height)


@dataclass(frozen=True, slots=True)
class Past:
    """A run as far as true ns `t`, told in `words`. ports: those to listen at, by id or device; none: all of them."""

    run: Run
    t: int
    words: Words
    ports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. words: the key of its name."""

    suffix: str
    words: str


@dataclass(frozen=True, slots=True)
class PictureFormat(Format):
    """Made of pictures. many: whether one file holds several. qt: whether Qt is needed to write it. options: the fields
    of a Wish that it heeds."""

    make: Callable[[Sequence[Picture], Wish], bytes]
    many: bool
    qt: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunFormat(Format):
    """Made of a run, up to a moment. listens: of what passes at ports."""

    make: Callable[[Past], bytes]
    listens: bool = False


def _png(pictures: Sequence[Picture], wish: Wish) -> bytes:
    from vizapp.export import png

    return png.make(pictures[0], wish)


def _svg(pictures: Sequence[Picture], wish: Wish) -> bytes:
    from vizapp.export import svg

    return svg.make(pictures[0], wish)


def _pdf(pictures: Sequence[Picture], wish: Wish) -> bytes:
    from vizapp.export import pdf

    return pdf.make(pictures, wish)


def _pcapng(past: Past) -> bytes:
    from vizapp.export import pcapng

    return pcapng.make(past)


def _csv(past: Past) -> bytes:
    from vizapp.export import charts

    return charts.make(past)


DRAWN = ("size", "scale", "transparent")
FORMATS: tuple[PictureFormat | RunFormat, ...] = (
    PictureFormat(".png", "export.format.png", _png, many=False, qt=True, options=DRAWN),
    PictureFormat(".svg", "export.format.svg", _svg, many=False, qt=False, options=(*DRAWN, "fonts")),
    PictureFormat(".pdf", "export.format.pdf", _pdf, many=True, qt=True, options=DRAWN),
    RunFormat(".pcapng", "export.format.pcapng", _pcapng, listens=True),
    RunFormat(".csv", "export.format.csv", _csv),
)


def format_of(path: Path) -> PictureFormat | RunFormat:
    """The format that a file's suffix asks for."""
    for candidate in FORMATS:
        if candidate.suffix == path.suffix.lower():
            return candidate
    known = ", ".join(each.suffix for each in FORMATS)
    if not path.suffix:
        raise ExportError("export.no-suffix", 2, path=str(path), known=known)
    raise ExportError("export.unknown-suffix", 2, suffix=path.suffix, known=known)
