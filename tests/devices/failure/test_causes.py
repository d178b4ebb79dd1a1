"""What lies behind an event beyond the cause that it records: what kept its answer away."""

import pytest

from tests.devices.net.lab import LAN, LAN_LINKS, Lab
from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.devices.failure.causes import Causes
from vizapp.scene.reader import read
from vizapp.sim.chain import chain
from vizapp.sim.excerpt import excerpt
from vizapp.sim.simulate import simulate


def names(lab, name):
    """The events of the chain of the last event of that name, its own excluded; `~` stands for a packet alone."""
    event = next(each for each in reversed(lab.timeline.events) if each.name == name)
    found = chain(lab.timeline, event, event.t, Causes(lab.scene, lab.timeline).behind)
    return [link.event.name if link.event else "~" for link in found.causes]


@pytest.mark.parametrize(("fault", "verb"), [("cut b -- sw", "cut"), ("fail b", "fail"), ("partition a b", "partition"),
                                             ("loss b 100%", "loss"), ("hang b", "hang")])  # fmt: skip
def test_what_kept_the_answer_away_is_behind_a_failure(fault, verb):
    lab = Lab(LAN, LAN_LINKS, "http a b @ 1s", f"{fault} @ 3s", "http a b @ 5s", until=60)
    assert f"act.{verb}" in names(lab, "http.failed")


def test_what_was_mended_before_is_not():
    lab = Lab(LAN, LAN_LINKS, "cut b -- sw @ 1s", "mend b -- sw @ 2s", "fail b @ 3s", "ping a b @ 5s")
    assert "act.cut" not in names(lab, "ping.failed")
    assert "act.fail" in names(lab, "ping.failed")


def test_a_partition_of_others_is_not():
    lab = Lab(LAN, LAN_LINKS, "partition a b @ 1s", "partition a c @ 2s", "ping a b @ 5s")
    acts = [event for event in lab.timeline.events if event.name == "act.partition"]
    event = next(each for each in lab.timeline.events if each.name == "ping.failed")
    ids = chain(lab.timeline, event, event.t, Causes(lab.scene, lab.timeline).behind).ids
    assert [act.id in ids for act in acts] == [True, False]


def test_an_entry_that_is_checked_again_goes_back_to_when_it_was_learned():
    lab = Lab(LAN, LAN_LINKS, "ping a b @ 1s", "ping a b @ 40s", until=60)
    assert names(lab, "arp.recheck")[-1] == "arp.learned"
    assert names(lab, "arp.recheck")[0] == "act.ping"


def test_an_answer_that_comes_back_goes_back_to_the_repair():
    lab = Lab(LAN, LAN_LINKS, "watch a b interval=200ms @ 1s", "cut b -- sw @ 3s", "mend b -- sw @ 6s")
    assert names(lab, "outage.began")[0] == "act.cut"
    assert "act.mend" in names(lab, "outage.ended")


@pytest.mark.parametrize("scene", ["load-balancing", "remote-access", "keepalived"])
def test_a_chain_knows_nothing_of_what_comes_later(scene):
    """It is the same as if the run had ended with its event."""
    reading = read(places.shipped_scenes() / f"{scene}.yaml", VOCABULARY)
    timeline = simulate(reading.scene, VOCABULARY.kinds)
    for event in timeline.events[::5]:
        past = excerpt(timeline, event.t)
        now = chain(past, event, event.t, Causes(reading.scene, past).behind)
        assert now == chain(timeline, event, event.t, Causes(reading.scene, timeline).behind)


def test_what_starts_again_does_so_because_of_the_repair():
    """Whatever else a device plans as it starts."""
    reading = read(places.shipped_scenes() / "doubled-balancer.yaml", VOCABULARY)
    timeline = simulate(reading.scene, VOCABULARY.kinds)
    repaired = next(event for event in timeline.events if event.name == "act.restore")
    again = next(event for event in timeline.events if event.name == "vrrp.backup" and event.t > repaired.t)
    assert (again.device, again.cause) == (repaired.device, repaired.id)
