"""What the scene screen wears beside the common style sheet: its own controls, and colours and fonts for painting."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QPushButton, QWidget

from vizapp.paint import fonts
from vizapp.picture.measure import Face
from vizapp.picture.theme import Theme
from vizapp.window import glyphs, style

SHEET = """
QWidget#screen {{ background: {canvas}; }}
QWidget#bar {{ background: {panel}; border-top: 1px solid {hairline}; }}
QWidget#rail {{ background: {panel}; }}
QLabel:disabled {{ color: {muted}; }}
QLabel[look="section"] {{ font-size: {section}px; font-weight: 600; }}
QLabel[look="value"] {{ font-family: "{mono}"; }}
QLabel[look="clock"] {{ font-family: "{mono}"; font-size: {clock}px; }}
QLabel[look="faint-mono"] {{ font-family: "{mono}"; color: {muted}; }}
QLabel[look="says"] {{ color: {ask_text}; background: {ask_fill}; border: 1px solid {ask_edge}; border-radius: 8px;
  padding: 8px 10px; }}
QLabel[look="done"] {{ color: {done}; font-weight: 600; }}
QLabel[look="wrong"] {{ color: {bad}; font-weight: 600; }}
QLabel[look="warn"] {{ color: {warn}; font-weight: 500; }}
QFrame#why {{ background: {panel}; border: 1px solid {link}; border-radius: 10px; }}
QPushButton[look="link-pill"] {{ background: {canvas}; border: 2px solid {hairline}; border-radius: 14px; color: {ink};
  padding: 5px 14px; font-weight: 600; }}
QPushButton[look="link-pill"][part="effect"] {{ background: {ask_fill}; border-color: {ask_edge}; color: {ask_text}; }}
QPushButton[look="link-pill"][part="asked"] {{ border-color: {link}; }}
QPushButton[look="link-pill"][part="now"] {{ background: {accent_soft}; border-color: {accent}; color: {ink}; }}
QPushButton[look="link-pill"]:hover {{ border-color: {accent}; }}
QFrame#prediction QLabel[look="done"] {{ color: {done}; }}
QFrame#prediction QLabel[look="wrong"] {{ color: {bad}; }}
QFrame#prediction QLabel[look="strong"] {{ font-size: {section}px; }}
QPushButton[look="tab"] {{ background: transparent; border: 0; border-bottom: 3px solid transparent; border-radius: 0;
  padding: 8px 2px 6px 2px; color: {muted}; font-weight: 500; font-size: {section}px; }}
QPushButton[look="tab"]:hover {{ color: {ink}; }}
QPushButton[look="tab"]:checked {{ color: {accent}; border-bottom-color: {accent}; font-weight: 600; }}
QPushButton[look="tab"]:focus {{ background: {accent_soft}; }}
QPushButton[look="play"] {{ background: {accent}; border: 3px solid {accent}; border-radius: 23px; padding: 0; }}
QPushButton[look="play"]:hover {{ background: {accent_hover}; }}
QPushButton[look="play"]:focus {{ border-color: {ink}; }}
QPushButton[look="offer"] {{ background: {ask_fill}; border: 2px solid {ask_edge}; color: {ask_text};
  text-align: left; padding: 0 10px; font-weight: 600; }}
QPushButton[look="offer"]:focus {{ border-color: {accent}; }}
QPushButton[look="side"] {{ background: transparent; border: 2px solid {hairline}; border-radius: 9px;
  padding: 1px 7px; font-size: {small}px; }}
QPushButton[look="side"]:checked {{ background: {accent_soft}; border-color: {accent}; color: {accent}; }}
QPushButton[look="side"]:focus {{ border-color: {ink}; }}
QPushButton[look="toggle"] {{ background: transparent; border: 2px solid transparent; border-radius: 7px;
  padding: 0; }}
QPushButton[look="toggle"]:hover {{ background: {canvas}; }}
QPushButton[look="toggle"]:checked {{ background: {accent_soft}; border-color: {accent}; }}
QPushButton[look="toggle"]:focus {{ border-color: {ink}; }}
QPushButton[look="fold"] {{ background: transparent; border: 2px solid transparent; border-radius: 6px;
  padding: 1px 4px 1px 0; font-weight: 600; text-align: left; }}
