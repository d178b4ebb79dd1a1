"""Movement as a function of show time: fade, pulse, ease. Nothing here remembers anything."""

from __future__ import annotations

from math import cos, pi

from vizapp.sim.pace import Pace

EASE = 0.25  # show seconds that a change takes
TRACE = 0.7  # show seconds for which a flight that is not followed leaves its trace
FALL = 1.6  # show seconds in which a dropped frame falls and fades
GLOW = 1.6  # show seconds for which the device of the last event glows


def ease(part: float) -> float:
    """From 0 to 1, slow at both ends."""
    if 0.0 <= part <= 1.0:
        return part * part * (3 - 2 * part)
    return 0.0 if part < 0.0 else 1.0


def age(pace: Pace, show: float, since: int) -> float:
    """Show seconds since true ns `since`."""
    return show - pace.show(since)


def appearing(age: float, reduced: bool = False) -> float:
    """Opacity of what began `age` show seconds ago."""
    return 1.0 if reduced else ease(age / EASE)


def fading(age: float, lasts: float, reduced: bool = False) -> float:
    """Opacity of what goes within `lasts` show seconds."""
    if reduced:
        return 1.0 if age < lasts else 0.0
    return 1.0 - ease(age / lasts)


def pulse(age: float, reduced: bool = False) -> float:
    """A slow breath between 0 and 1."""
    return 1.0 if reduced else 0.5 + 0.5 * cos(2 * pi * age / 1.6)
