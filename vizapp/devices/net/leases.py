"""What a DHCP server remembers: who has which address, until when, and which one comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vizapp.protocols.header import ip_number, ip_text

SECOND = 1_000_000_000
OFFERED = 60 * SECOND  # ns that an offer is kept for the client that it was made to
CHECKED = 30 * SECOND  # ns that a check is believed (dnsmasq: PING_CACHE_TIME)
SET_ASIDE = 600 * SECOND  # ns that an address which somebody else uses is not given (dnsmasq: DECLINE_BACKOFF)


@dataclass(slots=True)
class Lease:
    """until: true ns; offered: not yet accepted; name: what the client calls itself."""

    ip: str
    mac: str
    until: int
    offered: bool
    name: str | None = None


@dataclass(slots=True)
class Pool:
    """The addresses from `first` to `last`, and those reserved for a MAC. leases: MAC → Lease. Times in true ns."""

    first: int
    last: int
    reserved: Mapping[str, str] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)  # address → since when nobody answered for it
    aside: dict[str, int] = field(default_factory=dict)  # address → until when it is not given

    def choose(self, mac: str, wish: str | None, now: int, own: list[str]) -> str | None:
        """The address reserved for the client, else its own lease, else what it wishes, else the next after the
        highest leased one (dnsmasq, `dhcp-sequential-ip`). None: no address is left."""
        held = self.leases.get(mac)
        for address in (self.reserved.get(mac), held.ip if held else None, wish):
            if address is not None and self.may_have(mac, address, now, own):
                return address
        highest = max((ip_number(lease.ip) for lease in self.leases.values() if self._within(lease.ip)),
                      default=self.first)  # fmt: skip
        size = self.last - self.first + 1
        addresses = (ip_text(self.first + (highest - self.first + step) % size) for step in range(size))
        return next((address for address in addresses if self.may_have(mac, address, now, own)), None)

    def may_have(self, mac: str, address: str, now: int, own: list[str]) -> bool:
        """Whether that client may have the address: nobody else holds it, it is not set aside, and it is of the range
        or reserved for that very client."""
        mine = self.reserved.get(mac) == address
        others = any(each == address for other, each in self.reserved.items() if other != mac)
        taken = any(lease.ip == address and lease.mac != mac and lease.until > now for lease in self.leases.values())
        free = not (others or taken or address in own or self.aside.get(address, 0) > now)
        return free and (mine or self._within(address))

    def _within(self, address: str) -> bool:
        return self.first <= ip_number(address) <= self.last

    def was_checked(self, address: str, now: int) -> bool:
        since = self.checked.get(address)
        return since is not None and now - since <= CHECKED

    def set_aside(self, address: str, now: int) -> None:
        """Somebody else uses it: give it to nobody for a while."""
        self.aside[address] = now + SET_ASIDE
        self.leases = {mac: lease for mac, lease in self.leases.items() if lease.ip != address}

    def rows(self, lasts: int) -> list[dict[str, object]]:
        """As shown: what is offered and what is leased (for `lasts` ns), by address."""
        found = sorted(self.leases.values(), key=lambda lease: ip_number(lease.ip))
        offered = {"words": "lease.offered"}
        return [{"ip": each.ip, "mac": each.mac, "lease_s": offered if each.offered else lasts // SECOND}
                for each in found]  # fmt: skip
