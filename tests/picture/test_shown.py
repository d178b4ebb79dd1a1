"""What of a scene is drawn: without what is absent, and of what is folded a band alone."""

from dataclasses import replace

from tests.picture.stages import KINDS, LAYERS, NAT, scene, thing
from vizapp.picture.layout import layout
from vizapp.picture.peel import layers, others
from vizapp.picture.shown import homes, shown
from vizapp.scene.model import Thing

SIZE = (1060.0, 750.0)


def laid(scene, *folded, lang="en"):
    return layout(shown(scene, frozenset(), folded), lang, SIZE, "explore", KINDS)


def test_a_scene_of_which_all_is_drawn_is_itself():
    assert shown(NAT, frozenset()) is NAT


def test_the_same_reduction_is_given_again():
    assert shown(NAT, frozenset(), ("host",)) is shown(NAT, frozenset(), ["host"])


def test_a_folded_container_hides_what_lies_in_it_and_keeps_the_cables_that_leave_it():
    stage = laid(NAT, "host")
    inner = set(homes(shown(NAT, frozenset(), ("host",))))
    assert inner
    assert inner.isdisjoint(stage.boxes)
    leaving = {link.id for link in NAT.links if (link.a.split(".")[0] in inner) != (link.b.split(".")[0] in inner)}
    assert leaving
    assert leaving <= stage.ways.keys()
    within = {link.id for link in NAT.links if {link.a.split(".")[0], link.b.split(".")[0]} <= inner}
    assert within.isdisjoint(stage.ways)


def test_a_port_of_what_is_folded_belongs_to_the_band():
    stage = laid(NAT, "host")
    inner = next(iter(stage.homes))
    assert stage.box_of(f"{inner}.eth0") is stage.boxes["host"]


def test_the_cable_of_a_band_ends_at_it():
    stage = laid(NAT, "host")
    host = stage.boxes["host"].area.grown(2)
    for way in stage.ways.values():
        for port, end in ((way.a, way.points[0]), (way.b, way.points[-1])):
            if stage.home(port.split(".")[0]) == "host":
                assert host.holds(*end)


def test_a_folded_layer_is_a_thin_band_with_its_name():
    whole, peeled = laid(LAYERS), laid(LAYERS, "kernel")
    band = peeled.boxes["kernel"]
    assert band.folded
    assert band.area.h < 0.6 * whole.boxes["kernel"].area.h
    assert [text.text for text in band.texts] == ["Guest kernel", "ring 0"]


def test_the_others_share_the_room_that_a_band_gives_up():
    whole, peeled = laid(LAYERS), laid(LAYERS, "kernel")
    rest = [name for name in whole.boxes if name != "kernel"]
    scale = peeled.sizes.name / whole.sizes.name
    assert all(peeled.boxes[name].area.h >= whole.boxes[name].area.h * min(scale, 1.0) for name in rest)


def test_all_may_be_folded():
    stage = laid(LAYERS, *LAYERS.things)
    heights = {round(box.area.h, 3) for box in stage.boxes.values()}
    assert len(heights) == 1


def test_layers_are_peeled_from_the_top_and_a_lone_box_is_opened_for_it():
    names = list(LAYERS.things)
    assert layers(LAYERS, KINDS) == names
    around = Thing("vm", "host", LAYERS.things[names[0]].label, children=tuple(names))
    boxed = {"vm": around, **{name: replace(thing, parent="vm") for name, thing in LAYERS.things.items()}}
    assert layers(replace(LAYERS, things=boxed), KINDS) == names


def test_what_is_written_first_but_drawn_below_is_peeled_last():
    names = list(LAYERS.things)
    turned = replace(LAYERS, things={name: LAYERS.things[name] for name in [names[-1], *names[:-1]]}, arrange=None)
    stage = layout(turned, "en", SIZE, "explore", KINDS)
    assert layers(turned, KINDS) == sorted(names, key=lambda name: stage.boxes[name].area.y)


def test_sides_are_peeled_together_each_layer_at_its_height_above_the_bottom():
    names = list(LAYERS.things)
    lower = replace(LAYERS, things={name: LAYERS.things[name] for name in names[1:]})
    both = replace(LAYERS, sides=(lower, LAYERS))
    assert layers(both, KINDS) == names


def test_all_but_a_thing_spares_what_it_lies_in():
    rest = others(NAT, KINDS, "vm1")
    assert "host" not in rest
    assert "vm1" not in rest


def entered(scene, name, table=None):
    return layout(shown(scene, frozenset(), (), name, table), "en", SIZE, "explore", KINDS)


def test_a_thing_that_is_entered_fills_the_stage_beside_bands_of_what_cables_join_it_to():
    stage = entered(LAYERS, "vmm")
    assert {name: box.folded for name, box in stage.boxes.items()} == {"vmm": False, "cpu": True}
    assert stage.boxes["vmm"].area.h > 4 * stage.boxes["cpu"].area.h


def test_the_inside_of_a_container_is_there_when_one_is_in_it():
    stage = entered(NAT, "host")
    assert {"hyp", "vm1", "vm2", "router"} <= stage.boxes.keys()
    assert {name for name, box in stage.boxes.items() if box.folded} == {"lan"}


def test_what_lies_deep_inside_is_entered_without_what_is_around_it():
    stage = entered(NAT, "router")
    assert stage.boxes["router"].within == ()
    assert {name for name, box in stage.boxes.items() if box.folded} == {"vm1", "vm2", "lan"}


def test_an_absent_thing_is_not_entered():
    assert "kernel" in shown(LAYERS, frozenset({"vmm"}), (), "vmm").things


def test_what_is_folded_elsewhere_is_no_matter_where_one_is():
    assert list(shown(LAYERS, frozenset(), ("kernel",), "vmm").things) == ["vmm", "cpu"]


def test_bands_beside_each_other_stand_one_below_the_other_where_something_else_may_have_the_room():
    hosts = [thing(f"h{n}", "host", inside=(f"k{n}",)) for n in range(3)]
    inner = [thing(f"k{n}", "kernel", within=f"h{n}") for n in range(3)]
    row = scene("row", [*hosts, *inner], arrange="row")
    stage = laid(row, "h0", "h1")
    first, second, open_ = (stage.boxes[f"h{n}"].area for n in range(3))
    assert first.x == second.x
    assert first.bottom < second.y
    assert open_.w > 2 * first.w
