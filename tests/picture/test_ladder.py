"""How a ladder is drawn: lengths by logarithm, what is cited told from what is measured."""

from itertools import pairwise

import pytest

from vizapp.picture import ladder
from vizapp.picture.measure import advance
from vizapp.picture.shapes import Label, Line, Rect
from vizapp.picture.stage import Area
from vizapp.picture.theme import DAY
from vizapp.words import Words

SECOND = 10**9
EN = Words("en")


def drawn(*rungs, least=SECOND // 10, most=1000 * SECOND, wide=900):
    rows = [{"name": {"en": name}, "ns": ns, "cited": cited, "source": {"en": "a manual"}} for name, ns, cited in rungs]
    value = {"rungs": rows, "least": least, "most": most}
    return list(ladder.drawn(value, Area(0, 0, wide, 300), 16, DAY, EN, "ladder"))


def bars(shapes):
    return [shape for shape in shapes if isinstance(shape, Rect)]


def test_ten_times_as_long_is_one_step_further_whatever_it_is_added_to():
    widths = [bar.w for bar in bars(drawn(("a", SECOND, False), ("b", 10 * SECOND, False), ("c", 100 * SECOND, False)))]
    assert abs((widths[1] - widths[0]) - (widths[2] - widths[1])) < 0.01


def test_what_is_not_known_has_no_bar():
    assert not bars(drawn(("a", None, False)))


def test_what_is_cited_is_hatched_and_names_its_source():
    shapes = drawn(("a", SECOND, True))
    assert sum(isinstance(shape, Line) for shape in shapes) > 8
    assert any("a manual" in shape.text for shape in shapes if isinstance(shape, Label))


def test_what_is_measured_names_no_source():
    assert not any("a manual" in shape.text for shape in drawn(("a", SECOND, False)) if isinstance(shape, Label))


def test_a_value_beyond_the_ruler_stays_on_it():
    assert all(bar.x + bar.w < 900 for bar in bars(drawn(("a", 10**15, False))))


@pytest.mark.parametrize("wide", [300, 420, 600, 900])
def test_the_names_of_the_ruler_never_touch(wide):
    shapes = drawn(("a", SECOND, False), least=SECOND // 100, wide=wide)
    names = [shape for shape in shapes if isinstance(shape, Label) and shape.mono]
    halves = [advance(name.text, ladder.MONO, name.size) / 2 for name in names]
    ends = [(name.x - half, name.x + half) for name, half in zip(names, halves, strict=True)]
    assert len(ends) > 1
    assert all(right < left for (_, right), (left, _) in pairwise(ends))
