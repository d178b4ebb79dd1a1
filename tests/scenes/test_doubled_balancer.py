"""The scene `doubled-balancer`: what holds whatever is set, and whatever machine is killed."""

import pytest

from tests.scenes.lesson import done, keeps, missing, played
from vizapp.window.question_card import right_option

NAME = "doubled-balancer"
SETTINGS = [{"interval": "2s"}, {"version": 3, "interval": "300ms"}, {"priority": 50}, {"rate": "30/s"},
            {"patience": "4s"}]  # fmt: skip


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_question_that_comes_has_a_right_option_whatever_is_set(settings):
    run = played(NAME, **settings)
    gone = missing(run)[1]
    assert all(right_option(run, number - 1) is not None for number in range(1, 6) if number not in gone)


def test_without_preemption_the_step_that_tells_of_it_is_left_out():
    steps, questions = missing(played(NAME, preempt="false"))
    assert 9 in steps
    assert 4 in questions


@pytest.mark.parametrize(
    "acts", [["fail web1 @ 15s"], ["fail web1 @ 15s", "fail web3 @ 15s"], ["cut web1 @ 15s"], ["kill web1 http @ 15s"]]
)
def test_dead_servers_are_no_outage_while_one_lives(acts):
    keeps(played(NAME, *acts, until="41s"), "count outage.began == 3")


def test_two_machines_may_die_at_once():
    run = played(NAME, "fail web1 @ 18600ms", "fail lb2 @ 30s")
    keeps(run, "any outage.ended at clients where to == lb2 and lasted < 3.7s", "count outage.began >= 3")


def test_with_both_balancers_dead_nobody_is_served():
    keeps(played(NAME, "fail lb2 @ 20s"), "no vrrp.active at lb2", "first outage.ended at clients: to == lb1")


def test_haproxy_alone_killed_is_no_matter_for_keepalived_unless_it_tracks_it():
    keeps(played(NAME, "kill lb1 haproxy @ 15s"), "count vrrp.fault == 0")
    assert 3 in done(played(NAME, "kill lb1 haproxy @ 15s"))


def test_the_outage_after_a_crash_is_what_the_setting_says():
    run = played(NAME)
    least, most = (run.timeline.at(run.timeline.end).value("lb2", "takeover")[key] for key in ("least", "most"))
    crash = next(e for e in run.timeline.events if e.name == "act.fail" and e.t > 10 * 10**9)
    taken = next(e for e in run.timeline.events if e.name == "vrrp.active" and e.device == "lb2")
    assert least <= taken.t - crash.t <= most
