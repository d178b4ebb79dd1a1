"""Draws the pictures of the README: the real window at moments of the shipped scenes, without a screen.

The same code gives the same pictures: a home of its own, no pointer, no blinking cursor, and moments of the simulation.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WINDOW = (1600, 1000)
HOME = (1440, 680)
SCREEN = (1600, 900)
HARDEST = 0  # for Qt, quality 0 of a PNG is the smallest file


def made_ready(shell: Any) -> None:
    """Let the window settle: all of the run simulated, all that is asked for laid out and painted."""
    from PySide6.QtWidgets import QApplication

    for _ in range(100_000):
        QApplication.processEvents()
        if shell.session is None or not shell.session.run.busy:
            break
    for _ in range(20):
        QApplication.processEvents()


def opened(lang: str, theme: str = "day", size: tuple[int, int] = WINDOW) -> Any:
    """A window of its own, at home."""
    from PySide6.QtWidgets import QApplication

    from vizapp.window.app import application, window

    application()
    QApplication.setCursorFlashTime(0)
    shell = window(lang, theme)
    shell.resize(*size)
    shell.show()
    shell.home.start_focus()
    shell.started()
    made_ready(shell)
    if shell.thumbnails is not None:
        shell.thumbnails.finish()
    made_ready(shell)
    return shell


def at_step(lang: str, scene: str, when: str, theme: str = "day", pick: str | None = None) -> Any:
    """The window on a scene, at the step whose moment is written `when`, with something picked."""
    shell = opened(lang, theme)
    shell.open(scene)
    made_ready(shell)
    steps = [step.when for step in shell.session.run.scene.steps]
    shell.session.go_to_step(steps.index(when))
    if pick is not None:
        shell.session.select(pick)
    made_ready(shell)
    return shell


def home() -> Any:
    return opened("en", size=HOME)


def nat() -> Any:
    return at_step("fr", "nat", "nat.rewrite at router from vm2", pick="router")


def load_balancing() -> Any:
    return at_step("en", "load-balancing", "20s", pick="lb")


def hardware_assisted() -> Any:
    """CPUID leaves the guest."""
    when = "vm.exit at cpu from kernel where instruction == CPUID"
    return at_step("en", "hardware-assisted", when, theme="night", pick="hypervisor")


def question() -> Any:
    """A prediction: the clock stands just before what would answer it."""
    shell = at_step("en", "nat", "nat.rewrite at router from vm1")
    shell.session.ask(1)
    shell.session.choose(1)
    made_ready(shell)
    return shell


def show() -> Any:
    """The stage alone, with caption and table, as the room sees it."""
    shell = at_step("fr", "nat", "nat.rewrite at router from vm2")
    shell.settings.set("show_windowed", True)
    shell.present(here=True)
    shell.show_screen.resize(*SCREEN)
    made_ready(shell)
    return shell.show_screen


DRAWN: dict[str, Callable[[], Any]] = {
    "home": home,
    "nat": nat,
    "load-balancing": load_balancing,
    "hardware-assisted": hardware_assisted,
    "question": question,
    "show": show,
}


def draw(names: list[str]) -> None:
    """Those pictures, or all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in names or DRAWN:
        widget = DRAWN[name]()
        path = PICTURES / f"{name}.png"
        image = widget.grab().toImage().convertToFormat(_opaque())
        if not image.save(str(path), "PNG", HARDEST):
            raise OSError(f"{path} could not be written")
        print(f"{path.relative_to(PICTURES.parent.parent)}  {path.stat().st_size / 1000:.0f} kB")
        widget.close()


def _opaque() -> Any:
    from PySide6.QtGui import QImage

    return QImage.Format.Format_RGB888


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        draw(sys.argv[1:])


if __name__ == "__main__":
    main()
