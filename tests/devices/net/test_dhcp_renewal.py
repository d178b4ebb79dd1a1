"""What becomes of a lease: renewed at T1, rebound at T2, lost at its end."""

from itertools import pairwise

from tests.devices.net.lab import Lab

STAGE = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}}
  box: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109, lease: %s, off: $off}}
  spare: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109, lease: %s}, off: true}
  sw: {kind: switch}
settings:
  off: {label: x, type: bool, default: false}
"""
LINKS = "vm -- sw, box -- sw, spare -- sw"


def lease(*script: str, lasts: str = "80s", until: int = 100) -> Lab:
    return Lab(STAGE % (lasts, lasts), LINKS, *script, until=until)


def asked(lab: Lab) -> list[tuple[int, bool]]:
    """When the client asked for more time, in whole seconds, and whether it asked all."""
    bound = lab.event("dhcp.bound").t
    later = [e for e in lab.events("dhcp.request") if e.t > bound]
    return [(round((e.t - bound) / 1e9), e.details["broadcast"]) for e in later]


def test_at_t1_the_client_asks_its_server_and_no_other() -> None:
    lab = lease(until=70)
    assert asked(lab) == [(40, False)]
    assert len(lab.events("dhcp.bound")) == 2


def test_a_renewed_lease_counts_from_its_renewal() -> None:
    lab = lease(until=100)
    assert asked(lab) == [(40, False), (80, False)]


def test_at_t2_a_client_whose_server_is_silent_asks_all() -> None:
    lab = lease("set off true @ 10s", until=75)
    assert asked(lab) == [(40, False), (70, True)]


def test_a_request_to_a_machine_that_is_gone_never_leaves() -> None:
    lab = lease("fail box @ 10s", until=75)
    assert asked(lab) == [(70, True)]  # nobody answers ARP for the address of the server
    assert lab.event("dhcp.renewing").details["to"] == "box"


def test_another_server_may_answer_what_was_asked_of_all() -> None:
    lab = lease("fail box @ 10s", "boot spare @ 50s", until=75)
    assert lab.events("dhcp.bound")[-1].details["to"] == "spare"
    assert not lab.events("dhcp.expired")


def test_a_lease_that_nobody_renews_ends_and_with_it_the_address() -> None:
    lab = lease("fail box @ 10s", until=95)
    gone = lab.event("dhcp.expired")
    assert round((gone.t - lab.event("dhcp.bound").t) / 1e9) == 80
    assert lab.value("vm", "address") == {"words": "power.no-address"}
    assert lab.events("dhcp.discover")[-1].t >= gone.t


def test_a_renewal_is_repeated_in_half_of_the_time_that_is_left() -> None:
    lab = lease("set off true @ 10s", lasts="1h", until=3590)
    times = [t for t, everybody in asked(lab) if not everybody]
    assert times[:3] == [1800, 2475, 2813]  # T2 is at 3150 s
    assert all(b - a >= 60 for a, b in pairwise(times))


def test_what_waits_is_the_end_of_the_lease() -> None:
    lab = lease("fail box @ 10s", until=75)
    started = lab.timeline.tracks[("vm", "dhcp-wait")]
    assert started.values[-1] == 40 * 10**9
    assert round(started.times[-1] / 1e9) == 40


def test_the_table_of_the_client_says_until_when() -> None:
    lab = lease(until=5)
    row = lab.value("vm", "lease")[0]
    bound = lab.event("dhcp.bound").t
    assert (row["state"], row["server"], row["ip"]) == ("BOUND", "10.0.0.1", "10.0.0.100")
    assert row["end"]["t"] - bound == 80 * 10**9


def test_states_follow_the_rfc() -> None:
    lab = lease("fail box @ 10s", until=85)
    track = lab.timeline.tracks[("vm", "lease")]
    states = [rows[0]["state"] for rows in track.values if rows]
    short = [b for a, b in pairwise(["", *states]) if a != b]
    assert short[:5] == ["SELECTING", "REQUESTING", "BOUND", "RENEWING", "REBINDING"]
