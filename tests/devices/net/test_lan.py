"""Machines on a switch: ARP, switching, TCP, ICMP."""

from tests.devices.net.lab import Lab, lan


def flags(lab: Lab, port: str) -> list[str]:
    """The TCP flags that pass a port, in order."""
    return [
        ("out:" if flight.src == port else "in:") + str(flight.packet.headers()["tcp"]["flags"])
        for flight in lab.timeline.flights
        if port in (flight.src, flight.dst) and flight.packet.has("tcp")
    ]


def test_an_arp_request_goes_to_all_and_its_answer_to_one() -> None:
    lab = lan("ping a b @ 0s")
    assert {f.dst for f in lab.flights("arp") if f.packet.headers()["arp"]["op"] == "request"} >= {"b.eth0", "c.eth0"}
    assert not [f for f in lab.flights("arp", "c.eth0") if f.packet.headers()["arp"]["op"] == "reply"]


def test_who_is_asked_learns_who_asks() -> None:
    lab = lan("ping a b @ 0s")
    assert lab.event("arp.learned").device == "b"
    assert len(lab.events("arp.request")) == 1


def test_a_known_mac_reaches_one_cable_only() -> None:
    lab = lan("ping a b count=2 @ 0s")
    assert not lab.flights("icmp", "c.eth0")


def test_a_switch_forgets_after_its_ageing_time() -> None:
    stage = LAN_SHORT
    lab = Lab(stage, "a -- sw, b -- sw, c -- sw", "ping a b @ 0s", "ping a b @ 4s")
    assert lab.value("sw", "fdb", 1) != []
    assert lab.value("sw", "fdb", 3.5) == []
    assert len(lab.flights("icmp", "c.eth0")) == 1  # the request, flooded again; its answer is not


def test_a_switch_says_what_it_forgets() -> None:
    lab = Lab(LAN_SHORT, "a -- sw, b -- sw, c -- sw", "ping a b @ 0s", until=4)
    assert [round(event.t / 1e9, 1) for event in lab.events("switch.aged")] == [3.0, 3.0]


LAN_SHORT = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  c: {kind: machine, ports: {eth0: {ip: 10.0.0.3/24}}}
  sw: {kind: switch, ageing: 3s}
"""


def test_a_hub_repeats_everything_and_cards_ignore_what_is_not_theirs() -> None:
    lab = Lab(LAN_SHORT.replace("switch, ageing: 3s", "hub"), "a -- sw, b -- sw, c -- sw", "ping a b @ 0s")
    seen = lab.flights("icmp", "c.eth0")
    assert len(seen) == 2
    assert {(f.outcome, f.reason) for f in seen} == {("ignored", "not-my-mac")}


def test_an_http_exchange_has_the_recorded_order_of_flags() -> None:
    lab = lan("http a b port=40001 @ 1s")
    wanted = "out:S in:SA out:A out:PA in:A in:PA out:A in:FA out:FA in:A"
    assert flags(lab, "a.eth0") == wanted.split()
    assert lab.event("http.answered").details["status"] == 200


def test_a_closed_port_refuses() -> None:
    lab = lan("connect a c dport=22 @ 1s")
    assert flags(lab, "a.eth0") == ["out:S", "in:RA"]
    assert lab.event("connection.refused").details["port"] == 22


def test_a_syn_without_answer_is_repeated_after_a_second_until_the_caller_gives_up() -> None:
    lab = lan("ping a b @ 0s", "cut b.eth0 -- sw @ 0.5s", "connect a b timeout=1500ms @ 1s")
    assert flags(lab, "a.eth0") == ["out:S", "out:S"]
    assert lab.event("connection.timeout").t == 2_500_000_000


def test_a_lost_answer_is_sent_again() -> None:
    lab = lan("http a b port=40001 think=500ms @ 1s", "cut b.eth0 -- sw @ 1.4s", "mend b.eth0 -- sw @ 1.6s")
    assert flags(lab, "a.eth0").count("out:PA") == 2
    assert lab.event("http.answered").details["to"] == "b"


def test_a_machine_that_does_not_exist_is_asked_for_three_times() -> None:
    lab = lan("http a 10.0.0.99 timeout=9s @ 1s")
    assert len(lab.events("arp.request")) == 3
    assert lab.event("connection.unreachable").details["reason"] == "host-unreachable"


def test_without_a_route_nothing_is_sent() -> None:
    lab = lan("connect c 192.0.2.1 @ 1s")
    assert lab.event("connection.unreachable").details["reason"] == "no-route"
    assert not lab.timeline.flights


def test_a_failed_machine_drops_what_reaches_it_and_forgets() -> None:
    lab = lan("ping a b @ 0s", "fail b @ 1s", "ping a b timeout=1s @ 2s", "restore b @ 4s", "ping a b @ 5s")
    assert [e.name for e in lab.timeline.events if e.name.startswith("ping.")] == [
        "ping.answered", "ping.failed", "ping.answered",
    ]  # fmt: skip
    assert any(f.reason == "device-failed" for f in lab.timeline.flights)


def test_every_flight_is_explained() -> None:
    lab = lan("http a b @ 0s", "connect a c @ 1s", "fail b @ 2s", "http a b timeout=1s @ 3s")
    for flight in lab.timeline.flights:
        assert flight.outcome == "delivered" or flight.reason


def test_the_same_source_port_cannot_be_used_twice_at_once() -> None:
    lab = lan("connect a b port=40001 @ 1s", "connect a b port=40001 @ 2s")
    assert lab.event("connection.unreachable").details["reason"] == "port-busy"


def test_what_a_machine_sends_to_itself_needs_no_card() -> None:
    lab = lan("cut a -- sw @ 0s", "ping a 10.0.0.1 @ 1s", "ping a a @ 2s", "ping a 127.0.0.1 @ 3s", "http b b @ 4s")
    assert [(e.device, e.details["ttl"]) for e in lab.events("ping.answered")] == [("a", 64)] * 3
    assert lab.event("http.answered", "b").details["body"] == "hello from b"
    assert not lab.timeline.flights


def test_nobody_asks_for_its_own_mac() -> None:
    assert lan("arp a a @ 1s").event("act.void").details["reason"] == "same-machine"


def ring(switches: int) -> Lab:
    stage = "".join(f"\n  s{n}: {{kind: switch}}" for n in range(switches))
    links = ", ".join(f"s{n} -- s{(n + 1) % switches}" for n in range(switches))
    return Lab(f"{stage}\n  a: {{kind: machine, ports: {{e: {{ip: 10.0.0.1/24}}}}}}\n", f"a -- s0, {links}",
               "arp a 10.0.0.9 @ 1s")  # fmt: skip


def test_a_ring_of_switches_is_a_storm_however_slow_its_frames_go_round() -> None:
    assert ring(3).timeline.stopped == ring(2).timeline.stopped == "runaway.storm"


def test_sixty_machines_on_a_switch_that_all_ask_at_once_are_no_storm() -> None:
    names = [f"m{n}" for n in range(60)]
    stage = "".join(f"\n  {name}: {{kind: machine, ports: {{e: {{ip: 10.0.0.{n + 1}/24}}}}}}"
                    for n, name in enumerate(names))  # fmt: skip
    lab = Lab(f"{stage}\n  sw: {{kind: switch}}\n", ", ".join(f"{name} -- sw" for name in names),
              *(f"ping {name} m{59 - n} @ 1s" for n, name in enumerate(names)), until=3)  # fmt: skip
    assert lab.timeline.stopped is None
    assert len(lab.events("ping.answered")) == 60
