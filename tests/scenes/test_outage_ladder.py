"""The scene `outage-ladder`: what its ladder says is what the run measured."""

from tests.scenes.lesson import keeps, played

NAME = "outage-ladder"


def known(run):
    return [rung["ns"] for rung in run.timeline.at(run.timeline.end).value("ladder", "rungs")["rungs"]]


def test_each_rung_is_the_value_of_its_own_event():
    run = played(NAME)
    outages = [event.details["lasted"] for event in run.timeline.events if event.name == "outage.ended"]
    downs = [event.details["after"] for event in run.timeline.events
             if event.name == "balancer.down" and event.device == "lb1"]  # fmt: skip
    assert known(run)[:6] == [*outages, *downs]


def test_shorter_checks_are_found_out_on_the_ladder():
    run = played(NAME, inter="500ms")
    keeps(run, "first balancer.down at lb1: after < 2s")
    assert known(run)[3] < 2 * 10**9
