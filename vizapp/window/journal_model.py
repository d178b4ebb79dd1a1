"""The rows of the journal: events up to the fog that the filter lets through, looked at and never copied."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from vizapp.picture import sentences
from vizapp.sim.timeline import Event
from vizapp.window.session import Session
from vizapp.words import Words

Index = QModelIndex | QPersistentModelIndex
EVENT = Qt.ItemDataRole.UserRole


def protocol(event: Event) -> str:
    """What an event is about: the first word of its name (`dhcp.offer` is of dhcp)."""
    return event.name.partition(".")[0]


class JournalModel(QAbstractListModel):
    """Events up to the fog that the filter lets through, looked at and never copied: a row is a number."""

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__()
        self.session, self.words = session, words
        self.about: str | None = None  # a protocol
        self.device: str | None = None
        self.text = ""
        self._timeline: object = None
        self._rows: list[int] | None = None  # numbers of the events that pass; None: all do
        self._seen = 0  # events looked at
        self._sentences: dict[int, str] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid():
            return 0
        return self._seen if self._rows is None else len(self._rows)

    def event_at(self, row: int) -> Event:
        return self.session.run.timeline.events[row if self._rows is None else self._rows[row]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        event = self.event_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sentence(event)
        if role == EVENT:
            return event
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.words.clock(event.t, 6)} · {self.sentence(event)}"
        return None

    def sentence(self, event: Event) -> str:
        said = self._sentences.get(event.id)
        if said is None:
            said = self._sentences[event.id] = sentences.sentence(event, self.session.run.scene, self.words)
        return said

    def set_words(self, words: Words) -> None:
        self.words = words
        self.reset()

    def filter(self, about: str | None, device: str | None, text: str) -> None:
        self.about, self.device, self.text = about, device, text.casefold()
        self.reset()

    def reset(self) -> None:
        self.beginResetModel()
        self._sentences.clear()
        self._rows = [] if self.about or self.device or self.text else None
        self._seen = 0
        self._timeline = self.session.run.timeline
        self._look()
        self.endResetModel()

    def refresh(self) -> None:
        """Follow the fog: more rows appear at the end; another run begins anew."""
        timeline = self.session.run.timeline
        until = timeline.events_until(self.session.fog_t)
        if timeline is not self._timeline or until < self._seen:
            self.reset()
        elif until > self._seen:
            fresh = [n for n in range(self._seen, until) if self._rows is None or self._passes(timeline.events[n])]
            if fresh:
                count = self.rowCount()
                self.beginInsertRows(QModelIndex(), count, count + len(fresh) - 1)
            self._seen = until
            if self._rows is not None:
                self._rows.extend(fresh)
            if fresh:
                self.endInsertRows()

    def _look(self) -> None:
        events = self.session.run.timeline.events
        self._seen = self.session.run.timeline.events_until(self.session.fog_t)
        if self._rows is not None:
            self._rows = [n for n in range(self._seen) if self._passes(events[n])]

    def _passes(self, event: Event) -> bool:
        return (
            self.about in (None, protocol(event))
            and self.device in (None, event.device, event.owner)
            and (not self.text or self.text in self.sentence(event).casefold())
        )

    def row_at(self, t: int) -> int:
        """The last row not after true ns `t`, -1 before the first."""
        low, high = 0, self.rowCount()
        while low < high:
            middle = (low + high) // 2
            if self.event_at(middle).t <= t:
                low = middle + 1
            else:
                high = middle
        return low - 1
