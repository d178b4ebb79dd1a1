from dataclasses import replace
from math import hypot

import pytest

from tests.picture.stages import BALANCED, KINDS, LAYERS, NAT, both, scene
from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture import room
from vizapp.picture.layout import layout
from vizapp.picture.sheet import shown
from vizapp.picture.stage import Area
from vizapp.scene.model import Scene, Step
from vizapp.scene.reader import read

SIZES = [(1366.0, 768.0), (1920.0, 1080.0), (1024.0, 768.0)]


def tabled(made: Scene, table: str) -> Scene:
    return replace(made, steps=(Step("start", both("Une phrase."), table=table),))


STACK = scene("stack", list(LAYERS.things.values()), "kernel.a -- cpu.a, vmm.a -- cpu.b")


def test_a_line_crosses_what_it_enters() -> None:
    assert room.crosses((0, 5), (20, 5), (8, 0, 12, 10))


def test_a_line_beside_crosses_nothing() -> None:
    assert not room.crosses((0, 15), (20, 15), (8, 0, 12, 10))
    assert not room.crosses((0, 0), (7, 7), (8, 0, 12, 10))


def test_a_line_lies_in_what_it_crosses_by_a_share() -> None:
    assert room.within((0, 5), (20, 5), (5, 0, 15, 10)) == 0.5


def test_a_leader_does_not_run_across_a_bright_box() -> None:
    made = read(places.shipped_scenes() / "keepalived.yaml", VOCABULARY).scene
    assert made is not None
    stage = layout(made, "en", SIZES[1], "show", VOCABULARY.kinds)
    way, switch = stage.ways["b.eth0--lan.p3"], stage.boxes["lan"].area
    card = room.beside(stage, ("a", "b", "lan"), way, 530, 260)
    assert card.right > switch.middle[0]


def test_what_is_hidden_is_weighed() -> None:
    assert room.hidden(0, 0, 10, 10, [(5, 5, 20, 20, 2.0)]) == 50.0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("made", [NAT, BALANCED], ids=lambda made: made.id)
def test_a_card_covers_no_name(made: Scene, size: tuple[float, float]) -> None:
    stage = layout(made, "fr", size, "explore", KINDS)
    for way in stage.ways.values():
        card = room.beside(stage, (), way, 210, 75)
        assert [box.id for box in stage.boxes.values() for text in box.texts if text.area.shared(card) > 20] == []


def test_a_card_stays_near_a_cable_that_it_has_no_room_beside() -> None:
    made = read(places.shipped_scenes() / "nat-inside-out.yaml", VOCABULARY).scene
    assert made is not None
    stage = layout(made, "fr", (1060.0, 616.0), "explore", KINDS)
    for way in stage.ways.values():
        x, y = room.leader(room.beside(stage, (), way, 241, 105), *way.at(0.5))
        assert hypot(x - way.at(0.5)[0], y - way.at(0.5)[1]) < 250


def test_a_card_has_one_place_for_a_hop() -> None:
    stage = layout(NAT, "fr", SIZES[1], "explore", KINDS)
    way = stage.ways["router.wan--lan.p1"]
    assert room.beside(stage, (), way, 210, 75) is room.beside(stage, (), way, 210, 75)


@pytest.mark.parametrize("size", SIZES)
def test_the_room_of_a_table_meets_no_box_and_no_cable(size: tuple[float, float]) -> None:
    stage = layout(tabled(NAT, "router.nat"), "fr", size, "show", KINDS)
    kept = stage.tabled
    if kept is None:  # where keeping it would make everything too small
        pytest.skip("no room is kept")
    assert [box.id for box in stage.boxes.values() if box.area.shared(kept) > 0.5] == []
    pieces = [Area(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]) + 0.01, abs(a[1] - b[1]) + 0.01)
              for way in stage.ways.values() for a, b in way.straight()]  # fmt: skip
    assert not any(kept.grown(-1).meets(piece) for piece in pieces)


def test_room_is_kept_in_a_wide_show() -> None:
    assert layout(tabled(NAT, "router.nat"), "fr", SIZES[1], "show", KINDS).tabled is not None


def test_no_room_is_kept_while_exploring() -> None:
    assert layout(tabled(NAT, "router.nat"), "fr", SIZES[1], "explore", KINDS).tabled is None


def test_a_lone_stack_stands_in_the_middle() -> None:
    for level in ("explore", "show"):
        box = layout(LAYERS, "fr", SIZES[1], level, KINDS).boxes["cpu"].area  # type: ignore[arg-type]
        assert box.middle[0] == pytest.approx(SIZES[1][0] / 2, abs=1)


def test_rows_that_changed_are_among_those_shown() -> None:
    fresh = [False] * 9
    fresh[8] = True
    assert shown(fresh, 4) == [0, 1, 2, 8]


def test_rows_keep_their_order() -> None:
    assert shown([True, False, True, False, True], 4) == [0, 1, 2, 4]
