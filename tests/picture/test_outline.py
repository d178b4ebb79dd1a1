"""The geometry that painters and writers share."""

from math import hypot, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.picture import outline
from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Arc, Label, Line, Rect


def test_a_corner_is_cut_at_its_radius() -> None:
    drawn = outline.rounded(((0, 0), (100, 0), (100, 100)), 10)
    assert drawn == (("M", 0, 0), ("L", 90, 0), ("Q", 100, 0, 100, 10), ("L", 100, 100))


def test_a_short_segment_keeps_half_for_each_of_its_corners() -> None:
    drawn = outline.rounded(((0, 0), (100, 0), (100, 8), (200, 8)), 10)
    assert drawn[2:4] == (("Q", 100, 0, 100, 4), ("L", 100, 4))


def test_a_closed_line_is_rounded_all_around() -> None:
    drawn = outline.rounded(((0, 0), (40, 0), (40, 40), (0, 40)), 5, closed=True)
    assert (drawn[0], drawn[-1], sum(command[0] == "Q" for command in drawn)) == (("M", 0, 5), ("Z",), 4)


def test_a_line_without_length_is_no_path() -> None:
    assert outline.rounded(((3, 3),), 5) == ()


def test_an_arrow_points_at_the_last_point() -> None:
    head = outline.arrow_head(Line(((0, 0), (100, 0)), "#000000", 2, arrow=True))
    assert head is not None
    assert head[0] == (100, 0)
    assert head[1][0] == head[2][0] < 100


def test_the_stroke_ends_below_the_arrow_head() -> None:
    line = Line(((0, 0), (100, 0)), "#000000", 2, arrow=True)
    head = outline.arrow_head(line)
    assert head is not None
    end = outline.stroke_path(line)[-1]
    assert head[1][0] < end[1] < 100  # type: ignore[misc]


@given(st.floats(0.01, 1.0))
def test_a_ring_ends_where_its_turn_says(turn: float) -> None:
    drawn = outline.arc_path(Arc(0, 0, 10, turn, "#000000"))
    curves = [command for command in drawn if command[0] == "C"]
    assert all(isclose(hypot(*command[-2:]), 10, abs_tol=1e-9) for command in curves)  # type: ignore[arg-type]
    assert len(curves) == (1 if turn <= 0.25 else 2 if turn <= 0.5 else 3 if turn <= 0.75 else 4)


def test_a_ring_run_down_is_nothing() -> None:
    assert outline.arc_path(Arc(0, 0, 10, 0.0, "#000000")) == ()


@pytest.mark.parametrize(("anchor", "part"), [("start", 0.0), ("middle", 0.5), ("end", 1.0)])
def test_a_label_starts_where_its_anchor_says(anchor: str, part: float) -> None:
    label = Label(100, 0, "10.0.0.1", 14, "#000000", mono=True, anchor=anchor)  # type: ignore[arg-type]
    width = advance("10.0.0.1", Face("JetBrains Mono"), 14)
    assert outline.left(label) == pytest.approx(100 - part * width)


def test_a_strike_is_as_long_as_its_text() -> None:
    start, end, y, _ = outline.strike(Label(10, 50, "40001", 14, "#000000", mono=True))
    assert (start, end) == (10, pytest.approx(10 + 5 * 0.6 * 14))
    assert 40 < y < 50


def test_a_shadow_is_wider_than_its_box_and_hangs_below() -> None:
    widest = outline.shadow(Rect(10, 10, 50, 20))[0]
    assert widest.x < 10
    assert widest.x + widest.w > 60
    assert widest.y + widest.h - 30 > 10 - widest.y
