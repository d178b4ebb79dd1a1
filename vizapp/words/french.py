"""The spaces of French, for authors who type ordinary ones: none breaks before `: ; ? ! » %`, a unit, or after `«`."""

from __future__ import annotations

import re

from vizapp.words.numbers import NBSP

BEFORE = re.compile(r" (?=[:;?!»%](?:\s|$|[.,)…»]))")
UNIT = re.compile(r"(?<=\d) (?=(?:s|ms|min|h)\b)")
AFTER = re.compile(r"(?<=«) ")
CODE = re.compile(r"(`[^`]*`)")


def spaces(text: str) -> str:
    """The text with the spaces that must not break; what stands in `code` is left alone."""
    parts = CODE.split(text)
    parts[::2] = [AFTER.sub(NBSP, UNIT.sub(NBSP, BEFORE.sub(NBSP, part))) for part in parts[::2]]
    return "".join(parts)
