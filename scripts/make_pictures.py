"""Draws the pictures of the README: the real window at moments of the shipped scenes, without a screen.

The same code gives the same pictures: a home of its own, no pointer, no blinking cursor, and moments of the simulation.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from vizapp.window.shell import Shell

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WINDOW = (1600, 1000)
HOME = (1440, 680)
SCREEN = (1600, 900)
HARDEST = 0  # for Qt, quality 0 of a PNG is the smallest file


class Moment(NamedTuple):
    """A step of a scene, by the beginning of its `when`; pick: the thing that the inspector tells of, `packet` for the
    one under way."""

    scene: str
    when: str
    lang: str = "en"
    theme: str = "day"
    pick: str | None = None


def settle(shell: Shell) -> None:
    """Let everything be done that is asked for: the run simulated, the widgets laid out and painted."""
    from PySide6.QtWidgets import QApplication

    while True:
        QApplication.processEvents()
        if shell.session is None or not shell.session.run.busy:
            break
    for _ in range(20):
        QApplication.processEvents()


def opened(lang: str, theme: str, size: tuple[int, int]) -> Shell:
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
    settle(shell)
    if shell.thumbnails is not None:
        shell.thumbnails.finish()
    settle(shell)
    return shell


def step(moment: Moment) -> int:
    """The index of its step; StopIteration when the scene has no such step any more."""
    from vizapp import places
    from vizapp.devices import VOCABULARY
    from vizapp.scene.reader import read

    scene = read(places.shipped_scenes() / f"{moment.scene}.yaml", VOCABULARY).scene
    steps = scene.steps if scene is not None else ()
    return next(index for index, each in enumerate(steps) if each.when.startswith(moment.when))


def at(moment: Moment) -> Shell:
    """The window at that moment."""
    from vizapp.window.picked import name_of

    shell = opened(moment.lang, moment.theme, WINDOW)
    shell.open(moment.scene)
    settle(shell)
    shell.session.go_to_step(step(moment))
    if moment.pick == "packet":
        under_way = shell.session.one.timeline.in_flight(shell.session.t)
        shell.session.select(name_of(under_way[-1].packet.id))
    elif moment.pick is not None:
        shell.session.select(moment.pick)
    settle(shell)
    return shell


MOMENTS = {
    "architectures": Moment("one-instruction-five-architectures",
                            "hypervisor.emulates at hypervisor from kernel where instruction == CPUID"),
    "difference": Moment("paravirtualization", "start"),
    "nat": Moment("nat", "nat.rewrite at router from vm2", lang="fr", pick="router"),
    "load-balancing": Moment("load-balancing", "20s", pick="lb"),
    "hardware-assisted": Moment("hardware-assisted", "vm.exit at cpu from kernel", theme="night", pick="cpu"),
    "packet": Moment("nat", "nat.rewrite at router from vm2", pick="packet"),
    "network-modes": Moment("network-modes", "ping at lan1 to vm1"),
    "question": Moment("nat", "nat.rewrite at router from vm1"),
    "show": Moment("nat", "nat.rewrite at router from vm2", lang="fr"),
    "why": Moment("keepalived", "vrrp.active at b", theme="night"),
    "what-if": Moment("keepalived", "outage.ended at client"),
}


def home() -> QWidget:
    return opened("en", "day", HOME)


def question() -> QWidget:
    """A prediction: the clock stands just before what would answer it."""
    shell = at(MOMENTS["question"])
    shell.session.ask(1)
    shell.session.choose(1)
    settle(shell)
    return shell


def why() -> QWidget:
    """The chain of causes of a take-over."""
    shell = at(MOMENTS["why"])
    shell.why()
    settle(shell)
    return shell


def difference() -> QWidget:
    """Two stacks under the same acts, the answer first."""
    shell = at(MOMENTS["difference"])
    shell.difference()
    settle(shell)
    return shell


def what_if() -> QWidget:
    """A crash, and beside it the clean stop that the scene proposes instead."""
    from vizapp.window.whatif import suppositions

    shell = at(MOMENTS["what-if"])
    first = suppositions(shell.session, shell.words)[0]
    shell.suppose(first.act, first.say)
    settle(shell)
    return shell


def show() -> QWidget:
    """The stage alone, with caption and table, as the room sees it."""
    shell = at(MOMENTS["show"])
    shell.settings.set("show_windowed", True)
    shell.present(here=True)
    shown = shell.show_screen
    if shown is None:
        raise RuntimeError("the show did not begin")
    shown.resize(*SCREEN)
    settle(shell)
    return shown


DRAWN: dict[str, Callable[[], QWidget]] = {
    "architectures": lambda: at(MOMENTS["architectures"]),
    "difference": difference,
    "home": home,
    "nat": lambda: at(MOMENTS["nat"]),
    "load-balancing": lambda: at(MOMENTS["load-balancing"]),
    "hardware-assisted": lambda: at(MOMENTS["hardware-assisted"]),
    "network-modes": lambda: at(MOMENTS["network-modes"]),
    "packet": lambda: at(MOMENTS["packet"]),
    "question": question,
    "show": show,
    "why": why,
    "what-if": what_if,
}


def draw(names: list[str]) -> None:
    """Those pictures, or all of them."""
    from PySide6.QtGui import QImage

    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in names or DRAWN:
        widget = DRAWN[name]()
        path = PICTURES / f"{name}.png"
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        if not image.save(str(path), "PNG", HARDEST):  # type: ignore[call-overload]
            raise OSError(f"{path} could not be written")
        print(f"{path.relative_to(PICTURES.parent.parent)}  {path.stat().st_size / 1000:.0f} kB")
        widget.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ["QT_LOGGING_RULES"] = "*.warning=false"  # what the offscreen platform lacks
        draw(sys.argv[1:])


if __name__ == "__main__":
    main()
