"""The spaces of French, for authors who type ordinary ones: none may break before `: ; ? ! » %` or after `«`."""

from __future__ import annotations

import re

from vizapp.words.numbers import NBSP

BEFORE = re.compile(r" (?=[:;?!»%](?:\s|$|[.,)…»]))")
AFTER = re.compile(r"(?<=«) ")
CODE = re.compile(r"(`[^`]*`)")


def spaces(text: str) -> str:
    """The text with the spaces that must not break; what stands in `code` is left alone."""
    parts = CODE.split(text)
    parts[::2] = [AFTER.sub(NBSP, BEFORE.sub(NBSP, part)) for part in parts[::2]]
    return "".join(parts)
