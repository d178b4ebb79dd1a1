"""The scene `remote-access`: by which address each VM is reached, and what does not need its network."""

import pytest

from tests.scenes.lesson import done, keeps, played

NAME = "remote-access"
S = 1_000_000_000


def test_a_vm_behind_the_engine_sees_the_engine_and_not_the_caller():
    run = played(NAME)
    session = next(event for event in run.timeline.events if event.name == "ssh.session" and event.device == "vm1")
    assert session.details["from"] == "engine"


def test_a_bridged_vm_is_called_at_its_own_mac():
    calls = [f for f in played(NAME).timeline.flights if f.src == "lan1.eth0" and f.packet.name == "SYN"]
    assert calls[0].packet.headers()["ethernet"]["eth_dst"] == "52:54:00:aa:00:02"


@pytest.mark.parametrize("since", [6, 13])
def test_without_a_route_nothing_is_sent(since):
    sent = [f for f in played(NAME).timeline.flights if f.src == "lan1.eth0" and since * S <= f.departs < since * S + S]
    assert not sent


def test_console_and_remote_display_work_while_the_cable_is_cut():
    run = played(NAME)
    for name in ("console.opened", "rdp.session"):
        event = next(event for event in run.timeline.events if event.name == name)
        assert run.frame(event.t).cut("vm3.eth0--vswitch.p1")


def test_a_vm_that_is_off_shows_no_screen():
    run = played(NAME, "shutdown vm3 @ 23s")
    keeps(run, "no console.opened", "first console.failed at host: reason == powered-off")


@pytest.mark.parametrize(("acts", "solved"), [
    (["ssh lan1 system:2222 @ 33s"], []),
    (['set forward "2222 -> 10.0.2.15:22" @ 33s', "ssh lan1 system:2222 @ 34s"], [1, 3]),
    (['route lan1 "192.168.56.0/24 via 192.168.1.15" @ 33s', "ssh lan1 vm3 @ 34s"], []),
])  # fmt: skip
def test_what_is_missing_decides(acts, solved):
    assert done(played(NAME, *acts, until="40s")) == solved


@pytest.mark.parametrize("broken", ["system", "engine", "vm1", "host"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 5s", f"restore {broken} @ 12s")
    assert run.timeline.stopped is None
    assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)
