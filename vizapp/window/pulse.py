"""The pulse of the panels of text: ten times a second while the clock runs, at once when it stands."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QObject, Signal

from vizapp.window.session import Session

PERIOD = 0.1  # seconds


class Pulse(QObject):
    """Passes the session's signals on as one `beat`, no oftener than can be read. It has no timer of its own: every
    beat comes out of a signal, and the one that stops the clock is never left out."""

    beat = Signal()

    def __init__(self, session: Session, parent: QObject | None = None, period: float = PERIOD) -> None:
        super().__init__(parent)
        self._session = session
        self._period = period  # seconds between two beats while the clock runs
        self._last = 0.0
        session.moved.connect(self._moved)
        session.changed.connect(self._moved)
        for signal in (session.played, session.asked, session.picked):
            signal.connect(self._now)

    def _moved(self) -> None:
        running = self._session.playing or self._session.run.busy
        if not running or monotonic() - self._last >= self._period:
            self._now()

    def _now(self) -> None:
        self._last = monotonic()
        self.beat.emit()
