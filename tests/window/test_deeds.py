"""Deeds: what may be done to a thing or a cable now, and nothing that makes no sense."""

import pytest
from PySide6.QtWidgets import QMenu

from tests.hunted import FAULT, GOAL
from tests.hunted import scene as hunted
from tests.window.toy import session as toy
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.window.deed_menu import fill_menu
from vizapp.window.deeds import deed_name, deeds
from vizapp.window.session import Session
from vizapp.words import Words

EN = Words("en")


def names(session, target):
    return [deed_name(EN, deed) for deed in deeds(session, EN, target)]


def test_a_thing_can_be_broken_and_does_its_verbs_as_the_scene_wrote_them():
    assert names(toy(), "vm1") == ["Break VM 1", "HTTP request · Server · from port 40001"]


def test_a_failed_thing_can_only_be_repaired():
    session = toy()
    session.do(Act("fail", ("vm1",)))
    session.run.complete()
    assert names(session, "vm1") == ["Repair VM 1"]


def test_a_box_that_holds_devices_can_fail_with_them():
    assert names(toy(), "host") == ["Break Host"]


@pytest.mark.parametrize(("done", "name"), [(None, "Cut VM 1 – Virtual router"), ("cut", "Mend VM 1 – Virtual router")])
def test_a_cable_is_cut_or_mended(done, name):
    session = toy()
    if done:
        session.do(Act(done, ("vm1--router",)))
        session.run.complete()
    assert names(session, "vm1--router") == [name]


@pytest.mark.parametrize("target", [None, "nothing", "packet:3"])
def test_nothing_can_be_done_to_what_is_no_thing(target):
    assert deeds(toy(), EN, target) == []


@pytest.fixture
def session(qapp):
    made = Session(Run(hunted(GOAL, FAULT), VOCABULARY.kinds).complete())
    made.seek(made.length)
    return made


def offered(session, target):
    """The lines of the menu, those of a submenu behind its title."""
    menu = QMenu()
    fill_menu(menu, session, EN, DAY, target)
    lines = {}
    for action in menu.actions():
        if not action.isSeparator():
            inside = action.menu()
            lines[action.text()] = [a.text() for a in inside.actions() if not a.isSeparator()] if inside else None
    return lines


def test_what_only_tries_comes_first_with_its_targets(session):
    lines = offered(session, "vm1")
    assert list(lines)[0:4] == ["Ping", "HTTP request", "ARP request", "Ask for an address"]
    assert lines["Ping"] == ["Choose on the diagram", "lan1", "host", "Type an address…"]


def test_verbs_that_make_no_sense_now_are_left_out(session):
    assert "Switch off" in offered(session, "vm1")
    session.do(Act("shutdown", ("vm1",)))
    session.run.complete()
    lines = offered(session, "vm1")
    assert "Boot" in lines
    assert not {"Ping", "Switch off", "Ask for an address"} & set(lines)


def test_a_verb_without_further_words_is_done_at_once(session):
    assert offered(session, "vm1")["Ask for an address"] is None


def test_the_programs_that_run_may_be_stopped_or_killed_and_the_others_started():
    stage = "a: {kind: web-server, ports: {eth0: {ip: 10.0.0.1/24}}, keepalived: {address: 10.0.0.9/24}}"
    reading = read(f"id: s\ntitle: s\nstage:\n  {stage}\nscript: ['kill a http @ 1s']", VOCABULARY)
    made = Session(Run(reading.scene, VOCABULARY.kinds).complete())
    made.seek(made.length)
    lines = offered(made, "a")
    assert lines["Stop cleanly"] == ["keepalived"]
    assert "keepalived" in lines["Kill (SIGKILL)"]
    assert lines["Start"] == ["http"]


def test_tables_to_forget_are_called_by_their_titles(session):
    assert offered(session, "vm1")["Forget what was learned"] == ["MAC table", "ARP cache"]


def test_while_a_fault_is_hidden_a_cable_may_be_cut_and_mended(session):
    link = session.run.scene.links[0].id
    assert next(iter(offered(session, link))) == "Cut vm1 – host"
    session.begin(0)
    assert list(offered(session, link))[:2] == ["Cut vm1 – host", "Mend vm1 – host"]
    session.end_task(solved=False)
    assert next(iter(offered(session, link))) == "Cut vm1 – host"
