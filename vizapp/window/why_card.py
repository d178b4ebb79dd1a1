"""Why, on the stage. Of a failure, beside who tried: what was tried, where it stopped and why, in a few sentences; with
a look at that place, and what to look at. Of an event that one asks about: the answer, and the chain of its causes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from vizapp.devices.failure.explanation import Explanation
from vizapp.picture import account, explained
from vizapp.picture.account import Why
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.window import glyphs, look
from vizapp.window.chain_pills import ChainPills
from vizapp.window.least_hiding import ANYTHING, FOCUS, Weighed, beside, matters
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words

if TYPE_CHECKING:
    from vizapp.window.stage import StageView

CHAIN = (980, 720, 540, 380)  # the same, of one with a chain
WIDTHS = (380, 560, 300)  # pixels that the card may be wide when one explores; the first where all hide the same
GAP = 12  # pixels around a card that lies under the stage
SHARE = 0.6  # of its height, that the stage needs above it
SMALLEST = 11.0  # pixels to the em of its texts then
TALL = 1080  # the height that the sizes of a show are meant for
SLACK = 8  # pixels that the lines of a text may need beyond what the layout says
RIM = 24.0  # pixels at the edge of a box that no text reaches
HEAD = 36.0  # pixels of a box's name, above what it holds
LARGE = """QLabel, QPushButton {{ font-size: {text}px; }}
QPushButton[look="link-pill"] {{ font-size: {pill}px; border-radius: {round}px; padding: {pad}px {side}px; }}"""
STRIP = 6.0  # pixels around a cable that belong to it


class WhyCard(QFrame):
    """A child of the stage that it lies upon; it moves only when it says something else or the stage is resized.
    failures: whether it explains them of itself, as it does where nothing else tells of them."""

    def __init__(
        self, session: Session, words: Words, theme: Theme, stage: StageView, *, failures: bool = True
    ) -> None:
        super().__init__(stage)
        self.failures = failures
        self.session, self.words, self.theme, self.stage = session, words, theme, stage
        self.setObjectName("why")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.icon, self.title, self.outcome = look.text(), look.text("strong", wrap=True), look.text("wrong", wrap=True)
        self.told, self.table = look.text(wrap=True), look.text("muted", wrap=True)
        self.close_button = look.icon_button("close", 14, "muted")
        self.close_button.clicked.connect(self._close)
        self.pills = ChainPills(theme)
        self.pills.picked.connect(session.inquiry.go)
        self.show_button = QPushButton()
        self.show_button.clicked.connect(self._show)
        glyphs.wear(self.icon, "question", "warn", 20)
        glyphs.wear(self.show_button, "eye", "ink", 18)
        self._found: Explanation | None = None
        self._why: Why | None = None
        self._said: object = None
        self._arrange()
        stage.installEventFilter(self)
        self.pulse = Pulse(self.session, self)
        self.pulse.beat.connect(self.refresh)
        self.session.begun.connect(self.refresh)
        self.hide()
        self.refresh()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        rows = self.rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 10, 12)
        rows.setSpacing(6)
        rows.addLayout(top)
        rows.addWidget(self.outcome)
        rows.addWidget(self.told)
        last = QHBoxLayout()
        last.setSpacing(12)
        last.addWidget(self.show_button)
        last.addWidget(self.table, 1)
        rows.addLayout(last)
        rows.addWidget(self.pills)

    def set_words(self, words: Words) -> None:
        self.words, self._said = words, None
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme, self.pills.theme, self._said = theme, theme, None
        glyphs.dress(self, theme)
        self.refresh()

    # what it says

    def refresh(self) -> None:
        session, why = self.session, self.session.inquiry.shown
        found = session.reason.shown if why is None and self.failures else None
        said = (why, found, self.words.lang, session.hunting, session.inquiry.place,
                found is not None and found is session.reason.held)  # fmt: skip
        if said == self._said:
            return
        anew = self._said is None or why is None or why is not self._why
        self._said, self._found, self._why = said, found, why
        if why is not None:
            self._answer(why)
        elif found is not None:
            self._put(found, session.hunting)
        self.pills.setVisible(why is not None)
        self.setVisible(why is not None or found is not None)
        if anew or (why is not None and self.rows.heightForWidth(self.width()) > self.height()):
            self.place()

    def _answer(self, why: Why) -> None:
        """The question, its answer and the chain of causes; of a failure that is hidden, the chain alone."""
        scene, words = self.session.run.scene, self.words
        hidden = self.session.hunting and why.failure is not None
        source = account.source(why, words)
        self._write(account.question(why, scene, words), "", source,
                    words("explain.hunt") if hidden else account.told(why, scene, words))  # fmt: skip
        labels = [account.label(link, scene, words) for link in why.chain.links]
        self.pills.put(labels, self.session.inquiry.place, why.chain.asked,
                       lambda n: words("chain.more", n=n))  # fmt: skip
        self.show_button.setVisible(False)
        self.setAccessibleDescription(f"{self.told.text()} {source} {' → '.join(labels)}")

    def _write(self, title: str, outcome: str, table: str, told: str) -> None:
        for label, text in ((self.title, title), (self.outcome, outcome), (self.table, table), (self.told, told)):
            label.setText(text)
            label.setVisible(bool(text))
        look.call(self.close_button, self.words("common.close"))
        self.setAccessibleName(f"{title}. {outcome}")
        self.setAccessibleDescription(f"{told} {table}".strip())
        glyphs.dress(self, self.theme)

    def _put(self, found: Explanation, hunting: bool) -> None:
        """While a fault is hidden it says only that it failed, and how to go on."""
        scene, words = self.session.run.scene, self.words
        told = [words("explain.hunt")] if hunting else explained.told(found, scene, words)
        table = "" if hunting else explained.to_look_at(found, scene, words)
        self._write(explained.title(found, scene, words), explained.outcome(found, words), table, " ".join(told))
        back = found is self.session.reason.held
        look.say(self.show_button, words("explain.back" if back else "explain.show"))
        self.show_button.setVisible(not hunting)

    def _close(self) -> None:
        if not self.session.inquiry.leave():
            self.session.reason.close()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        reason = self.session.reason
        if found is reason.held:
            reason.back(found)
        else:
            reason.show(found)
            self.stage.keep_whole(found.stop.link or found.stop.device)

    # where it lies

    def place(self) -> None:
        """Beside who tried, without hiding what it speaks of."""
        found, why = self._found, self._why
        show = self.stage.level == "show"
        unit = max(0.5, self.stage.height() / TALL) if show else 1.0
        self.pills.unit = 2.0 * unit if show else 1.0
        self._wear(LARGE.format(text=round(32 * unit), pill=round(26 * unit), round=round(24 * unit),
                                pad=round(9 * unit), side=round(22 * unit)) if show else "")  # fmt: skip
        glyphs.wear(self.icon, "question", "warn", round(36 * unit) if show else 20)
        glyphs.put(self.icon, self.theme)
        self.stage.kept = 0.0
        self.stage.update()
        if why is not None and self._below():
            return
        if why is not None:
            self._lie(CHAIN, why.chain.event.device, why.chain.places, unit)
        elif found is not None:
            self._lie(WIDTHS, found.tried.device, found.about, unit)

    def _below(self) -> bool:
        """Lie under the stage, across its width; False where its texts would be too small then."""
        stage = self.stage
        width = stage.width() - 2 * GAP
        height = self.rows.heightForWidth(width) + SLACK
        least = min(stage.laid.sizes.detail, SMALLEST)
        if stage.level == "side" or stage.height() - height < SHARE * stage.height():
            return False
        stage.kept = float(height + GAP)
        if stage.laid.sizes.detail < least:
            stage.kept = 0.0
            return False
        self.setFixedSize(width, height)
        self.move(GAP, stage.height() - height - GAP)
        self.raise_()
        return True

    def _lie(self, widths: tuple[int, ...], beside_: str, about: tuple[str, ...], unit: float) -> None:
        """Near to a thing, where it hides least of what it is about."""
        room = (float(self.stage.width()), float(self.stage.height()))
        factor = 2.1 * unit if self.stage.level == "show" else 1.0
        wide = dict.fromkeys(min(round(each * factor), self.stage.width() - 20) for each in widths)
        cards = [(width, self.rows.heightForWidth(width) + SLACK) for width in wide]
        area = beside(room, cards, self._area(beside_), self._weighed(about))
        self.setFixedSize(round(area.w), round(area.h))
        self.move(round(area.x), round(area.y))
        self.raise_()

    def _wear(self, larger: str) -> None:
        """The sheet of the scene screen, also where the stage stands alone, with larger letters in a show."""
        sheet = look.sheet(self.theme) + larger if self.stage.level == "show" else ""
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _area(self, thing: str) -> Area:
        """Where a thing is, in pixels; the middle of the stage for one that is nowhere."""
        area = self.stage.area_of(thing)
        if area is None:
            return Area(self.stage.width() / 2, self.stage.height() / 2, 0, 0)
        box = self.stage.lens.on_widget(area)
        return Area(box.x(), box.y(), box.width(), box.height())

    def _weighed(self, about: tuple[str, ...]) -> list[Weighed]:
        known = matters(self.stage.laid, [self.stage.picture], about)
        zoomed = [(self.stage.lens.on_widget(area), weight) for area, weight in known]
        boxes = [(_inner(box, weight), weight) for box, weight in zoomed]
        heads = [(self._head(box.area), ANYTHING) for box in self.stage.laid.boxes.values() if box.container]
        return [*boxes, *heads, *((area, FOCUS) for link in about for area in self._cable(link))]

    def _head(self, area: Area) -> Area:
        """The line of a box's name, in pixels."""
        box = self.stage.lens.on_widget(area)
        return Area(box.x(), box.y(), box.width(), min(HEAD * self.stage.lens.zoom, box.height()))

    def _cable(self, link: str) -> Iterator[Area]:
        """The stretches of a cable, in pixels."""
        way = self.stage.laid.ways.get(link)
        points = [self._pixel(point) for point in way.points] if way is not None else []
        for a, b in pairwise(points):
            x, y = min(a.x(), b.x()), min(a.y(), b.y())
            yield Area(x, y, abs(a.x() - b.x()), abs(a.y() - b.y())).grown(STRIP)

    def _pixel(self, point: tuple[float, float]) -> QPointF:
        box = self.stage.lens.on_widget(Area(point[0], point[1], 0, 0))
        return box.topLeft()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False


def _inner(box: QRectF, weight: float) -> Area:
    """What it would be bad to hide: of what is not spoken of, the edge may be hidden."""
    less = 0.0 if weight >= FOCUS else min(RIM, box.width() / 4, box.height() / 4)
    return Area(box.x(), box.y(), box.width(), box.height()).grown(-less)
