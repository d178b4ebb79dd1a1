"""Deeds: what may be done to a thing or a cable now, and nothing that makes no sense."""

import pytest

from tests.window.toy import session as toy
from vizapp.scene.model import Act
from vizapp.window.deeds import deed_name, deeds
from vizapp.words import Words

EN = Words("en")


def names(session, target):
    return [deed_name(EN, deed) for deed in deeds(session, EN, target)]


def test_a_thing_can_be_broken_and_does_its_verbs_as_the_scene_wrote_them():
    assert names(toy(), "vm1") == ["Break VM 1", "HTTP request · Server · port 40001"]


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
