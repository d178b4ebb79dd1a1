"""The list of steps: what each says, with the values of its moment."""

from tests.hunted import FAULT, GOAL
from tests.hunted import scene as hunted
from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.window import style
from vizapp.window.session import Session
from vizapp.window.steps_panel import StepsPanel, steps_seen
from vizapp.words import Words


def test_notes_hold_the_values_of_the_run(qapp):
    scene = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    session = Session(Run(scene, VOCABULARY.kinds).complete())
    session.lift_fog(True)
    notes = [step.notes for step in steps_seen(session, Words("en"))]
    assert not any("{" in note for note in notes)
    assert any("requests redirected" in note for note in notes)


def test_what_a_task_says_once_it_was_given_up_is_in_sight_and_no_wider_than_the_panel(qtbot, qapp):
    style.apply(qapp, DAY, 1.0)
    session = Session(Run(hunted(GOAL, FAULT), VOCABULARY.kinds).complete())
    panel = StepsPanel(session, Words("fr"), DAY)
    qtbot.addWidget(panel)
    panel.resize(240, 260)
    panel.show()
    panel.tasks.heading.click()
    session.begin(0)
    session.end_task(solved=False)
    qtbot.waitUntil(lambda: not panel.tasks.rows[0].fault.visibleRegion().isEmpty())
    assert panel.inside.width() <= panel.body.viewport().width()
