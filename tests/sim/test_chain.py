"""The chain of causes: from the act that began it to the event, repetitions told as one, nothing of the future."""

from tests.devices.net.lab import lan
from vizapp.sim.chain import chain
from vizapp.sim.timeline import Event, Timeline


def happened(*rows: tuple[int, int, str, int]) -> Timeline:
    """Events at a device `d`: (id, t, name, cause)."""
    timeline = Timeline()
    for number, t, name, cause in rows:
        timeline.add_event(Event(number, t, name, "d", cause, "d", {"n": number}))
    timeline.end = rows[-1][1]
    return timeline


def told(timeline: Timeline, number: int, until: int | None = None) -> list[tuple[str, str, int]]:
    """Part, name and times of each link."""
    event = timeline.by_id(number)
    assert isinstance(event, Event)
    links = chain(timeline, event, timeline.end if until is None else until).links
    return [(link.part, link.event.name if link.event else link.hops[0].packet.name, link.times) for link in links]


CHECKS = ((1, 0, "act.fail", 0), (2, 5, "check.failed", 1), (3, 6, "other", 1), (4, 7, "check.failed", 1),
          (5, 9, "check.failed", 1), (6, 9, "down", 5), (7, 12, "up", 6), (8, 13, "up", 6))  # fmt: skip


def test_it_goes_back_to_the_act_and_tells_repetitions_as_one():
    assert told(happened(*CHECKS), 6, until=9) == [("cause", "act.fail", 1), ("cause", "check.failed", 3),
                                                  ("asked", "down", 1)]  # fmt: skip


def test_what_came_of_it_is_told_once_it_has_been_seen():
    assert told(happened(*CHECKS), 6)[-1] == ("effect", "up", 2)
    assert told(happened(*CHECKS), 6, until=12)[-1] == ("effect", "up", 1)


def test_what_happens_after_an_event_is_no_repetition_of_it():
    assert told(happened(*CHECKS), 4, until=13) == [("cause", "act.fail", 1), ("asked", "check.failed", 2)]


def test_the_script_repeats_nothing():
    rows = ((1, 0, "act.ping", 0), (2, 5, "act.ping", 0))
    assert told(happened(*rows), 2) == [("asked", "act.ping", 1)]


def test_what_names_a_later_cause_ends_there():
    assert told(happened((1, 0, "a", 2), (2, 0, "b", 1)), 2) == [("cause", "a", 1), ("asked", "b", 1)]


def test_more_may_lie_behind_an_event_than_its_cause():
    timeline = happened((1, 0, "act.cut", 0), (2, 1, "act.ping", 0), (3, 5, "ping.failed", 2))
    event = timeline.events[-1]
    found = chain(timeline, event, 5, lambda item: (item.cause, 1 if item is event else 0))
    assert [link.event.name for link in found.links if link.event] == ["act.cut", "act.ping", "ping.failed"]


def test_a_packet_belongs_to_the_event_that_sent_it():
    timeline = lan("ping a b @ 1s").timeline
    answered = next(event for event in timeline.events if event.name == "ping.answered")
    links = chain(timeline, answered, timeline.end).links
    echo = next(link for link in links if link.event and link.event.name == "icmp.echo")
    assert [hop.packet.name for hop in echo.hops] == ["ECHO"] * 2
    assert set(echo.places) >= {"a", "b", *(hop.link for hop in echo.hops)}


def test_its_things_are_those_that_its_events_name():
    event = Event(1, 0, "balancer.down", "lb", 0, "lb", {"server": "web3", "port": "lan", "after": 5})
    timeline = Timeline()
    timeline.add_event(event)
    assert chain(timeline, event, 0).places == ("lb", "web3")


def test_what_was_awaited_in_vain_is_a_link_before_what_it_led_to():
    timeline = happened((1, 8, "act.fail", 0), (2, 36, "expired", 1), (3, 36, "active", 2))
    for event in timeline.events[1:]:
        event.details.update(after=31, interval=10, missed=3)
    assert told(timeline, 3) == [("cause", "act.fail", 1), ("cause", "expired", 3), ("cause", "expired", 1),
                                 ("asked", "active", 1)]  # fmt: skip
    missed = chain(timeline, timeline.events[2], 36).links[1]
    assert (missed.moments, missed.t, missed.ids) == ((15, 25, 35), 35, frozenset())
