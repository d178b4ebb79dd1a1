"""The outlines of icons, on a box of 24 × 24 with y downwards: read once, when the first icon is drawn."""

from __future__ import annotations

import json
from functools import cache
from typing import Literal

from vizapp import places

BOX = 24
"""Side of the square on which icons are drawn, in units of their paths."""

Command = (
    tuple[Literal["M", "L"], float, float]
    | tuple[Literal["Q"], float, float, float, float]
    | tuple[Literal["C"], float, float, float, float, float, float]
    | tuple[Literal["Z"]]
)


@cache
def _paths() -> dict[str, str]:
    paths: dict[str, str] = json.loads((places.resources() / "icons" / "icons.json").read_bytes())
    return paths


def names() -> tuple[str, ...]:
    """The names of all icons, in order."""
    return tuple(_paths())


def path(name: str) -> str:
    """The outline of an icon as the `d` of an SVG path; ValueError names the likeliest icon meant."""
    try:
        return _paths()[name]
    except KeyError:
        from difflib import get_close_matches

        near = get_close_matches(name, _paths(), n=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"no icon is called {name!r}{meant}") from None


@cache
def commands(name: str) -> tuple[Command, ...]:
    """The outline of an icon as absolute commands: ("M", x, y), ("L", x, y), ("Q", …), ("C", …), ("Z",)."""
    found: list[list[str | float]] = []
    for token in path(name).split():
        if token.isalpha():
            found.append([token])
        else:
            found[-1].append(float(token))
    return tuple(tuple(command) for command in found)  # type: ignore[misc]
