"""The outlines of `picture.icons` on widgets: a button says which one it bears, `dress` paints it in the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import look

GLYPH, INK, SIDE = "glyph", "glyph_ink", "glyph_side"  # dynamic properties of a widget


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
    tint = getattr(theme, widget.property(INK))
    if isinstance(widget, QAbstractButton):
        widget.setIcon(look.icon(name, tint, theme.muted, side))
        widget.setIconSize(QSize(side, side))
    elif isinstance(widget, QLabel):
        widget.setPixmap(look.pixmap(name, tint, side, widget.devicePixelRatioF()))
