"""The steps of the scene at the left: done, now, and those to come, which say nothing before their time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vizapp.picture.theme import Theme
from vizapp.run import EDGE
from vizapp.window import glyphs, look
from vizapp.window.pulse import Pulse
from vizapp.window.question_card import QuestionCard
from vizapp.window.session import Session
from vizapp.window.tasks_card import TasksCard
from vizapp.words import Words

DONE, NOW, AHEAD, FOG, NEVER = "done", "now", "ahead", "fog", "never"


@dataclass(frozen=True, slots=True)
class StepSeen:
    """What the panel may tell of one step. state: done, now, ahead (seen, but later than the clock), fog, never."""

    number: int
    state: str
    title: str
    say: str = ""
    notes: str = ""


def steps_seen(session: Session, words: Words) -> list[StepSeen]:
    """The steps as far as the fog lets them be seen."""
    now = session.step
    return [_seen(session, words, index, now) for index in range(len(session.run.scene.steps))]


def _seen(session: Session, words: Words, index: int, now: int) -> StepSeen:
    step, moment = session.run.scene.steps[index], session.run.steps[index]
    number = index + 1
    if not moment.comes and not session.run.busy:
        return StepSeen(number, NEVER, words("steps.coming", n=number), words("steps.never"))
    if not moment.comes or moment.show > session.fog + EDGE:
        return StepSeen(number, FOG, words("steps.coming", n=number))
    run, t = session.run, moment.t or 0
    say = run.fill(step.say, t, words)
    title = (run.fill(step.title, t, words) if step.title else say) or words("steps.coming", n=number)
    state = NOW if index == now else DONE if moment.show <= session.show + EDGE else AHEAD
    notes = run.fill(step.notes, t, words) if step.notes else ""
    return StepSeen(number, state, title, say if step.title else "", notes)


class StepRow(QAbstractButton):
    """One step; pressed, the clock goes to its moment."""

    BULLET = 26

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.seen = StepSeen(0, FOG, "")
        self.title, self.say = look.text(wrap=True), look.text("muted", wrap=True)
        self.notes_button = QPushButton()
        self.notes_button.setProperty("look", "link")
        self.notes_button.setCheckable(True)
        self.notes_button.toggled.connect(self._show_notes)
        self.cite = QPushButton()
        self.cite.setProperty("look", "link")
        self.notes = look.text("muted", wrap=True)
        texts = QVBoxLayout(self)
        texts.setContentsMargins(50, 12, 12, 12)
        texts.setSpacing(6)
        for widget in (self.title, self.say):
            texts.addWidget(widget)
        line = QHBoxLayout()
        line.setContentsMargins(-6, 0, 0, 0)  # its words begin where the others do
        line.addWidget(self.notes_button)
        line.addWidget(self.cite)
        line.addStretch()
        texts.addLayout(line)
        texts.addWidget(self.notes)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def put(self, seen: StepSeen, words: Words, theme: Theme) -> None:
        self.seen, self.theme = seen, theme
        open_now = seen.state == NOW
        self.title.setText(seen.title)
        self.title.setFont(look.font(self.font().pixelSize(), 600 if open_now else 400))
        self.title.setProperty("look", "strong" if open_now else "" if seen.state == DONE else "muted")
        self.title.style().polish(self.title)
        self.say.setText(seen.say)
        self.say.setVisible(bool(seen.say) and seen.state in (NOW, NEVER))
        self.notes_button.setVisible(bool(seen.notes) and open_now)
        self.notes_button.setText(words("steps.notes"))
        self.cite.setVisible(open_now)
        self.cite.setText(words("source.short"))
        self.notes.setText(seen.notes)
        self._show_notes()
        self.setEnabled(seen.state not in (FOG, NEVER))
        self.setAccessibleName(f"{words('steps.coming', n=seen.number)} · {words(f'steps.state.{seen.state}')}")
        self.setAccessibleDescription(" ".join(part for part in (seen.title, seen.say) if part))
        self.updateGeometry()
        self.update()

    def _show_notes(self) -> None:
        self.notes.setVisible(self.notes_button.isChecked() and bool(self.seen.notes) and self.seen.state == NOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, self.theme, self.seen.state)

    def _paint(self, painter: QPainter, theme: Theme, state: str) -> None:
        if state == NOW or self.hasFocus() or (self.underMouse() and self.isEnabled()):
            painter.setBrush(look.colour(theme.accent_soft if state == NOW else theme.panel))
            strong = self.hasFocus()
            painter.setPen(look.pen(theme.accent if strong or state == NOW else theme.hairline, 2 if strong else 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        middle = QPointF(26, 12 + max(self.title.fontMetrics().height() / 2, 9))
        self._bullet(painter, middle, theme, state)

    def _bullet(self, painter: QPainter, middle: QPointF, theme: Theme, state: str) -> None:
        radius = self.BULLET / 2
        filled = {DONE: theme.good, NOW: theme.accent}.get(state)
        painter.setPen(Qt.PenStyle.NoPen if filled else look.pen(theme.link, 1.5, state == NEVER))
        painter.setBrush(look.colour(filled) if filled else look.colour(theme.panel))
        painter.drawEllipse(middle, radius - (0 if filled else 1), radius - (0 if filled else 1))
        if state == DONE:
            glyphs.draw(painter, "check", middle.x() - 9, middle.y() - 9, 18, theme.panel)
            return
        painter.setFont(look.font(14, 600))
        painter.setPen(look.colour(theme.on_accent if filled else theme.muted))
        where = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(self.seen.number))


class StepsPanel(QWidget):
    """Steps, the open question, and the tasks of the sandbox."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading, self.count = look.text("section"), look.text("muted")
        self.fold = look.icon_button("panel-left", 18, "muted")
        self.rows = [StepRow(theme) for _ in session.run.scene.steps]
        self._shown: list[StepSeen] = []
        self._brought: QWidget | None = None
        self.question = QuestionCard(session, words, theme)
        self.tasks = TasksCard(session, words, theme)
        self._arrange()
        for index, row in enumerate(self.rows):
            row.clicked.connect(lambda _=False, at=index: session.go_to_step(at))
            row.cite.clicked.connect(lambda: session.citing.open())
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)
        session.asked.connect(self._asked)
        session.begun.connect(self._begun)
        self.tasks.heading.toggled.connect(lambda on: self._bring(self.tasks) if on else None)
        self.set_words(words)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(24, 0, 0, 0)
        top.addWidget(self.heading)
        top.addStretch()
        top.addWidget(self.count)
        top.addWidget(self.fold)
        self.inside = QWidget()
        self.inside.setObjectName("panel")
        rows = self.rows_layout = QVBoxLayout(self.inside)
        rows.setContentsMargins(12, 0, 12, 0)
        rows.setSpacing(2)
        for row in self.rows:
            rows.addWidget(row)
        rows.addSpacing(10)
        rows.addStretch()
        below = QVBoxLayout()
        below.setContentsMargins(4, 0, 4, 0)
        below.setSpacing(10)
        below.addWidget(self.question)
        below.addWidget(self.tasks)
        rows.addLayout(below)
        self.body = QScrollArea()
        self.body.setWidgetResizable(True)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setWidget(self.inside)
        self.body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.verticalScrollBar().rangeChanged.connect(lambda *_: self._bring_again())
        self.body.verticalScrollBar().actionTriggered.connect(lambda _: self._let_go())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 14, 8, 14)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self.body, 1)

    def _asked(self) -> None:
        if self.session.asking is not None:
            self._bring(self.question)

    def _begun(self) -> None:
        """What a task says as it begins and ends is to be read."""
        if self.session.hunt is not None:
            self._bring(self.tasks.rows[self.session.hunt.number])

    def _bring(self, widget: QWidget) -> None:
        """Scroll to a card that just opened; again once it has its final height."""
        self._brought = widget
        self.rows_layout.activate()
        self.inside.adjustSize()
        self._bring_again()

    def _bring_again(self) -> None:
        if self._brought is None:
            return
        if self._brought.height() > self.body.viewport().height():
            self.body.verticalScrollBar().setValue(self._brought.mapTo(self.inside, QPoint(0, 0)).y())
        else:
            self.body.ensureWidgetVisible(self._brought, 0, 12)

    def _let_go(self) -> None:
        """The person scrolls: what was brought into sight is not any more."""
        self._brought = None

    def set_words(self, words: Words) -> None:
        self.words = words
        self.heading.setText(words("steps.title"))
        look.call(self.fold, words("panel.fold", what=words("panel.steps")))
        self.question.set_words(words)
        self.tasks.set_words(words)
        self._shown = []
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.question.set_theme(theme)
        self.tasks.set_theme(theme)
        self._shown = []
        self.refresh()

    def refresh(self) -> None:
        seen = steps_seen(self.session, self.words)
        asking = self.session.asking is not None
        for row, each in zip(self.rows, seen, strict=True):
            row.setVisible(not (asking and each.state == FOG))  # they say nothing; the question has their room
        if seen == self._shown:
            return
        before = next((each.number for each in self._shown if each.state == NOW), 0)
        self._shown = seen
        reached = max((each.number for each in seen if each.state in (NOW, DONE)), default=0)
        self.count.setText(f"{reached} / {len(seen)}")
        for row, each in zip(self.rows, seen, strict=True):
            if row.seen != each or row.theme is not self.theme:
                row.put(each, self.words, self.theme)
        now = next((each.number for each in seen if each.state == NOW), 0)
        if now and now != before and self.session.asking is None:
            self._bring(self.rows[now - 1])
