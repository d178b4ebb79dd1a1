"""The trail of a packet: its stops in order, what each made of it, and nothing of what comes later."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.devices.net.lab import SECOND, Lab, lan, nat
from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act
from vizapp.sim.frame import Frame
from vizapp.sim.simulate import simulate
from vizapp.sim.trail import MOST, Trail, packet_of, trail

ROUTED = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.1.2/24, gateway: 10.0.1.1}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.2.2/24, gateway: 10.0.2.1}}}
  r: {kind: router, ports: {left: {ip: 10.0.1.1/24}, right: {ip: 10.0.2.1/24}}}
"""
LINKS = "a -- r.left, r.right -- b"


def of(lab: Lab, protocol: str, number: int = 0, t: int | None = None) -> Trail:
    """The trail of the n-th packet of a protocol, up to `t` (true ns)."""
    packets = list(dict.fromkeys(flight.packet.id for flight in lab.flights(protocol)))
    found = trail(lab.timeline.at(lab.timeline.end if t is None else t), packets[number])
    assert found is not None
    return found


def devices(found: Trail) -> list[str]:
    return [stop.device for stop in found.stops]


def test_the_stops_are_the_devices_in_order_of_time() -> None:
    assert devices(of(Lab(ROUTED, LINKS, "ping a b @ 0s"), "icmp")) == ["a", "r", "b"]


def test_a_packet_that_has_not_left_has_no_trail() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 1s")
    assert trail(lab.timeline.at(SECOND), lab.flights("icmp")[0].packet.id) is None


def test_a_flooded_frame_has_a_branch_for_each_copy() -> None:
    found = of(lan("ping a b @ 0s"), "arp")
    assert devices(found) == ["a", "sw", "b", "c"]
    assert [stop.before for stop in found.stops] == [None, 0, 1, 1]
    assert [stop.outcome for stop in found.stops] == ["made", "delivered", "delivered", "ignored"]


def test_the_newest_stop_is_never_where_a_copy_was_ignored() -> None:
    found = of(lan("ping c a @ 0s"), "arp")
    assert found.last.device == "a"


def test_a_copy_on_its_way_is_flying() -> None:
    lab = lan("ping a b @ 0s")
    hop = lab.flights("arp", "b.eth0")[0]
    found = of(lab, "arp", t=hop.departs)
    assert devices(found) == ["a", "sw"]
    assert [flight.dst for flight in found.flying] == ["b.eth0", "c.eth0"]


def test_what_a_packet_brought_about_is_an_answer_where_it_did() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 0s")
    asked = of(lab, "icmp")
    assert [hop.packet.name for hop in asked.stops[-1].answers] == ["ECHO REPLY"]
    answer = of(lab, "icmp", 1)
    assert answer.because is asked.stops[-1].came


def test_an_error_that_first_waits_for_arp_is_still_the_answer_to_what_it_is_about() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b ttl=1 @ 0s")
    found = of(lab, "icmp")
    assert found.stops[-1].outcome == "dropped"
    assert [hop.packet.name for hop in found.stops[-1].answers] == ["TIME EXCEEDED"]


def test_what_waited_for_a_mac_says_for_which_answer() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 0s")
    found = of(lab, "icmp")
    waited = [stop.waited.packet.name if stop.waited else None for stop in found.stops]
    assert waited == ["ARP reply", "ARP reply", None]


def test_a_packet_given_up_after_a_while_ended_there() -> None:
    lab = Lab(ROUTED, LINKS, "http a 10.0.2.77 timeout=9s @ 0s")
    found = of(lab, "tcp")
    assert (found.stops[-1].device, found.stops[-1].outcome, found.stops[-1].reason) == ("r", "dropped", "arp-failed")
    assert found.stops[-1].moment > 3 * SECOND
    early = of(lab, "tcp", t=SECOND)
    assert (early.stops[-1].outcome, early.stops[-1].reason) == ("delivered", None)


