"""Fog: beyond the furthest moment reached, no panel tells anything. The screen must not answer what it asks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.window.toy import scene
from tests.window.toy import session as toy
from vizapp.picture.theme import DAY
from vizapp.scene.model import Act
from vizapp.window.journal_model import JournalModel
from vizapp.window.steps_panel import FOG, NOW, StepsPanel, steps_seen
from vizapp.window.strip import Strip
from vizapp.words import Words

EN = Words("en")


def told(session):
    """Every text that the panels show of the run."""
    steps = steps_seen(session, EN)
    journal = JournalModel(session, EN)
    journal.reset()
    lines = [journal.data(journal.index(row)) for row in range(journal.rowCount())]
    return [*(f"{s.title} {s.say} {s.notes}" for s in steps if s.state != "never"), *lines]


def test_steps_to_come_say_only_their_number():
    session = toy()
    seen = steps_seen(session, EN)
    assert [step.title for step in seen[1:4]] == ["Step 2", "Step 3", "Step 4"]
    assert {step.state for step in seen[1:4]} == {FOG}
    assert [step.notes for step in seen[1:]] == ["", "", "", ""]


def test_a_step_that_was_seen_keeps_its_title_when_one_goes_back():
    session = toy()
    session.seek(session.run.steps[2].show)
    session.seek(0.0)
    seen = steps_seen(session, EN)
    assert seen[0].state == NOW
    assert "taken" in seen[2].title
    assert seen[3].title == "Step 4"


def test_a_step_that_never_comes_is_numbered_and_says_why():
    session = toy()
    step = steps_seen(session, EN)[4]
    assert step.state == "never"
    assert step.title == "Step 5"
    assert "does not come" in step.say


def test_a_step_still_being_simulated_is_not_said_to_never_come():
    session = toy()
    session.run.do(Act("set", ("same",), {"value": False}, 0))
    assert session.run.busy
    assert steps_seen(session, EN)[4].state == FOG


def test_the_journal_ends_where_the_fog_begins():
    session = toy()
    session.seek_true(1_050_000_000)
    model = JournalModel(session, EN)
    model.reset()
    assert max(model.event_at(row).t for row in range(model.rowCount())) <= 1_050_000_000
    count = model.rowCount()
    session.seek(0.0)
    model.refresh()
    assert model.rowCount() == count


def test_an_open_question_hides_even_what_was_seen():
    session = toy()
    session.seek(session.length)
    assert any("43804" in text for text in told(session))
    session.ask(0)
    assert not any("43804" in text for text in told(session))


def test_the_teacher_may_lift_the_fog():
    session = toy()
    session.lift_fog(True)
    assert "taken" in steps_seen(session, EN)[2].title


@settings(max_examples=25, deadline=None)
@given(part=st.floats(0, 1))
def test_nothing_told_changes_with_what_comes_later(part):
    """Like law 2: whatever is done later, what the panels tell at the fog stays the same."""
    plain, later = toy(), toy()
    later.run.do(Act("fail", ("server",), {}, later.run.timeline.end - 1_500_000_000))
    later.run.complete()
    show = part * plain.run.pace.show(plain.run.timeline.end - 1_500_000_001)
    plain.seek(show)
    later.seek(show)
    assert told(plain) == told(later)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.62, 0.99])
def test_the_strip_tells_nothing_beyond_the_fog(qtbot, part):
    session = toy()
    strip = Strip(session, EN, DAY)
    qtbot.addWidget(strip)
    strip.resize(900, strip.height())
    strip.show()
    session.seek(part * session.length)
    beyond = [strip.told_at(x) for x in range(int(strip.x_of(session.fog)) + 3, 900, 7)]
    assert set(beyond) <= {"not seen yet"}
    assert all(flag is None or flag.show <= session.fog + 1e-6 for flag in map(strip.flag_at, range(900)))


def test_the_strip_paints_the_same_whatever_comes_later(qtbot):
    """The pixels up to the fog's edge are equal with and without a later act, on the same length of show."""
    images = []
    for acts in ((), (Act("http", ("vm1", "server"), {}, 3_000_000_000),)):
        session = toy(follow=(), pace=1.0, script=(*scene().script, *acts))
        strip = Strip(session, EN, DAY)
        qtbot.addWidget(strip)
        strip.resize(900, strip.height())
        strip.show()
        session.seek_true(2_500_000_000)
        images.append(strip.grab().toImage())
    assert images[0] == images[1]


def test_the_steps_panel_shows_no_text_of_the_future(qtbot):
    session = toy()
    panel = StepsPanel(session, EN, DAY)
    qtbot.addWidget(panel)
    panel.show()
    texts = [row.title.text() + row.say.text() + row.notes.text() + row.accessibleDescription() for row in panel.rows]
    assert not any("taken" in text or "rewrites" in text for text in texts)
