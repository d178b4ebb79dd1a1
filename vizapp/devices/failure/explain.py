"""Why an attempt failed: where it stopped and for what reason, from the recorded causes and tables alone."""

from __future__ import annotations

from typing import Any

from vizapp.devices.failure.attempt import Attempt, Outcome, attempt, outcome
from vizapp.devices.failure.explanation import Explanation, Said, Stop
from vizapp.devices.failure.fate import Fate, device_of, ends, fate
from vizapp.devices.failure.lease import Lease
from vizapp.devices.failure.silence import Silence
from vizapp.devices.failure.tables import Tables, Way
from vizapp.scene.model import Scene
from vizapp.sim.consequences import consequences
from vizapp.sim.timeline import Event, Flight, Timeline

REQUEST, ANSWER = {"words": "explain.request"}, {"words": "explain.answer"}
TABLES = {"no-route": "routes", "not-mine": "forwarding", "arp-failed": "arp", "policy-drop": "nat",
          "closed-port": "connections"}  # fmt: skip
"""The table, or the live field, to look at where a packet was thrown away for that reason."""
KNOWN = {"not-mine": "not-mine", "no-route": "received-no-route", "ttl-expired": "ttl-expired",
         "closed-port": "closed-port", "powered-off": "powered-off", "booting": "booting",
         "device-failed": "device-failed", "link-cut": "lost-on", "lost": "lost-by-chance",
         "partition": "parted"}  # fmt: skip
"""Reasons that have a sentence of their own."""


def explain(scene: Scene, timeline: Timeline, act: Event, until: int | None = None) -> Explanation | None:
    """Why what the act asked for failed, as far as it is known at true ns `until`; None: it did not, or not yet."""
    end = timeline.end if until is None else until
    tried = attempt(timeline, act, end)
    came = outcome(timeline, tried, end)
    return None if came is None or came.good else _Case(scene, timeline, tried, came).explained()


