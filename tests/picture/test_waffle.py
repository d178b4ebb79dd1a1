"""Cells to scale: each has its share of the area, whatever their number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.picture.shapes import Rect
from vizapp.picture.stage import Area
from vizapp.picture.waffle import courses, drawn

AREA = Area(10, 20, 300, 200)


@given(st.integers(1, 4000), st.floats(0.2, 1.0))
def test_every_cell_has_its_share_of_the_area(n, full):
    share = full / n
    assert all(c.w * c.h == pytest.approx(share * AREA.w * AREA.h) for c in courses(AREA, n, share))


@given(st.integers(1, 4000), st.floats(0.2, 1.0))
def test_all_cells_are_there_and_inside(n, full):
    found = courses(AREA, n, full / n)
    assert sum(c.n for c in found) == n
    assert all(c.top >= AREA.y - 0.01 and c.n * c.w <= AREA.w + 0.01 for c in found)


@pytest.mark.parametrize("n", [15, 63, 123, 736, 2621])
def test_no_cell_is_twice_as_wide_as_high(n):
    assert all(0.5 < c.w / c.h < 2 for c in courses(AREA, n, 1 / (n + 0.2)))


def test_no_cells_are_drawn_of_nothing():
    assert not list(drawn(AREA, 0, 0.1, 0.5, ("#1", "#2", "#3"), "budget"))


def test_the_part_within_a_cell_is_to_scale_too():
    inner = [s for s in drawn(AREA, 4, 0.2, 0.25, ("#1", "#2", "#3"), "b") if isinstance(s, Rect) and s.fill == "#1"]
    assert sum(s.w * s.h for s in inner) == pytest.approx(4 * 0.2 * 0.25 * AREA.w * AREA.h)


def test_too_many_to_be_told_apart_are_drawn_by_courses():
    shapes = list(drawn(AREA, 50_000, 1 / 50_000, 0.5, ("#1", "#2", "#3"), "b"))
    assert len(shapes) < 2000
