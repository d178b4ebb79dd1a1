"""The scene screen as one uses it: panels fold, things are picked, broken and repaired, languages and themes change."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.window.toy import session as toy
from vizapp.picture.theme import DAY, THEMES
from vizapp.window.scene_screen import SceneScreen
from vizapp.window.settings import Settings
from vizapp.words import Words


@pytest.fixture
def opened(qtbot):
    def open_(size=(1600, 950), settings=None, **changes):
        session = toy(**changes)
        screen = SceneScreen(session, Words("en"), DAY, settings)
        qtbot.addWidget(screen)
        screen.resize(*size)
        screen.show()
        return session, screen

    return open_


def click(stage, thing):
    at = stage.lens.on_widget(stage.area_of(thing)).center()
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=at.toPoint())


def test_the_right_panel_is_open_on_a_wide_screen_and_folded_on_a_small_one(opened):
    assert opened((1600, 950))[1].right.isVisible()
    small = opened((1366, 700))[1]
    assert not small.right.isVisible()
    assert small.right_rail.isVisible()


def test_panels_fold_to_a_rail_and_open_again(opened):
    _, screen = opened()
    QTest.mouseClick(screen.steps.fold, Qt.MouseButton.LeftButton)
    assert not screen.steps.isVisible()
    QTest.mouseClick(screen.left_rail.buttons["steps"], Qt.MouseButton.LeftButton)
    assert screen.steps.isVisible()
    QTest.mouseClick(screen.inspector.fold, Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.right_rail.buttons["packet"], Qt.MouseButton.LeftButton)
    assert screen.right.isVisible()
    assert screen.inspector.tab == "packet"


def test_all_panels_hide_and_come_back_as_they_were(opened):
    _, screen = opened()
    screen.fold("steps", True)
    screen.hide_panels(True)
    shown = [part for part in (screen.steps, screen.left_rail, screen.right, screen.transport) if part.isVisible()]
    assert shown == []
    assert screen.stage.isVisible()
    screen.hide_panels(False)
    assert screen.left_rail.isVisible()
    assert screen.right.isVisible()


def test_what_a_folded_part_leaves_is_the_upper_part_s_and_is_given_back(opened):
    _, screen = opened()
    before = screen.right.sizes()
    screen.fold("journal", True)
    assert screen.right.sizes()[1] == screen.journal.maximumHeight()
    assert sum(screen.right.sizes()) == sum(before)
    screen.fold("journal", False)
    assert screen.right.sizes() == before


def test_what_is_folded_is_remembered(opened, tmp_path):
    settings = Settings(tmp_path / "settings.json")
    opened(settings=settings)[1].fold("right", True)
    assert not opened(settings=Settings(tmp_path / "settings.json"))[1].right.isVisible()


@pytest.mark.parametrize("size", [(1366, 700), (1280, 720), (1920, 1020)])
def test_it_fits_the_screens_of_classrooms(opened, size):
    screen = opened(size)[1]
    assert (screen.width(), screen.height()) == size
    assert screen.stage.width() > size[0] * 0.4


def test_a_click_picks_a_thing_and_the_inspector_tells_of_it(opened):
    session, screen = opened()
    click(screen.stage, "router")
    assert session.selected == "router"
    assert screen.inspector.tab == "device"
    assert "192.168.122.1" in screen.inspector.device_page.toPlainText()
    assert screen.inspector.name.text() == "Virtual router"


def test_a_packet_that_is_picked_opens_the_inspector_and_one_that_is_followed_does_not(opened):
    session, screen = opened((1366, 700))
    session.seek(session.length)
    packet = session.run.timeline.flights[0].packet.id
    session.follow(packet)
    session.select(f"packet:{packet}")
    assert not screen.right.isVisible()
    session.select(None)
    session.follow(None)
    session.select(f"packet:{packet}")
    assert screen.right.isVisible()
    assert screen.inspector.tab == "packet"


def test_a_click_on_a_folded_panel_screen_opens_the_inspector(opened):
    _, screen = opened((1366, 700))
    click(screen.stage, "server")
    assert screen.right.isVisible()


def test_breaking_from_the_inspector_can_be_undone(opened):
    session, screen = opened()
    session.seek_true(500_000_000)
    click(screen.stage, "server")
    QTest.mouseClick(screen.inspector.deeds.first, Qt.MouseButton.LeftButton)
    session.run.complete()
    session.changed.emit()
    assert session.run.frame(session.t).failed("server")
    assert "Repair" in screen.inspector.deeds.first.text()
    QTest.mouseClick(screen.transport.undo, Qt.MouseButton.LeftButton)
    session.run.complete()
    assert not session.run.frame(session.t).failed("server")


def test_the_menu_of_a_thing_offers_to_break_it_and_to_have_it_send(opened):
    _, screen = opened()
    texts = [action.text() for action in screen.stage.menu_for("vm1").actions()]
    assert "Break VM 1" in texts
    assert any(text.startswith("HTTP request") for text in texts)


def test_the_menu_of_a_cable_offers_to_cut_it(opened):
    session, screen = opened()
    action = screen.stage.menu_for("vm1--router").actions()[0]
    assert action.text() == "Cut VM 1 – Virtual router"
    action.trigger()
    session.run.complete()
    assert session.run.frame(session.t).cut("vm1--router")


def test_tab_goes_from_thing_to_thing_and_leaves_the_stage(opened):
    session, screen = opened()
    seen = []
    for _ in screen.stage.reachable:
        screen.stage.focusNextPrevChild(True)
        seen.append(session.selected)
    assert seen == screen.stage.reachable
    screen.stage.focusNextPrevChild(True)
    assert session.selected is None


def test_enter_on_a_thing_goes_on_to_what_is_told_of_it(opened):
    session, screen = opened()
    session.select("vm1")
    QTest.keyClick(screen.stage, Qt.Key.Key_Return)
    assert screen.inspector.tab == "device"
    assert not screen.is_folded("right")
    assert session.selected == "vm1"


def test_the_screen_gives_the_focus_to_the_stage_and_takes_tab_from_nothing_else(opened):
    _, screen = opened()
    assert screen.focusProxy() is None
    chain, widget = [], screen.nextInFocusChain()
    while widget is not screen:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    assert chain.index(screen.steps.fold) < chain.index(screen.stage) < chain.index(screen.inspector.fold)


def test_alt_and_an_arrow_pick_the_neighbour(opened):
    session, screen = opened()
    session.select("vm1")
    QTest.keyClick(screen.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert session.selected == "vm2"


def test_the_wheel_zooms_where_the_pointer_is_and_nought_fits_again(opened):
    stage = opened()[1].stage
    at = QPointF(200, 150)
    before = stage.lens.on_picture(at)
    stage.zoom_by(1.5, at)
    assert stage.lens.zoom == pytest.approx(1.5)
    assert stage.lens.on_picture(at) == pytest.approx(before)
    QTest.keyClick(stage, Qt.Key.Key_0)
    assert (stage.lens.zoom, stage.lens.shift) == (1.0, QPointF(0, 0))


def test_dragging_moves_the_picture_and_picks_nothing(opened):
    session, screen = opened()
    stage = screen.stage
    start = QPoint(stage.width() - 6, stage.height() - 6)
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, pos=start)
    for step in (10, 40):
        QTest.mouseMove(stage, start - QPoint(step, 0))
        QApplication.processEvents()
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=start - QPoint(40, 0))
    assert stage.lens.shift.x() == pytest.approx(-40)
    assert session.selected is None


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_language_and_theme_can_be_put_on_live(opened, lang, theme):
    session, screen = opened()
    session.seek(session.length)
    screen.set_words(Words(lang))
    screen.set_theme(theme)
    assert not screen.grab().isNull()
    assert screen.steps.heading.text() == ("Étapes" if lang == "fr" else "Steps")


@pytest.mark.parametrize("mode", ["doubled", "rtl"])
def test_it_opens_in_pseudo_languages(opened, mode):
    _, screen = opened()
    screen.set_words(Words.pseudo(mode))
    assert not screen.grab().isNull()


def test_what_the_pointer_is_over_is_told_in_words(opened):
    session, screen = opened()
    assert screen.stage.told("vm1") == "VM 1 · 192.168.122.100"
    session.seek(8.6)
    flight = session.run.frame(session.t).flights()[0]
    assert screen.stage.told(f"packet:{flight.packet.id}") == "Packet SYN, from Virtual router to Server"
