"""Whether there is a screen to open a window on: Qt would end the program without a word of ours."""

from __future__ import annotations

import os
import sys

from vizapp.cli.stop import FAILED_WISH, Stop

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def needed() -> None:
    """Stops where no window can be opened."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in NAMES):
        from vizapp.cli.language import language
        from vizapp.words import Words

        raise Stop(FAILED_WISH, Words(language())("cli.no-screen"))
