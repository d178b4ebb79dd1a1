"""What kind of device a thing is, for those who draw it."""

from __future__ import annotations

from collections.abc import Mapping

from vizapp.scene.model import Thing
from vizapp.scene.vocabulary import Kind


def kind_of(kinds: Mapping[str, Kind], thing: Thing) -> Kind:
    """The thing's kind; a bare box when nobody knows it."""
    return kinds.get(thing.kind) or Kind(thing.kind, "", "network", "circle")
