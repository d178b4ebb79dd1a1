"""How TCP sends, repeats and gives up: segments and waits as a Linux kernel has them."""

from itertools import pairwise

import pytest

from tests.devices.net.lab import SECOND, Lab
from vizapp.protocols import wire

STAGE = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: web-server, ports: {eth0: {ip: 10.0.0.2/24}}, body: "%s"}
  s1: {kind: switch}
  s2: {kind: switch}
"""
LINKS = "a -- s1, s1 -- s2, b -- s2"
MSS = 1460


def lab(*script: str, body: str = "hello", until: int = 20) -> Lab:
    return Lab(STAGE % body, LINKS, *script, until=until)


def segments(found: Lab, src: str) -> list[tuple[float, str, int, int]]:
    """(seconds, flags, number, length) of what a machine sends."""
    sent = [f for f in found.flights("tcp") if f.src == f"{src}.eth0"]
    headers = [(f.departs, f.packet.headers()["tcp"]) for f in sent]
    return [(round(t / SECOND, 1), h["flags"], h["seq"], h["len"]) for t, h in headers]


def waits(times: list[float]) -> list[float]:
    return [round(later - sooner, 1) for sooner, later in pairwise(times)]


# long messages


def test_a_long_answer_is_cut_into_segments_and_each_is_acknowledged() -> None:
    found = lab("http a b @ 1s", body="y" * 6000)
    data = [(flags, seq, length) for _, flags, seq, length in segments(found, "b") if length]
    assert data == [("A", 1, MSS), ("A", 1461, MSS), ("A", 2921, MSS), ("A", 4381, MSS), ("PA", 5841, 201)]
    assert found.event("http.answered").details["body"] == "y" * 6000
    assert found.event("http.answered").t > found.events("tcp.data", "a")[-1].t - 1
    acks = [h["ack"] for f in found.flights("tcp", "b.eth0") if (h := f.packet.headers()["tcp"])["flags"] == "A"]
    assert acks[-5:] == [1461, 2921, 4381, 5841, 6042]


def test_the_bytes_of_the_segments_are_the_message() -> None:
    found = lab("http a b @ 1s", body="y" * 3000)
    data = [f.packet.layers for f in found.flights("http", "a.eth0")]
    whole = b"".join(wire.pack(layers)[54:] for layers in data)
    assert whole == b"HTTP/1.0 200 OK\r\nContent-Length: 3000\r\n\r\n" + b"y" * 3000


def test_no_more_than_the_first_window_is_sent_before_an_acknowledgement() -> None:
    found = lab("http a b @ 1s", body="y" * 40_000)
    first = next(t for t, _, _, length in segments(found, "b") if length)
    departs = [f.departs for f in found.flights("http") if f.src == "b.eth0"]
    assert departs.count(departs[0]) == 10
    assert len(departs) == 28
    assert first == 1.0
    assert found.event("http.answered").details["status"] == 200


def test_what_one_cut_loses_of_a_long_answer_is_sent_again_and_the_rest_is_kept() -> None:
    found = Lab(STAGE % ("y" * 40_000), "a -- s1, {between: s1 -- s2, delay: 2ms}, b -- s2", "http a b @ 1s",
                "cut s1 -- s2 @ 1053ms", "mend s1 -- s2 @ 1054ms")  # fmt: skip
    assert found.event("tcp.repeated", "b")
    assert found.event("http.answered").details["body"] == "y" * 40_000


# repeating


def test_a_syn_is_repeated_five_times_after_a_second_each_then_ever_later() -> None:
    found = lab("ping a b @ 0s", "cut s1 -- s2 @ 500ms", "connect a b timeout=200s @ 1s", until=200)
    times = [t for t, flags, _, _ in segments(found, "a") if flags == "S"]
    assert waits(times) == pytest.approx([1, 1, 1, 1, 1, 2, 4.1, 8.2, 16.3, 32.6], abs=0.11)


def test_a_call_that_nobody_answers_ends_after_two_minutes_at_the_latest() -> None:
    found = lab("neighbour a b 02:00:00:00:00:09 @ 0s", "connect a b timeout=200s @ 1s", until=200)
    assert found.event("connection.timeout").t == pytest.approx(133 * SECOND, abs=3 * SECOND)


def test_lost_data_is_probed_once_then_repeated_twice_as_late_each_time() -> None:
    found = lab("http a b timeout=60s think=500ms @ 1s", "cut s1 -- s2 @ 1200ms", "mend s1 -- s2 @ 9s", until=30)
    times = [t for t, flags, _, _ in segments(found, "a") if flags == "PA"]
    assert waits(times) == pytest.approx([0.2, 0.2, 0.4, 0.8, 1.7, 3.3, 6.7], abs=0.11)
    assert found.event("http.answered").details["body"] == "hello"


def test_an_end_that_was_lost_with_the_data_before_it_is_repeated_in_one_segment() -> None:
    found = lab("http a b timeout=60s @ 1s", "cut s1 -- s2 @ 1030ms", "mend s1 -- s2 @ 6s", until=30)
    assert [flags for _, flags, _, _ in segments(found, "b")][2:] == ["PA", "FA", "FA", *["FPA"] * 5, "A"]
    assert found.event("http.answered")


def test_every_repetition_is_told() -> None:
    found = lab("http a b timeout=60s think=500ms @ 1s", "cut s1 -- s2 @ 1200ms", "mend s1 -- s2 @ 2s", until=9)
    assert [(e.details["what"], e.details["n"]) for e in found.events("tcp.repeated", "a")][:3] == [
        ("GET /", 1), ("GET /", 2), ("GET /", 3),
    ]  # fmt: skip


def test_a_slow_way_is_given_more_time() -> None:
    links = "a -- s1, {between: s1 -- s2, delay: 300ms}, b -- s2"
    found = Lab(STAGE % "hello", links, "ping a b @ 0s", "http a b timeout=60s @ 2s", until=9)
    assert not found.events("tcp.repeated")


# ends


def test_a_caller_that_gives_up_on_an_open_connection_closes_it() -> None:
    found = lab("http a b think=10s timeout=2s @ 1s", until=8)
    assert found.event("http.failed").details["reason"] == "timeout"
    assert [flags for _, flags, _, _ in segments(found, "a")] == ["S", "A", "FA", "A"]
    assert found.value("b", "connections") == []


def test_an_end_is_acknowledged_even_when_the_program_goes_on() -> None:
    stage = STAGE.replace("kind: machine", "kind: machine, listen: [22]")
    found = Lab(stage % "hello", LINKS, "connect a b @ 1s", "shutdown b @ 2s", until=8)
    assert found.event("connection.opened")
    assert {c["state"] for c in found.value("a", "connections")} == {"ESTABLISHED"}


def test_a_connection_to_everyone_is_not_even_tried() -> None:
    assert lab("connect a 10.0.0.255 @ 1s").event("connection.unreachable").details["reason"] == "no-route"
