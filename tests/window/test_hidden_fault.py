"""A hidden fault: nothing in the window tells of it but tables and packets, until it is repaired or given up."""

from typing import Any

import pytest

from tests.hunted import GOAL, scene
from vizapp.devices import VOCABULARY
from vizapp.picture.describe import describe
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.window import marks
from vizapp.window.accessible_stage import AccessibleStage
from vizapp.window.journal_model import JournalModel
from vizapp.window.pages import Moment, link_page, thing_page
from vizapp.window.session import Session
from vizapp.window.stage import StageView
from vizapp.window.told import told
from vizapp.words import Words

EN = Words("en")
MASK = "address vm1 192.168.56.10/16 gateway=192.168.56.1"
FAULTS = ["set host.forwarding false", "gateway vm1 none", MASK, "cut vm1", "address lan1 192.168.1.61/24",
          'route host "10.0.0.0/8 via 192.168.1.60"']  # fmt: skip


def session(fault: str | None) -> Session:
    """At the end of the scene, with that fault hidden, or with nothing begun."""
    made = Session(Run(scene(GOAL, f"fault: ['{fault or 'cut vm1'}']"), VOCABULARY.kinds).complete())
    made.seek(made.length)
    if fault is not None:
        made.begin(0)
        made.run.complete()
        made.changed.emit()
    return made


def listed(one: Session) -> dict[str, Any]:
    """Everything that lists what was done."""
    run, at = one.run, Moment(one.run, one.t, one.show, EN, DAY, 400)
    journal = JournalModel(one, EN)
    journal.refresh()
    return {
        "acts": list(run.acts),
        "undone": list(run.history.future),
        "flags": [marks.said(flag, run.scene, EN) for flag in marks.flags(run)],
        "journal": [journal.sentence(journal.event_at(row)) for row in range(journal.rowCount())],
        "links": [link_page(at, link) for link in run.scene.links],
        "links told": [told(one, EN, link.id) for link in run.scene.links],
    }


def lit(one: Session) -> set[str]:
    """The things on whose page something is lit as new."""
    at = Moment(one.run, one.t, one.show, EN, DAY, 400)
    return {thing for thing in one.run.scene.things if DAY.changed in thing_page(at, thing)}


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_lists_it_or_lights_it_up(qapp, fault):
    hidden, plain = session(fault), session(None)
    assert listed(hidden) == listed(plain)
    assert lit(hidden) <= lit(plain)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_may_be_done_to_a_cable_does_not_tell_which_one_is_cut(qtbot, fault):
    stage = StageView(session(fault), EN, DAY)
    qtbot.addWidget(stage)
    accessible = AccessibleStage(stage)
    for link in stage.session.run.scene.links:
        assert [action.split()[0] for action in accessible.thing(link.id).actions()] == ["Cut", "Mend"]


def test_a_moment_in_words_tells_tables_as_they_are_and_no_more(qapp):
    one = session("cut vm1")
    run = one.run
    assert not any("cut" in line for line in describe(run.scene, run.kinds, run.frame(one.t), EN))


def test_the_tables_are_true(qapp):
    one = session("gateway vm1 none")
    page = thing_page(Moment(one.run, one.t, one.show, EN, DAY, 400), "vm1")
    assert "default" not in page


def test_a_mask_changed_unseen_is_seen_at_the_port(qapp):
    one = session(MASK)
    assert "192.168.56.10/16" in thing_page(Moment(one.run, one.t, one.show, EN, DAY, 400), "vm1")
