"""An attempt: something asked for on the network (a ping, a page, an address), and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from vizapp.sim.consequences import consequences
from vizapp.sim.timeline import Event, Timeline

GOOD = ("answered", "opened", "connected", "bound", "resolved")  # ends of the names of events that tell how it came out
BAD = ("failed", "refused", "timeout", "unreachable", "exhausted", "nak")
SECOND = 1_000_000_000
WAITS = {"arp": 1_024_000_000, "dhcp": 4 * SECOND}
"""ns after which one may say that nobody answers, where nothing else says so: a system would ask again then."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """act: the event of the act (`act.ping`). verb: what was asked. made: ids of all that it led to, as far as was
    looked."""

    act: Event
    verb: str
    device: str
    made: frozenset[int]

    @property
    def args(self) -> tuple[str, ...]:
        """The words of the act after its verb, the acting device first."""
        args = tuple(map(str, self.act.details.get("args", ())))
        return args[1:] if self.act.name == "act.send" else args


@dataclass(frozen=True, slots=True)
class Outcome:
    """good: it came out as wished. t: true ns since which that is known. event: the one that says so, if one does."""

    good: bool
    t: int
    event: Event | None = None


def attempt(timeline: Timeline, act: Event, until: int) -> Attempt:
    """What the act of that event led to up to true ns `until`. `send ping A B` pings; `address A dhcp` asks DHCP."""
    verb, device = act.name.removeprefix("act."), act.device
    args = [str(each) for each in act.details.get("args", ())]
    if verb == "send" and len(args) > 1:
        verb, device = args[0], args[1]
    elif verb == "address" and "dhcp" in args:
        verb = "dhcp"
    return Attempt(act, verb, device, consequences(timeline, act.id, until))


def outcome(timeline: Timeline, tried: Attempt, until: int) -> Outcome | None:
    """How it came out, as far as can be known at `until`; None: not yet, or nothing was asked."""
    seen = timeline.events[timeline.events_until(tried.act.t - 1) : timeline.events_until(until)]
    void = next((event for event in seen if event.name == "act.void" and event.id in tried.made), None)
    if void is not None:
        return Outcome(False, void.t, void)
    telling = _telling(timeline, tried, until)
    if telling:
        return _came(telling)
    if tried.verb == "arp" and (t := _replied(timeline, tried, until)) is not None:
        return Outcome(True, t)
    known = tried.act.t + WAITS.get(tried.verb, until)
    return Outcome(False, known) if known <= until else None


def _came(telling: list[Event]) -> Outcome:
    """The last one says how; a failure is known since the first one after anything good."""
    if telling[-1].name.endswith(GOOD):
        return Outcome(True, telling[-1].t, telling[-1])
    good = [number for number, event in enumerate(telling) if event.name.endswith(GOOD)]
    first = telling[good[-1] + 1 if good else 0]
    same = [event for event in telling if event.t == first.t]
    return Outcome(False, first.t, same[-1])


def _telling(timeline: Timeline, tried: Attempt, until: int) -> list[Event]:
    """The events that tell. Where another attempt had asked for the same address by ARP before, what was waiting
    belongs to that one's causes: then the one that is about the same address, and not that other one's own."""
    seen = timeline.events[timeline.events_until(tried.act.t - 1) : timeline.events_until(until)]
    told = [event for event in seen if event.name.endswith((*GOOD, *BAD)) and _tells(event, tried)]
    own = [event for event in told if event.id in tried.made]
    if own or tried.verb in WAITS:
        return own
    meant = tried.args[-1].partition(":")[0] if tried.args else ""
    about = [event for event in told if meant in (event.details.get("to"), event.details.get("address"))]
    for other in timeline.events[: timeline.events_until(tried.act.t)] if about else ():
        if other.name == tried.act.name and other.device == tried.device and other.id < tried.act.id:
            made = consequences(timeline, other.id, until)
            first = next((event for event in about if event.id in made), None)
            about = [event for event in about if event is not first]
    return about[:1]


def _tells(event: Event, tried: Attempt) -> bool:
    return event.device == tried.device or (event.id in tried.made and event.name.startswith("dhcp."))


def _replied(timeline: Timeline, tried: Attempt, until: int) -> int | None:
    """When the ARP reply came."""
    return next((f.ended for f in timeline.flights if f.id in tried.made and f.packet.name == "ARP reply"
                 and f.dst.partition(".")[0] == tried.device and f.outcome_at(until) == "delivered"), None)  # fmt: skip
