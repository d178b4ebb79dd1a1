"""Hashes of the client's address: the same client meets the same server, as HAProxy and nginx compute it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Any
from zlib import crc32

from vizapp.devices.balancing.backend import Algorithm, Backend, usable
from vizapp.devices.balancing.rotation import Slotted, SmoothRoundRobin, said

WORD = 0xFFFFFFFF
NODES = 16  # points on HAProxy's circle for each unit of weight
POINTS = 160  # points on nginx's circle for each unit of weight
TRIES = 20  # rehashes before nginx's ip_hash falls back to round robin


class SourceMap(Slotted):
    """HAProxy's `balance source`, map-based: the address modulo the table of slots of the servers that are up."""

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        return self.table[source % len(self.table)] if self.table else None


class SourceCircle(Algorithm):
    """HAProxy's `hash-type consistent` (lb_chash.c): each server has points on a circle; the nearest one is taken, so
    that only the clients of a server that is set aside move."""

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__(backends)
        self._place()

    def _place(self) -> None:
        found = [
            (avalanche(number * 4096 + node), number)
            for number, backend in enumerate(self.backends, 1)
            for node in range(backend.weight * NODES)
            if backend.takes
        ]
        found.sort()
        self.points = [point for point, _ in found]
        self.owners = [self.backends[number - 1] for _, number in found]

    def weighed(self, backend: Backend) -> None:
        self._place()

    def went_up(self, backend: Backend) -> None:
        self._place()

    def went_down(self, backend: Backend) -> None:
        self._place()

    def counts(self) -> dict[str, Any]:
        """How many points of the circle each has."""
        return _points_of(self.owners)

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        if not self.points:
            return None
        spot = avalanche(source)
        right = bisect_left(self.points, spot) % len(self.points)
        nearer_left = (spot - self.points[right - 1]) & WORD <= (self.points[right] - spot) & WORD
        return self.owners[right - 1 if nearer_left else right]


def avalanche(number: int) -> int:
    """HAProxy's full avalanche hash of 32 bits (Bob Jenkins), spread by a large prime."""
    a = number & WORD
    a = (a + 0x7ED55D16 + (a << 12)) & WORD
    a = ((a ^ 0xC761C23C) ^ (a >> 19)) & WORD
    a = (a + 0x165667B1 + (a << 5)) & WORD
    a = ((a + 0xD3A2646C) ^ (a << 9)) & WORD
    a = (a + 0xFD7046C5 + (a << 3)) & WORD
    a = ((a ^ 0xB55A4F09) ^ (a >> 16)) & WORD
    return a * 3221225473 & WORD


class IpHash(SmoothRoundRobin):
    """nginx's `ip_hash`: the first three octets alone, so that a whole /24 shares one server."""

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        total = sum(backend.weight for backend in self.backends)
        if not usable(self.backends, avoid):
            return None
        spot = 89
        for _ in range(TRIES):
            for octet in (source >> 24 & 255, source >> 16 & 255, source >> 8 & 255):
                spot = (spot * 113 + octet) % 6271
            left = spot % total
            for backend in self.backends:
                left -= backend.weight
                if left < 0:
                    break
            if backend.up and backend is not avoid:
                return backend
        return super().pick(source, avoid)

    def counts(self) -> dict[str, Any]:
        """Which remainders of the hash lead to each."""
        found: dict[str, Any] = {}
        first = 0
        for backend in self.backends:
            slots = {"words": "choice.slots", "slots": said(range(first, first + backend.weight))}
            found |= {backend.name: slots} if backend.takes else {}
            first += backend.weight
        return found


class AddressCircle(Algorithm):
    """nginx's `hash $remote_addr consistent` (as Ketama): points of `host NUL port` chained by CRC-32."""

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__(backends)
        self._place()

    def weighed(self, backend: Backend) -> None:
        self._place()

    def counts(self) -> dict[str, Any]:
        """How many points of the circle each has."""
        return _points_of([owner for owner in self.owners if owner.takes])

    def _place(self) -> None:
        found = [(point, index) for index, backend in enumerate(self.backends) for point in _points(backend)]
        found.sort()
        self.points = [point for point, _ in found]
        self.owners = [self.backends[index] for _, index in found]

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        candidates = usable(self.backends, avoid)
        if not candidates:
            return None
        key = ".".join(str(source >> shift & 255) for shift in (24, 16, 8, 0))
        spot = bisect_left(self.points, crc32(key.encode()))
        while self.owners[spot % len(self.owners)] not in candidates:
            spot += 1
        return self.owners[spot % len(self.owners)]


def _points_of(owners: Sequence[Backend]) -> dict[str, Any]:
    counted = Counter(owner.name for owner in owners)
    return {name: {"words": "choice.points", "n": n} for name, n in counted.items()}


def _points(backend: Backend) -> list[int]:
    host, _, port = (backend.address or backend.name).partition(":")
    base = crc32(f"{host}\0{port or 80}".encode())
    points, last = [], 0
    for _ in range(POINTS * backend.weight):
        last = crc32(last.to_bytes(4, "little"), base)
        points.append(last)
    return points
