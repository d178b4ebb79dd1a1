"""Starting the window: the application, its clothes, and the hook for what nobody caught."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from vizapp.scene.model import Scene
    from vizapp.window.shell import Shell


def application() -> QApplication:
    """The one application of this process."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(sys.argv[:1] or ["vizapp"])
    app.setApplicationName("vizapp")
    app.setApplicationDisplayName("vizapp")
    app.setDesktopFileName("vizapp")
    return app


def read_no_sources() -> None:
    """Spares some of our start and 5 MB. From its own import on, PySide reads the source of every module imported,
    to see whether it uses PySide and may switch on `__feature__`s; we use none. Where PySide has changed, it goes on.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: True


def window(lang: str | None = None, theme: str | None = None) -> Shell:
    """The main window, dressed but not shown. Nothing that is made here is rubbish: looking for some would cost a
    tenth of the start."""
    read_no_sources()
    gc.disable()
    try:
        return _built(lang, theme)
    finally:
        gc.enable()


def _built(lang: str | None, theme: str | None) -> Shell:
    from vizapp.window import style
    from vizapp.window.settings import Settings
    from vizapp.window.shell import Shell

    app = application()
    settings = Settings()
    style.apply(app, style.named(theme) if theme else style.chosen(settings.now), settings.now.text_scale)
    return Shell(settings, lang=lang, theme=theme)


def settle() -> None:
    """What is there by now stays as long as the window does: from here on the search for rubbish leaves it out, which
    would hold up whatever plays for four times as long. Done once, before the first scene is played: what a scene is
    made of comes and goes."""
    if not gc.get_freeze_count():
        gc.freeze()


def start(
    scene: str | Path | Scene | None = None, present: bool = False, lang: str | None = None, theme: str | None = None
) -> int:
    """Open the window, on a scene if one is named or on a comparison that is in no file, in the show if it is to be
    presented; returns the exit status."""
    app = application()
    shell = window(lang, theme)
    QTimer.singleShot(0, shell, lambda: _started(shell))
    shell.show()
    shell.home.start_focus()
    if _open(shell, scene) and present:
        shell.present()
    return app.exec()


def _open(shell: Shell, scene: str | Path | Scene | None) -> bool:
    if scene is None or isinstance(scene, (str, Path)):
        return scene is not None and shell.open(scene)
    shell.open_free(scene)
    return True


def _started(shell: Shell) -> None:
    """After the first picture: errors are caught from here on, the rest of the house is woken."""
    from vizapp.window import crash
    from vizapp.window.crash_dialog import tell

    crash.log_to_file()
    crash.install(shell.written_session, lambda text, kept: tell(text, kept, shell.words))
    shell.started()
