"""The clock of a run, and of sides that have one each."""

from tests.compare.conftest import MODES, STEPS, comparison, played
from vizapp.window import marks
from vizapp.window.clock import clock, end
from vizapp.words import Words

EN = Words("en")


def test_sides_at_the_same_time_have_a_clock() -> None:
    whole = played(comparison(MODES))
    assert clock(4_000_000_000, whole, EN).replace("\u202f", "") == "4.000000\u00a0s"


def test_sides_step_by_step_have_steps_instead() -> None:
    whole = played(comparison(STEPS))
    at = whole.steps[2]
    assert (clock(at.t or 0, whole, EN), end(whole, EN)) == ("step 3/4", "4 steps")


def test_the_strip_marks_where_sides_part_for_the_first_time() -> None:
    for path, show in ((MODES, None), (STEPS, played(comparison(STEPS)).steps[1].show)):
        whole = played(comparison(path))
        apart = [flag for flag in marks.flags(whole) if flag.kind == "differ"]
        assert len(apart) == 1
        assert show is None or abs(apart[0].show - show) < 1e-6
        assert marks.said(apart[0], whole.scene, EN) == "first difference"


def test_packets_of_all_sides_are_marked() -> None:
    whole = played(comparison(MODES))
    own = sum(len(list(marks.first_hops(side.timeline))) for side in whole.sides)
    assert len(list(marks.first_hops(whole.timeline))) == own