class _Case:
    """One failed attempt. Nothing after its outcome is looked at, so that a longer run explains it the same."""

    def __init__(self, scene: Scene, timeline: Timeline, tried: Attempt, came: Outcome) -> None:
        self.timeline, self.tried, self.came = timeline, tried, came
        self.me, self.until = tried.device, came.t
        self.tables = Tables(scene, timeline, came.t)
        self.silence = Silence(timeline, self.tables, tried.act.t, came.t)
        details = came.event.details if came.event is not None else {}
        self.reason = str(details.get("reason") or "")
        self.name = str(details.get("name") or "")
        found = str(details.get("address") or details.get("server") or "")
        self.address = "" if found == self.name else found  # a name of which no address was found
        self.told: list[Said] = []

    def explained(self) -> Explanation:
        if self.came.event is not None and self.came.event.name == "act.void":
            return self._void(self.came.event)
        if self.tried.verb == "arp":
            return self._asked()
        if self.tried.verb == "dhcp":
            return self._lease()
        return self._request()

    def _end(self, stop: Stop, table: str | None = None) -> Explanation:
        shown = (stop.device, table) if table else None
        return Explanation(self.tried, self.came, tuple(self.told), stop, shown)

    def _say(self, key: str, **values: Any) -> None:
        self.told.append(Said(f"explain.{key}", values))

    def _void(self, event: Event) -> Explanation:
        plain = {key: value for key, value in event.details.items() if isinstance(value, (str, int))}
        self.told += [Said("explain.void", {}), Said(f"reason.{self.reason}", plain)]
        return self._end(Stop(self.me, event.t), TABLES.get(self.reason))

    # the request

    def _request(self) -> Explanation:
        sent = self._sent()
        if not sent:
            return self._unsent()
        found = [end for number in sent if (end := fate(self.timeline, number, self.until)) is not None]
        end = next(each for each in found if each.same == found[-1].same)
        if end.kind == "arrived" or end.reason == "closed-port":
            return self._arrived(end)
        return self._stopped(end, REQUEST)

    def _sent(self) -> list[int]:
        """The packets of its own that left for it, in order."""
        own = (f for f in self.timeline.flights if f.packet.origin == self.me and device_of(f.src) == self.me
               and self.tried.act.t <= f.departs <= self.until and f.packet.has("ipv4") and self._mine(f))  # fmt: skip
        return list(dict.fromkeys(flight.packet.id for flight in own))

    def _mine(self, flight: Flight) -> bool:
        """It was caused by the attempt, or, having waited for another's ARP, goes to the same address."""
        return flight.id in self.tried.made or ends(flight)[1] == self.address

    def _unsent(self) -> Explanation:
        """Nothing left: the name has no address, there is no route, or the next machine did not answer."""
        if self.name and not self.address:
            self._say("unnamed", device=self.me, name=self.name, reason={"words": f"reason.{self.reason}"})
            return self._end(Stop(self.me, self.came.t))
        way = self.tables.way(self.me, self.address) if self.address else None
        if way is None:
            self.told.append(self._no_way(self.me, self.address, "no-gateway"))
            return self._end(Stop(self.me, self.came.t), "routes")
        return self._unanswered(self.me, way, self.address)

    def _no_way(self, device: str, ip: str, key: str) -> Said:
        if not self.tables.held(device):
            return Said("explain.no-own-address", {"device": device})
        return Said(f"explain.{key}", {"device": device, "ip": ip})

    def _unanswered(self, device: str, way: Way, ip: str) -> Explanation:
        """`device` asks who has the next address on its way to `ip`, and hears nothing."""
        hop = way.via or ip
        network = next((held.network for held in self.tables.held(device) if held.port == way.port), "")
        self._say("asks-router" if way.via else "asks-near", device=device, ip=ip, via=hop, network=network)
        said, stop = self.silence.why(device, way.port, hop)
        self.told.append(said)
        return self._end(stop, "arp" if stop.device == device else None)

    # where a packet stopped

    def _stopped(self, end: Fate, what: Any) -> Explanation:
        src, dst = ends(end.flight)
        values = {"ip": dst, "src": src, **end.values, "device": end.device, "what": what}
        if end.reason == "arp-failed" or (end.kind == "waiting" and self._asks(end.device)):
            return self._no_next(end, what, dst)
        if end.kind == "waiting":
            self._say("under-way", **values)
        elif end.kind == "ignored":
            self._say("nobody-takes", **{**values, "mac": end.flight.packet.headers()["ethernet"]["eth_dst"]})
        elif end.reason == "policy-drop":
            self._say("filtered-in" if values.get("chain") == "INPUT" else "filtered", **values)
        elif end.reason == "not-mine" and self._gave_up(end.device, dst):
            self._say("no-longer", **values)
            return self._end(Stop(end.device, end.t, end.link, end.flight.packet.id))
        elif end.reason in KNOWN:
            self._say(KNOWN[end.reason], **values, link=end.link)
        else:
            self._say("stops", **values, reason={**values, "words": f"reason.{end.reason}"})
        stop = Stop(end.device, end.t, end.link, end.flight.packet.id)
        return self._end(stop, TABLES.get(end.reason))

    def _gave_up(self, device: str, ip: str) -> bool:
        """Whether the machine had that address before."""
        return any(event.name == "address.removed" and event.device == device
                   and event.details["ip"].partition("/")[0] == ip for event in self._events())  # fmt: skip

    def _asks(self, device: str) -> bool:
        """Whether what came of the attempt has `device` ask by ARP."""
        return any(event.id in self.tried.made and event.name == "arp.request" and event.device == device
                   for event in self._events())  # fmt: skip

    def _events(self) -> list[Event]:
        return self.timeline.events[: self.timeline.events_until(self.until)]

    def _no_next(self, end: Fate, what: Any, dst: str) -> Explanation:
        """A router, or the answering machine, finds nobody to hand it to."""
        way = self.tables.way(end.device, dst)
        hop = (way.via if way is not None else None) or dst
        self._say("no-next", device=end.device, what=what, ip=hop)
        said, stop = self.silence.why(end.device, way.port if way else end.flight.dst, hop)
        self.told.append(said)
        return self._end(stop, "arp" if stop.device == end.device else None)

    # the answer

    def _arrived(self, end: Fate) -> Explanation:
        """The request is where its address leads: is that the machine that was meant, and does it answer?"""
        self._twins(end)
        if end.reason == "closed-port":
            self._say("closed-port", device=end.device, what=REQUEST, port=end.values.get("port"))
            if self.reason == "refused":
                return self._end(Stop(end.device, end.t, packet=end.flight.packet.id), "connections")
        made = consequences(self.timeline, end.flight.id, self.until)
        src, _ = ends(end.flight)
        answer = self._answer(end, made)
        if self.tables.hung(end.device) and (answer is None or answer.kind == "arrived"):
            self._say("hung", device=end.device)
            return self._end(Stop(end.device, end.t, packet=end.flight.packet.id))
        if answer is None:
            return self._unanswering(end, src, made)
        way = self.tables.way(end.device, src)
        manner = "" if way is None or way.via is None else "-default" if way.to == "default" else "-by"
        if end.reason != "closed-port":
            self._say(f"answers{manner}", device=end.device, ip=src, via=way.via if way else "")
        return self._back(answer)

    def _twins(self, end: Fate) -> None:
        """Another machine has the address too, and it was that one which was meant."""
        ip, meant = ends(end.flight)[1], end.flight.packet.to
        if meant != end.device and meant in [device_of(held.port) for held in self.tables.owners(ip)]:
            self._say("twins", ip=ip, device=end.device, owner=meant)

    def _answer(self, end: Fate, made: frozenset[int]) -> Fate | None:
        """What became of the packet with which it answers: the last one that it sent."""
        own = [f for f in self.timeline.flights if f.id in made and f.packet.origin == end.device
               and device_of(f.src) == end.device and f.packet.has("ipv4")]  # fmt: skip
        return fate(self.timeline, own[-1].packet.id, self.until) if own else None

    def _back(self, back: Fate) -> Explanation:
        if back.kind != "arrived":
            return self._stopped(back, ANSWER)
        if back.device == self.me and self.reason in ("", "timeout"):
            self._say("late", device=self.me)
        elif back.device == self.me:
            reason = {"words": f"reason.{self.reason}"}
            self._say("answers-that", device=back.flight.packet.origin, reason=reason)
        else:
            self._say("astray", device=back.device, ip=ends(back.flight)[1])
        return self._end(Stop(back.device, back.t, packet=back.flight.packet.id))

    def _unanswering(self, end: Fate, src: str, made: frozenset[int]) -> Explanation:
        """It got the request, and nothing left it since."""
        here = Stop(end.device, end.t, packet=end.flight.packet.id)
        way = self.tables.way(end.device, src)
        if way is None:
            key = "refusal-stays" if end.reason == "closed-port" else "no-way-back"
            self.told.append(self._no_way(end.device, src, key))
            return self._end(here, "routes")
        if any(event.id in made and event.name == "arp.request" and event.device == end.device
               for event in self._events()):  # fmt: skip
            self._say("wants-to-answer", device=end.device)
            return self._unanswered(end.device, way, src)
        self._say("silent", device=end.device)
        return self._end(here)

    # questions to everybody

    def _asked(self) -> Explanation:
        """An ARP request of its own."""
        event = next((e for e in self._events() if e.id in self.tried.made and e.name == "arp.request"), None)
        ip = str(event.details["ip"]) if event is not None else self.tried.args[-1]
        way = self.tables.way(self.me, ip)
        if way is None:
            self.told.append(self._no_way(self.me, ip, "no-gateway"))
            return self._end(Stop(self.me, self.came.t), "routes")
        self._say("asks", device=self.me, ip=ip)
        said, stop = self.silence.why(self.me, way.port, ip)
        self.told.append(said)
        return self._end(stop)

    def _lease(self) -> Explanation:
        """A DHCP client that got no address."""
        lease = Lease(self.timeline, self.tried, self.until)
        if lease.spent is not None:
            self._say("exhausted", device=lease.spent.device)
            return self._end(Stop(lease.spent.device, lease.spent.t), "leases")
        lost = lease.lost_offer or lease.lost_question
        if lost is not None:
            if lost is lease.lost_offer:
                self._say("answers", device=lost.flight.packet.origin)
            return self._stopped(lost, REQUEST if lost is lease.lost_question else ANSWER)
        heard = lease.server
        if heard is not None:
            self._say("silent", device=device_of(heard.dst))
            return self._end(Stop(device_of(heard.dst), heard.ended or heard.arrives, packet=heard.packet.id))
        self._say("no-server", device=self.me)
        return self._end(Stop(self.me, self.came.t))
