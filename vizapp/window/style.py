"""How the controls look: one style sheet and palette made from a picture's Theme, the same in every room."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from vizapp import places
from vizapp.paint import fonts
from vizapp.picture.measure import Face
from vizapp.picture.theme import CONTRAST, DAY, NIGHT, Theme, theme
from vizapp.window.settings import SYSTEM, Preferences

BODY = 14  # px of running text at text scale 1

SHEET = """
* {{ outline: 0; }}
QWidget {{ color: {ink}; font-family: "{inter}"; font-size: {body}px; }}
QMainWindow, QDialog, QWidget#page {{ background: {canvas}; }}
QWidget#panel, QWidget#topbar, QFrame#panel {{ background: {panel}; }}
QWidget#topbar {{ border-bottom: 1px solid {hairline}; }}
QWidget#side {{ background: {panel}; border-right: 1px solid {hairline}; }}
QLabel {{ background: transparent; }}
QLabel[look="title"] {{ font-size: {title}px; font-weight: 700; }}
QLabel[look="heading"] {{ font-size: {heading}px; font-weight: 600; }}
QLabel[look="strong"] {{ font-weight: 600; }}
QLabel[look="muted"] {{ color: {muted}; }}
QLabel[look="small"] {{ color: {muted}; font-size: {small}px; }}
QLabel[look="mono"], QLabel[look="key"] {{ font-family: "{mono}"; }}
QLabel[look="key"] {{ background: {soft}; border: 1px solid {edge}; border-radius: 5px; padding: 2px 7px;
  font-size: {small}px; }}
QLabel[look="bad"] {{ color: {bad}; font-weight: 500; }}
QLabel[look="crumb"] {{ color: {muted}; font-size: {body}px; }}
QLabel[look="brand"] {{ font-size: {brand}px; font-weight: 700; }}

QPushButton, QToolButton {{ background: {soft}; border: 2px solid {soft_edge}; border-radius: 8px; padding: 5px 12px;
  font-weight: 500; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {pressed}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {off}; }}
QToolButton {{ padding: 5px; }}
QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[look="primary"] {{ background: {accent}; border-color: {accent}; color: {on_accent}; font-weight: 600; }}
QPushButton[look="primary"]:hover {{ background: {accent_hover}; }}
QPushButton[look="primary"]:focus {{ border-color: {ink}; }}
QPushButton[look="primary"]:disabled {{ background: {hairline}; border-color: {hairline}; color: {muted}; }}
QPushButton[look="plain"], QToolButton[look="plain"] {{ background: transparent; border-color: transparent; }}
QPushButton[look="plain"]:hover, QToolButton[look="plain"]:hover {{ background: {soft}; }}
QPushButton[look="plain"]:focus, QToolButton[look="plain"]:focus {{ border-color: {accent}; }}
QPushButton[look="link"] {{ background: transparent; border-color: transparent; color: {muted}; padding: 3px 4px;
  font-weight: 400; }}
QPushButton[look="link"]:hover {{ color: {accent}; }}
QPushButton[look="link"]:focus {{ border-color: {accent}; }}
QPushButton[look="brand"] {{ background: transparent; border-color: transparent; padding: 3px 6px;
  font-size: {brand}px; font-weight: 700; }}
QPushButton[look="brand"]:focus {{ border-color: {accent}; }}
QPushButton[look="row"] {{ text-align: left; }}
QDialog#faults {{ background: {panel}; border: 2px solid {hairline}; }}
QPushButton[look="bad"] {{ background: {bad_fill}; border-color: {bad_edge}; color: {bad_text}; }}
QPushButton[look="good"] {{ background: {good_soft}; border-color: {good_edge}; color: {good_text}; }}
QPushButton[look="bad"]:focus, QPushButton[look="good"]:focus {{ border-color: {ink}; }}
QPushButton[look="round"] {{ background: {accent}; border-color: {accent}; border-radius: 22px; padding: 0; }}
QPushButton[look="round"]:focus {{ border-color: {ink}; }}

QFrame#switch {{ background: {soft}; border: 1px solid {soft_edge}; border-radius: 8px; }}
QPushButton[look="switch"] {{ background: transparent; border: 2px solid transparent; border-radius: 6px;
  color: {muted}; padding: 2px 7px; font-size: {small}px; font-weight: 500; }}
