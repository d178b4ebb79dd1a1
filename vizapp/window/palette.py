"""Find anything by typing a part of its name: a scene, a step, a device, a command (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import glyphs
from vizapp.window.library import plain
from vizapp.words import Words

MOST = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that can be found. sort: what it is, said small behind its name; go: what choosing it does."""

    name: str
    sort: str
    icon: str
    go: Callable[[], object]
    also: str = ""  # further words to find it by


def matching(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Those that hold all the words of `text`; names that begin with it come first, otherwise the order stays."""
    words = plain(text).split()
    found = []
    for each in findings:
        name = plain(each.name)
        if all(word in f"{name} {plain(each.sort)} {plain(each.also)}" for word in words):
            whole = " ".join(words)
            found.append((0 if name.startswith(whole) else 1 if whole in name else 2, each))
    found.sort(key=lambda pair: pair[0])
    return [each for _, each in found[:MOST]]


class Palette(QDialog):
    """A field and what it finds. Up and down choose, Enter goes there, Esc leaves."""

    def __init__(
        self, findings: Sequence[Finding], words: Words, theme: Theme, parent: QWidget, title: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title or words("palette.title"))
        self.findings, self.theme, self.words = findings, theme, words
        self.shown: list[Finding] = []
        self.field = QLineEdit()
        self.field.setProperty("look", "search")
        self.field.setPlaceholderText(title or words("palette.hint"))
        self.field.setAccessibleName(title or words("palette.title"))
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setIconSize(QSize(20, 20))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(words("palette.found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._fill)
        self.list.itemClicked.connect(self._go)
        self._fill("")
        self._place(parent)
        self.field.setFocus()

    def _place(self, parent: QWidget) -> None:
        width, height = min(680, parent.width() - 40), min(460, parent.height() - 80)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.setGeometry(corner.x() + (parent.width() - width) // 2, corner.y() + 66, width, height)

    def _fill(self, text: str) -> None:
        self.shown = matching(text, self.findings)
        self.list.clear()
        for each in self.shown:
            item = QListWidgetItem(f"{each.name}   ·   {each.sort}" if each.sort else each.name)
            if each.icon:
                item.setIcon(glyphs.icon(each.icon, self.theme.muted, 20, self.devicePixelRatioF()))
            item.setSizeHint(QSize(0, self.list.fontMetrics().height() + 12))  # never wider than the list
            self.list.addItem(item)
        if not self.shown:
            nothing = QListWidgetItem(self.words("palette.nothing"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.list.currentRow()
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
            by = step.get(Qt.Key(event.key()))
            if by is not None:
                self.list.setCurrentRow(max(0, min(row + by, self.list.count() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
        return False

    def _go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.shown):
            self.close()
            self.shown[row].go()
