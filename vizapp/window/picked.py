"""What is selected: a thing and a link by their ids, a packet by `packet:ID`."""

from __future__ import annotations

PREFIX = "packet:"


def name_of(packet: int) -> str:
    """How a packet is selected."""
    return f"{PREFIX}{packet}"


def picked(selected: str | None) -> int | None:
    """The packet's number when a packet is selected."""
    if selected is None or not selected.startswith(PREFIX):
        return None
    number = selected[len(PREFIX) :]
    return int(number) if number.isdigit() else None
