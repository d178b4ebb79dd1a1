"""What is worked out once and holds from one change to the next."""

import pytest

from tests.picture.stages import KINDS, NAT
from vizapp.picture.compose import compose
from vizapp.picture.lasting import lasting
from vizapp.picture.layout import layout
from vizapp.picture.view import View
from vizapp.sim.frame import DELAY, FAILED, LOSS
from vizapp.sim.pace import Pace
from vizapp.sim.timeline import Timeline

FIELDS = [("vm1", FAILED), ("vm1", "boot")]


@pytest.fixture
def stage():
    view = View()
    return layout(NAT, view.lang, view.size, view.level, KINDS)


@pytest.fixture
def timeline():
    """Boots at 10 for 5 ns, fails at 40; simulated up to 100."""
    made = Timeline()
    made.track("vm1", "boot").put(10, 5)
    made.track("vm1", FAILED).put(40, True)
    made.track("vm2", FAILED).put(20, True)
    made.end = 100
    return made


def found(timeline, stage, t, key=("k",)):
    return lasting(timeline.at(t), stage, key, iter(FIELDS), lambda: [timeline.at(t).value(*each) for each in FIELDS])


def test_it_stays_the_same_object_while_none_of_its_fields_changes(timeline, stage):
    assert found(timeline, stage, 39) is found(timeline, stage, 10) is found(timeline, stage, 20)


@pytest.mark.parametrize("times", [(0, 9, 10, 39, 40, 99), (99, 40, 39, 10, 9, 0), (40, 9, 99, 10, 0, 39)])
def test_it_is_right_at_any_moment_in_any_order(timeline, stage, times):
    for t in times:
        assert found(timeline, stage, t) == [timeline.at(t).value(*each) for each in FIELDS]


def test_it_holds_no_further_than_the_run_is_known(timeline, stage):
    assert found(timeline, stage, 100) == [True, 5]
    timeline.track("vm1", FAILED).put(120, False)
    timeline.end = 200
    assert found(timeline, stage, 99) == [True, 5]
    assert found(timeline, stage, 120) == [False, 5]


def test_each_run_has_its_own(timeline, stage):
    other = Timeline()
    other.end = 100
    assert found(timeline, stage, 50) == [True, 5]
    assert found(other, stage, 50) == [None, None]


def test_each_key_has_its_own(timeline, stage):
    assert found(timeline, stage, 50) is not found(timeline, stage, 50, ("other",))


@pytest.mark.parametrize("name", [LOSS, DELAY])
def test_signs_of_what_a_cable_suffers_come_go_and_come_back(stage, name):
    link, timeline = next(iter(stage.ways)), Timeline()
    timeline.end = 100
    for t, value in ((20, 50_000_000), (40, 0)):
        timeline.track(link, name).put(t, value)
    pace = Pace(100, factor=1.0)
    signs = {t: compose(NAT, KINDS, timeline.at(t), stage, View(), 0.0, pace) for t in (30, 10, 30, 50)}
    assert {t: any(shape.of == link and getattr(shape, "title", None) for shape in made.shapes)
            for t, made in signs.items()} == {30: True, 10: False, 50: False}  # fmt: skip
