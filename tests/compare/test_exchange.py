"""What was asked and what came of it: outcomes belong to the act behind them."""

from vizapp.compare.exchange import Asked, exchanges, in_order
from vizapp.sim.timeline import Event, Timeline


def timeline(*events: Event) -> Timeline:
    made = Timeline()
    for event in events:
        made.add_event(event)
    return made


def act(number: int, t: int, *args: str) -> Event:
    return Event(number, t, "act.ping", args[0], 0, args[0], {"args": list(args)})


def event(number: int, t: int, name: str, cause: int) -> Event:
    return Event(number, t, name, "a", cause, "a", {})


def test_an_outcome_belongs_to_the_act_at_the_start_of_its_causes() -> None:
    row = timeline(act(1, 0, "a", "b"), event(2, 5, "icmp.echo", 1), event(3, 9, "ping.answered", 2))
    assert [(each.asked, each.outcomes) for each in exchanges(row)] == [(Asked("ping", ("a", "b")), (row.events[2],))]


def test_what_nobody_asked_for_is_no_exchange() -> None:
    assert exchanges(timeline(event(1, 0, "check.failed", 0))) == []


def test_the_outcome_at_a_moment_is_the_last_one_so_far() -> None:
    row = timeline(act(1, 0, "a", "b"), event(2, 5, "connection.opened", 1), event(3, 9, "http.answered", 2))
    exchange = exchanges(row)[0]
    assert [exchange.at(t) for t in (4, 5, 9)] == [None, row.events[1], row.events[2]]


def test_the_same_act_again_is_told_apart() -> None:
    row = timeline(
        act(1, 0, "a", "b"), event(2, 1, "ping.failed", 1), act(3, 5, "a", "b"), event(4, 6, "ping.failed", 3)
    )
    assert [each.asked.turn for each in exchanges(row)] == [0, 1]


def test_what_was_asked_is_in_order_of_time_over_all_sides() -> None:
    one = exchanges(timeline(act(1, 8, "a", "b"), event(2, 9, "ping.failed", 1)))
    other = exchanges(timeline(act(1, 3, "c", "d"), event(2, 9, "ping.failed", 1)))
    assert [asked.args for asked in in_order([one, other])] == [("c", "d"), ("a", "b")]
