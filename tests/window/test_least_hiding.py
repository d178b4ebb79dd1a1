"""A card over the stage takes the place where it hides least."""

from vizapp.picture.shapes import Layer, Picture, Rect
from vizapp.picture.stage import Area
from vizapp.window.least_hiding import FOCUS, UPON, beside, least_hiding, matters

ROOM = (1000.0, 600.0)
CARD = (400.0, 200.0)


def placed(*weighed, cards=(CARD,)):
    return least_hiding(ROOM, cards, weighed)[1]


def test_an_empty_stage_has_it_at_the_bottom():
    area = placed()
    assert (area.middle[0], area.bottom > 580) == (500, True)


def test_it_leaves_what_matters_in_sight():
    matter = Area(300, 400, 400, 200)
    assert placed((matter, FOCUS)).shared(matter) == 0


def test_it_rather_hides_what_matters_less():
    low, high = Area(0, 300, 1000, 300), Area(0, 0, 1000, 290)
    assert placed((low, 0.6), (high, FOCUS)).y > 300
    assert placed((low, FOCUS), (high, 0.6)).bottom < 300


def test_it_takes_another_shape_where_that_hides_less():
    weighed = [(Area(0, 0, 1000, 420), FOCUS)]
    assert least_hiding(ROOM, [(400, 300), (900, 150)], weighed)[0] == 1


def test_it_takes_no_shape_that_is_higher_than_the_room():
    assert least_hiding(ROOM, [(400, 700), (900, 150)], [])[0] == 1


def test_cards_of_packets_and_tables_matter(qapp):
    from tests.window.toy import KINDS, scene
    from vizapp.picture.layout import layout

    stage = layout(scene(), "en", (1280, 720), "show", KINDS)
    shapes = (Rect(1, 2, 30, 40, of="packet:7"), Rect(5, 6, 70, 80, of="router", shadow=True), Rect(0, 0, 9, 9))
    found = dict(matters(stage, [Picture(1280, 720, None, (Layer(shapes),))], {"vm1"}))
    assert found[Area(1, 2, 30, 40)] == found[Area(5, 6, 70, 80)] == UPON
    assert found[stage.boxes["vm1"].area] == FOCUS
    assert Area(0, 0, 9, 9) not in found


def test_a_card_lies_beside_what_it_is_about_when_nothing_is_in_the_way():
    anchor = Area(100, 100, 120, 80)
    area = beside(ROOM, [CARD], anchor, [(anchor, FOCUS)])
    assert area.shared(anchor) == 0
    assert area.x - anchor.right < 40 or area.y - anchor.bottom < 40


def test_a_card_goes_farther_rather_than_hide_what_matters():
    anchor, near = Area(100, 100, 120, 80), Area(0, 0, 700, 600)
    area = beside(ROOM, [(280, 150)], anchor, [(anchor, FOCUS), (near, FOCUS)])
    assert area.shared(near) == 0


def test_a_card_takes_the_size_that_fits_between():
    weighed = [(Area(0, 0, 1000, 440), FOCUS)]
    assert beside(ROOM, [(300, 200), (700, 120)], Area(0, 0, 100, 100), weighed).h == 120
