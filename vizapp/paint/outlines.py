"""Outlines as paths of Qt: what icons and rounded lines are drawn with. Light, for windows that start."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from vizapp.picture import icons
from vizapp.picture.icons import Command


def path(commands: Iterable[Command]) -> QPainterPath:
    """Plain path commands as a path of Qt."""
    made = QPainterPath()
    made.setFillRule(Qt.FillRule.WindingFill)
    for command in commands:
        match command:
            case ("M", x, y):
                made.moveTo(x, y)
            case ("L", x, y):
                made.lineTo(x, y)
            case ("Q", *points):
                made.quadTo(*points)
            case ("C", *points):
                made.cubicTo(*points)
            case _:
                made.closeSubpath()
    return made


@lru_cache(maxsize=512)
def icon_path(name: str) -> QPainterPath:
    """The outline of an icon on its own box."""
    return path(icons.commands(name))
