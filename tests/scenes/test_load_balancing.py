"""The scene `load-balancing`: its steps and questions when settings are changed, and its tasks."""

import pytest

from tests.scenes.lesson import done, keeps, missing, played
from vizapp.window.question_card import right_option

NAME = "load-balancing"
SETTINGS = [{"algorithm": "round-robin"}, {"inter": "1s", "fall": 4}, {"rise": 3}]


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_step_and_question_comes_whatever_is_set(settings):
    assert missing(played(NAME, **settings)) == ([], [])


def test_shares_by_weight_are_not_spoken_of_when_weights_do_not_decide():
    assert missing(played(NAME, algorithm="leastconn")) == ([2], [1])


@pytest.mark.parametrize("settings", SETTINGS)
def test_each_question_has_a_right_option_whatever_is_set(settings):
    run = played(NAME, **settings)
    assert all(right_option(run, number) is not None for number in range(len(run.scene.questions)))


@pytest.mark.parametrize(("number", "acts", "settings"), [(1, [], {"inter": "500ms"}), (2, ["hang web2 @ 3s"], {})])
def test_a_task_is_done_as_its_last_hint_says(number, acts, settings):
    assert number in done(played(NAME, *acts, **settings))


def test_without_any_server_the_service_is_gone():
    assert 3 in done(played(NAME, "fail web1 @ 10s", "fail web2 @ 10s"))


def test_round_robin_gives_each_a_third():
    keeps(played(NAME, algorithm="round-robin"), "first balancer.shares: percent.web1 == 33")
