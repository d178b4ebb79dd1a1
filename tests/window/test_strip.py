"""The strip: a linear map from pixels to show time, round true times on it, marks of real packets, flags of acts."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.window.toy import scene
from tests.window.toy import session as toy
from vizapp.devices import VOCABULARY
from vizapp.picture.service import band_texts
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.pace import Pace
from vizapp.window import marks
from vizapp.window import strip_drawing as drawing
from vizapp.window.clock import seconds
from vizapp.window.graduation import ticks
from vizapp.window.session import Session
from vizapp.window.strip import MARGIN, Strip
from vizapp.window.transport import Transport, map_said
from vizapp.words import Words

EN = Words("en")


@pytest.fixture
def strip(qtbot):
    made = Strip(toy(), EN, DAY)
    qtbot.addWidget(made)
    made.resize(900, made.height())
    made.show()
    return made


def test_pixels_and_show_seconds_map_to_each_other(strip):
    for part in (0.0, 0.25, 0.7, 1.0):
        show = part * strip.session.length
        assert strip.show_at(strip.x_of(show)) == pytest.approx(show)


def test_pressing_and_dragging_scrubs(strip):
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(6.0)), 30))
    assert strip.session.show == pytest.approx(6.0, abs=0.02)
    QTest.mouseMove(strip, QPoint(round(strip.x_of(2.0)), 30))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(2.0)), 30))
    assert not strip.session.playing


def test_arrow_keys_go_from_event_to_event(strip):
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.session.t == 1_000_000_000
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.session.t == 1_000_100_000
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert strip.session.t == 1_000_000_000


def test_every_packet_is_marked_once_and_nothing_else_is():
    run = toy().run
    found = marks.packets(run.timeline, run.pace)
    assert {protocol: len(shows) for protocol, shows in found.items()} == {"tcp": 4}


def test_steps_and_acts_are_flags_in_order_of_show_time():
    run = toy().run
    run.do(Act("fail", ("server",), {}, 1_500_000_000))
    run.do(Act("set", ("load",), {"value": 150.0}, 500_000_000))
    run.complete()
    flags = marks.flags(run)
    assert [flag.kind for flag in flags] == ["step", "change", "step", "break", "step"]
    assert [flag.show for flag in flags] == sorted(flag.show for flag in flags)


def test_a_flag_says_what_the_person_did(strip):
    strip.session.seek_true(1_500_000_000)
    strip.session.do(Act("fail", ("server",)))
    strip.session.run.complete()
    strip.session.changed.emit()
    assert "Server fails" in strip.told_at(strip.x_of(strip.session.show))


def test_a_compressed_wait_has_a_break():
    pace = Pace(400_000_000_000)
    ((show, wait),) = marks.breaks(pace)
    assert 0 < show < pace.length
    assert wait.end - wait.start == 400_000_000_000


def _ticks(pace, width=900.0):
    return ticks(pace, lambda show: show / pace.length * width, 92.0)


def test_an_even_map_has_even_graduations():
    times = [tick.t for tick in _ticks(Pace(32_000_000_000, factor=1.0))]
    assert times == list(range(0, 32_000_000_001, 5_000_000_000))


def test_between_round_times_one_reads_how_much_later_it_is():
    said = [tick.said(EN) for tick in _ticks(toy().run.pace)]
    assert said[said.index("1\u00a0s") + 1] == "+200\u00a0µs"
    assert all(len(each) <= len("+500\u00a0µs") for each in said)


def test_where_time_is_not_stretched_nothing_finer_is_said():
    assert all(tick.base is None for tick in _ticks(Pace(20_000_000_000)))


@settings(max_examples=30, deadline=None)
@given(end=st.integers(10**6, 10**11), width=st.floats(100, 2000))
def test_times_under_the_strip_never_crowd(end, width):
    pace = Pace(end)
    places = [tick.show / pace.length * width for tick in _ticks(pace, width)]
    assert places == sorted(places)
    assert all(b - a >= 92 * 0.55 - 1e-6 for a, b in pairwise(places))


def test_the_map_says_how_much_true_time_a_second_shows():
    session = toy()
    session.seek(session.run.pace.show(1_000_050_000))
    assert map_said(session, EN) == "1\u00a0s\u00a0=\u00a0130\u00a0µs"
    session.speed = 2.0
    assert map_said(session, EN) == "1\u00a0s\u00a0=\u00a0250\u00a0µs"


def test_where_time_stands_it_says_so():
    session = toy()
    session.seek(session.run.pace.show(1_000_100_000) + 0.4)
    assert map_said(session, EN) == "time stands still"


def test_the_clock_is_in_true_time_fine_enough_to_tell_hops_apart(qtbot):
    session = toy()
    bar = Transport(session, Words("fr"), DAY)
    qtbot.addWidget(bar)
    session.seek_true(1_311_000_000)
    assert bar.clock.text() == "1,3110\u00a0s"


def test_playing_turns_the_button_into_pause(qtbot):
    bar = Transport(toy(), EN, DAY)
    qtbot.addWidget(bar)
    QTest.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    assert bar.session.playing
    assert bar.play.accessibleName() == "Pause"
    QTest.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    assert bar.play.accessibleName() == "Play"


@pytest.mark.parametrize("t", [0, 1_600_000_000, 4_000_000_000])
def test_it_paints_with_and_without_acts(strip, t):
    assert not strip.grab().isNull()
    strip.session.seek_true(1_500_000_000)
    for act in (Act("fail", ("server",)), Act("cut", ("vm1--router",)), Act("restore", ("server",))):
        strip.session.do(act)
    strip.session.run.complete()
    strip.session.seek_true(t)
    assert not strip.grab().isNull()


@pytest.mark.parametrize(("delay", "said"), [(100_000, "6.0000"), (200, "6.000\u202f000\u202f2"), (5_000_000, "6.000")])
def test_the_clock_has_the_decimals_that_its_hops_need(delay, said):
    run = toy(links=tuple(replace(link, delay=delay) for link in scene().links)).run
    assert seconds(6_000_000_200, run, EN) == said


def test_who_serves_when_is_a_row_of_bands_with_nobody_between():
    run = toy().run
    for device, t, on in (("vm1", 1, True), ("vm1", 2, False), ("vm2", 3, True)):
        run.timeline.track(device, "serves").put(t * 1_000_000_000, on)
    second = 1_000_000_000
    found = [(each.band.who, each.band.end - each.band.start) for each in marks.bands(run)]
    assert found[:3] == [((), second), (("vm1",), second), ((), second)]
    assert found[3][0] == ("vm2",)


PAIR = """
id: pair
title: Pair
stage:
  client: {kind: client, ports: {eth0: {mac: 52:54:00:aa:00:50, ip: 10.0.0.50/24}}}
  sw: {kind: switch}
  a: {kind: machine, label: A, ports: {eth0: {ip: 10.0.0.1/24}}, keepalived: {address: 10.0.0.10/24, priority: 150}}
  b: {kind: machine, label: B, ports: {eth0: {ip: 10.0.0.2/24}}, keepalived: {address: 10.0.0.10/24, priority: 100}}
