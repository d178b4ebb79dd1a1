"""Behaviour: what a device does. Kinds subclass it; the world calls it and records what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.scene.model import Act, Port, Thing
from vizapp.sim.chance import Chance
from vizapp.sim.packet import Header, Packet
from vizapp.sim.timeline import Flight

if TYPE_CHECKING:
    from vizapp.sim.world import World


class Impossible(Exception):
    """An act that can't be done now. reason: a stable code with words in both languages."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a device made of a frame that reached it: delivered, ignored or dropped, and the reason of the latter."""

    outcome: str
    reason: str | None = None


DELIVERED = Verdict("delivered")


def ignored(reason: str) -> Verdict:
    return Verdict("ignored", reason)


def dropped(reason: str) -> Verdict:
    return Verdict("dropped", reason)


class Behaviour:
    """A device in a world. Its whole state lives in its attributes, as plain data.

    Subclasses override `start`, `receive`, `configure`, `on_fail`, `on_restore`, and define `do_VERB(act)` for their
    verbs. They act on the world through the methods below, each of which is recorded.
    """

    frames = False  # whether Ethernet frames come and go by its ports: they can be captured
    wired = True  # whether its cables are cables, which may lose what crosses them
    passes = True  # whether requests of a crowd that are for others may go through it

    @classmethod
    def has_frames(cls, thing: Thing) -> bool:
        """Whether frames come and go by the ports of that thing."""
        return cls.frames

    def __init__(self, world: World, thing: Thing) -> None:
        self.world = world
        self.thing = thing
        self.id = thing.id
        self.failed = False
        self.epoch = 0  # rises at each failure and repair: what was planned before is void

    # what a kind overrides

    def start(self) -> None:
        """Called once at time 0, and again after a repair (unless `on_restore` is overridden)."""

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        """A frame reached `port`; what it causes is planned or sent here. Default: nobody cares."""
        return ignored("no-handler")

    def configure(self, name: str, value: Any) -> None:
        """A live field changed (by its setting or by `set device.field`); `self.get(name)` is new already."""

    def on_fail(self) -> None:
        """The device just failed: forget what a crash forgets."""

    def on_restore(self) -> None:
        self.start()

    def on_carrier(self, port: Port) -> None:
        """The link of a port may have come or gone: `world.carrier(port.id)` says which."""

    # what it may use

    @property
    def now(self) -> int:
        """True ns."""
        return self.world.agenda.now

    def get(self, name: str) -> Any:
        """The value of a field as it stands now, a setting that it refers to included."""
        got, key = self.world.got, (self.id, name)
        if key not in got:
            got[key] = self.world.settled(self.world.overrides.get(key, self.thing.fields.get(name)))
        return got[key]

    def chance(self, purpose: str) -> Chance:
        """This device's own stream for that purpose."""
        return self.world.chance(self.id, purpose)

    def show(self, name: str, value: Any) -> None:
        """Record a field from now on. Give fresh values (tuples, new lists): what was shown is never changed."""
        self.world.timeline.track(self.id, name).put(self.now, value)

    def event(self, name: str, /, **details: Any) -> int:
        """Record that something happened here, and make it the cause of what follows. Returns its id."""
        return self.world.event(name, self.id, details)

    def decide(self, code: str, **values: Any) -> None:
        """Record what was decided about the frame that is being received: a code with words (`why.CODE`), and plain
        values. A frame may pass several decisions, from its card up; the one about its end bears the reason's code."""
        self.world.decide(code, values)

    def after(self, delay: int, call: Callable[[Any], None], arg: Any = None) -> None:
        """Do `call(arg)` in `delay` true ns, unless the device fails first."""
        self.world.agenda.at(self.now + delay, self._due, (self.epoch, call, arg))

    def of_itself(self) -> None:
        """What follows has no cause but time: it belongs to no exchange."""
        self.world.agenda.cause = 0

    def _due(self, entry: tuple[int, Callable[[Any], None], Any]) -> None:
        epoch, call, arg = entry
        if epoch == self.epoch:
            call(arg)

    def port(self, name: str) -> Port:
        return next(port for port in self.thing.ports if port.name == name)

    def packet(self, layers: tuple[Header, ...], name: str, to: str | None = None) -> Packet:
        """A new packet made here."""
        return Packet(self.world.number(), layers, name, self.id, to, self.world.agenda.cause)

    def send(self, port: Port, packet: Packet, link: str | None = None) -> list[Flight]:
        """Put the packet on the cable(s) of the port (or on that one link); each hop is a Flight."""
        return self.world.send(port, packet, link)

    def do(self, act: Act, options: Mapping[str, Any]) -> None:
        """A verb with this device as its first word. Impossible when it makes no sense now."""
        if self.failed:
            raise Impossible("device-failed", device=self.id)
        method = getattr(self, f"do_{act.verb.replace('-', '_')}", None)
        if method is None:
            raise Impossible("unknown-verb", verb=act.verb, device=self.id)
        method(act, options)
