"""What clients show of their waiting: measured, and beside it what theory expects."""

import pytest
from farm import MS, S, ends, farm, named, run

from vizapp.devices.balancing import theory

CROWD = {"rate": 300.0, "demand": 20 * MS, "patience": 60 * S, "gauge": True}
PLAIN = {"check": False, "timeout_server": 60 * S}


def gauged(until=12 * S, servers=({"cores": 8},), acts=(), **clients):
    return run(farm(servers, clients={**CROWD, **clients}, balancer=PLAIN, acts=acts, delay=0), until)


def test_a_load_is_told_once_it_has_lasted():
    (told,) = named(gauged(), "clients.measured")
    assert told.t == 10 * S
    assert told.details["load"] == pytest.approx(0.75)


def test_the_mean_told_is_that_of_the_answers_since_the_load_began():
    timeline = gauged()
    (told,) = named(timeline, "clients.measured")
    answers = timeline.answers["lb"]
    lasts = [lasts for t, lasts in zip(answers.times, answers.lasts, strict=True) if t <= told.t]
    assert told.details["n"] == len(lasts)
    assert told.details["mean"] == sum(lasts) // len(lasts)


def test_what_is_expected_is_what_theory_says():
    (told,) = named(gauged(), "clients.measured")
    assert told.details["expected"] == round(theory.response(8, 0.75, 20 * MS))


def test_another_load_begins_anew():
    loads = [told.details["load"] for told in named(gauged(24 * S, acts=("set clients.rate 200 @ 12000",)),
                                                    "clients.measured")]  # fmt: skip
    assert loads == pytest.approx([0.75, 0.5])


def test_a_slower_server_is_a_greater_load():
    timeline = gauged(24 * S, acts=("slow s1 factor=1.2 @ 12000",))
    assert [told.details["load"] for told in named(timeline, "clients.measured")] == pytest.approx([0.75, 0.9])


def test_beyond_capacity_nothing_is_expected_but_a_growing_queue():
    timeline = gauged(rate=450.0)
    assert named(timeline, "clients.measured")[0].details["expected"] is None
    assert timeline.at(11 * S).value("clients", "expected") == {"words": "clients.no-balance"}


@pytest.mark.parametrize("other", [{"work": "constant"}, {"arrivals": "regular"}])
def test_theory_is_silent_where_it_does_not_fit(other):
    assert gauged(**other).at(11 * S).value("clients", "expected") == ""


def test_theory_is_silent_of_several_servers():
    assert gauged(servers=({"cores": 4}, {"cores": 4})).at(11 * S).value("clients", "expected") == ""


def test_the_gauge_changes_nothing_of_what_happens():
    assert ends(gauged()) == ends(gauged(gauge=False))
