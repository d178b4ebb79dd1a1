"""The inspector: tables follow time, what just changed is lit, packets are told layer by layer."""

from html import escape

import pytest
from PySide6.QtCore import QUrl

from tests.window.toy import session as toy
from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.model import Act, Step
from vizapp.scene.reader import read
from vizapp.window.inspector import Inspector
from vizapp.window.packet_list import packet_list
from vizapp.window.pages import FRESH, Moment, link_page, thing_page
from vizapp.window.session import Session
from vizapp.window.told import subject
from vizapp.words import Words

SAID = {"fr": "Voici.", "en": "Here it is."}


def moment(session, width=900.0):
    return Moment(session.run, session.t, session.show, Words("en"), DAY, width)


def test_a_table_shows_its_rows_of_that_moment():
    session = toy()
    pages = []
    for t in (0, 1_500_000_000, 3_000_000_000):
        session.seek_true(t)
        pages.append(thing_page(moment(session), "router"))
    assert [page.count("192.168.1.15:") for page in pages] == [0, 1, 2]
    assert "2 entries" in pages[2]


def test_the_row_that_just_changed_is_lit_for_a_while():
    session = toy()
    session.seek(session.run.pace.show(2_000_100_000) + 0.5)
    assert thing_page(moment(session), "router").count(DAY.changed) == 1
    session.seek(session.run.pace.show(2_000_100_000) + FRESH + 0.1)
    assert DAY.changed not in thing_page(moment(session), "router")


def test_what_holds_from_the_start_is_not_lit():
    assert DAY.changed not in thing_page(moment(toy()), "vm1")


def test_in_a_narrow_panel_an_entry_takes_several_lines_and_no_address_is_shortened():
    session = toy()
    session.seek(session.length)
    page = thing_page(moment(session, 260.0), "router")
    assert page.count("192.168.122.100:40001") == 1
    assert "…" not in page


def test_a_box_that_only_holds_others_does_not_call_empty_what_it_never_has():
    scene = read(places.shipped_scenes() / "promiscuous.yaml", VOCABULARY).scene
    assert scene is not None
    page = thing_page(moment(Session(Run(scene, VOCABULARY.kinds).complete())), "host")
    assert Words("en")("inspector.empty") not in page
    assert "VM 3" in page


def test_a_failed_thing_says_since_when():
    session = toy()
    session.seek_true(500_000_000)
    session.do(Act("fail", ("server",)))
    session.run.complete()
    assert "down since t = 0.500\u00a0s" in thing_page(moment(session), "server")


def test_a_cable_says_what_it_joins_and_its_delay():
    session = toy()
    page = link_page(moment(session), session.run.scene.links[0])
    assert "VM 1 · " in page
    assert "vm1.eth0" not in page
    assert "100\u00a0µs" in page


def test_without_a_packet_those_that_may_be_picked_are_offered():
    session = toy()
    session.seek_true(2_000_050_000)
    page = packet_list(moment(session), early=False)
    assert "Pick a packet" in page
    assert 'href="packet:' in page


def test_a_packet_that_has_not_left_yet_is_not_told(qtbot):
    session = toy()
    inspector = Inspector(session, Words("en"), DAY)
    qtbot.addWidget(inspector)
    inspector.show()
    session.select(f"packet:{session.run.timeline.flights[-1].packet.id}")
    assert "has not left yet" in inspector.packet_list.toPlainText()
    session.seek(session.length)
    assert inspector.packet.currentWidget() is not inspector.packet_list.parentWidget()


def test_the_page_of_a_thing_ends_with_the_packets_that_passed_there(qtbot):
    session = toy()
    inspector = Inspector(session, Words("en"), DAY)
    qtbot.addWidget(inspector)
    inspector.show()
    session.seek(session.length)
    session.select("server")
    page = inspector.device_page
    assert "Latest packets here" in page.toPlainText()
    packet = next(flight.packet.id for flight in session.run.timeline.flights if flight.dst == "server.eth0")
    assert f'href="packet:{packet}"' in page.toHtml()
    page.anchorClicked.emit(QUrl(f"packet:{packet}"))
    assert (session.selected, inspector.tab) == (f"packet:{packet}", "packet")


@pytest.mark.parametrize(("picked", "tab"), [("router", "device"), ("vm1--router", "device"), ("packet:3", "packet")])
def test_picking_turns_to_the_tab(qtbot, picked, tab):
    session = toy()
    inspector = Inspector(session, Words("en"), DAY)
    qtbot.addWidget(inspector)
    inspector.show()
    inspector.show_tab("settings")
    session.select(picked)
    assert inspector.tab == tab


def test_the_page_of_the_picked_thing_follows_the_clock(qtbot):
    session = toy()
    inspector = Inspector(session, Words("en"), DAY)
    qtbot.addWidget(inspector)
    inspector.resize(500, 600)
    inspector.show()
    session.select("router")
    assert "empty" in inspector.device_page.toPlainText()
    session.seek(session.length)
    assert "2 entries" in inspector.device_page.toPlainText()


def test_while_nothing_is_picked_it_tells_of_what_the_step_is_about(qtbot):
    session = toy()
    inspector = Inspector(session, Words("en"), DAY)
    qtbot.addWidget(inspector)
    inspector.show()
    assert inspector.tab == "device"
    session.go_to_step(1)
    shown = subject(session)
    assert inspector.name.text() == inspector.moment(inspector.device_page).name(shown)
    assert inspector.follows.isVisible()
    session.select("vm2")
    assert inspector.name.text() == inspector.moment(inspector.device_page).name("vm2")
    assert not inspector.follows.isVisible()
    session.select(None)
    assert inspector.name.text() == inspector.moment(inspector.device_page).name(shown)


def test_a_step_is_about_the_thing_whose_table_it_names():
    session = toy(steps=(Step("start", SAID, focus=("vm1", "router"), table="router.nat"),))
    assert subject(session) == "router"
    session = toy(steps=(Step("start", SAID, focus=("vm1", "router")),))
    assert subject(session) == "router"  # vm1 has no table to tell of
    assert subject(toy(steps=(Step("start", SAID, focus=("vm1",)),))) == "vm1"
    assert subject(toy(steps=())) is None


def test_a_ladder_tells_how_long_each_of_its_rungs_lasts_and_what_is_only_cited():
    scene = read(places.shipped_scenes() / "outage-ladder.yaml", VOCABULARY).scene
    assert scene is not None
    session = Session(Run(scene, VOCABULARY.kinds).complete())
    session.seek_true(99_000_000_000)
    page = thing_page(moment(session), "ladder")
    assert "720\u00a0ms" in page
    assert escape(Words("en")("ladder.cited", lasts="1\u00a0min")) in page


def test_a_timer_tells_how_much_of_it_is_left():
    scene = read(places.shipped_scenes() / "failover.yaml", VOCABULARY).scene
    assert scene is not None
    session = Session(Run(scene, VOCABULARY.kinds).complete())
    session.seek_true(8_000_000_000)
    begins, lasts = moment(session).frame.value("b", "vrrp-down")
    assert Words("en").clock(begins + lasts - session.t) in thing_page(moment(session), "b")


def test_a_value_does_not_say_the_name_of_its_row_again():
    scene = read(places.shipped_scenes() / "failover.yaml", VOCABULARY).scene
    assert scene is not None
    session = Session(Run(scene, VOCABULARY.kinds).complete())
    session.seek_true(8_000_000_000)
    assert thing_page(moment(session), "a").casefold().count("priority") == 1
