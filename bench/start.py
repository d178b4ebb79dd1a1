"""How long the start takes to the first painted home page, as a ratio against a bare PySide6 window.

    python -m bench.start

Forty scenes in the folder, a warm start (headers and words are in the cache), each in a process of its own, in turns;
the least time of each counts, since everything else that the machine does only adds. Both windows have the same size
and are painted the same way: shown, and events processed until the first paint has come to its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.table import Row, show

ROUNDS = 12
SCENES = 40
BUDGET = 1.4

BARE = """
import time
began = time.perf_counter()
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
app = QApplication([])
class Window(QWidget):
    painted = False
    def paintEvent(self, event):
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor("white"))
            painter.drawText(20, 40, "vizapp")
        self.painted = True
window, inside = QMainWindow(), Window()
window.setCentralWidget(inside)
window.resize(1366, 768)
window.show()
while not inside.painted:
    app.processEvents()
"""
OURS = """
import time
began = time.perf_counter()
from vizapp.window.app import application, window
app = application()
shell = window("fr", "day")
shell.resize(1366, 768)
shell.show()
shell.home.start_focus()
card = shell.home.cards.cards[0]
while not card.painted:
    app.processEvents()
"""
TELL = """
print(time.perf_counter() - began)
import sys
wanted = [name for name in ("yaml", "vizapp.sim", "vizapp.devices", "vizapp.run")
          if name in sys.modules]
print(" ".join(wanted))
import os
sys.stdout.flush()
os._exit(0)
"""


def environment(home: Path) -> dict[str, str]:
    """No screen, a home of its own with forty scenes, and compiled modules kept, as where it is installed."""
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = {"PYTHONPYCACHEPREFIX": str(home / "compiled")}
    return plain | own | compiled | {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}


def scenes(home: Path) -> None:
    """Copies of the shipped scenes, until there are forty in all."""
    from vizapp import places

    shipped = sorted(places.shipped_scenes().glob("*.yaml"))
    folder = home / "data" / "vizapp" / "scenes"
    folder.mkdir(parents=True)
    for number in range(SCENES - len(shipped)):
        text = shipped[number % len(shipped)].read_text(encoding="utf-8")
        (folder / f"own-{number}.yaml").write_text(text, encoding="utf-8")


def run(program: str, env: dict[str, str]) -> tuple[float, str]:
    """Seconds to the first picture, and the heavy modules that were imported."""
    done = subprocess.run(
        [sys.executable, "-c", program + TELL], env=env, stdout=subprocess.PIPE, text=True, check=True, cwd=Path.cwd()
    )
    seconds, modules = done.stdout.split("\n")[:2]
    return float(seconds), modules


def measure(rounds: int = ROUNDS) -> tuple[float, float, str]:
    """The least of each in seconds (bare, ours), and what ours imported that it should not."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        scenes(home)
        env = environment(home)
        run(OURS, env)
        bare, ours, heavy = [], [], ""
        for _ in range(rounds):
            bare.append(run(BARE, env)[0])
            seconds, heavy = run(OURS, env)
            ours.append(seconds)
    return min(bare), min(ours), heavy


def rows() -> Iterator[Row]:
    bare, ours, heavy = measure()
    said = f"home with {SCENES} scenes {ours * 1000:.0f} ms, bare window {bare * 1000:.0f} ms"
    yield Row("start to the first painted home page", ours / bare, "×", BUDGET, said=said)
    yield Row("modules imported that the first picture needs not", len(heavy.split()), "", 0, said=heavy)


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
