from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.picture.stages import BALANCED, BRIDGE, BRIDGES, KINDS, LAYERS, NAT, SCENES, scene, stages, thing
from vizapp.picture.layout import layout
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area, Stage
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind, Show

SIZES = [(1366.0, 768.0), (1920.0, 1080.0), (1024.0, 768.0), (720.0, 560.0)]
LEVELS: list[Level] = ["explore", "show", "thumbnail"]
laws = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def laid(
    scene: Scene, size: tuple[float, float] = (1060.0, 750.0), level: Level = "explore", lang: str = "fr"
) -> Stage:
    return layout(scene, lang, size, level, KINDS)


def inside(area: Area, other: Area, slack: float = 0.5) -> bool:
    return (area.x >= other.x - slack and area.y >= other.y - slack
            and area.right <= other.right + slack and area.bottom <= other.bottom + slack)  # fmt: skip


def overlapping(stage: Stage) -> list[tuple[str, str]]:
    apart = [(a, b) for a, b in combinations(stage.boxes.values(), 2) if a.id not in b.within and b.id not in a.within]
    return [(a.id, b.id) for a, b in apart if a.area.shared(b.area) > 0.5]


def crossings(stage: Stage) -> list[tuple[str, str]]:
    """(cable, box or name) for each foreign box that a cable enters, and each container's name that it runs over."""
    found = []
    for way in stage.ways.values():
        ends = [stage.boxes[port.partition(".")[0]] for port in (way.a, way.b)]
        around = {name for end in ends for name in end.within}
        for a, b in way.straight():
            piece = Area(min(a[0], b[0]), min(a[1], b[1]), max(abs(a[0] - b[0]), 0.01), max(abs(a[1] - b[1]), 0.01))
            for box in stage.boxes.values():
                if box.id in around:
                    found += [(way.id, f"name of {box.id}") for label in box.labels if label.grown(-1).meets(piece)]
                elif not way.lane and box.area.grown(-1).meets(piece):  # a lane passes behind layers
                    found.append((way.id, box.id))
    return found


@given(stages(), st.sampled_from(SIZES), st.sampled_from(LEVELS))
@laws
def test_no_two_boxes_overlap(scene: Scene, size: tuple[float, float], level: Level) -> None:
    assert overlapping(laid(scene, size, level)) == []


@given(stages(), st.sampled_from(SIZES), st.sampled_from(LEVELS))
@laws
def test_a_box_lies_in_those_that_hold_it(scene: Scene, size: tuple[float, float], level: Level) -> None:
    boxes = laid(scene, size, level).boxes
    assert all(inside(box.area, boxes[name].area) for box in boxes.values() for name in box.within)


@given(stages(), st.sampled_from(SIZES), st.sampled_from(LEVELS))
@laws
def test_everything_fits_the_canvas(scene: Scene, size: tuple[float, float], level: Level) -> None:
    stage = laid(scene, size, level)
    assert all(inside(box.area, Area(0, 0, *size)) for box in stage.boxes.values())
    assert all(0 <= x <= size[0] and 0 <= y <= size[1] for way in stage.ways.values() for x, y in way.points)


@given(stages(), st.sampled_from(SIZES), st.sampled_from(LEVELS))
@laws
def test_a_cable_enters_no_foreign_box_and_crosses_no_name(
    scene: Scene, size: tuple[float, float], level: Level
) -> None:
    assert crossings(laid(scene, size, level)) == []


@given(stages(), st.sampled_from(SIZES))
@laws
def test_cables_run_across_or_down(scene: Scene, size: tuple[float, float]) -> None:
    for way in laid(scene, size).ways.values():
        assert all(abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01 for a, b in way.straight())


@given(stages(), st.sampled_from(SIZES))
@laws
def test_every_text_lies_in_its_box(scene: Scene, size: tuple[float, float]) -> None:
    boxes = laid(scene, size).boxes.values()
    assert all(inside(text.area, box.area, 1.0) for box in boxes for text in box.texts)


@given(stages(), st.sampled_from(SIZES))
@laws
def test_the_same_scene_is_laid_out_the_same(scene: Scene, size: tuple[float, float]) -> None:
    twin = Scene(**{name: getattr(scene, name) for name in scene.__slots__})
    one, two = laid(scene, size), laid(twin, size)
    assert one is not two
    assert (one.boxes, one.ways) == (two.boxes, two.ways)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_usual_stages_obey_too(scene: Scene, lang: str, size: tuple[float, float], level: Level) -> None:
    stage = laid(scene, size, level, lang)
    assert (overlapping(stage), crossings(stage)) == ([], [])


def test_a_stage_is_kept() -> None:
    assert laid(NAT) is laid(NAT)


@pytest.mark.parametrize("level", LEVELS)
def test_a_switch_below_a_row_is_drawn_out_under_it_so_that_its_cables_are_straight(level: Level) -> None:
    stage = laid(BRIDGE, (1920.0, 1080.0), level)
    assert all(len(way.points) == 2 and way.upright for way in stage.ways.values())
    assert len({way.points[0][0] for way in stage.ways.values()}) == 3


def test_a_cable_that_leaves_a_box_bends_outside() -> None:
    stage = laid(NAT, (1920.0, 1080.0))
    way = stage.ways["router.wan--lan.p1"]
    upright = [a[0] for a, b in way.straight() if a[0] == b[0] and a[1] != b[1]]
    assert all(x > stage.boxes["host"].area.right for x in upright)


