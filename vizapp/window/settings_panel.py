"""The settings of the scene as controls: a change holds from the moment shown, and says what it brings."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from vizapp.picture.theme import Theme
from vizapp.scene.model import Setting
from vizapp.window import glyphs, look
from vizapp.window.deed_buttons import wear_deed
from vizapp.window.deed_menu import fill_menu
from vizapp.window.deeds import Deed, deed_name, deeds
from vizapp.window.option_button import OptionButton
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words

NOTCHES = 200  # positions of a slider whose setting names no step
MOST_BUTTONS = 10


class Switch(QAbstractButton):
    """On or off."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setCheckable(True)
        self.setFixedSize(46, 28)

    def sizeHint(self) -> QSize:
        return QSize(46, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look.draw_switch(painter, self.theme, QRectF(3, 3, 40, 22), self.isChecked())
            if self.hasFocus():
                painter.setPen(look.pen(self.theme.ink, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(1, 1, 44, 26), 13, 13)


class SettingRow(QWidget):
    """One setting: its name, its control, its value, and what it brings (`says`)."""

    def __init__(self, setting: Setting, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setting, self.session, self.theme = setting, session, theme
        self.name, self.value = look.text(), look.text("value")
        self.name.setWordWrap(True)
        self.says = look.text("says", wrap=True)
        self.cite = look.icon_button("book", 16, "muted")
        self.cite.clicked.connect(lambda: session.citing.open(setting.name))
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(4)
        self.top = QHBoxLayout()
        self.top.addWidget(self.name, 1)
        self.top.addWidget(self.value)
        self.rows.addLayout(self.top)
        self.radios: list[OptionButton] = []
        self.slider: QSlider | None = None
        self.switch: Switch | None = None
        {"choice": self._choice, "bool": self._bool}.get(setting.type, self._number)()
        told = QHBoxLayout()
        told.setSpacing(4)
        told.addWidget(self.says, 1)
        told.addWidget(self.cite, 0, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(told)

    def _choice(self) -> None:
        self.value.hide()
        self.name.setProperty("look", "muted")
        group = QButtonGroup(self)
        for choice in self.setting.choices:
            radio = OptionButton(self.theme)
            radio.clicked.connect(lambda _=False, value=choice.value: self._set(value))
            group.addButton(radio)
            self.rows.addWidget(radio)
            self.radios.append(radio)

    def _bool(self) -> None:
        self.value.hide()
        self.switch = Switch(self.theme)
        self.switch.clicked.connect(lambda on: self._set(bool(on)))
        self.top.addWidget(self.switch)

    def _set(self, value: Any) -> None:
        if value != self.session.setting(self.setting.name):
            self.session.set(self.setting.name, value)

    def _number(self) -> None:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, self.notches)
        self.slider.setPageStep(max(1, self.notches // 10))
        self.slider.actionTriggered.connect(self._stepped)
        self.slider.sliderMoved.connect(self._dragged)
        self.slider.sliderReleased.connect(self._released)
        self.rows.addWidget(self.slider)

    # numbers

    @property
    def low(self) -> float:
        return self.setting.minimum if self.setting.minimum is not None else 0

    @property
    def high(self) -> float:
        if self.setting.maximum is not None:
            return self.setting.maximum
        return max(self.low + 1, 2 * float(self.setting.default))

    @property
    def step(self) -> float:
        return self.setting.step or (1 if self.setting.type == "int" else (self.high - self.low) / NOTCHES)

    @property
    def notches(self) -> int:
        return max(1, round((self.high - self.low) / self.step))

    def at(self, notch: int) -> float:
        """The setting's value at a notch of the slider."""
        value = min(self.low + notch * self.step, self.high)
        return round(value) if self.setting.type in ("int", "duration") else round(value, 9)

    def notch(self, value: float) -> int:
        return round((value - self.low) / self.step)

    def _dragged(self, notch: int) -> None:
        self.session.set(self.setting.name, self.at(notch), dragging=True)

    def _released(self) -> None:
        """The next drag is another act."""
        self.session.end_drag()

    def _stepped(self, action: int) -> None:
        """Keys, wheel and clicks in the groove move the slider without dragging it."""
        slider, acts = self.slider, self.session.run.acts
        if slider is None or action == QSlider.SliderAction.SliderMove.value:
            return
        if acts and acts[-1].at not in (self.session.t, self.session.t - 1):
            self.session.end_drag()  # the clock went on: this is another act
        self.session.set(self.setting.name, self.at(slider.sliderPosition()), dragging=True)

    # showing

    def say(self, value: Any, words: Words) -> str:
        """A value with its unit."""
        if self.setting.type == "duration":
            return words.duration(int(value))
        if self.setting.type == "rate":
            return words.rate(value)
        unit = self.setting.unit
        return words.number(value) + (f"\u00a0{unit}" if unit else "")

    def put(self, words: Words) -> None:
        run, setting, t = self.session.run, self.setting, self.session.t
        value = self.session.setting(setting.name)
        self.name.setText(words.text(setting.label))
        for radio, choice in zip(self.radios, setting.choices, strict=False):
            radio.setText(words.text(choice.label))
            radio.settle()
            radio.setChecked(choice.value == value)
        if self.switch is not None:
            self.switch.setChecked(bool(value))
            self.switch.setAccessibleName(words.text(setting.label))
            self.switch.update()
        if self.slider is not None:
            self.value.setText(self.say(value, words))
            self.slider.setAccessibleName(words.text(setting.label))
            self.slider.setAccessibleDescription(self.say(value, words))
            if not self.slider.isSliderDown():
                self.slider.setValue(self.notch(value))
        chosen = next((choice for choice in setting.choices if choice.value == value), None)
        told = (chosen.says if chosen else None) or setting.says
        if self.session.asking is not None and not self.session.revealed:
            told = None  # it might answer what is asked
        self.says.setVisible(told is not None)
        self.cite.setVisible(told is not None and bool((chosen.sources if chosen else ()) or setting.sources))
        look.call(self.cite, words("source.title"))
        if told is not None:
            self.says.setText(run.fill(told, t, words))


class SettingsPanel(QWidget):
    """Every setting of the scene, then what can be broken and repaired."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows = [SettingRow(each, session, theme) for each in session.run.scene.settings.values()]
        self.none = look.text("muted", wrap=True)
        self.breaking = look.text("section")
        self.buttons = [QPushButton() for _ in range(MOST_BUTTONS)]
        self.buttons_shown: list[Deed] = []
        self.cables = QPushButton()
        glyphs.wear(self.cables, "cut", "ink", 18)
        self.cable_menu = QMenu(self.cables)
        self.cable_menu.aboutToShow.connect(self._list_cables)
        self.cables.clicked.connect(self._choose_cable)
        self.cables.setVisible(bool(session.run.scene.links))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 14, 12)
        whole.setSpacing(16)
        whole.addWidget(self.none)
        for row in self.rows:
            whole.addWidget(row)
        whole.addSpacing(4)
        whole.addWidget(self.breaking)
        grid = QGridLayout()
        grid.setSpacing(8)
        for index, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._do, index))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, index // 2, index % 2)
        whole.addLayout(grid)
        whole.addWidget(self.cables)
        whole.addStretch()
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)
        self._seen: object = None

    def set_words(self, words: Words) -> None:
        self.words, self._seen = words, None
        self.none.setText(words("inspector.no-settings"))
        self.none.setVisible(not self.rows)
        self.breaking.setText(words("deed.title"))
        look.say(self.cables, words("deed.cables"))
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._seen = theme, None
        for row in self.rows:
            row.theme = theme
            for radio in row.radios:
                radio.theme = theme
                radio.update()
            if row.switch is not None:
                row.switch.theme = theme
                row.switch.update()
        self.refresh()
        glyphs.dress(self, theme)

    @property
    def with_focus(self) -> str | None:
        """The setting that the keys are on."""
        focus = self.focusWidget()
        return next((row.setting.name for row in self.rows if focus and row.isAncestorOf(focus) and focus.hasFocus()),
                    None)  # fmt: skip

    def refresh(self) -> None:
        if not self.isVisible():
            return
        for row in self.rows:
            row.put(self.words)
        found = self._breakable()
        seen = tuple(deed.act for deed in found)
        if seen == self._seen:
            return
        self._seen, self.buttons_shown = seen, found
        self.breaking.setVisible(bool(found))
        for index, button in enumerate(self.buttons):
            button.setVisible(index < len(found))
            if index < len(found):
                deed = found[index]
                wear_deed(button, deed, self.words, deed.says if deed.tone == "bad" else deed_name(self.words, deed))
        glyphs.dress(self, self.theme)

    def _breakable(self) -> list[Deed]:
        """What can fail here: things without others inside them that have a cable; what is failed comes first."""
        scene = self.session.run.scene
        leaves = [thing.id for thing in scene.things.values() if thing.ports and not thing.children]
        found = [deed for name in leaves for deed in deeds(self.session, self.words, name) if deed.tone]
        return sorted(found, key=lambda deed: deed.tone != "good")[:MOST_BUTTONS]

    def _choose_cable(self) -> None:
        self.cable_menu.popup(self.cables.mapToGlobal(self.cables.rect().bottomLeft()))

    def _list_cables(self) -> None:
        """Each cable: to cut it, or to mend it."""
        self.cable_menu.clear()
        for link in self.session.run.scene.links:
            fill_menu(self.cable_menu, self.session, self.words, self.theme, link.id)

    def _do(self, index: int, _: bool = False) -> None:
        self.session.do(self.buttons_shown[index].act)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()
