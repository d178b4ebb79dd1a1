"""The command line: the same runs without a window. No Qt is imported where none is needed."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from vizapp.cli.stop import Stop

__all__ = ["main", "window"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; a first word that is none is a scene to open. Returns the exit status (0, 1, 2 or 3)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words:  # the window alone: it needs no parser, nor what the commands stand on, and starts the sooner
        from vizapp.window.app import start

        return start()
    from vizapp.cli.parser import COMMANDS, parser

    if words[0] not in COMMANDS and not words[0].startswith("-"):
        words.insert(0, "open")
    arguments = parser().parse_args(words)
    try:
        return int(arguments.call(arguments))
    except Stop as stop:
        print(*stop.lines, sep="\n", file=sys.stderr)
        return stop.status
    except BrokenPipeError:  # `vizapp list | head`: nobody reads on
        sys.stderr.close()
        return 0


def window() -> int:
    """The window, for a start without a terminal."""
    return main(["open", *sys.argv[1:]] if sys.argv[1:] else [])
