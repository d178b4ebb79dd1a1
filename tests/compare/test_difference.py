"""Where the sides part: the first moment, and the devices that tell it."""

from dataclasses import replace

import pytest

from tests.compare.conftest import STEPS, comparison, played
from vizapp.compare import Comparison
from vizapp.compare.difference import first, marked


def test_the_first_difference_is_when_two_sides_are_known_to_differ(modes: Comparison) -> None:
    bound = sorted(next(e.t for e in side.timeline.events if e.name == "dhcp.bound") for side in modes.sides)
    show = first(modes)
    assert show is not None
    assert abs(modes.pace.true(show) - bound[1]) < 100_000


def test_counts_are_compared_where_all_have_come_to_a_step(steps: Comparison) -> None:
    assert first(steps) == pytest.approx(steps.steps[1].show)


def test_sides_that_are_the_same_never_differ() -> None:
    scene = comparison(STEPS)
    same = replace(scene, sides=(scene.sides[0], replace(scene.sides[0], id="twin")))
    assert first(played(same)) is None


def test_where_what_was_asked_failed_is_marked(modes: Comparison) -> None:
    assert [("gw" in names) for names in marked(modes, modes.steps[4].show)] == [False, True, True]


def test_what_shows_something_else_since_the_step_began_is_marked(modes: Comparison) -> None:
    assert all("vm1" in names for names in marked(modes, modes.steps[1].show))


def test_what_is_the_same_is_not_marked(modes: Comparison) -> None:
    assert marked(modes, modes.steps[6].show) == [(), (), ()]
