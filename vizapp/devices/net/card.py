"""The cards of a machine in use: which frames they let up to the system, and what an analyser on them displays."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from vizapp.devices.net.nic import Interface
from vizapp.protocols.ethernet import Ethernet
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.packet import Packet

SCREEN = 10  # frames that the analyser's screen holds: the last ones


@runtime_checkable
class Listening(Protocol):
    """A device that says whether the card on one of its ports must take in every frame."""

    def listens(self, port: str) -> bool: ...


class Cards:
    """Reads the fields `card`, `promiscuous` and `analyser` of its machine as they stand."""

    def __init__(self, device: Behaviour) -> None:
        self.device = device
        self.seen = 0
        self.screen: list[dict[str, Any]] = []

    @property
    def promiscuous(self) -> bool:
        """Asked for, or needed by an analyser: `tcpdump` without `-p` makes the card promiscuous."""
        return bool(self.device.get("promiscuous")) or self.device.get("analyser") == "promiscuous"

    def takes(self, interface: Interface, eth_dst: str) -> bool:
        """Whether a frame for that MAC passes the filter: a veth has none, other cards filter by MAC (as recorded) and
        by the groups that their system has joined."""
        kind = interface.classify(eth_dst)
        wanted = kind in ("host", "broadcast") or (kind == "multicast" and eth_dst in interface.groups)
        return wanted or self.promiscuous or self.device.get("card") == "veth"

    def show(self) -> None:
        """Record the mode; an analyser that starts has an empty screen."""
        self.device.show("badge-promiscuous", {"words": "nic.promiscuous"} if self.promiscuous else None)
        self.seen, self.screen = 0, []
        if self._analyses:
            self.device.show("capture", [])
        self.device.show("captured", 0 if self._analyses else None)

    @property
    def _analyses(self) -> bool:
        return self.device.get("analyser") in ("plain", "promiscuous")

    def filtered(self, interface: Interface, packet: Packet) -> None:
        """The card keeps a frame for another MAC from the system."""
        frame = packet.layers[0]
        assert isinstance(frame, Ethernet)
        ends = {"from": packet.origin, "to": packet.to}
        self.device.event("nic.filtered", protocol=packet.protocol, port=interface.name, **frame.fields(), **ends)

    def capture(self, interface: Interface, packet: Packet, *, out: bool = False) -> None:
        """A frame passes between card and system: the analyser displays it."""
        if not self._analyses:
            return
        frame = packet.layers[0]
        assert isinstance(frame, Ethernet)
        kind = "out" if out else interface.classify(frame.eth_dst)
        self.seen += 1
        self.device.show("captured", self.seen)
        row = {"n": self.seen, "port": interface.name, "class": kind, **frame.fields(), "what": packet.name}
        self.screen = [*self.screen[1 - SCREEN :], row]
        self.device.show("capture", self.screen)
        self.device.event("nic.captured", protocol=packet.protocol, **row, **{"from": packet.origin, "to": packet.to})
