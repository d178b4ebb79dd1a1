"""Folding layers: what a step folds, what a person does since, and that it is nothing but a way of looking."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from tests.window.stack import stack
from vizapp.compare import Comparison
from vizapp.picture.band import HANDLE
from vizapp.picture.shapes import Rect
from vizapp.picture.theme import DAY
from vizapp.scene.beside import free
from vizapp.window.seats import session_of
from vizapp.window.stage import StageView
from vizapp.words import Words


@pytest.fixture
def session(qtbot):
    return stack()


@pytest.fixture
def stage(qtbot, session):
    view = StageView(session, Words("en"), DAY)
    qtbot.addWidget(view)
    view.resize(900, 700)
    return view


def handle(view, thing):
    """Where the handle of a thing is."""
    found = next(shape for layer in view.picture.layers for shape in layer.shapes
                 if isinstance(shape, Rect) and shape.of == HANDLE + thing)  # fmt: skip
    return QPoint(round(found.x + found.w / 2), round(found.y + found.h / 2))


def test_a_step_folds_what_it_says_while_it_lasts(session):
    session.go_to_step(1)
    assert session.folds.now == ("app",)
    session.go_to_step(0)
    assert session.folds.now == ()


def test_a_person_unfolds_what_a_step_folds(session):
    session.go_to_step(1)
    session.folds.toggle("app")
    assert session.folds.now == ()


def test_peeling_folds_from_the_top_and_leaves_the_last_layer(session):
    assert [session.folds.peel() for _ in range(4)] == [True, True, True, False]
    assert session.folds.now == ("app", "kernel", "hypervisor")


def test_layers_are_put_back_in_the_other_order(session):
    session.folds.peel()
    session.folds.peel()
    assert session.folds.put_back()
    assert session.folds.now == ("app",)
    assert session.folds.put_back()
    assert not session.folds.put_back()


def test_all_but_one_are_folded_and_unfolded(session):
    session.folds.all_but("kernel")
    assert set(session.folds.now) == {"app", "hypervisor", "host", "cpu"}
    session.folds.all_but("kernel")
    assert session.folds.now == ()


def test_folding_changes_nothing_of_the_run(session):
    before = session.run.frame(session.run.timeline.end).freeze()
    session.folds.peel()
    assert session.run.acts == []
    assert session.run.frame(session.run.timeline.end).freeze() == before


def test_the_handle_of_what_is_picked_folds_it_and_that_of_a_band_unfolds_it(stage, session):
    session.select("kernel")
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=handle(stage, "kernel"))
    assert session.folds.now == ("kernel",)
    assert stage.laid.boxes["kernel"].folded
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=handle(stage, "kernel"))
    assert session.folds.now == ()


def test_a_handle_is_there_for_what_the_pointer_is_on_and_says_what_it_does(stage, session):
    stage.hovered = "hypervisor"
    at = handle(stage, "hypervisor")
    assert stage.told(stage.thing_at(at.toPointF())) == Words("en")("stage.fold")


def test_a_show_peels_with_the_tab_of_a_clicker(qtbot, session):
    view = StageView(session, Words("en"), DAY, level="show")
    qtbot.addWidget(view)
    assert view.focusNextPrevChild(True)
    assert session.folds.now == ("app",)
    assert view.focusNextPrevChild(False)
    assert session.folds.now == ()


def test_a_layer_is_folded_on_all_sides(qtbot, session):
    scene = session.run.scene
    whole = session_of(Comparison(free([scene, scene]), session.run.kinds).complete())
    whole.seats[1].folds.peel()
    assert whole.seats[0].folds.now == whole.folds.now == ("app",)


def test_a_layer_is_entered_and_left(stage, session):
    session.folds.enter("hypervisor")
    assert list(stage.laid.boxes) == ["hypervisor", "cpu"]
    assert session.folds.leave()
    assert "kernel" in stage.laid.boxes
    assert not session.folds.leave()


def test_where_one_is_stands_above_the_stage_and_leads_back(stage, session):
    stage.show()
    session.folds.enter("hypervisor")
    assert stage.crumbs.isVisible()
    assert "Hypervisor" in stage.crumbs.text()
    assert stage.lens.on_widget(stage.area_of("hypervisor")).top() >= stage.crumbs.geometry().bottom()
    stage.crumbs.click()
    assert session.folds.entered is None
    assert not stage.crumbs.isVisible()


def test_its_table_comes_with_it(stage, session):
    session.folds.enter("hypervisor")
    assert stage.view.table == "hypervisor.vmcs"


def test_escape_leaves_it(stage, session):
    session.folds.enter("hypervisor")
    QTest.keyClick(stage, Qt.Key.Key_Escape)
    assert session.folds.entered is None


def test_a_double_click_that_began_elsewhere_enters_nothing(stage, session):
    at = QPointF(stage.lens.on_widget(stage.area_of("kernel")).center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    stage.mouseDoubleClickEvent(QMouseEvent(QEvent.Type.MouseButtonDblClick, at, at, left, left, none))
    assert session.folds.entered is None


def test_a_double_click_on_a_thing_enters_it(stage, session):
    at = stage.lens.on_widget(stage.area_of("kernel")).center().toPoint()
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(stage, Qt.MouseButton.LeftButton, pos=at)
    assert session.folds.entered == "kernel"
