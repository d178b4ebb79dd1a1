"""What is written of keepalived, as keepalived reads it, and the times that follow (keepalived 2.2.7, `vrrp.h`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vizapp.protocols.vrrp import MOST, OWNER, UNIT
from vizapp.scene.units import service_parts

MICROSECOND = 1_000  # ns: keepalived reckons in these, and rounds down
CENTISECOND = 10_000  # of them
ADVERTS = 3  # how many must be missed (down_timer_adverts)
HIGHEST = 254  # of one that is not the owner


@dataclass(frozen=True, slots=True)
class Track:
    """A program of the machine that is looked at. weight: added to the priority; 0: without it, the state is fault."""

    port: int
    interval: int
    fall: int
    rise: int
    weight: int


@dataclass(frozen=True, slots=True)
class Terms:
    """addresses: with their masks; interval, delay: ns; peers: whom it tells one by one instead of the group."""

    addresses: tuple[str, ...]
    router_id: int
    priority: int
    interval: int
    version: int
    preempt: bool
    delay: int
    peers: tuple[str, ...]
    virtual_mac: bool
    port: str | None
    heartbeat: str | None
    track: Track | None

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Terms:
        """`state: master` clears `preempt: false` and the delay, and means nothing else (as recorded)."""
        version, track = int(written["version"]), written.get("track")
        master = written["state"] == "master"
        return cls(
            tuple(written["address"]), int(written["router-id"]), int(written["priority"]),
            rounded(int(written["interval"]), version), version, bool(written["preempt"]) or master,
            0 if master else int(written["preempt-delay"]), tuple(written["peers"] or ()), bool(written["vmac"]),
            written.get("port"), _other(written.get("heartbeat")), _track(track) if track else None,
        )  # fmt: skip

    @property
    def ips(self) -> tuple[str, ...]:
        return tuple(address.partition("/")[0] for address in self.addresses)

    def weighed(self, ok: bool) -> int:
        """The priority with the weight of what is tracked; the owner's never changes."""
        weight = self.track.weight if self.track is not None else 0
        if self.priority == OWNER or (weight > 0) != ok:
            return self.priority
        return min(max(self.priority + weight, 1), HIGHEST)

    def skew(self, priority: int, interval: int) -> int:
        """ns that one waits longer, the less its priority is: of a second in version 2, of the interval of the one that
        is active in version 3 (RFC 3768 § 6.1, RFC 9568 § 6.1)."""
        less = 256 - priority
        if self.version == 2:
            return less * 1_000_000 // 256 * MICROSECOND
        return less * (interval // MICROSECOND // CENTISECOND) * 625 // 16 * MICROSECOND

    def down(self, priority: int, interval: int) -> int:
        """ns of silence after which the one that is active is held to be gone."""
        return ADVERTS * interval + self.skew(priority, interval)


def rounded(interval: int, version: int) -> int:
    """The interval in the units of its version: whole seconds in version 2, hundredths in version 3."""
    unit = UNIT[version]
    return min(max((interval + unit // 2) // unit, 1), MOST[version]) * unit


def _other(port: str | None) -> str | None:
    return None if port == "none" else port


def _track(written: Mapping[str, Any]) -> Track:
    _, port = service_parts(written["service"])
    return Track(port, int(written["interval"]), int(written["fall"]), int(written["rise"]), int(written["weight"]))
