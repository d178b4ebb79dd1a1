"""The main window as a whole: keys and menus that ask for commands, scenes dropped on it, and the show it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication

from vizapp.window import keys
from vizapp.window.doing import Doing
from vizapp.window.scene_file import dropped

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

TYPING = ("QLineEdit", "QTextEdit", "QPlainTextEdit", "QAbstractSpinBox")


class Shell(Doing):
    """Each class below it adds one thing: `MainWindow` the home page, `Opening` a scene, `Doing` what commands do."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.setAcceptDrops(True)
        self.topbar.asked.connect(lambda name: self.run(keys.command(name)))
        self.topbar.menu.connect(self._drop_menu)

    # keys and menus

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key that no control wanted means; False when it means nothing."""
        found = keys.find(event, self.scope)
        if found is None or (self._typing() and keys.writes(event)):
            return False
        self.run(*found)
        return True

    def _typing(self) -> bool:
        widget = QApplication.focusWidget() or self.focusWidget()
        return widget is not None and any(widget.inherits(name) for name in TYPING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.press(event):
            return
        if event.key() == Qt.Key.Key_Escape and self.in_scene and self._put_by():
            return
        if event.key() == Qt.Key.Key_Escape and self.beside is not None:
            self.go_back()
            return
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.full_screen()
        else:
            super().keyPressEvent(event)

    def _put_by(self) -> bool:
        """Put away what lies upon the stage, then leave what was entered; False where nothing was."""
        session = self.session
        return session.citing.close() or session.inquiry.leave() or session.folds.leave() or self.leave_difference()

    def _drop_menu(self) -> None:
        menu, button = self.menu(), self.topbar.more
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4)))

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A scene dropped on the window is opened, once the drop is done."""
        path = dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.open(path))

    # the show

    def present(self, here: bool = False) -> None:
        """Show the scene to the room, from its start unless `here`; from home, the scene whose card has the focus."""
        if self.show_screen is not None:
            self.show_screen.close()
            return
        if not self.in_scene and not (self.home.first and self.open(self.home.first.path)):
            return
        from vizapp.window.show import Show

        if not here:
            self.session.reset()
        self.show_screen = Show(self.session, self.words, self.theme, self.settings, self.press)
        self.show_screen.left.connect(self._show_left)
        self.show_screen.begin(self)

    def _show_left(self) -> None:
        if self.show_screen is not None:
            self.show_screen.deleteLater()
            self.show_screen = None
            self.session.pause()
            self.activateWindow()
