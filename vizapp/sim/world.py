"""The world of a run: devices, cables, settings, and the one door through which acts come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.scene.model import Act, Port, Reference, Scene
from vizapp.scene.names import at_an_end
from vizapp.scene.vocabulary import Kind
from vizapp.sim.agenda import Agenda, Runaway
from vizapp.sim.behaviour import Behaviour, Impossible, Verdict, dropped
from vizapp.sim.cable import Cable
from vizapp.sim.chance import Chance
from vizapp.sim.faults import Faults
from vizapp.sim.frame import SET
from vizapp.sim.packet import Packet
from vizapp.sim.standing import Standing, plugged
from vizapp.sim.timeline import Decision, Event, Flight, Timeline

STORM_BUDGET = 2_000  # flights of one packet: beyond, it goes round and round
WAY = 255  # flights of one packet that a TTL allows, and 4 more for each link: beyond, it may go round
BUSY_WINDOW = 100_000_000  # true ns
BUSY_BUDGET = 20_000  # flights in one window
FLIGHT_BUDGET = 300_000  # flights in a run
EVENT_BUDGET = 100_000  # events in a run


class World:
    """Everything that can happen. It records into `timeline` and draws chance per entity and purpose."""

    def __init__(self, scene: Scene, kinds: Mapping[str, Kind], seed: int, settings: Mapping[str, Any]) -> None:
        self.scene = scene
        self.seed = seed
        self.settings = dict(settings)
        self.overrides: dict[tuple[str, str], Any] = {}
        self.got: dict[tuple[str, str], Any] = {}  # fields as they stand now, worked out once: a crowd asks at each hop
        self.agenda = Agenda()
        self.timeline = Timeline()
        self.listeners: list[Any] = []  # devices with `notice(event)`, which is called after each event
        self.ports = scene.ports()
        self.cables = {link.id: Cable(link) for link in scene.links}
        self.plugs = plugged(self.cables.values())  # the cables that there are, by port
        self.faults = Faults(self)
        self.devices: dict[str, Behaviour] = {}
        for thing in scene.things.values():
            behaviour = kinds[thing.kind].behaviour or Behaviour
            self.devices[thing.id] = behaviour(self, thing)
        self._numbers = 0
        self.unseen = False  # what is being done now is told by no event
        self._chances: dict[tuple[str, str], Chance] = {}
        self._window = (0, 0)
        self._hops: dict[int, int] = {}
        self._owners: dict[int, str] = {}
        self._received: Flight | None = None  # the frame that a device is being handed
        self._decisions: dict[Decision, Decision] = {}  # equal ones are kept once
        for name, value in self.settings.items():
            self.timeline.track("", name).put(0, value)
        self.standing = Standing(self)
        for device in self.devices.values():
            if self.standing.has(device.id):
                device.start()
        for act in scene.script:
            self.agenda.at(act.at, self.act, act)

    # recording

    def number(self) -> int:
        """The next id; events, flights and packets share one row of numbers."""
        self._numbers += 1
        return self._numbers

    def chance(self, entity: str, purpose: str) -> Chance:
        key = (entity, purpose)
        if key not in self._chances:
            self._chances[key] = Chance(self.seed, entity, purpose)
        return self._chances[key]

    def event(self, name: str, device: str, details: dict[str, Any]) -> int:
        number = self.number()
        owner = self._own(number, device)
        event = Event(number, self.agenda.now, name, device, self.agenda.cause, owner, details)
        if not self.unseen:
            self.timeline.add_event(event)
            for listener in self.listeners:
                self.agenda.at(self.agenda.now, listener.notice, event)
        self.agenda.cause = number
        if len(self.timeline.events) == EVENT_BUDGET:
            raise Runaway("runaway.events")
        return number

    def _own(self, number: int, device: str) -> str:
        owner = self._owners.get(self.agenda.cause, device)
        self._owners[number] = owner
        return owner

    # sending

    def send(self, port: Port, packet: Packet, link: str | None = None) -> list[Flight]:
        cables = [c for c in self.plugs.get(port.id, ()) if link is None or c.link.id == link]
        if not cables:
            return [self._lost(port, packet, "no-cable")]
        return [self._depart(cable, port, packet) for cable in cables]

    def _depart(self, cable: Cable, port: Port, packet: Packet, copy: bool = False) -> Flight:
        link, now = cable.link, self.agenda.now
        there = link.b if link.a == port.id else link.a
        flight = self._flight(packet, link.id, port.id, there, cable.lasts)
        flight.copy = copy
        if cable.cut:
            self._settle(flight, dropped("link-cut"))
            return flight
        cable.under_way[flight.id] = flight
        if self.faults.loses(cable):
            self.agenda.at(now + cable.lasts // 2, self._lose, (cable, flight))
        else:
            self.agenda.at(flight.arrives, self._arrive, (cable, flight))
        if not copy and self.faults.doubles(cable):
            self.agenda.at(now + 1 + cable.lasts // 3, self._copy, (cable, port, packet))
        return flight

    def _copy(self, entry: tuple[Cable, Port, Packet]) -> None:
        """The copy of a frame that a cable doubled sets off, a little behind."""
        self._depart(*entry, copy=True)

    def _lose(self, entry: tuple[Cable, Flight]) -> None:
        cable, flight = entry
        if cable.under_way.pop(flight.id, None) is not None:
            self._settle(flight, dropped("lost"))

    def _lost(self, port: Port, packet: Packet, reason: str) -> Flight:
        flight = self._flight(packet, "", port.id, port.id, 0)
        self._settle(flight, dropped(reason))
        return flight

    def _flight(self, packet: Packet, link: str, src: str, dst: str, lasts: int) -> Flight:
        self._spend(packet.id)
        number, now = self.number(), self.agenda.now
        owner = self._own(number, packet.origin)
        flight = Flight(number, packet, self.agenda.cause, link, src, dst, now, now + lasts, owner)
        self.timeline.add_flight(flight)
        return flight

    def _spend(self, packet: int) -> None:
        window, spent = self._window
        current = self.agenda.now // BUSY_WINDOW
        self._window = (current, spent + 1 if current == window else 1)
        hops = self._hops[packet] = self._hops.get(packet, 0) + 1
        way, flights = WAY + 4 * len(self.cables), len(self.timeline.flights)
        busy = self._window[1] > BUSY_BUDGET or flights >= FLIGHT_BUDGET
        look = busy or (flights and flights % BUSY_BUDGET == 0)
        if hops > STORM_BUDGET + way or (look and max(self._hops.values()) > way):
            raise Runaway("runaway.storm")
        if busy:
            raise Runaway("runaway.flights")

    def _arrive(self, entry: tuple[Cable, Flight]) -> None:
        cable, flight = entry
        if cable.under_way.pop(flight.id, None) is None:
            return  # it was lost on the way
        port = self.ports[flight.dst]
        device = self.devices[port.device]
        self.agenda.cause = flight.id
        if self.faults.parted(flight.packet.origin, port.device):
            self._settle(flight, dropped("partition"))
        elif device.failed:
            self._settle(flight, dropped("device-failed"))
        else:
            self._received = flight
            self._settle(flight, device.receive(port, flight.packet, flight))
            self._received = None

    def decide(self, code: str, values: dict[str, Any]) -> None:
        """Record a decision about the frame that is being received."""
        if self._received is not None:
            decision = Decision(code, tuple(values.items()))
            self._received.decisions += (self._decisions.setdefault(decision, decision),)

    def _settle(self, flight: Flight, verdict: Verdict) -> None:
        flight.ended = self.agenda.now
        flight.outcome, flight.reason = verdict.outcome, verdict.reason

    # acts: the one door

    def act(self, act: Act, *, unseen: bool = False) -> None:
        """Do what the script or a person asks; what can't be done says so in an event and changes nothing. unseen: no
        event tells of it, nor a cut cable; the tables and what happens later show what it brings."""
        self.unseen = unseen
        if unseen:
            self.timeline.unseen.add(self.agenda.now)
        self._act(act)
        self.unseen = False

    def _act(self, act: Act) -> None:
        self.agenda.cause = 0
        device = self._actor(act)
        self.event(f"act.{act.verb}", device, {"args": list(act.args), **self.resolve(act.options)})
        try:
            self._do(act)
        except Impossible as impossible:
            asked = act if act.verb == "set" else replace(act, options={})  # its options are told by the event above
            self.event("act.void", device, {"act": str(asked), "reason": impossible.reason, **impossible.values})

    def _actor(self, act: Act) -> str:
        """The device that an act is about: its first word, or the device of the port that this is; else nothing."""
        name = act.args[0] if act.args else ""
        return self.ports[name].device if name in self.ports else name if name in self.devices else ""

    def resolve(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Options with settings put in place of references."""
        return {name: self.settled(value) for name, value in options.items()}

    def settled(self, value: Any) -> Any:
        """A value with the settings that it refers to, also inside a list or a map."""
        if isinstance(value, Reference):
            return self.settings[value.setting]
        if isinstance(value, tuple):
            return tuple(map(self.settled, value))
        return {key: self.settled(each) for key, each in value.items()} if isinstance(value, dict) else value

    def _do(self, act: Act) -> None:
        if act.verb in self.faults.verbs:
            self.faults.do(act)
        elif act.verb == "set":
            self._set(act.args[0], act.options["value"])
        elif act.verb == "send" and act.args[0] not in self.devices:
            self._do(replace(act, verb=act.args[0], args=act.args[1:]))
        else:
            actor = self._actor(act)
            if not actor:
                raise Impossible("unknown-thing", thing=act.args[0] if act.args else "")
            self.standing.need(actor)
            self.devices[actor].do(act, self.resolve(act.options))

    def cable(self, name: str) -> Cable:
        """A cable by its id, by `a--b` the other way round, or by `device` when that has one cable only."""
        a, _, b = name.partition("--")
        parts = [part for part in (a, b) if part]
        there = filter(self.standing.joins, self.cables.values())
        fitting = [c for c in there if c.link.id == name or all(at_an_end(c.link, part) for part in parts)]
        if name in self.cables and self.cables[name] not in fitting:
            raise Impossible("link-not-there", link=name)
        exact = [c for c in fitting if c.link.id == name] or fitting
        if len(exact) != 1:
            raise Impossible("unknown-link", link=name)
        return exact[0]

    def clear(self, cable: Cable, reason: str) -> None:
        """What is on a cable is lost."""
        for flight in cable.under_way.values():
            self._settle(flight, dropped(reason))
        cable.under_way.clear()
        for row in sorted(cable.rows):
            self.timeline.crowd.end(row, self.agenda.now, reason)
        cable.rows.clear()

    def _set(self, name: str, value: Any) -> None:
        device, _, field = name.partition(".")
        if name in self.settings:
            if self.settings[name] == value:
                raise Impossible("already-so", name=name, value=value)
            self.settings[name] = value
            self.got.clear()
            self.timeline.track("", name).put(self.agenda.now, value)
            self.standing.follow()
            self._tell_fields(name)
        elif field and device in self.devices and field in self.devices[device].thing.fields:
            self.standing.need(device)
            self._override(self.devices[device], field, value)
        else:
            raise Impossible("unknown-setting", name=name)

    def _tell_fields(self, setting: str) -> None:
        """Every field that refers to that setting follows it again: who speaks last is heard."""
        for behaviour in self.devices.values():
            for key in [key for key, written in behaviour.thing.fields.items() if _mentions(written, setting)]:
                if self.overrides.pop((behaviour.id, key), None) is not None:
                    self.got.clear()
                    behaviour.show(SET + key, None)
                behaviour.configure(key, behaviour.get(key))

    def _override(self, behaviour: Behaviour, field: str, value: Any) -> None:
        """Give a live field another value than the scene wrote, or than the setting that it follows has."""
        if behaviour.get(field) == self.settled(value):
            raise Impossible("already-so", name=f"{behaviour.id}.{field}", value=value)
        self.overrides[(behaviour.id, field)] = value
        self.got.clear()
        behaviour.show(SET + field, value)
        behaviour.configure(field, value)


def _mentions(value: Any, setting: str) -> bool:
    """Whether a field as it was written refers to that setting, also inside a list or a map."""
    if isinstance(value, Reference):
        return value.setting == setting
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return any(_mentions(each, setting) for each in inner)
