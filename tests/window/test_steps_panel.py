"""The list of steps: what each says, with the values of its moment."""

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.window.session import Session
from vizapp.window.steps_panel import steps_seen
from vizapp.words import Words


def test_notes_hold_the_values_of_the_run(qapp):
    scene = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    session = Session(Run(scene, VOCABULARY.kinds).complete())
    session.lift_fog(True)
    notes = [step.notes for step in steps_seen(session, Words("en"))]
    assert not any("{" in note for note in notes)
    assert any("requests redirected" in note for note in notes)