links: [client.eth0 -- sw.p1, a.eth0 -- sw.p2, b.eth0 -- sw.p3]
until: 14s
pace: 1
script: [watch client 10.0.0.10 interval=200ms @ 4s, fail a @ 8.2s]
"""


@pytest.fixture
def pair(qtbot):
    session = Session(Run(read(PAIR, VOCABULARY).scene, VOCABULARY.kinds).complete())
    made = Strip(session, EN, DAY)
    qtbot.addWidget(made)
    made.resize(1000, made.height())
    made.show()
    return made


def texts(strip):
    fog, scene = strip.session.fog, strip.session.run.scene
    seen = [marks.until(each, fog, strip.session.fog_t) for each in strip._bands if each.start < fog]
    return [band_texts(each.band, scene, EN)[0] for each in seen]


def test_bands_say_who_serves_and_how_long_nobody_does(pair):
    pair.session.seek_true(13_000_000_000)
    assert texts(pair) == ["election", "A active", "nobody: 2.8\u00a0s", "B active"]


def test_a_band_knows_nothing_beyond_the_fog(pair):
    pair.session.seek_true(9_200_000_000)
    assert texts(pair) == ["election", "A active", "nobody: 1\u00a0s"]


def test_lanes_bear_the_names_of_protocols_where_there_are_bands(pair):
    assert pair.lanes.names(EN)[:2] == ["VRRP", "ping"]
    assert pair.left > MARGIN
    assert pair.x_of(0.0) == pair.left
    assert pair.show_at(pair.x_of(7.0)) == pytest.approx(7.0)


def test_a_scene_in_which_nobody_serves_has_a_plain_line(strip):
    assert not strip.lanes.banded
    assert strip.lanes.names(EN) == []
    assert strip.left == MARGIN


def test_packets_that_were_lost_are_marked_apart(pair):
    run = pair.session.run
    gone = marks.losses(run.timeline, run.pace)
    assert set(gone) == {"icmp"}
    assert all(8.2 <= show <= 11.1 for show in gone["icmp"])
    assert len(gone["icmp"]) == 15


def test_what_is_not_heard_by_one_of_many_is_no_loss(pair):
    run = pair.session.run
    assert "vrrp" not in marks.losses(run.timeline, run.pace)


def test_without_anyone_who_serves_there_are_no_bands():
    assert marks.bands(toy().run) == []


def mark_of(strip, flight):
    """Where the mark of a packet is."""
    lanes = sorted(strip._packets)
    lane = lanes.index(flight.packet.protocol) % drawing.LANES
    show = strip.session.run.pace.show_end(flight.departs)
    return QPoint(round(strip.x_of(show)), round(strip.lanes.top + (lane + 0.5) * strip.lanes.each))


def test_a_click_on_a_mark_picks_its_packet_when_it_set_off(strip):
    session = strip.session
    session.seek(session.length)
    strip.grab()
    hop = session.run.timeline.flights[0]
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=mark_of(strip, hop))
    assert session.selected == f"packet:{hop.packet.id}"
    assert session.t == hop.departs


def test_in_the_fog_there_is_no_mark_to_pick(strip):
    strip.session.seek(1.0)
    strip.grab()
    last = strip.session.run.timeline.flights[-1]
    assert strip.packet_at(mark_of(strip, last).toPointF()) is None


def test_a_click_beside_the_marks_picks_nothing(strip):
    strip.session.seek(strip.session.length)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(6.0)), 30))
    assert strip.session.selected is None


def test_a_drag_that_ends_on_a_mark_picks_nothing(strip):
    session = strip.session
    session.seek(session.length)
    strip.grab()
    end = mark_of(strip, session.run.timeline.flights[0])
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(9.0)), 30))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end)
    assert session.selected is None
