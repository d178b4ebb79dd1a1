"""The watch of a service: when it is away, for how long, who answers, and what tells of it."""

from tests.devices.net.lab import LAN, SECOND, Lab, lan
from vizapp.devices import VOCABULARY
from vizapp.scene import parse
from vizapp.sim.match import followed
from vizapp.sim.series import Series

CUT = ("watch a b @ 1s", "cut b -- sw @ 5.05s", "mend b -- sw @ 8.42s")


def outcomes(lab: Lab, device: str = "a") -> list[tuple[float, str]]:
    """When each request was sent (true seconds), and what came of it."""
    answers = lab.timeline.answers[device]
    rows = zip(answers.times, answers.lasts, answers.result, strict=True)
    return [((t - lasts) / SECOND, answers.results[result]) for t, lasts, result in rows]


# what is measured


def test_an_outage_lasts_from_the_first_lost_request_to_the_next_answer() -> None:
    ended = lan(*CUT).event("outage.ended").details
    assert ended["since"] == 5_100_000_000
    assert 3_400_000_000 < ended["lasted"] < 3_402_000_000
    assert ended["lost"] == 34


def test_an_outage_is_known_only_when_the_answer_is_late() -> None:
    began = lan(*CUT).event("outage.began")
    assert (began.t, began.details["since"]) == (5_300_000_000, 5_100_000_000)


def test_it_is_caused_by_what_befell_the_request() -> None:
    lab = lan(*CUT)
    flight = lab.timeline.by_id(lab.event("outage.began").cause)
    assert (flight.packet.name, flight.reason) == ("ECHO", "link-cut")


def test_each_request_is_sent_an_interval_after_the_one_before() -> None:
    sent = [t for t, _ in outcomes(lan("watch a b interval=250ms @ 1s", until=4))]
    assert sent == [1 + number / 4 for number in range(len(sent))]


def test_what_was_lost_is_kept_beside_what_was_answered() -> None:
    found = outcomes(lan(*CUT, until=10))
    assert [result for _, result in found].count("no-answer") == 34
    assert all(5.05 < t < 8.42 for t, result in found if result == "no-answer")


def test_a_lost_request_that_a_later_one_overtakes_is_no_outage() -> None:
    lab = lan("watch a b @ 1s", "cut b -- sw @ 2.05s", "mend b -- sw @ 2.15s", until=4)
    assert "no-answer" in [result for _, result in outcomes(lab)]
    assert not lab.events("outage.began")


def test_what_never_answered_is_not_away() -> None:
    lab = lan("watch a 10.0.0.77 @ 1s")
    assert not lab.events("outage.began")
    assert lab.value("a", "watch") == {"words": "watch.waiting"}


def test_an_answer_after_the_timeout_counts_for_nothing() -> None:
    far = "{between: a -- sw, delay: 150ms}, b -- sw"
    assert {result for _, result in outcomes(Lab(LAN, far, "watch a b @ 1s", until=6))} == {"no-answer"}
    patient = Lab(LAN, far, "watch a b timeout=1s @ 1s", until=6)
    assert {result for _, result in outcomes(patient)} == {"answered"}


# who answers


def test_it_shows_who_answers_and_for_how_long_nobody_does() -> None:
    lab = lan(*CUT)
    assert lab.value("a", "watch", 3)["words"] == "watch.by"
    assert lab.value("a", "watch", 3)["device"]["en"] == "b"
    assert lab.value("a", "outage", 3) is None
    assert lab.value("a", "watch", 7)["words"] == "watch.silent"
    assert lab.value("a", "outage", 7.05) == {"words": "outage.now", "lasts": 1_900_000_000, "tone": "bad"}
    assert lab.value("a", "outage", 9)["words"] == "outage.was"


def test_charts_know_who_answered() -> None:
    lab = lan(*CUT, until=10)
    bars = Series(lab.timeline).share("a", lab.timeline.end)
    assert [(bar.label, bar.share) for bar in bars] == [("b", 1.0)]


# pages


def test_pages_are_missed_too() -> None:
    ended = lan("watch a b by=http interval=500ms @ 1s", "fail b @ 5.05s", "restore b @ 8.42s").event("outage.ended")
    assert ended.details["since"] == 5_500_000_000
    assert 3_000_000_000 < ended.details["lasted"] < 3_100_000_000


def test_a_machine_that_answers_pings_may_serve_no_page() -> None:
    assert lan("watch a c by=http @ 1s").value("a", "watch") == {"words": "watch.waiting"}


def test_it_knows_whose_pages_they_are_after_a_take_over() -> None:
    stage = """
  c: {kind: client, ports: {eth0: {ip: 10.0.0.50/24}}}
  sw: {kind: switch}
  a: {kind: web-server, ports: {eth0: {ip: 10.0.0.1/24}}, keepalived: {address: 10.0.0.10/24, priority: 150}}
  b: {kind: web-server, ports: {eth0: {ip: 10.0.0.2/24}}, keepalived: {address: 10.0.0.10/24}}
"""
    lab = Lab(stage, "c -- sw, a -- sw, b -- sw", "watch c 10.0.0.10 by=http interval=1s @ 5s", "fail a @ 8.5s")
    assert [lab.value("c", "watch", t)["device"]["en"] for t in (7, 19)] == ["a", "b"]


# beginning and end


def test_nothing_is_sent_after_it_was_told_to_stop() -> None:
    lab = lan("watch a b @ 1s", "unwatch a @ 3s")
    assert max(t for t, _ in outcomes(lab)) <= 3
    assert lab.value("a", "watch") is None
    assert [lab.value("a", "watching", t) for t in (0, 2, 4)] == [False, True, False]


def test_only_one_service_is_watched_at_a_time() -> None:
    lab = lan("watch a b @ 1s", "watch a c @ 3s", until=6)
    assert {f.dst for f in lab.flights("icmp") if f.departs > 3_100_000_000 and f.dst in ("b.eth0", "c.eth0")} == {
        "c.eth0"
    }


def test_there_must_be_a_watch_to_stop() -> None:
    assert lan("unwatch a @ 3s").event("act.void").details["reason"] == "not-watching"


def test_a_machine_that_fails_watches_no_longer() -> None:
    lab = lan("watch a b @ 1s", "fail a @ 3s", "restore a @ 4s", until=8)
    assert max(t for t, _ in outcomes(lab)) <= 3


# what tells of it


def test_no_event_tells_of_each_ping() -> None:
    lab = lan("watch a b @ 1s")
    assert not {e.name for e in lab.timeline.events if e.name.startswith(("icmp.", "ping.", "ip."))}


def test_no_clock_slows_down_for_its_pings() -> None:
    lab = lan("watch a b @ 1s", "ping a b @ 2s")
    held = [f for f in lab.flights("icmp") if followed(parse.follow("icmp"), f, lab.timeline)]
    assert 0 < len(held) <= 4


def test_only_a_machine_that_the_script_lets_watch_keeps_room_for_what_it_sees() -> None:
    lab = lan("watch a b @ 1s")
    kind = VOCABULARY.kinds["machine"]
    show = next(show for show in kind.shows if show.field == "outage")
    assert [kind.gives(show, lab.scene.things[name]) for name in ("a", "c")] == [True, False]
