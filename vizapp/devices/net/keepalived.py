"""keepalived on a machine: a program that runs, is stopped, killed and started again, and looks at other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.devices.net.announcing import Voice
from vizapp.devices.net.election import ACTIVE, FAULT, Election
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.terms import Terms
from vizapp.devices.net.tracking import Tracking
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.vrrp import GROUP, Vrrp
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.carrier import carrier
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.node import Node

SHOWS = ("vrrp", "vrrp-state", "vrrp-priority", "vrrp-advert", "vrrp-down", "vip")
STARTING = 15_000_000  # ns from the start of the program to its first state; recorded: 14 to 46 ms


class Keepalived:
    """ended: when (true ns) it fell silent for the last time, and the event that did it."""

    def __init__(self, device: Node) -> None:
        self.device = device
        self.running = False
        self.election: Election | None = None
        self.tracking: Tracking | None = None
        self.ended = (-1, 0)

    # the program

    def start(self) -> None:
        """Run it; what it does begins a little later."""
        self.running = True
        self.device.after(STARTING, self._started)

    def _started(self, _: None) -> None:
        if not self.running:
            return
        stack, terms = self.device.stack, self._terms()
        interface = self._path(terms)
        voice = Voice(stack, interface, self._card(terms), terms)
        self.election = Election(voice, terms)
        stack.raw["vrrp"] = self
        if not terms.peers:
            stack.groups.join(interface, GROUP)
        self.tracking = Tracking(self, terms.track) if terms.track is not None else None
        self.election.priority = terms.weighed(self._tracks_well())
        self._say_priority()
        self.election.begin(self._trouble())

    def stop(self, *, clean: bool) -> None:
        """SIGTERM (`clean`) or SIGKILL. The kernel closes its socket, and leaves the group."""
        self.running = False
        self.ended = self.device.now, self.device.world.agenda.cause
        election, self.election, self.tracking = self.election, None, None
        if election is None:
            return
        election.stop(clean=clean)
        self.device.show("vrrp-priority", None)
        self.device.stack.raw.pop("vrrp", None)
        self.device.stack.groups.leave(election.voice.interface, GROUP)

    def crashed(self) -> None:
        """The machine is gone, and the addresses with it."""
        election, self.election, self.tracking = self.election, None, None
        if self.running:
            self.ended = self.device.now, self.device.world.agenda.cause
        self.running = False
        for name in SHOWS:
            if (self.device.id, name) in self.device.world.timeline.tracks:
                self.device.show(name, None)
        if election is not None and election.state == ACTIVE:
            self.device.show("vrrp", {"words": "vrrp.was-active", "past": True})

    def reload(self) -> None:
        """Read the configuration again."""
        if self.election is None:
            return
        terms = self._terms()
        if terms.track is None or self.tracking is None or self.tracking.track != terms.track:
            self.tracking = Tracking(self, terms.track) if terms.track is not None else None
        self._move(self._path(terms), terms)
        self.election.change(terms, terms.weighed(self._tracks_well()))
        self._say_priority()

    def _move(self, interface: Interface, terms: Terms) -> None:
        """Speak and listen by another card from now on."""
        assert self.election is not None
        voice, groups = self.election.voice, self.device.stack.groups
        if interface is not voice.interface and not terms.peers:
            groups.leave(voice.interface, GROUP)
            groups.join(interface, GROUP)
        voice.interface = interface

    def reckon(self) -> None:
        """Record what its configuration means, whether it runs or not: its skew, its patience, and for how long nobody
        has the address when an active machine crashes, at any moment between two adverts, and this one is next."""
        terms = self._terms()
        priority = self.election.priority if self.election is not None else terms.priority
        down, skew = terms.down(priority, terms.interval), terms.skew(priority, terms.interval)
        self.device.show("vrrp-wait", {"words": "vrrp.wait", "interval": terms.interval, "skew": skew, "down": down})
        self.device.show("takeover", {"words": "vrrp.takeover", "least": down - terms.interval, "most": down})

    # what it looks at

    def tracked(self) -> None:
        """What is tracked works again, or does so no more."""
        if self.election is None or self.tracking is None:
            return
        if self.tracking.track.weight:
            self.election.weigh(self.election.terms.weighed(self.tracking.ok))
            self._say_priority()
        else:
            self._judge()

    def carrier(self, port: str) -> None:
        """The cable of a card was cut or mended, or the device at its other end went off or on."""
        if self.election is not None and self.election.voice.interface.name == port:
            self._judge()

    def _judge(self) -> None:
        """Fall into fault, or come back from it, as things stand."""
        assert self.election is not None
        trouble = self._trouble()
        if trouble is not None and self.election.state != FAULT:
            self.ended = self.device.now, self.device.world.agenda.cause
            self.election.fault(trouble)
        elif trouble is None and self.election.state == FAULT:
            self.election.recover()

    def _trouble(self) -> str | None:
        """Why it can't be active, as a reason; None: it can."""
        assert self.election is not None
        interface = self.election.voice.interface
        if interface.ip is None or not carrier(self.device.world, interface.port.id):
            return "no-carrier"
        weighs = self.tracking is not None and self.tracking.track.weight
        return None if weighs or self._tracks_well() else "track-failed"

    def _tracks_well(self) -> bool:
        """Whether what it tracks works; nothing always does."""
        return self.tracking is None or self.tracking.ok

    # frames

    def heard(self, interface: Interface, packet: Packet) -> Verdict:
        """A VRRP packet came in by a card."""
        ip, advert = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(advert, Vrrp)
        election = self.election
        if election is None or election.voice.interface is not interface or advert.vrid != election.terms.router_id:
            self.device.decide("other-router", vrid=advert.vrid)
            return ignored("other-router")
        self.device.decide("vrrp-heard", ip=ip.src, priority=advert.priority)
        self.device.tell(election.hear, ip, advert, packet)
        return DELIVERED

    # what is written

    def _terms(self) -> Terms:
        return Terms.of(self.device.get("keepalived"))

    def _card(self, terms: Terms) -> Interface:
        """The card that is written, or the one on whose network the first address lies, or the first one."""
        interfaces: dict[str, Interface] = self.device.stack.interfaces
        if terms.port is not None:
            return interfaces[terms.port.rpartition(".")[2]]
        near = (each for each in interfaces.values() if each.network is not None and terms.ips[0] in each.network)
        return next(near, next(iter(interfaces.values())))

    def _path(self, terms: Terms) -> Interface:
        """The card by which it speaks and listens."""
        interfaces: dict[str, Interface] = self.device.stack.interfaces
        return interfaces[terms.heartbeat.rpartition(".")[2]] if terms.heartbeat else self._card(terms)

    def _say_priority(self) -> None:
        if self.election is not None:
            self.device.show("vrrp-priority", {"words": "vrrp.priority", "n": self.election.priority})
            self.reckon()