QPushButton[look="switch"]:checked {{ background: {panel}; color: {ink}; border-color: {hairline}; font-weight: 600; }}
QPushButton[look="switch"]:focus {{ border-color: {accent}; }}
QPushButton[look="row"] {{ background: transparent; border: 2px solid transparent; border-radius: 8px;
  text-align: left; padding: 0 10px; font-weight: 400; }}
QPushButton[look="row"]:hover {{ background: {soft}; }}
QPushButton[look="row"]:checked {{ background: {accent_soft}; color: {accent}; font-weight: 600; }}
QPushButton[look="row"]:focus {{ border-color: {accent}; }}
QPushButton[look="chip"] {{ background: {panel}; border: 2px solid {hairline}; border-radius: 13px; padding: 1px 10px;
  font-size: {small}px; }}
QPushButton[look="chip"]:checked {{ background: {accent_soft}; border-color: {accent}; color: {accent}; }}
QPushButton[look="chip"]:focus {{ border-color: {accent}; }}

QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {field};
  border: 2px solid {field_edge}; border-radius: 8px; padding: 5px 9px; selection-background-color: {accent};
  selection-color: {on_accent}; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
  border-color: {accent}; }}
QLineEdit[look="search"] {{ background: {soft}; border-color: {soft_edge}; }}
QLineEdit[look="search"]:focus {{ border-color: {accent}; background: {panel}; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled, QCheckBox:disabled,
QLabel:disabled {{ color: {off}; }}
QComboBox::drop-down {{ border: 0; width: 26px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {panel}; border: 1px solid {hairline};
  selection-background-color: {accent_soft}; selection-color: {ink}; }}

QCheckBox, QRadioButton {{ background: transparent; spacing: 8px; padding: 3px; border: 2px solid transparent;
  border-radius: 6px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator {{ width: 15px; height: 15px;
  border: 2px solid {muted}; background: {panel}; }}
QCheckBox::indicator, QListView::indicator {{ border-radius: 5px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QListView::indicator:indeterminate {{ background: {accent_soft}; border-color: {accent}; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url("{check}"); }}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 9px; height: 9px; background: {panel}; }}

QSlider::groove:horizontal {{ height: 5px; border-radius: 2px; background: {hairline}; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 13px; height: 13px; margin: -6px 0; border-radius: 9px; background: {panel};
  border: 3px solid {accent}; }}
QSlider:focus {{ background: {accent_soft}; border-radius: 6px; }}

QTabBar {{ background: transparent; border: 0; }}
QTabBar::tab {{ background: transparent; border: 0; border-bottom: 3px solid transparent; color: {muted};
  padding: 7px 10px; font-weight: 500; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom-color: {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ background: {accent_soft}; }}
QTabWidget::pane {{ border: 0; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollArea > QWidget > QWidget#page {{ background: {canvas}; }}
QListView, QTreeView, QTableView {{ background: {panel}; border: 0; alternate-background-color: {canvas};
  gridline-color: {hairline}; }}
QListView[look="field"] {{ background: {field}; border: 2px solid {field_edge}; border-radius: 8px; padding: 2px; }}
QListView[look="field"]:focus {{ border-color: {accent}; }}
QListView::item, QTreeView::item {{ padding: 4px; border-radius: 6px; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{ background: {accent_soft};
  color: {ink}; }}
QHeaderView::section {{ background: {panel}; color: {muted}; border: 0; border-bottom: 1px solid {hairline};
  padding: 4px 6px; font-size: {small}px; }}
QMenu {{ background: {panel}; border: 1px solid {hairline}; padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {ink}; }}
QMenu::item:disabled {{ color: {off}; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 5px 8px; }}
QToolTip {{ background: {ink}; color: {panel}; border: 0; padding: 4px 7px; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 2px; }}
QScrollBar::handle {{ background: {scroll}; border-radius: 3px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {hairline}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QProgressBar {{ background: {hairline}; border: 0; border-radius: 3px; height: 6px; }}
QProgressBar::chunk {{ background: {good}; border-radius: 3px; }}
QFrame#card {{ background: {panel}; border: 1px solid {hairline}; border-radius: 10px; }}
QFrame#prediction {{ background: {prediction_fill}; border: 1px solid {prediction_stroke}; border-radius: 9px; }}
QFrame#prediction QLabel {{ color: {prediction_text}; }}
QFrame#line {{ background: {hairline}; border: 0; max-height: 1px; }}
"""


def mix(one: str, other: str, share: float) -> str:
    """A colour `share` of the way from one to the other."""
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return "#{:02X}{:02X}{:02X}".format(*(round(x + (y - x) * share) for x, y in pairs))


def sheet(look: Theme, scale: float) -> str:
    """The style sheet of a theme, its text `scale` times as large."""
    contrast = look.name == CONTRAST.name
    soft = "#141414" if contrast else mix(look.panel, look.hairline, 0.5)
    edge = look.hairline if contrast else soft
    failed = look.role("failed")
    return SHEET.format(
        ink=look.ink, muted=look.muted, canvas=look.canvas, panel=look.panel, hairline=look.hairline,
        accent=look.accent, accent_soft=look.accent_soft, on_accent=look.on_accent, bad=look.bad, good=look.good,
        good_soft=look.good_soft, good_edge=mix(look.good_soft, look.good, 0.4),
        good_text=mix(look.good, look.ink, 0.4),
        bad_fill=failed.fill, bad_edge=mix(failed.fill, failed.stroke, 0.4), bad_text=failed.text,
        accent_hover=mix(look.accent, look.ink, 0.15), soft=soft, soft_edge=edge, edge=look.hairline,
        hover="#332B00" if contrast else mix(soft, look.ink, 0.07),
        pressed="#4D4100" if contrast else mix(soft, look.ink, 0.14),
        off="#8A8A8A" if contrast else mix(look.muted, look.panel, 0.45),
        scroll=look.muted if contrast else mix(look.hairline, look.muted, 0.35),
        field=look.panel, field_edge=look.hairline if contrast else mix(look.hairline, look.muted, 0.15),
        prediction_fill=look.prediction.fill, prediction_stroke=look.prediction.stroke,
        prediction_text=look.prediction.text,
        check=outline_file("check", look.on_accent), arrow=outline_file("chevron-down", look.muted),
        inter=Face().shipped_family, mono=Face("JetBrains Mono").shipped_family,
        body=round(BODY * scale), small=round(13 * scale), heading=round(17 * scale), title=round(25 * scale),
        brand=round(18 * scale),
    )  # fmt: skip


def outline_file(name: str, colour: str) -> str:
    """An outline as a file of the cache, since style sheets take pictures from files alone; "" when it cannot be."""
    path = places.cache_dir() / "outlines" / f"{name}-{colour[1:]}.png"
    if not path.is_file():
        from vizapp.window.glyphs import pixmap

        picture = pixmap(name, colour, 16, 2.0)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            places.write_beside(path, lambda beside: picture.save(str(beside)), force=True)
        except OSError:
            return ""
    return path.as_posix()


def palette(look: Theme) -> QPalette:
    """The colours that Qt itself asks for: what the style sheet does not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for key, colour in (
        (role.Window, look.canvas), (role.Base, look.panel), (role.AlternateBase, look.canvas),
        (role.WindowText, look.ink), (role.Text, look.ink), (role.ButtonText, look.ink), (role.Button, look.panel),
        (role.Highlight, look.accent), (role.HighlightedText, look.on_accent), (role.PlaceholderText, look.muted),
        (role.ToolTipBase, look.ink), (role.ToolTipText, look.panel), (role.Link, look.accent),
        (role.Mid, look.hairline),
    ):  # fmt: skip
        made.setColor(key, QColor(colour))
    return made


def named(name: str) -> Theme:
    """The theme called `name`, or light or dark as the system is."""
    return chosen(Preferences(theme=name))


def chosen(preferences: Preferences) -> Theme:
    """The theme to wear: the one chosen, or light or dark as the system is."""
    if preferences.theme != SYSTEM:
        return theme(preferences.theme)
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return NIGHT if dark else DAY


def apply(app: QApplication, look: Theme, scale: float = 1.0) -> None:
    """Dresses the whole application."""
    for weight in fonts.SHIPPED["Inter"]:  # the style sheet names them; the others come when they are drawn
        fonts.load_face(Face("Inter", weight))
    app.setFont(fonts.font(Face(), BODY * scale))
    app.setPalette(palette(look))
    app.setStyleSheet(sheet(look, scale))


def restyle(widget: QObject) -> None:
    """Lets a widget look like its `look` again after that property changed."""
    style = widget.style()  # type: ignore[attr-defined]
    style.unpolish(widget)
    style.polish(widget)
