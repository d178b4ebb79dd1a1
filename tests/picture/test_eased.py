"""Between two layouts everything is on its way, and at both ends where it belongs."""

import pytest

from tests.picture.stages import KINDS, LAYERS
from vizapp.picture.eased import between, structure
from vizapp.picture.layout import layout
from vizapp.picture.shown import shown


def laid(*folded, size=(1060.0, 750.0)):
    return layout(shown(LAYERS, frozenset(), folded), "en", size, "explore", KINDS)


def test_at_the_end_it_is_the_layout_after():
    assert between(laid(), laid("kernel"), 1.0) is laid("kernel")


def test_at_the_start_every_box_is_where_it_was():
    before, after = laid(), laid("kernel")
    for name, box in between(before, after, 0.0).boxes.items():
        assert box.area == before.boxes[name].area


@pytest.mark.parametrize("part", [0.25, 0.5, 0.75])
def test_on_the_way_a_box_is_between_both_and_its_texts_go_along(part):
    before, after = laid(), laid("kernel")
    box = between(before, after, part).boxes["cpu"]
    high = sorted((before.boxes["cpu"].area.y, after.boxes["cpu"].area.y))
    assert high[0] < box.area.y < high[1]
    assert all(box.area.y < text.y < box.area.bottom for text in box.texts)


def test_what_was_not_there_before_is_in_its_place():
    before = layout(shown(LAYERS, frozenset({"vmm"})), "en", (1060.0, 750.0), "explore", KINDS)
    assert between(before, laid(), 0.5).boxes["vmm"].area == laid().boxes["vmm"].area


def test_another_size_alone_is_no_other_structure():
    assert structure(laid()) == structure(laid(size=(800.0, 600.0)))
    assert structure(laid()) != structure(laid("kernel"))
