"""The stage speaks: screen readers find its things with name, state, place and what may be done."""

import pytest
from PySide6.QtGui import QAccessible

from tests.window.toy import session as toy
from vizapp.picture.theme import DAY
from vizapp.scene.model import Act
from vizapp.window import accessible_stage
from vizapp.window.stage import StageView
from vizapp.words import Words

NAME = QAccessible.Text.Name


@pytest.fixture
def spoken(qtbot):
    accessible_stage.install()
    stage = StageView(toy(), Words("en"), DAY)
    qtbot.addWidget(stage)
    stage.resize(900, 700)
    stage.show()
    return stage, QAccessible.queryAccessibleInterface(stage)


def children(interface):
    return [interface.child(index) for index in range(interface.childCount())]


def test_every_thing_and_cable_is_a_child_with_its_name(spoken):
    stage, interface = spoken
    names = [child.text(NAME) for child in children(interface)]
    assert len(names) == len(stage.session.run.scene.things) + len(stage.session.run.scene.links)
    assert "VM 1 · 192.168.122.100" in names
    assert "Cable Virtual router – Server" in names


def test_packets_under_way_are_children_too(spoken):
    stage, interface = spoken
    stage.session.seek_true(2_000_050_000)
    assert children(interface)[-1].text(NAME) == "Packet SYN, from VM 2 to Virtual router"


def test_states_are_told(spoken):
    stage, interface = spoken
    stage.session.select("server")
    stage.session.do(Act("fail", ("server",)))
    stage.session.run.complete()
    server = interface.child(stage.reachable.index("server"))
    assert server.state().selected
    assert server.state().disabled
    assert "failed" in server.text(NAME)


def test_actions_are_told_and_can_be_done(spoken):
    stage, interface = spoken
    router = interface.child(stage.reachable.index("router"))
    assert router.actions()[0] == "Break Virtual router"
    router.act(0)
    stage.session.run.complete()
    assert stage.session.run.frame(stage.session.t).failed("router")


def test_a_child_lies_where_it_is_painted(spoken):
    stage, interface = spoken
    rect = interface.child(stage.reachable.index("vm1")).rect()
    found = interface.childAt(rect.center().x(), rect.center().y())
    assert found.text(NAME).startswith("VM 1")
