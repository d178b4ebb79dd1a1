"""The palette of faults (Shift+X): all that a thing or a cable can suffer, each by its digit, now or at a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from vizapp.picture import sentences
from vizapp.picture.theme import Theme
from vizapp.scene import units
from vizapp.scene.model import Act
from vizapp.scene.units import WrongValueError
from vizapp.window import clock, glyphs, keys, look
from vizapp.window.fault_row import FaultRow
from vizapp.window.faults import faults, targets
from vizapp.window.session import Session
from vizapp.words import Words

GAP = 12  # pixels between it and what it is about


class FaultPalette(QDialog):
    """at: true ns at which it is done; None: now. What is chosen is done, and the palette closes."""

    def __init__(
        self, session: Session, words: Words, theme: Theme, parent: QWidget, target: str, at: int | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("faults")
        self.setWindowTitle(words("command.faults"))
        self.session, self.words, self.theme = session, words, theme
        self.now = session.t if at is None else at
        self.later = at is not None
        self.rows: list[FaultRow] = []
        self.target, self.time, self.wrong = QComboBox(), QLineEdit(), look.text("wrong", wrap=True)
        self._arrange()
        self._offer(target)
        self.target.currentIndexChanged.connect(self._fill)
        self.time.textChanged.connect(self._check)
        self._fill()

    def _arrange(self) -> None:
        words = self.words
        head, when = QLabel(words("command.faults")), QLabel(words("fault.when"))
        head.setProperty("look", "strong")
        when.setProperty("look", "muted")
        when.setBuddy(self.time)
        self.target.setAccessibleName(words("fault.of"))
        self.time.setAccessibleName(words("fault.when"))
        self.time.setText(clock.clock(self.now, self.session.run, words))
        self.time.setMaximumWidth(130)
        self.time.setEnabled(not clock.steps(self.session.run))
        top = QGridLayout()
        top.setHorizontalSpacing(8)
        top.addWidget(head, 0, 0)
        top.addWidget(when, 0, 1, Qt.AlignmentFlag.AlignRight)
        top.addWidget(self.time, 0, 2)
        top.addWidget(self.target, 1, 0, 1, 3)
        top.setColumnStretch(0, 1)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(self.grid)
        column.addWidget(self.wrong)
        self.setMinimumWidth(430)

    def _offer(self, target: str) -> None:
        """Whatever can suffer something; the one that is meant first in hand."""
        for name in targets(self.session):
            self.target.addItem(sentences.about(name, self.session.run.scene, self.words), name)
        place = self.target.findData(target)
        self.target.setCurrentIndex(max(place, 0))

    # the rows

    def _fill(self) -> None:
        """The faults of the target, as they stand at that time."""
        for row in self.rows:
            row.leave(self.grid)
        found = faults(self.session, self.target.currentData(), self.moment)
        self.rows = [FaultRow(fault, self, self.session.run.scene, self.words) for fault in found]
        for number, row in enumerate(self.rows):
            row.enter(self.grid, number)
            row.button.installEventFilter(self)
            row.chosen.connect(self._do)
        glyphs.dress(self, self.theme)
        if self.rows:
            self.rows[0].button.setFocus()
        self._check()
        self.adjustSize()

    # when

    @property
    def at(self) -> int | None:
        """The true ns that the field says; None when it says none."""
        said = self.time.text().replace(",", ".").replace("\u00a0", " ").replace("\u202f", "").strip()
        if said.replace(".", "", 1).isdigit():
            said += "s"
        try:
            return units.duration(said, units.MOST_UNTIL)
        except WrongValueError:
            return None

    @property
    def moment(self) -> int | None:
        """The true ns at which it is to be done; None: now, which no text says to the nanosecond."""
        if self.time.text() == clock.clock(self.now, self.session.run, self.words):
            return self.now if self.later else None
        return self.at

    def _check(self) -> None:
        known = self.at is not None or not self.time.isEnabled()
        self.wrong.setText("" if known else self.words("fault.no-time"))
        self.wrong.setVisible(not known)
        for row in self.rows:
            row.allow(known)

    def _do(self, act: Act) -> None:
        """At once, or at the time that was written."""
        at = self.moment
        self.close()
        if at is None:
            self.session.do(act)
        else:
            self.session.schedule(act, at)

    def event(self, event: QEvent) -> bool:
        """A click elsewhere closes it."""
        listing = any(box.view().isVisible() for box in self.findChildren(QComboBox))
        if event.type() == QEvent.Type.WindowDeactivate and not listing:
            self.close()
        return super().event(event)

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows: a button would take them as Tab."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._arrow(event.key()):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = keys.spell(event)
        digit = keys.DIGITS.get(key, key)
        if digit.isdigit() and 0 < int(digit) <= len(self.rows):
            self.rows[int(digit) - 1].choose()
        elif not self._arrow(event.key()):
            super().keyPressEvent(event)

    def _arrow(self, key: int) -> bool:
        """Up and down choose the line, left and right its degree."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key))
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if step is not None:
            self._step(step)
        if by is not None:
            self._grade(by)
        return step is not None or by is not None

    def _step(self, by: int) -> None:
        here = next((n for n, row in enumerate(self.rows) if row.has_focus), -1 if by > 0 else 0)
        self.rows[(here + by) % len(self.rows)].button.setFocus(Qt.FocusReason.TabFocusReason)

    def _grade(self, by: int) -> None:
        """The next degree of the row in hand."""
        for row in self.rows:
            if row.has_focus:
                row.grade(by)

    # where

    def place(self, beside: QRect) -> None:
        """Beside a place on the screen, at its right or else at its left, within the window."""
        parent = self.parentWidget()
        assert parent is not None
        within = QRect(parent.mapToGlobal(QPoint(0, 0)), parent.size()).adjusted(8, 8, -8, -8)
        x = beside.right() + GAP
        if x + self.width() > within.right():
            x = max(beside.left() - GAP - self.width(), within.left())
        self.move(x, min(max(beside.top(), within.top()), within.bottom() - self.height()))
