"""The scene screen: steps at the left, the stage in the middle, inspector and journal at the right, charts below it
all, the transport at the bottom. Panels fold to a narrow rail; how they are is remembered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import accessible_stage, glyphs, look
from vizapp.window.charts import ChartsPanel
from vizapp.window.deed_menu import SETTLED
from vizapp.window.inspector import Inspector
from vizapp.window.journal import JournalPanel
from vizapp.window.picked import picked
from vizapp.window.puzzling import over
from vizapp.window.session import Session
from vizapp.window.settings import Settings
from vizapp.window.source_card import SourceCard
from vizapp.window.stage import StageView
from vizapp.window.steps_panel import StepsPanel
from vizapp.window.transport import Transport
from vizapp.window.why_card import WhyCard
from vizapp.words import Words

WIDE = 1500  # pixels from which the right panel is open at first
TALL = 760  # from which the journal is open at first, where no chart takes its room
RAIL = 44
RIGHT, WIDEST = 344, 1.4  # least width of the right panel; it grows with the text, up to so much


class Rail(QWidget):
    """What a folded panel leaves: a narrow column with the buttons that open it again."""

    def __init__(self, buttons: dict[str, str]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(RAIL)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4, 12, 4, 12)
        rows.setSpacing(6)
        self.buttons: dict[str, QPushButton] = {}
        for name, glyph in buttons.items():
            self.buttons[name] = look.icon_button(glyph, 20, "muted")
            rows.addWidget(self.buttons[name])
        rows.addStretch()

    def set_words(self, words: Words) -> None:
        for name, button in self.buttons.items():
            look.call(button, words(f"panel.{name}") if words.has(f"panel.{name}") else words(f"inspector.{name}"))


class SceneScreen(QWidget):
    """Everything of one session. `settings` remembers which panels are folded and how wide they are. capture_wanted:
    of a device, by its id."""

    capture_wanted = Signal(str)

    def __init__(self, session: Session, words: Words, theme: Theme, settings: Settings | None = None) -> None:
        super().__init__()
        self.session, self.words, self.theme, self.settings = session, words, theme, settings
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        accessible_stage.install()
        self.stage = self._made_stage()
        self.why = self._made_why()
        self.puzzle = over(self.stage, session, words, theme, settings)
        self.sources = SourceCard(session, words, theme, self.stage)
        self.steps = StepsPanel(session, words, theme)
        self.inspector, self.journal = self._made_panels()
        self.charts = ChartsPanel(session, words, theme)
        self.transport = Transport(session, words, theme)
        self.left_rail = Rail({"steps": "panel-left"})
        self.right_rail = Rail({"device": "info", "packet": "packet", "settings": "tune", "journal": "journal"})
        self.folded: dict[str, bool] | None = None  # by panel; None until the first size is known
        self._hidden = False
        self._open: dict[str, int] = {}  # pixels that a folded part had
        if settings is not None:
            self.stage.reduced_motion = settings.now.reduced_motion
            settings.changed.connect(self._preferred)
        self._arrange()
        self._connect()
        self.set_words(words)
        self.set_theme(theme)

    def _made_stage(self) -> Any:
        """What is in the middle."""
        return StageView(self.session, self.words, self.theme)

    def _made_why(self) -> WhyCard | None:
        """What explains a failure, on the stage."""
        return WhyCard(self.session, self.words, self.theme, self.stage)

    def _made_panels(self) -> tuple[Inspector, JournalPanel]:
        """What is at the right."""
        return Inspector(self.session, self.words, self.theme), JournalPanel(self.session, self.words, self.theme)

    def _arrange(self) -> None:
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.down = QSplitter(Qt.Orientation.Vertical)
        for splitter in (self.right, self.across, self.down):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self.right.addWidget(self.inspector)
        self.right.addWidget(self.journal)
        for widget in (self.left_rail, self.steps, self.stage, self.right, self.right_rail):
            self.across.addWidget(widget)
        self.across.setStretchFactor(2, 1)
        self.steps.setMinimumWidth(230)
        self.right.setMinimumWidth(RIGHT)
        self.stage.setMinimumSize(320, 220)
        self.inspector.setMinimumHeight(180)
        self.charts.setMinimumHeight(150)
        self.down.addWidget(self.across)
        self.down.addWidget(self.charts)
        self.down.setStretchFactor(0, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.down, 1)
        rows.addWidget(self.transport)

    def _connect(self) -> None:
        self.steps.fold.clicked.connect(lambda: self.fold("steps", True))
        self.charts.fold.clicked.connect(lambda: self.fold("charts", not self.is_folded("charts")))
        self.left_rail.buttons["steps"].clicked.connect(lambda: self.fold("steps", False))
        for name, button in self.right_rail.buttons.items():
            button.clicked.connect(lambda _=False, which=name: self._unfold_right(which))
        for splitter in (self.right, self.across, self.down):
            splitter.splitterMoved.connect(lambda *_: self._remember())
        self.session.picked.connect(self._picked)
        self.stage.inspected.connect(self._inspect)
        self.session.wished.connect(self._write_out)
        self._connect_panels()

    def _connect_panels(self) -> None:
        self.inspector.fold.clicked.connect(lambda: self.fold("right", True))
        self.journal.fold.clicked.connect(lambda: self.fold("journal", not self.is_folded("journal")))
        self.inspector.capture.wanted.connect(self.capture_wanted)

    def _preferred(self, name: str) -> None:
        if name == "reduced_motion" and self.settings is not None:
            self.stage.reduced_motion = self.settings.now.reduced_motion
            self.stage.update()
        elif name == "source_line" and self.settings is not None:
            self.session.sourced = self.settings.now.source_line
            self.session.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The stage has the focus then. (As a focus proxy it would take Tab away from the steps before it.)"""
        self.stage.setFocus(event.reason())

    # panels

    def is_folded(self, name: str) -> bool:
        """Whether `steps`, `right`, `journal` or `charts` is folded."""
        return bool((self.folded or {}).get(name, False))

    def fold(self, name: str, folded: bool) -> None:
        """Fold or open `steps`, `right`, `journal` or `charts`."""
        self.folded = {**(self.folded or {}), name: folded}
        self._show_panels()
        self._remember()

    def open_right(self, tab: str) -> None:
        """Open the right panel at the tab that is asked for, or at the journal."""
        self.fold("right", False)
        if tab == "journal":
            self.fold("journal", False)
            self.journal.list.setFocus()
        else:
            self.inspector.show_tab(tab)

    def _unfold_right(self, tab: str) -> None:
        """The rail's button goes away with the rail: the keys are the stage's then, unless the journal has them."""
        self.open_right(tab)
        if tab != "journal":
            self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_panels(self, hidden: bool) -> None:
        """F11: nothing but the stage; the panels come back as they were."""
        self._hidden = hidden
        self._show_panels()

    def _show_panels(self) -> None:
        steps, right = self.is_folded("steps"), self.is_folded("right")
        shown = not self._hidden
        self.steps.setVisible(shown and not steps)
        self.left_rail.setVisible(shown and steps)
        self.right.setVisible(shown and not right)
        self.right_rail.setVisible(shown and right)
        self.charts.setVisible(shown and self.charts.measured)
        self._fold_within(self.down, self.charts, "charts")
        self._fold_within(self.right, self.journal, "journal")
        self.transport.setVisible(shown)

    def _fold_within(self, splitter: QSplitter, part: ChartsPanel | JournalPanel, name: str) -> None:
        """Fold or open the lower part of a splitter; what it leaves or needs is the upper part's."""
        folded, sizes = self.is_folded(name), splitter.sizes()
        if folded and not part.body.isHidden():
            self._open[name] = sizes[-1]
        changed = folded != part.body.isHidden()
        part.set_folded(folded)
        if changed and sum(sizes) > 0:
            low = part.maximumHeight() if folded else self._open.get(name, round(sum(sizes) * 0.35))
            splitter.setSizes([sum(sizes) - low, low])

    def _picked(self) -> None:
        """What is picked is told; of a packet that the camera follows, the stage tells enough."""
        selected = self.session.selected
        packet = picked(selected)
        followed = packet is not None and packet == self.session.followed
        if selected is not None and not self._hidden and self.is_folded("right") and not followed:
            self.open_right("device" if packet is None else "packet")

    def _inspect(self) -> None:
        """Enter on a thing: on to what can be read and done of it."""
        if not self._hidden:
            self.open_right("packet" if picked(self.session.selected) is not None else "device")
            self.inspector.read()

    def _write_out(self, verb: str, thing: str) -> None:
        """What no menu can list is typed; addresses and routes have a page of their own."""
        if verb in SETTLED:
            self.session.select(thing)
            self.open_right("device")
            self.inspector.settle(True)
            return
        from vizapp.window.wish_dialog import WishDialog

        WishDialog(self.session, self.words, verb, thing, self.window()).open()

    @property
    def setting_with_focus(self) -> str | None:
        """The setting that the keys are on."""
        return self.inspector.settings.with_focus

    def toggle_table(self) -> None:
        self.stage.toggle_table()

    def fit(self) -> None:
        self.stage.fit()

    # sizes, remembered

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.folded is None:
            self._restore()

    def _restore(self) -> None:
        kept = self._kept_panels()
        wide = self.width()
        folded = kept.get("folded")
        written = bool(self.session.run.scene.charts)
        crowded = written or self.height() < TALL
        self.folded = {"steps": False, "right": wide < WIDE, "journal": crowded, "charts": not written}
        if isinstance(folded, dict):
            self.folded |= {name: bool(value) for name, value in folded.items() if name in self.folded}
        side = round(min(max(wide * 0.19, 240), 330))
        inner = round(min(max(wide * 0.225, 330), 430))
        self.across.setSizes(_sizes(kept.get("across"), 5) or [RAIL, side, wide - side - inner, inner, RAIL])
        self.right.setSizes(_sizes(kept.get("right"), 2) or [round(self.height() * 0.58), round(self.height() * 0.3)])
        measured = min(max(round(self.height() * 0.29), 188), 320)
        self.down.setSizes(_sizes(kept.get("down"), 2) or [self.height() - measured, measured])
        self._show_panels()

    def _kept_panels(self) -> dict[str, Any]:
        return dict(self.settings.now.panels) if self.settings is not None else {}

    def _remember(self) -> None:
        if self.settings is None or self._hidden:
            return
        kept = {"folded": self.folded or {}, "across": self.across.sizes(), "right": self.right.sizes()}
        if self.charts.measured and not self.is_folded("charts"):
            kept["down"] = self.down.sizes()
        self.settings.set("panels", {**self.settings.now.panels, **kept})

    # language and theme

    def set_words(self, words: Words) -> None:
        self.words = words
        for part in (*self._parts(), self.left_rail, self.right_rail):
            part.set_words(words)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        scale = self.settings.now.text_scale if self.settings is not None else 1.0
        self.setStyleSheet(look.sheet(theme, scale))
        self.right.setMinimumWidth(round(RIGHT * min(max(scale, 1.0), WIDEST)))
        for part in self._parts():
            part.set_theme(theme)
        glyphs.dress(self, theme)

    def _parts(self) -> list[Any]:
        parts = [self.steps, self.inspector, self.journal, self.charts, self.transport, self.stage, self.sources]
        return [*parts, *(part for part in (self.why, self.puzzle) if part is not None)]

    def _dress_panels(self) -> None:
        """Those that were made later."""
        for part in (self.inspector, self.journal):
            part.set_words(self.words)
            part.set_theme(self.theme)
            glyphs.dress(part, self.theme)


def _sizes(kept: Any, count: int) -> list[int] | None:
    """Sizes as they were kept, if they make sense."""
    if not isinstance(kept, list) or len(kept) != count or not all(isinstance(each, int) for each in kept):
        return None
    return kept if sum(kept) > 0 else None