QPushButton[look="fold"]:focus {{ border-color: {accent}; }}
QPushButton[look="map"] {{ font-weight: 600; padding: 8px 10px; }}
QTreeView#fields {{ background: {panel}; border: 2px solid {panel}; border-radius: 6px; }}
QTreeView#fields:focus {{ border-color: {accent}; }}
QWidget#bytes {{ background: {panel}; }}
QTextBrowser {{ background: {panel}; border: 2px solid {panel}; border-radius: 6px; padding: 0; }}
QTextBrowser:focus {{ border-color: {accent}; }}
QSlider:horizontal {{ min-height: 24px; }}
QSlider::handle:horizontal {{ margin: -7px 0; }}
QListView#journal {{ border: 2px solid {panel}; border-radius: 6px; }}
QListView#journal:focus {{ border-color: {accent}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
"""


def sheet(theme: Theme, scale: float = 1.0) -> str:
    """The style sheet of the scene screen, put upon `style.sheet`."""
    return SHEET.format(
        canvas=theme.canvas, panel=theme.panel, hairline=theme.hairline, ink=theme.ink, muted=theme.muted,
        link=theme.link, warn=style.mix(theme.warn, theme.ink, 0.35), accent=theme.accent,
        accent_soft=theme.accent_soft, accent_hover=style.mix(theme.accent, theme.ink, 0.15),
        done=good(theme), bad=theme.role("failed").text, ask_text=theme.prediction.text, ask_fill=theme.prediction.fill,
        ask_edge=theme.prediction.stroke, mono=Face("JetBrains Mono").shipped_family,
        section=round(15 * scale), small=round(13 * scale), clock=round(19 * scale),
    )  # fmt: skip


def good(theme: Theme) -> str:
    """Green for text: readable on a panel."""
    return style.mix(theme.good, theme.ink, 0.25)


@lru_cache(maxsize=512)
def colour(name: str, opacity: float = 1.0) -> QColor:
    """`#rrggbb` as a colour. Callers must not change it."""
    made = QColor(name)
    made.setAlphaF(opacity)
    return made


@lru_cache(maxsize=512)
def pen(name: str, width: float = 1.0, dashed: bool = False) -> QPen:
    """A pen. Callers must not change it."""
    made = QPen(colour(name), width)
    if dashed:
        made.setDashPattern([3, 3])
    else:
        made.setCapStyle(Qt.PenCapStyle.RoundCap)
    return made


def font(size: float, weight: int = 400, mono: bool = False) -> QFont:
    """A shipped font of `size` pixels. Callers must not change it."""
    return fonts.font(Face("JetBrains Mono" if mono else "Inter", weight), size)


def text(look: str = "", parent: QWidget | None = None, wrap: bool = False) -> QLabel:
    """A label of that look."""
    made = QLabel(parent)
    if look:
        made.setProperty("look", look)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def icon_button(glyph: str, side: int = 20, ink: str = "ink") -> QPushButton:
    """A flat button that shows an outline alone."""
    button = QPushButton()
    button.setProperty("look", "plain")
    glyphs.wear(button, glyph, ink, side)
    button.setIconSize(QSize(side, side))
    button.setFixedSize(side + 16, side + 16)
    return button


def call(button: QAbstractButton, name: str, key: str = "") -> None:
    """What an icon button is called, for the pointer and for screen readers; `key` is its shortcut."""
    button.setAccessibleName(name)
    button.setToolTip(f"{name} · {key}" if key else name)


def say(button: QAbstractButton, name: str) -> None:
    """Words on a button that bears an outline too: they stand a little apart, for the eye alone."""
    button.setText("  " + name)
    button.setAccessibleName(name)


def hairline() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line


def draw_switch(painter: QPainter, theme: Theme, where: QRectF, on: bool) -> None:
    """A switch: its knob is to the right and ticked when it is on, so that colour is not alone in saying it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.accent if on else theme.link))
    painter.drawRoundedRect(where, where.height() / 2, where.height() / 2)
    radius = where.height() / 2 - 3
    middle = QPointF(where.right() - radius - 3 if on else where.left() + radius + 3, where.center().y())
    painter.setBrush(colour(theme.panel))
    painter.drawEllipse(middle, radius, radius)
    if on:
        side = radius * 1.5
        glyphs.draw(painter, "check", middle.x() - side / 2, middle.y() - side / 2, side, theme.accent)
