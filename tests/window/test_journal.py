"""The journal: sentences in order, a filter, a click that seeks, and no slowness with many rows."""

import pytest
from PySide6.QtCore import QModelIndex

from tests.window.toy import session as toy
from vizapp.picture.theme import DAY
from vizapp.sim.timeline import Event
from vizapp.window.journal import JournalPanel
from vizapp.window.journal_model import EVENT
from vizapp.words import Words


@pytest.fixture
def journal(qtbot):
    session = toy()
    panel = JournalPanel(session, Words("en"), DAY)
    qtbot.addWidget(panel)
    panel.resize(420, 400)
    panel.show()
    session.seek(session.length)
    return panel


def names(panel):
    return [panel.model.event_at(row).name for row in range(panel.model.rowCount())]


def test_it_tells_every_event_in_order(journal):
    assert names(journal) == [event.name for event in journal.session.run.timeline.events]


def test_it_can_be_limited_to_a_protocol_to_a_device_and_to_a_text(journal):
    journal.choose(about="nat")
    assert names(journal) == ["nat.rewrite", "nat.rewrite"]
    journal.choose(device="vm2")
    assert {journal.model.event_at(row).owner for row in range(journal.model.rowCount())} == {"vm2"}
    journal.choose()
    journal.search.setText("ROUTER")
    assert names(journal) == ["nat.rewrite", "nat.rewrite"]
    journal.search.setText("")
    assert len(names(journal)) == 8


def test_its_menu_offers_only_what_was_seen(journal):
    journal.session.furthest = 0.0
    journal.session.seek(0.0)
    journal._fill_menu()
    assert "NAT" not in [action.text() for action in journal.menu.actions()]


def test_a_click_looks_at_that_moment(journal):
    index = next(i for i in map(journal.model.index, range(8)) if i.data(EVENT).name == "nat.rewrite")
    journal.list.clicked.emit(index)
    assert journal.session.t == 1_000_100_000
    syn = next(f.packet.id for f in journal.session.run.timeline.flights if f.packet.name == "SYN")
    assert journal.session.selected == f"packet:{syn}"


def test_a_click_picks_the_device_where_devices_are_looked_at(journal):
    journal.session.select("vm1")
    index = next(i for i in map(journal.model.index, range(8)) if i.data(EVENT).name == "nat.rewrite")
    journal.list.clicked.emit(index)
    assert journal.session.selected == "router"


def test_a_line_about_no_packet_picks_its_device(journal):
    index = next(i for i in map(journal.model.index, range(8)) if i.data(EVENT).name == "act.http")
    journal.list.clicked.emit(index)
    assert journal.session.selected == "vm1"


def test_the_present_row_is_lit(journal):
    journal.session.seek_true(1_000_300_000)
    assert journal.model.event_at(journal.line.now).name == "nat.rewrite"
    journal.session.seek(0.0)
    assert journal.line.now == -1


def test_it_follows_the_language(journal):
    journal.set_words(Words("fr"))
    assert journal.heading.text() == "Journal"
    assert "tous" in journal.filter_button.text()


def test_rows_are_looked_up_not_copied(journal):
    timeline = journal.session.run.timeline
    last = timeline.events[-1]
    for n in range(100_000):
        timeline.add_event(Event(100 + n, last.t + n, "nat.rewrite", "router", 0, "vm1", {}))
    journal.session.clear = True
    timeline.end = last.t + 100_000
    journal.model.refresh()
    assert journal.model.rowCount(QModelIndex()) == 100_008
    assert len(journal.model._sentences) < 200


def test_a_row_is_as_high_as_its_whole_sentence_needs(journal):
    journal.resize(260, 400)
    rows = [journal.model.index(row) for row in range(journal.model.rowCount())]
    for index in rows:
        lines = journal.line.fitted(index.data(EVENT))
        assert "…" not in "".join(lines)
        assert journal.list.visualRect(index).height() >= len(lines) * journal.line.size
    assert len({journal.list.visualRect(index).height() for index in rows}) > 1


def test_with_very_many_rows_none_is_measured(journal, monkeypatch):
    monkeypatch.setattr("vizapp.window.journal_line.MEASURED", 3)
    heights = {journal.line.sizeHint(None, journal.model.index(row)).height() for row in range(8)}
    assert len(heights) == 1
