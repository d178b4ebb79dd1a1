"""The outlines of `picture.icons` on widgets: a button says which one it bears, `dress` paints it in the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from vizapp.paint.outlines import icon_path
from vizapp.picture.icons import BOX
from vizapp.picture.theme import Theme

GLYPH, INK, SIDE = "glyph", "glyph_ink", "glyph_side"  # dynamic properties of a widget


def draw(painter: QPainter, name: str, x: float, y: float, side: float, colour: str) -> None:
    """An outline in a square whose corner is (x, y)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.scale(side / BOX, side / BOX)
    painter.fillPath(icon_path(name), QColor(colour))
    painter.restore()


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """An outline as pixels, `side` logical ones wide."""
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        draw(painter, name, 0, 0, side, colour)
    return made


def icon(name: str, colour: str, side: int = 20, ratio: float = 1.0, off: str | None = None) -> QIcon:
    """An outline as an icon; `off` is its colour while the control is disabled."""
    made = QIcon(pixmap(name, colour, side, ratio))
    if off is not None:
        made.addPixmap(pixmap(name, off, side, ratio), QIcon.Mode.Disabled)
    return made


def wear(widget: QWidget, name: str, ink: str = "ink", side: int = 20) -> None:
    """Says which outline a button or a label bears; `ink` names a colour of the theme (`ink`, `muted`, `accent` …)."""
    widget.setProperty(GLYPH, name)
    widget.setProperty(INK, ink)
    widget.setProperty(SIDE, side)


def dress(root: QWidget, theme: Theme) -> None:
    """Paints the outlines of `root` and all within in the colours of a theme."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.property(GLYPH):
            put(widget, theme)


def put(widget: QWidget, theme: Theme) -> None:
    """Paints the outline of one widget that wears one."""
    name, side = widget.property(GLYPH), int(widget.property(SIDE))
    colour, ratio = getattr(theme, widget.property(INK)), widget.devicePixelRatioF()
    if isinstance(widget, QAbstractButton):
        off = "#7A7A7A" if theme.name == "contrast" else theme.hairline
        widget.setIcon(icon(name, colour, side, ratio, off=off))
        widget.setIconSize(QSize(side, side))
    elif isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, colour, side, ratio))
