"""Tier 3: we are wrong. What happened is logged, the session is kept, and a dialog shows what to send."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from vizapp import __version__, places

log = logging.getLogger("vizapp")

Told = Callable[[str, Path | None], None]


class Hook:
    """The exception hook of the window. session: the text of what is being done, if anything; tell: the dialog."""

    def __init__(self, session: Callable[[], str | None], tell: Told) -> None:
        self._session, self._tell = session, tell
        self._known: set[str] = set()
        self._busy = False

    def __call__(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value, trace)
            return
        text = "".join(traceback.format_exception(kind, value, trace))
        log.error("%s", text)
        where = "".join(traceback.format_tb(trace)[-1:])
        if self._busy or where in self._known:  # a fault in painting comes sixty times a second: it is told once
            return
        self._known.add(where)
        self._busy = True
        try:
            self._tell(report(text), self._keep())
        finally:
            self._busy = False

    def _keep(self) -> Path | None:
        try:
            session = self._session()
            if session is None:
                return None
            path = places.state_dir() / "last-session.yaml"
            places.write_beside(path, session.encode(), force=True, parents=True)
        except Exception:
            log.exception("the session could not be kept")
            return None
        return path


def report(trace: str) -> str:
    """What to send: versions and what happened, nothing of the person."""
    from PySide6 import __version__ as pyside

    system = f"vizapp {__version__} · Python {platform.python_version()} · PySide6 {pyside} · {platform.platform()}"
    return f"{system}\n\n{trace}"


def log_to_file() -> None:
    """Keep what is logged in the state folder; a disk that refuses is no reason not to start."""
    from logging.handlers import RotatingFileHandler

    try:
        places.state_dir().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(places.state_dir() / "vizapp.log", maxBytes=500_000, backupCount=1, delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def install(session: Callable[[], str | None], tell: Told) -> Hook:
    """From now on, what nobody caught comes here."""
    hook = Hook(session, tell)
    sys.excepthook = hook
    return hook
