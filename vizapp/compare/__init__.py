"""Several runs played as one: the sides of a comparison, looked at together at any time."""

from __future__ import annotations

from vizapp.compare import difference
from vizapp.compare.comparison import Comparison
from vizapp.compare.playing import Played, play

__all__ = ["Comparison", "Played", "difference", "play"]
