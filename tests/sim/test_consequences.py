"""Consequences: all that something led to, and nothing else."""

from tests.devices.net.lab import lan
from vizapp.sim.consequences import consequences


def test_everything_that_has_it_among_its_causes_is_found() -> None:
    timeline = lan("ping a b @ 1s", "ping c b @ 2s").timeline
    act = next(event for event in timeline.events if event.name == "act.ping")
    made = consequences(timeline, act.id)
    by_chain = {item.id for item in (*timeline.events, *timeline.flights)
                if act.id in [cause.id for cause in timeline.causes(item.id)]}  # fmt: skip
    assert made == by_chain


def test_only_what_happened_up_to_a_moment_is_looked_at() -> None:
    timeline = lan("ping a b @ 1s").timeline
    act = next(event for event in timeline.events if event.name == "act.ping")
    events = {event.id for event in timeline.events if event.t <= act.t}
    assert {each for each in consequences(timeline, act.id, act.t) if each in {e.id for e in timeline.events}} <= events
