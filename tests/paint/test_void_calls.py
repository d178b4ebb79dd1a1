"""The PySide6 that is installed must not lose references to None (docs: the parts we stand on)."""

import subprocess
import sys

CALLS = """
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter

class Bell(QObject):
    rung = Signal(bool)

app = QGuiApplication([])
image, bell, timer = QImage(8, 8, QImage.Format.Format_RGB32), Bell(), QTimer()
bell.rung.connect(lambda on: None)
painter = QPainter(image)
for _ in range(34_000):
    painter.setPen(Qt.PenStyle.NoPen)
    timer.stop()
    bell.rung.emit(True)
painter.end()
print("survived")
"""


def test_a_hundred_thousand_void_calls_are_survived() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout.strip(), done.returncode) == ("survived", 0), done.stderr
