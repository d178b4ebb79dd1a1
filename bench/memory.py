"""How much memory the window with a scene open takes, as a ratio against a bare PySide6 window.

    python -m bench.memory

Resident set of a process of its own (Linux), after the scene has been simulated, laid out and painted at a few
moments.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.start import BARE, environment
from bench.table import Row, show

BUDGET = 1.4
TELL = """
import gc
gc.collect()
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmRSS")))
import os, sys
sys.stdout.flush()
os._exit(0)
"""
OURS = """
from PySide6.QtWidgets import QApplication
from vizapp.window.app import application, window
app = application()
shell = window("fr", "day")
shell.resize(1366, 768)
shell.show()
app.processEvents()
shell.started()
shell.thumbnails.finish()
assert shell.open({scene!r})
session = shell.session
for _ in range(100_000):
    app.processEvents()
    if not session.run.busy:
        break
for step in range(len(session.run.steps)):
    session.go_to_step(step)
    app.processEvents()
"""
SCENES = ("nat", "hardware-assisted", "load-balancing")


def resident(program: str, env: dict[str, str]) -> float:
    """MB that the program holds at its end."""
    command = [sys.executable, "-c", program + TELL]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def measure() -> list[tuple[str, float, float]]:
    """Scene, MB against, MB of ours."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder))
        resident(OURS.format(scene="nat"), env)  # compiles the modules and fills the caches, as a first start does
        bare = resident(BARE, env)
        return [(scene, bare, resident(OURS.format(scene=scene), env)) for scene in SCENES]


def rows() -> Iterator[Row]:
    for scene, against, ours in measure():
        said = f"{ours:.0f} MB, bare window {against:.0f} MB"
        yield Row(f"memory: window with {scene} open", ours / against, "×", BUDGET, said=said)


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
