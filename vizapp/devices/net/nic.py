"""The network card: which MAC it has, and which frames it lets up to the system."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from vizapp.protocols.ethernet import BROADCAST, is_group
from vizapp.protocols.header import ip_number, ip_text
from vizapp.scene.model import Port


@lru_cache(maxsize=4096)
def mac_of(port: Port) -> str:
    """The port's MAC; one that was not written is made from the port's id (02: locally administered)."""
    if port.mac:
        return port.mac.lower()
    return ":".join(["02", "00", *(f"{byte:02x}" for byte in crc32(port.id.encode()).to_bytes(4, "big"))])


def classify(mac: str, eth_dst: str) -> str:
    """How the kernel classes a frame that reached the card: host, broadcast, multicast or otherhost."""
    if eth_dst == mac:
        return "host"
    if eth_dst == BROADCAST:
        return "broadcast"
    return "multicast" if is_group(eth_dst) else "otherhost"


def mask(bits: int) -> int:
    return (0xFFFFFFFF << (32 - bits)) & 0xFFFFFFFF


def mask_text(bits: int) -> str:
    """The netmask as text: 24 is 255.255.255.0."""
    return ip_text(mask(bits))


@dataclass(frozen=True, slots=True)
class Network:
    """A range of addresses: its first one as a number, and the length of its prefix."""

    base: int
    bits: int

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, cidr: str) -> Network:
        """`192.168.1.0/24`, `default`, or one address."""
        if cidr == "default":
            return cls(0, 0)
        address, _, bits = cidr.partition("/")
        length = int(bits) if bits else 32
        return cls(ip_number(address) & mask(length), length)

    def __contains__(self, address: str) -> bool:
        return ip_number(address) & mask(self.bits) == self.base

    @property
    def broadcast(self) -> str:
        return ip_text(self.base | (~mask(self.bits) & 0xFFFFFFFF))

    def __str__(self) -> str:
        return f"{ip_text(self.base)}/{self.bits}" if self.bits else "default"


@dataclass(frozen=True, slots=True)
class Extra:
    """An address that a card has besides its own. mac: of its own too, as an interface upon the card gives it."""

    ip: str
    bits: int
    mac: str | None = None

    @property
    def cidr(self) -> str:
        return f"{self.ip}/{self.bits}"


@dataclass(slots=True)
class Interface:
    """A card in use: its port, its MAC, and the address that it has at present (None: none yet).

    extra: further addresses, as `ip address add` gives them; groups: those whose frames it takes in.
    """

    port: Port
    mac: str
    ip: str | None = None
    bits: int = 0
    extra: tuple[Extra, ...] = ()
    groups: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.port.name

    @property
    def cidr(self) -> str:
        """The address with its mask, `192.168.1.5/24`; nothing without one."""
        return f"{self.ip}/{self.bits}" if self.ip else ""

    @property
    def network(self) -> Network | None:
        return Network.of(self.cidr) if self.ip else None

    def addresses(self) -> list[str]:
        """All that it has, its own first."""
        return [*([self.ip] if self.ip else []), *(extra.ip for extra in self.extra)]

    def networks(self) -> list[Network]:
        """Those that its addresses lie in, each once."""
        own = [self.network] if self.network else []
        return list(dict.fromkeys([*own, *(Network.of(extra.cidr) for extra in self.extra if extra.bits < 32)]))

    def source(self, next_hop: str) -> str | None:
        """The address in whose name it sends there: the first one on that network, or else its own."""
        on_link = (extra.ip for extra in self.extra if extra.bits < 32 and next_hop in Network.of(extra.cidr))
        own = self.network is not None and next_hop in self.network
        return self.ip if own else next(on_link, self.ip)

    def mac_of(self, address: str) -> str:
        """The MAC that answers for that address."""
        return next((extra.mac for extra in self.extra if extra.ip == address and extra.mac), self.mac)

    def classify(self, eth_dst: str) -> str:
        """How the kernel classes a frame that reached the card: one for any MAC of its is for this host."""
        mine = any(extra.mac == eth_dst for extra in self.extra)
        return "host" if mine else classify(self.mac, eth_dst)
