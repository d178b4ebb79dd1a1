"""The scene `dhcp`: who is spoken to in each message, what the notes say of it, and how its tasks are done."""

import pytest

from tests.scenes.lesson import done, keeps, played

NAME = "dhcp"
S = 1_000_000_000
EVERYBODY = "ff:ff:ff:ff:ff:ff"


def messages(run, start, stop):
    """(message, Ethernet destination, IP source, IP destination) of what a machine sent of DHCP between two seconds."""
    found = []
    for flight in run.timeline.flights:
        if flight.packet.has("dhcp") and start * S <= flight.departs < stop * S and not flight.src.startswith("vsw"):
            headers = flight.packet.headers()
            ip = headers["ipv4"]
            found.append((flight.packet.name, headers["ethernet"]["eth_dst"], ip["src"], ip["dst"]))
    return found


def test_two_messages_go_to_all_and_two_straight_to_the_client():
    mine, server = "52:54:00:00:50:01", "192.168.60.1"
    assert messages(played(NAME), 0, 5) == [
        ("DISCOVER", EVERYBODY, "0.0.0.0", "255.255.255.255"), ("OFFER", mine, server, "192.168.60.101"),
        ("REQUEST", EVERYBODY, "0.0.0.0", "255.255.255.255"), ("ACK", mine, server, "192.168.60.101"),
    ]  # fmt: skip


def test_a_renewal_takes_two_messages_that_only_its_server_gets():
    own = "192.168.60.101"
    assert messages(played(NAME), 100, 150) == [
        ("REQUEST", "52:54:00:00:50:11", own, "192.168.60.1"), ("ACK", "52:54:00:00:50:01", "192.168.60.1", own)
    ]  # fmt: skip


def test_a_silent_server_is_asked_once_more_and_then_anybody():
    asked = [(to, src) for name, to, src, _ in messages(played(NAME), 150, 361) if name == "REQUEST"]
    own = "192.168.60.101"
    assert asked == [("52:54:00:00:50:11", own), ("52:54:00:00:50:11", own), (EVERYBODY, own)]


def test_the_address_is_gone_with_the_lease():
    run = played(NAME)
    expired = next(event for event in run.timeline.events if event.name == "dhcp.expired")
    assert run.frame(expired.t - 1).value("vm1", "address") == "192.168.60.101"
    assert run.frame(expired.t).value("vm1", "address") == {"words": "power.no-address"}


def test_without_the_check_an_offer_takes_less_than_a_millisecond():
    keeps(played(NAME), "first dhcp.offer at dhcp1 to vm1: t < 1.001s")


def test_whoever_is_nearer_wins():
    keeps(played(NAME, "shutdown dhcp2 @ 400s"), "last dhcp.bound at vm1: ip == 192.168.60.101")


def test_a_lease_of_eight_hours_is_renewed_after_four():
    assert done(played(NAME, "set lease 8h @ 425s", "dhcp vm1 @ 430s")) == [1]


def test_a_fixed_address_inside_the_range_is_found_out():
    acts = ["shutdown dhcp2 @ 425s", "set check true @ 425s", "address vm1.eth0 192.168.60.101/24 @ 426s",
            "boot vm2 @ 427s"]  # fmt: skip
    run = played(NAME, *acts)
    assert 2 in done(run)
    keeps(run, "last dhcp.bound at vm2: ip != 192.168.60.101")


def test_another_server_refuses_an_address_that_it_did_not_give():
    assert done(played(NAME, "shutdown dhcp2 @ 425s", until="640s")) == [3]


@pytest.mark.parametrize("broken", ["vswitch", "dhcp1", "vm1", "hyp"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 100s", f"restore {broken} @ 200s")
    assert run.timeline.stopped is None
    assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)
