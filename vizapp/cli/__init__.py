"""The command line: the same runs without a window. No Qt is imported where none is needed."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

from vizapp.cli import screen
from vizapp.cli.stop import FAILED_WISH, Stop

__all__ = ["main", "window"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; a first word that is none is a scene to open. Returns the exit status (0, 1, 2 or 3)."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_anyhow()
    try:
        return _run(words) if words else _window()
    except Stop as stop:
        print(*stop.lines, sep="\n", file=sys.stderr)
        return stop.status
    except BrokenPipeError:  # `vizapp list | head`: nobody reads on
        return _hang_up(0)
    except OSError as error:  # what is printed goes to a disk that is full
        print(f"vizapp: {error}", file=sys.stderr)
        return _hang_up(FAILED_WISH)


def _window() -> int:
    """The window alone: it needs no parser, nor what the commands stand on, and starts the sooner."""
    screen.needed()
    from vizapp.window.app import start

    return start()


def _run(words: list[str]) -> int:
    from vizapp.cli.parser import COMMANDS, parser

    if words[0] not in COMMANDS and not words[0].startswith("-"):
        words.insert(0, "open")
    arguments = parser().parse_args(words)
    status = int(arguments.call(arguments))
    if sys.stdout is not None:
        sys.stdout.flush()
    return status


def _speak_anyhow() -> None:
    """A terminal that lacks a letter gets another in its place, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _hang_up(status: int) -> int:
    """Let what is still unsaid be lost quietly."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def window() -> int:
    """The window, for a start without a terminal."""
    return main(["open", *sys.argv[1:]] if sys.argv[1:] else [])
