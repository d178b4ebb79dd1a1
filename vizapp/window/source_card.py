"""Where does this come from? On the stage: what is stated now, and the sources of each statement in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from vizapp.picture.theme import Theme
from vizapp.window import glyphs, look
from vizapp.window.least_hiding import FOCUS, Weighed, least_hiding, matters
from vizapp.window.page import Page
from vizapp.window.pulse import Pulse
from vizapp.window.source_page import page, plain
from vizapp.words import Words

if TYPE_CHECKING:
    from vizapp.window.session import Session

WIDE, WIDE_SHOWN = 520, 0.56  # pixels; in a show, of the stage
HIGH = 0.82  # of the stage, at most
TALL, TEXT = 1080, 26  # pixels to the em of its texts in a show, at that height
LARGE = "QLabel, QTextBrowser {{ font-size: {text}px; }}"


class SourceCard(QFrame):
    """A child of the stage that it lies upon, of one scene or of sides; there while the session's `citing` is shown."""

    def __init__(self, session: Session, words: Words, theme: Theme, stage: Any) -> None:
        super().__init__(stage)
        self.session, self.words, self.theme, self.stage = session, words, theme, stage
        self.setObjectName("why")
        self.icon, self.title, self.page = look.text(), look.text("strong", wrap=True), Page()
        self.copy_button = look.icon_button("copy", 16, "muted")
        self.close_button = look.icon_button("close", 14, "muted")
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(session.citing.close)
        self.page.anchorClicked.connect(self._browse)
        glyphs.wear(self.icon, "book", "accent", 20)
        if self._large:
            self.page.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the show
        self._arrange()
        self._said: object = None
        for watched in (stage, self.page):
            watched.installEventFilter(self)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)
        self.hide()
        self.set_words(words)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.title, 1)
        for button in (self.copy_button, self.close_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        rows = self.rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 10, 12)
        rows.setSpacing(6)
        rows.addLayout(top)
        rows.addWidget(self.page, 1)

    def set_words(self, words: Words) -> None:
        self.words, self._said = words, None
        self.title.setText(words("source.title"))
        self.setAccessibleName(words("source.title"))
        look.call(self.copy_button, words("source.copy"))
        look.call(self.close_button, words("common.close"))
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._said = theme, None
        glyphs.dress(self, theme)
        self.refresh()

    def refresh(self) -> None:
        """Follow what is stated; nothing while a question waits."""
        citing = self.session.citing
        shown = citing.shown and not citing.waits
        said = (shown, page(citing.statements(self.words), self.words, self.theme)) if shown else (False, "")
        if said == self._said:
            return
        self._said = said
        self.setVisible(shown)
        if shown:
            self.page.put(said[1])
            self.place()

    def copy(self) -> None:
        """Put all of it on the clipboard, as text."""
        QGuiApplication.clipboard().setText(plain(self.session.citing.statements(self.words), self.words))

    def _browse(self, address: QUrl) -> None:
        """Open a work in the browser."""
        QDesktopServices.openUrl(address)

    # where

    def place(self) -> None:
        """Where it hides least of what is shown, no higher than its text."""
        room = (self.stage.width(), self.stage.height())
        self._wear()
        wide = round(WIDE_SHOWN * room[0]) if self._large else min(WIDE, room[0] - 24)
        self.setFixedWidth(max(wide, 200))
        self.page.document().setTextWidth(wide - 44)
        head = max(self.title.heightForWidth(wide - 120), self.close_button.height())
        high = min(round(self.page.document().size().height()) + head + 40, round(HIGH * room[1]))
        self.setFixedHeight(high)
        _, area = least_hiding(room, [(wide, high)], self._weighed())
        self.move(round(area.x), round(area.y))
        self.raise_()

    @property
    def _large(self) -> bool:
        return bool(self.stage.level == "show")

    def _wear(self) -> None:
        """The sheet of the scene screen also where the stage stands alone, with larger letters in a show."""
        large = LARGE.format(text=round(max(TEXT * self.stage.height() / TALL, 14)))
        sheet = look.sheet(self.theme) + large if self._large else ""
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _weighed(self) -> list[Weighed]:
        if hasattr(self.stage, "weighed"):
            weighed: list[Weighed] = self.stage.weighed()
            return weighed
        laid, about = self.stage.laid, set(self.stage.view.focus)
        captions = [(laid.captioned, FOCUS)] if laid.captioned is not None else []
        return [*matters(laid, [self.stage.picture], about), *captions]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.stage and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        if watched is self.page and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Its text takes letters for itself: these put it away from there too."""
        plain_key = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return plain_key and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_C) and self.session.citing.close()
