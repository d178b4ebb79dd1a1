"""The ground of a chart: round numbers, times that do not meet, places and times that map to each other."""

from itertools import pairwise

import pytest

from vizapp.picture.measure import advance
from vizapp.picture.plane import NUMBERS, Plane, decimals, interval, rounded_up, times
from vizapp.picture.stage import Area
from vizapp.picture.theme import DAY
from vizapp.words import Words


@pytest.mark.parametrize(("value", "top"), [(0, 3), (2, 3), (7, 9), (95, 120), (101, 120), (130, 150), (0.07, 0.09)])
def test_the_upper_edge_is_round_and_so_are_its_thirds(value, top):
    assert rounded_up(value) == pytest.approx(top)


@pytest.mark.parametrize(("until", "width", "step"), [(32, 340, 10), (32, 900, 5), (120, 340, 50), (0.5, 600, 0.1)])
def test_ticks_of_time_are_round_and_apart(until, width, step):
    assert interval(until, width, 62) == pytest.approx(step)


@pytest.mark.parametrize(("spacing", "wanted"), [(10, 0), (1, 0), (0.5, 1), (0.02, 2)])
def test_as_many_decimals_as_tell_numbers_apart(spacing, wanted):
    assert decimals(spacing) == wanted


def test_a_place_and_its_time_map_to_each_other():
    plane = Plane(Area(40, 10, 300, 100), 30.0, 90.0)
    assert plane.t(plane.x(12.5)) == pytest.approx(12.5)
    assert plane.t(0) == 0.0
    assert plane.t(1000) == 30.0
    assert (plane.y(0), plane.y(90)) == (110, 10)


@pytest.mark.parametrize("until", [3, 26, 37, 50, 300])
@pytest.mark.parametrize("width", [150, 260, 700])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_two_times_meet(until, width, lang):
    shown = list(times(Plane(Area(40, 10, width, 100), until), 14, DAY, Words(lang)))
    ends = [(label.x - half, label.x + half) for label in shown
            for half in [advance(label.text, NUMBERS, label.size) / 2]]  # fmt: skip
    assert shown[0].text.startswith("0")
    assert all(right < left for (_, right), (left, _) in pairwise(ends))
