"""Scenes laid out abreast: what they have in common is at the same place and as large on all."""

from dataclasses import replace

import pytest

from tests.compare.conftest import MODES, comparison
from vizapp.devices import KINDS as ALL
from vizapp.picture.abreast import alike, shared
from vizapp.picture.layout import layout, layouts
from vizapp.picture.stage import Stage
from vizapp.scene.model import Scene

KINDS = {kind.name: kind for kind in ALL}
SIDES = [(580.0, 520.0), (420.0, 480.0), (300.0, 330.0), (340.0, 640.0)]


@pytest.fixture(scope="module")
def scenes() -> tuple[Scene, ...]:
    return comparison(MODES).sides


def stages(scenes: tuple[Scene, ...], size: tuple[float, float] = SIDES[0], unit: float = 1.0) -> tuple[Stage, ...]:
    return layouts(scenes, "fr", size, "side", KINDS, unit)


@pytest.mark.parametrize("size", SIDES)
def test_the_same_box_is_at_the_same_place_on_all(scenes: tuple[Scene, ...], size: tuple[float, float]) -> None:
    first, *others = stages(scenes, size)
    for stage in others:
        for name, box in stage.boxes.items():
            assert box.area == first.boxes[name].area


def test_texts_are_as_large_on_all(scenes: tuple[Scene, ...]) -> None:
    assert len({stage.sizes for stage in stages(scenes)}) == 1


def test_each_has_the_cables_that_are_its_own(scenes: tuple[Scene, ...]) -> None:
    for scene, stage in zip(scenes, stages(scenes), strict=True):
        assert set(stage.ways) == {link.id for link in scene.links}


def test_a_scene_alone_is_laid_out_as_ever(scenes: tuple[Scene, ...]) -> None:
    alone = layout(scenes[0], "fr", (1060.0, 750.0), "explore", KINDS)
    assert layouts(scenes[:1], "fr", (1060.0, 750.0), "explore", KINDS)[0] is alone


@pytest.mark.parametrize("size", SIDES)
def test_no_text_is_smaller_than_it_may_be(scenes: tuple[Scene, ...], size: tuple[float, float]) -> None:
    for stage in stages(scenes, size):
        if stage.sizes.texts:
            assert min(text.size for box in stage.boxes.values() for text in box.texts) >= 13.5


def test_where_names_do_not_fit_icons_are_left(scenes: tuple[Scene, ...]) -> None:
    assert not stages(scenes, (180.0, 260.0))[0].sizes.texts


def test_boxes_are_arranged_by_the_cables_that_most_sides_have(scenes: tuple[Scene, ...]) -> None:
    chosen = [{frozenset((link.a.rstrip("."), link.b.rstrip("."))) for link in links} for links in shared(scenes)]
    assert chosen[0] == chosen[1] == chosen[2]
    assert frozenset(("system", "lan")) in chosen[0]
    assert frozenset(("net", "lan")) not in chosen[0]


def test_where_half_of_the_sides_have_a_cable_the_first_one_says(scenes: tuple[Scene, ...]) -> None:
    pairs = [{frozenset((link.a.rstrip("."), link.b.rstrip("."))) for link in links} for links in shared(scenes[:2])]
    assert frozenset(("net", "lan")) in pairs[1]
    assert frozenset(("system", "lan")) not in pairs[1]


def test_scenes_with_little_in_common_are_laid_out_apart(scenes: tuple[Scene, ...]) -> None:
    other = replace(scenes[0], things={f"x{name}": thing for name, thing in scenes[0].things.items()})
    assert [len(group) for group in alike([scenes[0], other, scenes[1]])] == [2, 1, 2]