def test_switches_beside_each_other_stand_on_one_line() -> None:
    boxes = laid(BRIDGES, (1920.0, 1080.0)).boxes
    assert boxes["br"].bar
    assert boxes["other"].bar
    assert (boxes["br"].area.y, boxes["br"].area.h) == (boxes["other"].area.y, boxes["other"].area.h)


def test_a_switch_beside_a_column_stays_a_box() -> None:
    assert not laid(NAT).boxes["lan"].bar


def test_few_boxes_grow_where_there_is_room() -> None:
    assert laid(BRIDGE, (1920.0, 1080.0)).sizes.detail > 1.3 * laid(NAT, (1060.0, 750.0)).sizes.detail


def test_clients_balancer_and_servers_stand_in_columns() -> None:
    boxes = laid(BALANCED).boxes
    assert boxes["clients"].area.right < boxes["lb"].area.x
    assert {boxes[name].area.x for name in ("web1", "web2", "web3")} == {boxes["web1"].area.x}
    assert boxes["lb"].area.right < boxes["web1"].area.x


def test_cables_from_one_port_share_a_trunk() -> None:
    starts = {laid(BALANCED).ways[f"lb.back--web{i}.eth0"].points[0] for i in (1, 2, 3)}
    assert len(starts) == 1


def test_a_cable_between_boxes_in_one_row_is_straight() -> None:
    assert len(laid(BALANCED).ways["clients.eth0--lb.front"].points) == 2


def test_the_router_stands_below_its_machines_and_the_network_right_of_the_host() -> None:
    boxes = laid(NAT).boxes
    assert boxes["vm1"].area.bottom < boxes["router"].area.y
    assert boxes["host"].area.right < boxes["lan"].area.x < boxes["server"].area.x


def test_layers_are_stacked_in_the_order_written() -> None:
    boxes = laid(LAYERS).boxes
    tops = [boxes[name].area.y for name in ("kernel", "vmm", "cpu")]
    assert tops == sorted(tops)
    assert {round(boxes[name].area.w) for name in ("kernel", "vmm", "cpu")} == {round(boxes["cpu"].area.w)}


def test_all_lanes_of_a_stack_run_on_one_spine_inside_its_layers() -> None:
    stage = laid(LAYERS)
    (x,) = {x for way in stage.ways.values() for x, _ in way.points}
    assert all(box.area.x < x < box.area.middle[0] for box in stage.boxes.values())


def test_a_lane_ends_in_the_middle_of_its_layers() -> None:
    stage = laid(LAYERS)
    ends = [y for _, y in stage.ways["kernel.a--cpu.a"].points]
    assert ends == [stage.boxes[name].area.middle[1] for name in ("kernel", "cpu")]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_texts_are_at_least_14_pixels_while_exploring_at_1080p(scene: Scene) -> None:
    assert laid(scene, (1060.0, 750.0)).sizes.detail >= 13.9


def test_a_show_keeps_the_bottom_for_its_caption() -> None:
    stage = laid(NAT, (1920.0, 1080.0), "show")
    assert stage.captioned is not None
    assert all(box.area.bottom <= stage.captioned.y for box in stage.boxes.values())


@given(stages())
@laws
def test_however_small_the_boxes_of_a_show_its_caption_is_at_least_32_pixels(scene: Scene) -> None:
    assert laid(scene, (1920.0, 1080.0), "show").sizes.caption >= 32


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_names_in_a_show_are_at_least_28_pixels(scene: Scene) -> None:
    assert laid(scene, (1920.0, 1080.0), "show").sizes.name >= 28


TWO_ROWS = scene(
    "two-rows",
    [thing(name, kind, ports="p q r") for name, kind in
     (("c1", "machine"), ("s1", "switch"), ("a", "router"), ("c2", "machine"), ("s2", "switch"), ("b", "router"))],
    "c1.p -- s1.p, s1.q -- a.p, c2.p -- s2.p, s2.q -- b.p, s1.r -- s2.r, a.q -- b.q", arrange="grid",
)  # fmt: skip


@pytest.mark.parametrize("level", ["explore", "show"])
def test_the_cables_of_a_grid_run_straight_between_its_columns_and_rows(level):
    stage = laid(TWO_ROWS, (1366.0, 768.0), level)
    straight = {name: list(way.straight()) for name, way in stage.ways.items()}
    assert all(len(pieces) == 1 for pieces in straight.values())
    assert [stage.boxes["c1"].area.x, stage.boxes["s1"].area.x] == [stage.boxes["c2"].area.x, stage.boxes["s2"].area.x]
    assert all(abs(x - u) + abs(y - v) > stage.sizes.gap for ((x, y), (u, v)), in straight.values())


MACHINE = {**KINDS, "disk": Kind("disk", "", "hardware", "disk"),
           "cpu": replace(KINDS["cpu"], shows=(Show("now", "text", "show.now", doing=True),))}  # fmt: skip


def test_the_devices_of_a_machine_stand_beside_its_processor_at_the_bottom() -> None:
    stack = scene("machine", [thing("disk", "disk"), thing("cpu", "cpu"), thing("kernel", "kernel")])
    boxes = layout(stack, "en", (1060.0, 750.0), "explore", MACHINE).boxes
    disk, cpu, kernel = (boxes[name].area for name in ("disk", "cpu", "kernel"))
    assert kernel.bottom < cpu.y == disk.y
    assert cpu.right < disk.x
    assert disk.w < cpu.w / 2
