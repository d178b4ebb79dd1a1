"""The strip of a journey: knots in columns, a row a copy; chosen by click and by key; told in words."""

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.window.network import network, packet
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.sim.trail import trail
from vizapp.window.packet_strip import MOST_ROWS, JourneyStrip
from vizapp.window.session import Session
from vizapp.words import Words


def strip_of(qtbot, session, name="SYN", width=320, lang="en", t=None):
    strip = JourneyStrip(session.run, Words(lang), DAY)
    qtbot.addWidget(strip)
    strip.set_words(Words(lang))
    strip.resize(width, 60)
    strip.show()
    end = session.run.timeline.end
    found = trail(session.run.frame(end), packet(session, name))
    strip.put(found, end if t is None else t, found.latest().number)
    return strip


def at(strip, number):
    knot = next(each for each in strip.knots if each.stop == number)
    return strip.place(knot).toPoint()


def test_knots_stand_from_left_to_right_within_the_strip(qtbot):
    strip = strip_of(qtbot, network())
    xs = [at(strip, number).x() for number in range(4)]
    assert xs == sorted(xs)
    assert xs[-1] < strip.width()


def test_each_copy_has_a_row_and_the_strip_is_as_high(qtbot):
    session = network("arp router server @ 1s")
    plain, flooded = strip_of(qtbot, network()), strip_of(qtbot, session, "ARP request")
    assert (plain.rows, flooded.rows) == (1, 2)
    assert flooded.sizeHint().height() > plain.sizeHint().height()


def test_a_click_on_a_knot_chooses_its_stop(qtbot):
    strip = strip_of(qtbot, network())
    with qtbot.waitSignal(strip.chosen) as caught:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at(strip, 1))
    assert caught.args == [1]


def test_a_click_beside_chooses_nothing(qtbot):
    strip = strip_of(qtbot, network())
    chosen = []
    strip.chosen.connect(chosen.append)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint((at(strip, 0).x() + at(strip, 1).x()) // 2, 2))
    assert chosen == []


@pytest.mark.parametrize(("key", "expected"), [
    (Qt.Key.Key_Left, [2]), (Qt.Key.Key_Home, [0]), (Qt.Key.Key_Right, []), (Qt.Key.Key_End, []),
])  # fmt: skip
def test_keys_go_from_stop_to_stop(qtbot, key, expected):
    strip = strip_of(qtbot, network())
    chosen = []
    strip.chosen.connect(chosen.append)
    qtbot.keyClick(strip, key)
    assert chosen == expected


def test_a_long_journey_is_moved_to_the_stop_that_is_told(qtbot):
    strip = strip_of(qtbot, network(), width=120)
    assert 0 < at(strip, 3).x() < strip.width()
    strip.put(strip.shown.trail, strip.shown.t, 0)
    assert 0 < at(strip, 0).x() < strip.width()


def test_screen_readers_hear_which_stop_and_how_it_went(qtbot):
    assert strip_of(qtbot, network()).accessibleDescription() == "4 / 4 · Server: received"
    assert strip_of(qtbot, network(), "ECHO").accessibleDescription() == "2 / 2 · Router: lost"


def test_where_it_was_lost_there_is_red(qtbot):
    strip = strip_of(qtbot, network(), "ECHO")
    image = strip.grab().toImage()
    place = at(strip, 1)
    reds = [image.pixelColor(x, y).name().upper() for x in range(place.x() - 14, place.x() + 22)
            for y in range(place.y() - 14, min(place.y() + 20, strip.height()))]  # fmt: skip
    assert reds.count(DAY.bad) > 20


def test_more_copies_than_rows_are_counted(qtbot):
    strip = strip_of(qtbot, network())
    first, second = strip.knots[:2]
    strip.knots = [first, *(second._replace(row=row) for row in range(MOST_ROWS + 3))]
    assert strip.rows == MOST_ROWS
    strip.grab()


def test_the_stop_that_is_told_is_among_the_rows_that_are_drawn(qtbot):
    machines = "\n".join(f"  m{n}: {{kind: machine, ports: {{eth0: {{ip: 10.0.0.{n + 1}/24}}}}}}" for n in range(9))
    links = ", ".join(f"m{n} -- sw" for n in range(9))
    text = f"id: many\ntitle: many\nuntil: 2s\nstage:\n{machines}\n  sw: {{kind: switch}}\nlinks: [{links}]\n"
    reading = read(text + "script: [ping m0 m8 @ 1s]\n", VOCABULARY)
    session = Session(Run(reading.scene, VOCABULARY.kinds).complete())
    strip = strip_of(qtbot, session, "ARP request")
    told = at(strip, strip.shown.stop)
    assert strip.shown.trail.stops[strip.shown.stop].device == "m8"
    assert strip.rows == MOST_ROWS
    assert 0 < told.y() < strip.sizeHint().height()
    first = next(knot for knot in strip.knots if knot.stop == 0)
    assert strip.knot_at(strip.place(first)) is None  # its row is above those that are drawn
