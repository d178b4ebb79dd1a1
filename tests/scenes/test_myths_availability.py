"""The scene `myths-availability`: each myth is refuted by a run, whatever is set."""

import pytest

from tests.scenes.lesson import keeps, played
from vizapp.window.question_card import right_option

NAME = "myths-availability"


@pytest.mark.parametrize("settings", [{}, {"rate": "30/s"}, {"version": 3, "interval": "500ms"}])
def test_each_question_has_a_right_option_whatever_is_set(settings):
    run = played(NAME, **settings)
    assert all(right_option(run, number) is not None for number in range(len(run.scene.questions)))


def test_a_slower_processor_changes_no_share_of_fixed_weights():
    fast = played(NAME, "slow web1 factor=1 @ 4100ms", until="9s")
    keeps(fast, "first balancer.shares at lb1: percent.web1 == 50")
    keeps(played(NAME), "first balancer.shares at lb1: percent.web1 == 50")


def test_with_least_connections_a_slower_processor_does():
    keeps(played(NAME, algorithm="leastconn"), "first balancer.shares at lb1: percent.web1 < 40")


def test_parted_they_both_hold_the_address_until_they_see_each_other_again():
    run = played(NAME)
    for t, holders in ((55, {"lb1", "lb2"}), (59, {"lb1"})):
        frame = run.timeline.at(t * 10**9)
        assert {name for name in ("lb1", "lb2") if frame.value(name, "vip")} == holders
