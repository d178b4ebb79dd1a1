"""The calm colour of each layer, the same beside its fields and under its bytes."""

from __future__ import annotations

from functools import lru_cache

from vizapp.picture.colours import mix
from vizapp.picture.theme import Role, Theme

ROLES = {"ethernet": "hardware", "ipv4": "libraries"}


def tint(protocol: str, theme: Theme) -> Role:
    """Fill, edge and text of a layer."""
    if protocol in ROLES:
        return theme.role(ROLES[protocol])
    return _mixed(theme.packet(protocol), theme.panel, theme.ink)


@lru_cache(maxsize=64)
def _mixed(colour: str, panel: str, ink: str) -> Role:
    return Role(mix(colour, panel, 0.82), colour, ink)