def test_a_frame_lost_with_its_cable_never_reached_the_other_end() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b count=2 @ 0s", "cut b -- r.right @ 1000200us")
    found = of(lab, "icmp", 2)
    assert found.stops[-1].lost
    assert found.stops[-1].reason == "link-cut"


def test_translation_is_among_the_events_of_the_router() -> None:
    found = of(nat("http vm1 out @ 0s"), "tcp")
    assert [event.name for event in found.stops[1].events][:2] == ["nat.new", "nat.rewrite"]


def test_a_stop_lies_within_the_branch_that_leads_to_it() -> None:
    found = of(lan("ping a b @ 0s"), "arp")
    assert found.within(3, 1)
    assert not found.within(3, 2)


@settings(max_examples=40, deadline=None)
@given(share=st.integers(0, 1000))
def test_the_past_of_a_trail_is_untouched(share: int) -> None:
    lab = LAB
    t = lab.timeline.end * share // 1000
    for packet in {flight.packet.id for flight in lab.timeline.flights}:
        now, later = trail(lab.timeline.at(t), packet), trail(lab.timeline.at(lab.timeline.end), packet)
        assert later is not None
        known = [(stop.device, stop.came, stop.before) for stop in now.stops] if now else []
        assert known == [(stop.device, stop.came, stop.before) for stop in later.stops][: len(known)]


LAB = nat("http vm1 out @ 0s", "ping vm2 out ttl=1 @ 1ms", "http out vm1 @ 2ms", until=1)


@pytest.mark.parametrize("cut", [False, True])
def test_an_act_changes_no_trail_up_to_its_moment(cut: bool) -> None:
    lab = Lab(ROUTED, LINKS, "ping a b count=3 @ 0s")
    t = SECOND + 100_000
    acts = (Act("cut", (lab.scene.links[1].id,), {}, t),) if cut else ()
    timeline = simulate(lab.scene, VOCABULARY.kinds, seed=1, acts=acts)
    for packet in {flight.packet.id for flight in lab.timeline.flights if flight.departs <= t}:
        assert _told(timeline.at(t), packet) == _told(lab.timeline.at(t), packet)


def _told(frame: Frame, packet: int) -> list[object]:
    found = trail(frame, packet)
    assert found is not None
    return [(stop.device, stop.outcome, stop.decisions, [event.name for event in stop.events]) for stop in found.stops]


@pytest.mark.parametrize(("event", "device", "expected"), [
    ("icmp.echo", "a", "ECHO"), ("icmp.reply", "b", "ECHO REPLY"), ("arp.request", "a", "ARP request"),
    ("arp.learned", "b", "ARP request"), ("ping.answered", "a", "ECHO REPLY"), ("act.ping", "a", None),
])  # fmt: skip
def test_an_event_is_about_the_packet_it_sent_off_or_that_brought_it_about(event, device, expected) -> None:
    lab = lan("ping a b @ 0s")
    number = packet_of(lab.timeline, lab.event(event, device))
    names = {flight.packet.id: flight.packet.name for flight in lab.timeline.flights}
    assert names.get(number) == expected


def test_an_event_that_names_a_packet_is_about_that_one() -> None:
    lab = Lab(ROUTED, LINKS, "http a 10.0.2.77 timeout=9s @ 0s")
    assert packet_of(lab.timeline, lab.event("ip.dropped", "r")) == lab.flights("tcp")[0].packet.id


def test_a_frame_that_goes_round_in_circles_is_told_to_a_measure() -> None:
    stage = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  s: {kind: switch}
  u: {kind: switch}
"""
    lab = Lab(stage, "a -- s, s -- u, s -- u, s -- u, b -- u", "ping a b @ 0s", until=2)
    found = of(lab, "arp")
    hops = lab.timeline.index.hops(found.packet.id)
    assert len(hops) > MOST
    assert len(found.stops) <= MOST + 1
    assert found.more == len(hops) - MOST
