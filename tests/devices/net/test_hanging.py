"""Programs that stand still, or are slow, while the kernel goes on; what a bad cable does to TCP."""

import pytest

from tests.devices.net.lab import SECOND, lan
from vizapp.devices.failure.explain import explain

MS = 10**6


def told(found):
    """The sentences that explain the last thing asked for."""
    act = [e for e in found.timeline.events if e.name in ("act.http", "act.ping")][-1]
    explained = explain(found.scene, found.timeline, act)
    assert explained is not None
    return [said.key for said in explained.told]


def test_a_hung_machine_still_answers_arp_and_ping():
    found = lan("hang b @ 1s", "ping a b @ 2s")
    assert found.event("ping.answered").t < 2.1 * SECOND


def test_a_hung_machine_accepts_a_connection_and_never_answers():
    found = lan("hang b @ 1s", "http a b @ 2s")
    assert found.event("connection.opened").t < 2.1 * SECOND
    assert found.event("http.failed").details["reason"] == "timeout"
    assert not found.events("http.response")


def test_a_program_that_goes_on_answers_what_has_waited():
    found = lan("hang b @ 1s", "http a b timeout=9s @ 2s", "resume b @ 5s")
    answered = found.event("http.answered")
    assert 5 * SECOND < answered.t < 5.2 * SECOND


def test_work_that_was_begun_goes_on_where_it_stopped():
    free = lan("slow b factor=100 @ 1s", "http a b timeout=15s @ 2s").event("http.answered").t
    stood = lan("slow b factor=100 @ 1s", "http a b timeout=15s @ 2s", "hang b @ 3s", "resume b @ 7s")
    assert stood.event("http.answered").t - free == 4 * SECOND


def test_a_slow_program_takes_so_many_times_longer():
    quick = lan("http a b @ 2s").event("http.answered").details["time"]
    slow = lan("slow b factor=5 @ 1s", "http a b @ 2s").event("http.answered").details["time"]
    assert slow - quick == 4 * 20 * MS


def test_a_caller_that_hangs_asks_nothing_until_it_goes_on():
    found = lan("ping a b count=3 @ 1s", "hang a @ 1.5s", "resume a @ 9s")
    assert [e.t // SECOND for e in found.events("icmp.echo", "a")] == [1, 9, 9]


def test_a_restored_machine_is_neither_hung_nor_slow():
    found = lan("hang b @ 1s", "slow a factor=3 @ 1s", "fail b @ 2s", "restore b @ 3s", "http a b @ 4s")
    assert found.value("b", "hung") is False
    assert found.events("http.answered")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (("hang b @ 1s", "hang b @ 2s"), "already-hung"),
        (("resume b @ 1s",), "not-hung"),
        (("hang a @ 1s", "ping a b @ 2s"), "already-hung"),
        (("shutdown b @ 1s", "hang b @ 2s"), "powered-off"),
    ],
)
def test_what_makes_no_sense_says_so(script, reason):
    assert [e.details["reason"] for e in lan(*script).events("act.void")] == [reason]


# what failed, explained


def test_a_silence_of_hung_programs_is_explained():
    assert told(lan("hang b @ 1s", "http a b @ 2s"))[-1] == "explain.hung"


def test_a_question_lost_by_a_cable_is_explained():
    assert told(lan("loss b 100% @ 1s", "ping a b @ 2s"))[-1] == "explain.question-lost"


def test_a_question_stopped_by_a_partition_is_explained():
    found = lan("partition a b @ 1s", "ping a b @ 2s", until=30)
    assert told(found)[-1] == "explain.question-parted"


def test_a_request_lost_by_a_cable_is_explained():
    assert told(lan("ping a b @ 0s", "loss b 100% @ 1s", "http a b @ 2s"))[-1] == "explain.lost-by-chance"


def test_a_request_stopped_by_a_partition_is_explained():
    assert told(lan("ping a b @ 0s", "partition a b @ 1s", "http a b @ 2s"))[-1] == "explain.parted"


# TCP over a bad cable


def test_tcp_brings_its_message_over_a_cable_that_loses_a_third():
    found = lan("loss b 30% @ 1s", "http a b timeout=19s @ 2s", until=25)
    assert found.events("tcp.repeated")
    assert found.event("http.answered").details["body"] == "hello from b"


def test_tcp_takes_a_doubled_segment_once():
    found = lan("duplicate a 100% @ 1s", "duplicate b 100% @ 1s", "http a b @ 2s")
    assert len(found.events("http.answered")) == 1
    assert len(found.events("http.response")) == 1


def test_a_doubled_echo_is_told_once():
    found = lan("duplicate b 100% @ 1s", "ping a b @ 2s")
    assert len(found.events("ping.answered")) == 1
    assert "not-asked" in {f.reason for f in found.flights("icmp", "a.eth0")}


def test_a_delay_both_ways_is_twice_in_the_time_of_a_ping():
    quick = lan("arp a b @ 1s", "ping a b @ 2s").event("ping.answered").details["time"]
    slow = lan("arp a b @ 1s", "delay b 50ms @ 1.5s", "ping a b @ 2s").event("ping.answered").details["time"]
    assert slow - quick == 100 * MS
