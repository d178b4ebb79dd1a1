"""Connections count from 0 as they are shown, and from numbers of their own on the wire."""

from tests.devices.net.lab import Lab, lan, nat
from vizapp.protocols import Tcp
from vizapp.sim.timeline import Flight


def tcp(flight: Flight) -> Tcp:
    found = next(layer for layer in flight.packet.layers if layer.protocol == "tcp")
    assert isinstance(found, Tcp)
    return found


def segments(lab: Lab, flags: str) -> list[Tcp]:
    """Each segment with these flags once, as its sender sent it."""
    first = {flight.packet.id: tcp(flight) for flight in reversed(lab.flights("tcp"))}
    return [each for _, each in sorted(first.items()) if each.flags == flags]


def test_each_side_acknowledges_the_numbers_of_the_other() -> None:
    lab = lan("http a b port=40001 @ 1s")
    (syn,), (synack,) = segments(lab, "S"), segments(lab, "SA")
    assert syn.isn != synack.isn
    for flight in lab.flights("tcp"):
        mine, theirs = (syn.isn, synack.isn) if tcp(flight).sport == 40001 else (synack.isn, syn.isn)
        assert (tcp(flight).isn, tcp(flight).peer_isn) == (mine, theirs if "A" in tcp(flight).flags else 0)


def test_a_connection_between_the_same_ports_later_starts_elsewhere() -> None:
    first, second = segments(lan("http a b port=40001 @ 1s", "http a b port=40001 @ 70s", until=90), "S")
    assert first.isn != second.isn
    assert first.seq == second.seq == 0


def test_a_repeated_segment_has_the_numbers_of_the_first() -> None:
    lab = lan("arp a b @ 0s", "cut b @ 500ms", "connect a 10.0.0.2:80 timeout=5s @ 1s")
    repeated = segments(lab, "S")
    assert len(repeated) > 1
    assert len({each.isn for each in repeated}) == 1


def test_a_refusal_stands_at_zero_and_acknowledges_the_callers_number() -> None:
    lab = lan("connect a b:81 @ 1s")
    (syn,), (reset,) = segments(lab, "S"), segments(lab, "RA")
    assert (reset.isn, reset.seq) == (0, 0)
    assert (reset.peer_isn + reset.ack) == syn.isn + 1


def test_translation_leaves_the_numbers_alone() -> None:
    lab = nat("http vm1 out port=40001 @ 1s")
    assert len({tcp(flight).isn for flight in lab.flights("tcp") if tcp(flight).flags == "S"}) == 1
