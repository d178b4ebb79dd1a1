"""Colours worked out of others: mixed, and readable upon another."""

from __future__ import annotations

from functools import lru_cache

DARK = "#0F172A"
LIGHT = "#FFFFFF"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=512)
def mix(colour: str, other: str, part: float) -> str:
    """`colour` with `part` (0..1) of `other` in it."""
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in zip(_parts(colour), _parts(other), strict=True))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=512)
def contrast(colour: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2): 1 to 21."""
    one, two = sorted((luminance(colour), luminance(other)), reverse=True)
    return (one + 0.05) / (two + 0.05)


@lru_cache(maxsize=256)
def upon(fill: str) -> str:
    """White where it can be read upon `fill`, else dark."""
    return LIGHT if contrast(LIGHT, fill) >= 3.6 else DARK
