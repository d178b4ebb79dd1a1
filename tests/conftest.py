"""What every test stands on: no screen, a home of its own, and a Qt that may complain about nothing.

An exception in a slot and a Qt warning fail a test by themselves: pytest-qt sees to both (see pyproject.toml).
"""

import os
import sys
from collections.abc import Iterator

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, scenes and caches of the person who runs the tests are neither read nor written."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    """Widgets that a test has closed are gone before the next one: no loop runs that would delete them later."""
    yield
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None and qt.QCoreApplication.instance() is not None:
        qt.QCoreApplication.sendPostedEvents(None, qt.QEvent.Type.DeferredDelete.value)
