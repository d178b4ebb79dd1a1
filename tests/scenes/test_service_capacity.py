"""The scene `service-capacity`: response time explodes near a full load."""

import pytest

from tests.scenes.lesson import missing, played
from vizapp.window.question_card import right_option

NAME = "service-capacity"


def measured(**settings):
    events = played(NAME, **settings).timeline.events
    return [event.details for event in events if event.name == "clients.measured"]


def test_from_half_to_three_quarters_answers_hardly_slow_down():
    half, quarters = measured()[:2]
    assert quarters["mean"] < 1.3 * half["mean"]


def test_from_nine_tenths_on_a_little_more_doubles_them():
    nine, more = measured()[2:4]
    assert more["load"] < 1.1 * nine["load"]
    assert more["mean"] > 2 * nine["mean"]


@pytest.mark.parametrize("number", range(3))
def test_measured_and_expected_agree_where_there_is_time_to_settle(number):
    told = measured()[number]
    assert told["mean"] == pytest.approx(told["expected"], rel=0.25)


def test_constant_work_waits_less_at_the_same_load():
    assert measured(work="constant")[3]["mean"] < measured()[3]["mean"]


@pytest.mark.parametrize("settings", [{}, {"seed": 3}])
def test_every_step_and_question_comes(settings):
    assert missing(played(NAME, **settings)) == ([], [])


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_each_question_has_its_right_option(seed):
    run = played(NAME, seed=seed)
    assert [right_option(run, number) for number in range(3)] == [0, 1, 1]
