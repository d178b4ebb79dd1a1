"""The shipped fonts as Qt knows them: loaded once, without hinting and kerning, so that they scale smoothly."""

from __future__ import annotations

import os
import sys
from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont

from vizapp import places
from vizapp.picture.measure import Face, Family

NAMES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
SHIPPED: dict[Family, tuple[int, ...]] = {"Inter": (400, 500, 600, 700), "JetBrains Mono": (400, 700)}


@cache
def application() -> QGuiApplication:
    """The application of this process; one without a screen is made where none is running (command line, tests).

    Where widgets are loaded it is one that can bear them; a process has one application, for good.
    """
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    widgets = sys.modules.get("PySide6.QtWidgets")
    made: QGuiApplication = widgets.QApplication([]) if widgets else QGuiApplication([])
    return made


@cache
def load() -> tuple[str, ...]:
    """Makes all the shipped fonts known to Qt and returns their families."""
    every = [Face(family, weight) for family, weights in SHIPPED.items() for weight in weights]
    return tuple(dict.fromkeys(family for face in every for family in load_face(face)))


@cache
def load_face(face: Face) -> tuple[str, ...]:
    """Makes one shipped face known to Qt: a window that starts needs few."""
    application()
    name = f"{face.family.replace(' ', '')}-{NAMES[face.weight]}.ttf"
    number = QFontDatabase.addApplicationFont(str(places.resources() / "fonts" / name))
    return tuple(QFontDatabase.applicationFontFamilies(number))


def shipped(face: Face) -> Face:
    """The face itself, or the nearest one that is shipped."""
    return Face(face.family, min(SHIPPED[face.family], key=lambda there: abs(there - face.weight)))


@lru_cache(maxsize=256)
def font(face: Face, size: float) -> QFont:
    """A font of `size` pixels to the em (whole pixels: Qt knows no others here). Copy it before changing it."""
    face = shipped(face)
    load_face(face)
    made = QFont(face.shipped_family)
    made.setPixelSize(max(1, round(size)))
    made.setWeight(QFont.Weight(face.weight))
    made.setKerning(False)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=256)
def raw(face: Face, size: float) -> QRawFont:
    """The shipped font itself at `size` pixels to the em, fractions included; it never falls back to another."""
    made = QRawFont.fromFont(font(face, size))
    made.setPixelSize(size)
    return made
