"""The table that stands in the box of a device: when it is there, what it marks, what it strikes out."""

from vizapp.devices import VOCABULARY
from vizapp.picture.compose import compose
from vizapp.picture.layout import layout
from vizapp.picture.shapes import Label
from vizapp.picture.view import View
from vizapp.scene.reader import read
from vizapp.sim.pace import Pace
from vizapp.sim.simulate import simulate

SECOND = 10**9
A, B = "52:54:00:00:00:0a", "52:54:00:00:00:0b"
SCENE = f"""
id: s
title: s
until: 12s
stage:
  a: {{kind: machine, table: arp, ports: {{eth0: {{ip: 10.0.0.1/24}}}}}}
  b: {{kind: machine, ports: {{eth0: {{ip: 10.0.0.2/24}}}}}}
links: [a -- b]
script: ["neighbour a 10.0.0.2 {A} @ 1s", "neighbour a 10.0.0.2 {B} @ 5s"]
"""
SIDE = View(size=(700, 600), level="side")


def labels(at: float, view: View = View(), text: str = SCENE) -> list[Label]:  # noqa: B008
    scene = read(text, VOCABULARY, file="s.yaml").scene
    assert scene is not None
    run, pace = simulate(scene, VOCABULARY.kinds, seed=1), Pace(12 * SECOND, factor=1.0)
    stage = layout(scene, view.lang, view.size, view.level, VOCABULARY.kinds)
    made = compose(scene, VOCABULARY.kinds, run.at(round(at * SECOND)), stage, view, at, pace)
    return [shape for shape in made.shapes if isinstance(shape, Label)]


def said(at: float, view: View = View(), text: str = SCENE) -> dict[str, bool]:  # noqa: B008
    """The texts of the picture, and whether each is struck out."""
    return {label.text: label.struck for label in labels(at, view, text)}


def test_it_stands_where_the_scene_wants_it_alone() -> None:
    assert A in said(2)
    assert A not in said(2, text=SCENE.replace("table: arp, ", ""))


def test_it_tells_what_is_looked_up_and_what_is_found() -> None:
    texts = said(2)
    assert "10.0.0.2" in texts
    assert "PERMANENT" not in texts


def test_what_stood_before_is_struck_out_beside_what_stands_now() -> None:
    texts = said(5.5)
    assert (texts[A], texts[B]) == (True, False)


def test_what_stood_before_is_gone_after_a_while() -> None:
    assert A not in said(9.5)


def test_nothing_is_struck_out_where_nothing_was_known() -> None:
    assert not any(said(1.5).values())


def test_it_hides_what_a_question_asks_for() -> None:
    assert A not in said(2, View(masked=("a.arp",)))


def test_there_is_no_room_for_it_where_several_stages_stand_beside_each_other() -> None:
    assert A not in said(2, SIDE)


def test_it_stays_within_its_box() -> None:
    scene = read(SCENE, VOCABULARY, file="s.yaml").scene
    assert scene is not None
    for level in ("explore", "show"):
        stage = layout(scene, "fr", (1366, 768), level, VOCABULARY.kinds)
        box = stage.boxes["a"]
        (slot,) = [slot for slot in box.slots if slot.show.form == "table"]
        assert box.area.x <= slot.area.x
        assert slot.area.right <= box.area.right
        assert slot.area.bottom <= box.area.bottom
