"""How wide a text is, without Qt: the advance widths of the shipped fonts, summed.

The fonts are shipped without kerning and ligatures and are painted without hinting, so a text is as wide as the sum of
its characters. All lengths are pixels for a font of `size` pixels to the em.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from vizapp import places

Family = Literal["Inter", "JetBrains Mono"]

# Where a line may end: plain white space only, so never at a no-break space (U+00A0, U+202F).
BREAKS = re.compile(r"[ \t]+")


class Face(NamedTuple):
    """A shipped font; of a weight that is not shipped, the nearest one is used.

    weight: 400, 500, 600 or 700 for Inter, 400 or 700 for JetBrains Mono.
    """

    family: Family = "Inter"
    weight: int = 400

    @property
    def shipped_family(self) -> str:
        """The family as the shipped file names itself: another Inter that a machine may have is never meant."""
        return f"{self.family} Vizapp"


class Metrics(NamedTuple):
    """A face in parts of the em: ascent and descent (both positive), capital and small height, advances."""

    ascent: float
    descent: float
    cap_height: float
    x_height: float
    advances: dict[str, float]
    average: float

    def em(self, text: str) -> float:
        """The width of one line of text; a character the face lacks counts as an average one."""
        advances, average = self.advances, self.average
        return sum(advances.get(char, average) for char in text)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = json.loads((places.resources() / "fonts" / "advances.json").read_bytes())
    return tables


@cache
def metrics(face: Face) -> Metrics:
    """The metrics of a face, read once."""
    weights = [int(name.rsplit(" ", 1)[1]) for name in _tables() if name.startswith(face.family)]
    weight = min(weights, key=lambda there: abs(there - face.weight))
    table = _tables()[f"{face.family} {weight}"]
    em = table["units_per_em"]
    advances = {char: width / em for char, width in table["advances"].items()}
    letters = [advances[char] for char in "abcdefghijklmnopqrstuvwxyz"]
    return Metrics(
        ascent=table["ascent"] / em,
        descent=table["descent"] / em,
        cap_height=table["cap_height"] / em,
        x_height=table["x_height"] / em,
        advances=advances,
        average=sum(letters) / len(letters),
    )


@lru_cache(maxsize=16384)
def _em(text: str, face: Face) -> float:
    return metrics(face).em(text)


def advance(text: str, face: Face, size: float) -> float:
    """The width of one line of text."""
    return _em(text, face) * size


def ascent(face: Face, size: float) -> float:
    """From the baseline up to the top of the line."""
    return metrics(face).ascent * size


def descent(face: Face, size: float) -> float:
    """From the baseline down to the bottom of the line."""
    return metrics(face).descent * size


def line_height(face: Face, size: float) -> float:
    """From one baseline to the next, set solid."""
    return ascent(face, size) + descent(face, size)


def cap_height(face: Face, size: float) -> float:
    """The height of a capital letter; half of it below the middle of a box is the baseline that centres a label."""
    return metrics(face).cap_height * size


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Lines no wider than `width`, broken at plain spaces and line ends only; a word that is wider stays whole."""
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, face, size, width)]


def tied(text: str) -> str:
    """The text with no number torn from what it counts where a line ends."""
    return re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)


def _wrap_paragraph(paragraph: str, face: Face, size: float, width: float) -> list[str]:
    first, *others = BREAKS.split(paragraph.strip(" \t"))
    lines, used, space = [first], advance(first, face, size), advance(" ", face, size)
    for word in others:
        needed = advance(word, face, size)
        if used + space + needed > width:
            lines.append(word)
            used = needed
        else:
            lines[-1] += " " + word
            used += space + needed
    return lines
