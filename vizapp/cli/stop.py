"""How a command ends before its time."""

from __future__ import annotations

WRONG_INPUT, WRONG_USAGE, FAILED_WISH = 1, 2, 3


class Stop(Exception):
    """status: 1 the input is wrong, 2 wrong usage, 3 the wish failed. lines: what to print on stderr."""

    def __init__(self, status: int, *lines: str) -> None:
        super().__init__(*lines)
        self.status = status
        self.lines = lines


def wrong(where: str, message: str) -> Stop:
    """Wrong input that is no line of a file: an option's value, a scene that is not there."""
    return Stop(WRONG_INPUT, f"{where}:1:1: {message}")
