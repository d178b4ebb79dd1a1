"""What can go wrong with an export, as words in both languages."""

from __future__ import annotations


class ExportError(Exception):
    """A wish that failed.

    key: of the words that tell it, filled with `values`. status: what the command exits with, 2 when the wish itself
    was wrong, 3 when the machine could not fulfil it.
    """

    def __init__(self, key: str, status: int = 3, **values: str | int) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.status = status
        self.values = values
