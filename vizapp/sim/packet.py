"""A packet as the simulation carries it: a stack of headers, who first sent it, and on whose behalf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Header(Protocol):
    """One layer. `fields()` gives its header fields, named as in the recordings."""

    @property
    def protocol(self) -> str: ...

    def fields(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Packet:
    """id: the same along the whole journey, through rewriting too. origin: device that made it.

    layers: from the outside (Ethernet) in. name: what its pill says (`SYN`). to: the device meant, if known.
    cause: the id of the flight or event for which it was made; 0: a person or the script.
    quiet: one of many alike, that no event tells of and for which no clock slows down.
    """

    id: int
    layers: tuple[Header, ...]
    name: str
    origin: str
    to: str | None = None
    cause: int = 0
    quiet: bool = False

    @property
    def protocol(self) -> str:
        """The innermost protocol, which names and colours it."""
        return self.layers[-1].protocol

    def has(self, protocol: str) -> bool:
        return any(layer.protocol == protocol for layer in self.layers)

    def headers(self) -> dict[str, dict[str, Any]]:
        return {layer.protocol: dict(layer.fields()) for layer in self.layers}
