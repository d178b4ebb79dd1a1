"""Many alike servers stand in a grid of small cards, joined by a trunk with branches."""

from itertools import combinations, pairwise

import pytest

from tests.picture.crowds import many
from vizapp.picture.view import View

SIZES = [(1920.0, 1080.0), (1366.0, 768.0)]


def laid(servers, size, arrange="row"):
    return many(servers, 100, arrange).laid(View(size=size))


def cards(stage):
    return [box.area for box in stage.boxes.values() if box.kind == "server"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("servers", [13, 24, 50, 97])
def test_no_two_cards_touch_and_all_are_equal(servers, size):
    areas = cards(laid(servers, size))
    assert len({(round(area.w, 6), round(area.h, 6)) for area in areas}) == 1
    for a, b in combinations(areas, 2):
        assert a.right < b.x or b.right < a.x or a.bottom < b.y or b.bottom < a.y


@pytest.mark.parametrize("arrange", ["row", "column"])
@pytest.mark.parametrize("servers", [13, 50])
def test_no_cable_goes_through_a_card(servers, arrange):
    stage = laid(servers, SIZES[0], arrange)
    for way in stage.ways.values():
        for (x, y), (bx, by) in pairwise(way.points):
            left, right, top, bottom = min(x, bx), max(x, bx), min(y, by), max(y, by)
            for area in cards(stage):
                assert right <= area.x or left >= area.right or bottom <= area.y or top >= area.bottom


@pytest.mark.parametrize("size", SIZES)
def test_fifty_cards_keep_their_names_readable(size):
    names = [text.size for box in laid(50, size).boxes.values() if box.kind == "server" for text in box.texts]
    assert len(names) == 50
    assert min(names) >= 11


def test_all_stand_within_the_picture():
    stage = laid(97, SIZES[1])
    assert all(area.x >= 0 and area.y >= 0 and area.right <= 1366 and area.bottom <= 768 for area in cards(stage))


def test_a_few_servers_stand_one_below_the_other():
    assert len({area.x for area in cards(laid(4, SIZES[0]))}) == 1
