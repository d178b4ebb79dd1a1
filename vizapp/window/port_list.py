"""Which ports a capture listens at: each with a check, and one for all of them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from vizapp.export import capture
from vizapp.picture import sentences
from vizapp.run import Run
from vizapp.scene.model import Port, Scene
from vizapp.words import Words

ROW, EDGE, MOST = 30, 9, 6  # pixels of a row, of the frame; rows shown at once
PORT = Qt.ItemDataRole.UserRole
ON, OFF, SOME = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


class PortList(QListWidget):
    """Empty where the scene has no frames, and of a comparison (None). At first all ports are chosen."""

    def __init__(self, run: Run | None, words: Words) -> None:
        super().__init__()
        self.setProperty("look", "field")
        ports = capture.ports(run) if run is not None else ()
        self.every = self._row(words("exporting.every-port"), "") if ports else None
        for port in ports:
            assert run is not None
            self._row(_said(run.scene, port, words), port.id)
        self.itemChanged.connect(self._checked)
        self.setFixedHeight(ROW * min(self.count(), MOST) + EDGE)

    def _row(self, text: str, port: str) -> QListWidgetItem:
        item = QListWidgetItem(text, self)
        item.setData(PORT, port)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(ON)
        item.setSizeHint(QSize(0, ROW))
        return item

    def _ports(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(1, self.count())]

    def choose(self, name: str) -> None:
        """Only that port, or those of a device."""
        for item in self._ports():
            its = name in (item.data(PORT), item.data(PORT).partition(".")[0])
            item.setCheckState(ON if its else OFF)
            if its:
                self.scrollToItem(item)

    def chosen(self) -> tuple[str, ...]:
        return tuple(item.data(PORT) for item in self._ports() if item.checkState() == ON)

    def _checked(self, changed: QListWidgetItem) -> None:
        """The check for all rules the others, and tells how they are."""
        self.blockSignals(True)
        if changed is self.every:
            for item in self._ports():
                item.setCheckState(OFF if changed.checkState() == OFF else ON)
        elif self.every is not None:
            self.every.setCheckState(_state({item.checkState() for item in self._ports()}))
        self.blockSignals(False)
        self.viewport().update()


def _state(found: Collection[Qt.CheckState]) -> Qt.CheckState:
    return SOME if len(found) > 1 else next(iter(found))


def _said(scene: Scene, port: Port, words: Words) -> str:
    """`Switch · p1 → Server`."""
    there = words.join([sentences.name(scene, words, peer) for peer in capture.peers(scene, port)])
    return f"{sentences.name(scene, words, port.device)} · {port.name}" + (f" → {there}" if there else "")
