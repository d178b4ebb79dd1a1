"""Following a packet: the camera stays with it, moves smoothly, keeps the person's zoom, and lets go when told."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, Qt

from tests.window.network import network, packet
from vizapp.picture import motion
from vizapp.picture.shapes import Rect
from vizapp.picture.stage import Area
from vizapp.picture.theme import DAY
from vizapp.picture.wake import spot
from vizapp.sim.trail import trail
from vizapp.window.camera import CLOSE
from vizapp.window.stage import StageView
from vizapp.words import Words

LATER = 1e6  # monotonic seconds: long after any jump


@pytest.fixture
def stage(qtbot):
    view = StageView(network(), Words("en"), DAY)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    return view


def hops(stage, name="SYN"):
    return stage.session.run.timeline.index.hops(packet(stage.session, name))


def follow(stage, name="SYN"):
    number = packet(stage.session, name)
    stage.session.follow(number)
    return number


def seen_at(stage, number):
    """Where the packet is, in pixels of the widget."""
    frame = stage.session.run.frame(stage.session.t)
    x, y = spot(trail(frame, number), frame, stage.laid)
    return QPointF(x * stage.lens.zoom + stage.lens.shift.x(), y * stage.lens.zoom + stage.lens.shift.y())


def test_a_packet_that_is_followed_is_seen_closer_and_within_sight(stage):
    for hop in hops(stage):
        stage.session.seek_true((hop.departs + hop.arrives) // 2)
        number = follow(stage)
        stage.camera.move(LATER)
        assert stage.lens.zoom == CLOSE
        assert stage.rect().contains(seen_at(stage, number).toPoint())


def test_in_the_middle_of_the_picture_it_is_in_the_middle_of_the_stage(stage):
    stage.lens.zoom = 4.0
    stage.session.seek_true(hops(stage)[1].departs)
    number = follow(stage)
    stage.camera.move(LATER)
    off = seen_at(stage, number) - QPointF(450, 300)
    assert off.manhattanLength() < 250  # at most as far as the edge of the picture holds it


def test_the_camera_never_looks_past_the_edge_of_the_picture(stage):
    for hop in hops(stage):
        stage.session.seek_true(hop.arrives)
        follow(stage)
        stage.camera.move(LATER)
        assert stage.lens.shift.x() <= 0.01
        assert stage.lens.shift.x() + 900 * stage.lens.zoom >= 899.99
        assert stage.lens.shift.y() <= 0.01


def test_the_zoom_that_a_person_chose_is_kept(stage):
    stage.zoom_by(2.5)
    stage.session.seek_true(hops(stage)[1].departs)
    follow(stage)
    stage.camera.move(LATER)
    assert stage.lens.zoom == pytest.approx(2.5)
    stage.zoom_by(1.2)
    assert stage.lens.zoom == pytest.approx(3.0)
    assert stage.session.followed is not None


def test_it_eases_from_where_it_looked(stage):
    stage.session.seek_true(hops(stage)[0].departs)
    follow(stage)
    since = stage.camera._since
    zooms = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        stage.camera.move(since + part * motion.EASE)
        zooms.append(stage.lens.zoom)
    assert zooms[0] == pytest.approx(1.0)
    assert zooms == sorted(zooms)
    assert zooms[-1] == pytest.approx(CLOSE)


def test_no_step_of_a_jump_is_large(stage):
    session = stage.session
    session.seek_true(hops(stage)[0].departs)
    follow(stage)
    stage.camera.move(LATER)
    session.seek_true(hops(stage)[-1].arrives)  # a scrub across everything
    since, places = stage.camera._since, []
    for frame in range(17):
        stage.camera.move(since + frame / 16 * motion.EASE)
        places.append(stage.camera.middle)
    steps = [(a - b).manhattanLength() for a, b in pairwise(places)]
    whole = (places[-1] - places[0]).manhattanLength()
    assert whole > 100
    assert max(steps) < 0.15 * whole


def test_with_reduced_motion_it_is_there_at_once(stage):
    stage.reduced_motion = True
    stage.session.seek_true(hops(stage)[0].departs)
    follow(stage)
    assert stage.lens.zoom == CLOSE
    assert not stage.camera.gliding


def test_while_the_clock_stands_the_timer_lets_it_come_to_rest(stage, qtbot):
    stage.session.seek_true(hops(stage)[0].departs)
    follow(stage)
    assert stage.camera.gliding
    qtbot.waitUntil(lambda: not stage.camera.gliding)
    assert stage.lens.zoom == pytest.approx(CLOSE)
    qtbot.waitUntil(lambda: not stage.session._timer.isActive())


def test_asked_again_it_goes_back_to_the_whole(stage):
    stage.session.seek_true(hops(stage)[0].departs)
    follow(stage)
    stage.camera.move(LATER)
    stage.session.follow(None)
    stage.camera.move(2 * LATER)
    assert stage.lens.whole


def test_a_person_who_pans_ends_it_and_keeps_the_view(stage, qtbot):
    stage.session.seek_true(hops(stage)[0].departs)
    follow(stage)
    stage.camera.move(LATER)
    stage.pointer.grip = QPointF(300, 300)
    qtbot.mouseMove(stage, QPointF(350, 330).toPoint())
    stage.camera.end()
    assert stage.session.followed is None
    assert stage.lens.zoom == CLOSE


def test_fitting_the_stage_ends_it(stage):
    stage.session.seek_true(hops(stage)[0].departs)
    follow(stage)
    stage.fit()
    assert stage.session.followed is None
    assert stage.lens.whole


def test_another_packet_that_is_picked_is_followed_on(stage):
    follow(stage)
    stage.session.select(f"packet:{packet(stage.session, 'ECHO')}")
    assert stage.session.followed == packet(stage.session, "ECHO")
    stage.session.select("router")
    assert stage.session.followed == packet(stage.session, "ECHO")


def test_before_the_packet_has_left_the_camera_stays(stage):
    stage.session.seek(0.0)
    follow(stage)
    stage.camera.move(LATER)
    assert stage.lens.whole


def test_a_drag_of_the_stage_lets_go(stage, qtbot):
    stage.session.seek_true(hops(stage)[0].departs)
    follow(stage)
    qtbot.mousePress(stage, Qt.MouseButton.MiddleButton, pos=QPointF(300, 300).toPoint())
    qtbot.mouseMove(stage, QPointF(400, 300).toPoint())
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    middle = Qt.MouseButton.MiddleButton
    at = QPointF(420, 300)
    event = QMouseEvent(QEvent.Type.MouseMove, at, stage.mapToGlobal(at), middle, middle,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    stage.mouseMoveEvent(event)
    assert stage.session.followed is None


def test_the_card_of_the_packet_is_seen_whole(stage):
    for hop in hops(stage):
        stage.session.seek_true((hop.departs + hop.arrives) // 2)
        number = follow(stage)
        stage.camera.move(LATER)
        cards = [shape for shape in stage.picture.shapes
                 if isinstance(shape, Rect) and shape.shadow and shape.of == f"packet:{number}"]  # fmt: skip
        assert cards
        area = stage.lens.on_widget(Area(cards[0].x, cards[0].y, cards[0].w, cards[0].h))
        assert QRectF(stage.rect()).contains(area)
        assert stage.rect().contains(seen_at(stage, number).toPoint())


def test_in_a_show_the_caption_stays_where_it_is_however_closely_one_looks(qtbot):
    view = StageView(network(), Words("en"), DAY, level="show")
    qtbot.addWidget(view)
    view.resize(1280, 720)
    view.show()
    bar = view.laid.captioned
    before = view.grab().toImage().copy(bar_of(bar))
    view.zoom_by(3.0)
    assert [shape for shape in view.picture.shapes if getattr(shape, "title", None) == view.view.caption] == []
    assert view.grab().toImage().copy(bar_of(bar)) == before


def bar_of(area):
    """The middle of the caption, where nothing shines through."""
    return QRect(round(area.middle[0]) - 40, round(area.middle[1]) - 12, 80, 24)


def test_the_menu_of_a_packet_offers_to_follow_it(stage):
    number = packet(stage.session, "SYN")
    stage.session.seek(stage.session.length)
    action = next(each for each in stage.menu_for(f"packet:{number}").actions() if "Follow" in each.text())
    action.trigger()
    assert stage.session.followed == number
    action = next(each for each in stage.menu_for(f"packet:{number}").actions() if "Follow" in each.text())
    assert action.isChecked()
    assert not [each for each in stage.menu_for("router").actions() if "Follow" in each.text()]


def test_a_cable_under_the_wake_can_be_picked(stage):
    session = stage.session
    session.seek_true(2_500_000_000)  # nothing else passes then
    session.select(f"packet:{packet(session, 'SYN')}")
    way = stage.laid.ways[hops(stage)[0].link]
    assert stage.thing_at(QPointF(*way.at(0.5))) == way.id
