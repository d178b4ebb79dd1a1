"""A bridge: learns which MAC is behind which cable, forwards by it, floods what it does not know (IEEE 802.1D)."""

from __future__ import annotations

from collections.abc import Sequence

from vizapp.protocols.ethernet import BROADCAST, Ethernet, is_group
from vizapp.scene.model import Port
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

AGEING = 300_000_000_000  # ns: Linux's default (BR_DEFAULT_AGEING_TIME)
PASSING = 5_000  # ns that a bridge takes to pass a frame on

Place = tuple[Port, str]  # a port and one of its cables


class Bridge:
    """The ports of a device that form one network. `table`: MAC → (port id, link id, true ns last seen).

    together: the bridges of the device, whose tables are shown as one.
    """

    def __init__(
        self, device: Behaviour, ports: Sequence[Port], ageing: int = AGEING, together: list[Bridge] | None = None
    ) -> None:
        self.device = device
        self.together = [] if together is None else together
        self.together.append(self)
        self.ports = tuple(ports)
        self.ageing = ageing
        self.table: dict[str, tuple[str, str, int]] = {}

    def places(self) -> list[Place]:
        """Where a frame can go: cables with a running machine at the other end (a switched-off VM has no carrier)."""
        every = [(port, cable.link.id) for port in self.ports for cable in self.device.world.plugs.get(port.id, ())]
        return [place for place in every if self._carrier(place)] or every

    def _carrier(self, place: Place) -> bool:
        port, link = place
        there = self.device.world.devices[self.far_end(port, link).partition(".")[0]]
        return bool(getattr(there, "powered", True))

    def far_end(self, port: Port, link: str) -> str:
        """The port at the other end of that cable."""
        cable = self.device.world.cables[link].link
        return cable.b if cable.a == port.id else cable.a

    def learn(self, mac: str, port: Port, link: str) -> None:
        """A frame from `mac` came in there."""
        if is_group(mac):
            return
        known = self.table.get(mac)
        self.table[mac] = (port.id, link, self.device.now)
        if known is None or known[:2] != (port.id, link):
            self.show()
            ends = {"from": self._owner(port, link)}
            self.device.event("switch.learned", mac=mac, port=self._name(port, link), **ends)
            if known is None and self.ageing:
                self.device.after(self.ageing, self._age, mac)

    def _owner(self, port: Port, link: str) -> str:
        return self.far_end(port, link).partition(".")[0]

    def _name(self, port: Port, link: str) -> str:
        return port.name if len(self.ports) > 1 else self.far_end(port, link)

    def _age(self, mac: str) -> None:
        known = self.table.get(mac)
        if known is None:
            return
        left = known[2] + self.ageing - self.device.now
        if left > 0:
            self.device.after(left, self._age, mac)
        else:
            ports = {port.id: port for port in self.ports}
            self.device.event("switch.aged", mac=mac, port=self._name(ports[known[0]], known[1]))
            del self.table[mac]
            self.show()

    def age(self, ageing: int) -> None:
        """From now on a silent MAC is remembered for so many ns; 0: none is."""
        self.ageing = ageing
        if not ageing:
            self.flush()
        for mac in list(self.table):
            self._age(mac)

    def flush(self) -> None:
        """Forget everything that was learned."""
        self.table.clear()
        self.show()

    def show(self) -> None:
        """Record what is known, of all bridges of the device."""
        rows = [row for bridge in self.together for row in bridge.rows()]
        self.device.show("fdb", sorted(rows, key=lambda row: row["mac"]))

    def rows(self) -> list[dict[str, str]]:
        ports = {port.id: port for port in self.ports}
        return [{"mac": mac, "port": self._name(ports[port], link)} for mac, (port, link, _) in self.table.items()]

    def targets(self, eth_dst: str, source: Place | None = None) -> list[Place]:
        """Where a frame for that MAC goes: one cable when it was learned, else all but the one it came from."""
        known = self.table.get(eth_dst)
        if known is not None and (not self.ageing or self.device.now - known[2] < self.ageing):
            place = (self.device.world.ports[known[0]], known[1])
            if self._carrier(place) or place in self.places():
                return [] if place == source else [place]
        return [place for place in self.places() if place != source]

    def stays(self, eth_dst: str) -> str:
        """Why a frame for that MAC goes nowhere."""
        return "same-side" if eth_dst in self.table else "no-port-for-mac"

    def pass_on(self, port: Port, packet: Packet, flight: Flight) -> bool:
        """Learn from a frame and pass it on; whether it went anywhere."""
        frame = packet.layers[0]
        assert isinstance(frame, Ethernet)
        if self.ageing:
            self.learn(frame.eth_src, port, flight.link)
        targets = self.targets(frame.eth_dst, (port, flight.link))
        self._decide(frame.eth_dst, targets)
        if targets:
            self.device.after(PASSING, self._pass, (packet, targets))
        return bool(targets)

    def _decide(self, mac: str, targets: list[Place]) -> None:
        """Say where a frame goes, and why there."""
        if not targets:
            self.device.decide(self.stays(mac), mac=mac)
        elif len(targets) == 1 and mac in self.table:
            to = self.far_end(*targets[0]).partition(".")[0]
            self.device.decide("forwarded", mac=mac, port=self._name(*targets[0]), to=to)
        else:
            self.device.decide(self.spreads(mac), mac=mac, count=len(targets))

    def spreads(self, mac: str) -> str:
        """Why a frame for that MAC goes out on several cables, as a code with words."""
        if not self.ageing:
            return "repeated"
        if is_group(mac):
            return "flooded-broadcast" if mac == BROADCAST else "flooded-group"
        return "flooded-unknown"

    def _pass(self, entry: tuple[Packet, list[Place]]) -> None:
        packet, targets = entry
        frame = packet.layers[0]
        assert isinstance(frame, Ethernet)
        if len(targets) > 1 and (frame.eth_dst == BROADCAST or not is_group(frame.eth_dst)):
            known = "copied" if frame.eth_dst in self.table else "unknown"
            why = "broadcast" if frame.eth_dst == BROADCAST else known
            self.device.event(
                "switch.flooded", why=why, mac=frame.eth_dst, count=len(targets),
                **{"from": packet.origin, "to": packet.to},
            )  # fmt: skip
        for port, link in targets:
            self.device.send(port, packet, link)

    def send(self, packet: Packet, eth_dst: str) -> None:
        """A frame of the device's own goes out."""
        for port, link in self.targets(eth_dst):
            self.device.send(port, packet, link)
