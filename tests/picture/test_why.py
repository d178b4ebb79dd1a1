"""Why a packet went on or ended: sentences with the recorded values, in both languages."""

import re

import pytest

from tests.devices.net.lab import Lab, lan, nat
from vizapp import places
from vizapp.picture.why import Told, journey, told
from vizapp.sim.trail import Trail, trail
from vizapp.words import Words

FR, EN = Words("fr"), Words("en")
ROUTED = """
  a: {kind: machine, label: Anne, ports: {eth0: {ip: 10.0.1.2/24, gateway: 10.0.1.1}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.2.2/24, gateway: 10.0.2.1}}}
  r: {kind: router, ports: {left: {ip: 10.0.1.1/24}, right: {ip: 10.0.2.1/24}}}
"""
LINKS = "a -- r.left, r.right -- b"


def of(lab: Lab, protocol: str) -> Trail:
    found = trail(lab.timeline.at(lab.timeline.end), lab.flights(protocol)[0].packet.id)
    assert found is not None
    return found


def at(lab: Lab, protocol: str, number: int, words: Words = EN) -> Told:
    found = of(lab, protocol)
    return told(found.stops[number], lab.timeline.at(lab.timeline.end), lab.scene, words)


@pytest.mark.parametrize(("script", "protocol", "stop", "fr", "en"), [
    ("ping a 192.0.2.1 @ 0s", "icmp", 1, "Aucune route vers 192.0.2.1 : jeté.", "No route to 192.0.2.1: dropped."),
    ("ping a b ttl=1 @ 0s", "icmp", 1, "TTL 1 : il s’épuise ici, le paquet est jeté.",
     "TTL 1: it runs out here, the packet is dropped."),
    ("connect a b:8080 @ 0s", "tcp", 2, "Personne n’écoute sur le port 8080 : refusé.",
     "Nobody listens on port 8080: refused."),
    ("ping a b @ 0s", "icmp", 1, "Route 10.0.2.0/24 (sortie right) : directement à 10.0.2.2. TTL 64 → 63.",
     "Route 10.0.2.0/24 (out by right): straight to 10.0.2.2. TTL 64 → 63."),
    ("http a 10.0.2.77 timeout=9s @ 0s", "tcp", 1, "Personne ne répond à la requête ARP pour 10.0.2.77 : jeté.",
     "Nobody answers the ARP request for 10.0.2.77: dropped."),
])  # fmt: skip
def test_the_headline_says_what_and_why_with_its_values(script, protocol, stop, fr, en) -> None:
    lab = Lab(ROUTED, LINKS, script)
    assert at(lab, protocol, stop, FR).headline.replace("\u00a0", " ") == fr
    assert at(lab, protocol, stop, EN).headline == en


def test_a_port_is_called_by_its_name_though_a_thing_bears_the_same() -> None:
    stage = ROUTED.replace("b: {kind: machine, ports", "right: {kind: machine, label: Berthe, ports")
    lab = Lab(stage, LINKS.replace("-- b", "-- right"), "ping a 10.0.2.2 @ 0s")
    assert "(out by right)" in at(lab, "icmp", 1).headline


def test_the_default_route_is_said_in_words() -> None:
    stage = ROUTED.replace("right: {ip: 10.0.2.1/24}", "right: {ip: 10.0.2.1/24, gateway: 10.0.2.2}")
    lab = Lab(stage, LINKS, "ping a 192.0.2.1 @ 0s")
    assert at(lab, "icmp", 1, FR).headline.startswith("Route par défaut (sortie right)")


def test_where_it_ended_is_told_apart_from_where_it_went_on() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b ttl=1 @ 0s")
    assert [at(lab, "icmp", number).tone for number in (0, 1)] == ["made", "dropped"]
    assert [at(lan("ping a b @ 0s"), "arp", number).tone for number in (1, 2, 3)] == ["passed", "taken", "ignored"]


def test_a_flooding_switch_says_why_it_does_not_choose() -> None:
    assert at(lan("ping a b @ 0s"), "arp", 1).headline == "Broadcast: the frame goes out on the 2 other cables."


def test_a_learning_switch_says_where_the_frame_goes() -> None:
    lab = lan("ping a b @ 0s")
    told_by = at(lab, "icmp", 1).headline
    assert re.fullmatch(r"02:.* is behind p2 \(MAC table\): the frame goes to b alone\.", told_by)


def test_a_translation_is_told_apart() -> None:
    about = at(nat("http vm1 out port=40001 @ 0s"), "tcp", 1)
    assert about.rewritten == ("nat rewrites 10.0.0.11:40001 as 172.16.0.5:40001.",)
    assert not set(about.rewritten) & set(about.steps)


def test_the_next_machine_is_named_where_the_frame_is_made_for_it() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 0s")
    assert any(step.startswith("Handed to 10.0.1.1, whose MAC is") for step in at(lab, "icmp", 0).steps)


def test_a_switch_hands_to_nobody() -> None:
    assert not any("Handed to" in step for step in at(lan("ping a b @ 0s"), "icmp", 1).steps)


def test_a_wait_for_arp_is_told() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 0s")
    assert any("for the MAC of the next machine" in step for step in at(lab, "icmp", 1).steps)


def test_a_frame_lost_with_its_cable_says_where() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 0s", "cut b -- r.right @ 0s")
    lost = trail(lab.timeline.at(lab.timeline.end), lab.flights("arp", "b.eth0")[0].packet.id)
    assert lost is not None
    headline = told(lost.stops[-1], lab.timeline.at(lab.timeline.end), lab.scene, EN).headline
    assert headline == "Lost on the cable to b: the cable is cut."


def test_the_whole_journey_is_told_stop_by_stop() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 0s")
    lines = journey(of(lab, "icmp"), lab.timeline.at(lab.timeline.end), lab.scene, EN)
    assert lines[0] == "ICMP ECHO · 2 stops:"
    assert [line.split(" · ")[1].split(":")[0] for line in lines if line[0].isdigit()] == ["Anne", "r", "b"]
    assert lines[-1] == "    it brought about: ICMP ECHO REPLY"


def test_of_a_packet_under_way_the_journey_ends_on_the_cable() -> None:
    lab = Lab(ROUTED, LINKS, "ping a b @ 0s")
    hop = lab.flights("icmp", "b.eth0")[0]
    frame = lab.timeline.at(hop.departs)
    found = trail(frame, hop.packet.id)
    assert found is not None
    assert journey(found, frame, lab.scene, EN)[-1] == "On its way from r to b."


CODES = re.compile(r'decide\(\s*"([a-z-]+)"|_drop\([a-z.]+, "([a-z-]+)"')


@pytest.mark.parametrize("words", [FR, EN])
def test_every_decision_of_a_device_has_its_sentence(words) -> None:
    folder = places.PACKAGE / "devices"
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    codes = {one or other for one, other in CODES.findall(code)}
    assert len(codes) > 10
    assert [code for code in sorted(codes) if not (words.has(f"why.{code}") or words.has(f"reason.{code}"))] == []
