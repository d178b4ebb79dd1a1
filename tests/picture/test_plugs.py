from dataclasses import replace

from tests.picture.stages import BRIDGE, KINDS, NAT
from vizapp.picture.layout import layout
from vizapp.picture.plugs import plugs
from vizapp.picture.shapes import Label
from vizapp.picture.view import View
from vizapp.scene.model import Scene

VIEW = View(table="br.fdb")


def named(scene: Scene, view: View) -> list[Label]:
    return list(plugs(scene, KINDS, layout(scene, view.lang, view.size, view.level, KINDS), view))


def test_the_ports_of_a_switch_are_named_while_its_table_is_shown() -> None:
    assert [label.text for label in named(BRIDGE, VIEW)] == ["vnet1", "vnet2", "vnet3"]


def test_the_ports_of_a_selected_switch_are_named() -> None:
    assert len(named(NAT, View(selected="lan"))) == 3


def test_otherwise_ports_have_no_name() -> None:
    assert named(BRIDGE, View()) == named(NAT, View(table="router.nat")) == []


def test_a_port_is_named_in_the_switch_at_the_end_of_its_cable() -> None:
    stage = layout(BRIDGE, VIEW.lang, VIEW.size, VIEW.level, KINDS)
    for label, way in zip(named(BRIDGE, VIEW), stage.ways.values(), strict=True):
        x, y = way.points[-1]
        assert label.x < x < label.x + 5 * label.size
        assert y < label.y < y + 2 * label.size


def test_a_port_out_of_focus_is_pale() -> None:
    pale = [label.opacity < 1 for label in named(BRIDGE, replace(VIEW, focus=("vm1", "br")))]
    assert pale == [False, True, True]
