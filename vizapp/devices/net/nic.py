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


@dataclass(slots=True)
class Interface:
    """A card in use: its port, its MAC, and the address that it has at present (None: none yet)."""

    port: Port
    mac: str
    ip: str | None = None
    bits: int = 0

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
