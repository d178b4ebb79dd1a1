"""What `follow` names, and what an event is asked."""

import pytest

from vizapp.protocols.instruction import Instruction
from vizapp.scene import parse
from vizapp.sim.match import evaluate, followed, held
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight, Timeline


@pytest.mark.parametrize(("name", "written"), [
    ("SYN·ACK", "syn-ack"), ("ECHO REPLY", "echo-reply"), ("ARP request", "arp-request"), ("OFFER", "offer"),
])  # fmt: skip
def test_a_packet_is_followed_by_its_name(name: str, written: str) -> None:
    flight = Flight(1, Packet(2, (), name, "pc"), 0, "pc--lan", "pc.eth0", "lan.p1", 0, 1, "pc")
    assert followed(parse.follow(f"{written} of pc"), flight, Timeline())
    assert not followed(parse.follow("syn of pc"), flight, Timeline())


@pytest.mark.parametrize(("written", "holds"), [("name == CPUID", True), ("name == HLT", False), ("ring > 0", False)])
def test_a_packet_is_followed_by_what_its_header_says(written: str, holds: bool) -> None:
    packet = Packet(2, (Instruction("CPUID", 0, "root", 0),), "CPUID", "kernel")
    flight = Flight(1, packet, 0, "kernel--cpu", "kernel.p1", "cpu.p1", 0, 1, "kernel")
    assert followed(parse.follow(f"instruction where {written}"), flight, Timeline()) is holds


def test_an_event_is_followed_by_its_details() -> None:
    event = Event(1, 0, "vm.exit", "cpu", 0, "kernel", {"reason": 10})
    assert held(parse.follow("vm.exit where reason == 10"), event, Timeline())
    assert not held(parse.follow("vm.exit where reason == 12"), event, Timeline())


@pytest.mark.parametrize(("details", "name"), [({}, "connection.refused"), ({"name": "www"}, "www")])
def test_an_event_has_a_name_unless_it_tells_of_one(details: dict[str, str], name: str) -> None:
    event = Event(1, 0, "connection.refused", "pc", 0, "pc", details)
    assert evaluate(parse.expression("name"), Timeline(), event) == name
