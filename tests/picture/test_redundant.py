"""How machines that stand in for one another look: who is active, who has the address, what is waited for."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.picture.colours import contrast
from vizapp.picture.shapes import Arc, Label, Picture, Rect
from vizapp.picture.theme import DAY, THEMES
from vizapp.picture.view import View
from vizapp.run import Run
from vizapp.scene.reader import read

BY_NAME = {theme.name: theme for theme in THEMES}
PAIR = """
id: pair
title: pair
until: 20s
pace: 1
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.11/24}}, keepalived: {address: 10.0.0.100/24, priority: 150}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.12/24}}, keepalived: {address: 10.0.0.100/24}}
  sw: {kind: switch}
links: [a -- sw, b -- sw]
script: [ACT @ 8.2s]
"""


def still(t: float, act: str = "fail a", theme: str = "day", lang: str = "en") -> Picture:
    reading = read(PAIR.replace("ACT", act), VOCABULARY)
    assert reading.scene is not None, reading.problems
    run = Run(reading.scene, VOCABULARY.kinds).complete()
    return run.still(run.pace.show(round(t * 10**9)), View(size=(1920, 1080), lang=lang, theme=BY_NAME[theme]))


def label(made: Picture, start: str) -> Label:
    return next(shape for shape in made.shapes if isinstance(shape, Label) and shape.text.startswith(start))


@pytest.mark.parametrize("theme", ["day", "night", "print"])
def test_who_is_active_is_said_in_another_colour_that_can_be_read(theme: str) -> None:
    made = still(6, theme=theme)
    active, waiting = label(made, "ACTIVE"), label(made, "STANDBY")
    assert active.colour != waiting.colour
    assert contrast(active.colour, BY_NAME[theme].role("machine").fill) >= 4.5


def test_the_shared_address_has_the_colour_of_vrrp_and_stands_where_it_is_held() -> None:
    full = DAY.packet("vrrp")
    pills = [shape for shape in still(6).shapes if isinstance(shape, Rect) and shape.fill == full]
    assert [pill.of for pill in pills] == ["a"]


def test_after_a_kill_it_stands_on_both() -> None:
    made = still(15, "kill a keepalived")
    pills = [shape for shape in made.shapes if isinstance(shape, Label) and shape.text.startswith("VIP")]
    assert [pill.of for pill in pills] == ["a", "b"]


def test_a_machine_that_crashed_while_active_is_still_known_for_it() -> None:
    assert label(still(9, lang="fr"), "était ACTIF").of == "a"
    assert not [s for s in still(9, "fail b").shapes if isinstance(s, Label) and s.text.startswith("was")]


def test_a_ring_that_is_set_again_to_the_same_length_runs_down_from_there() -> None:
    heard = 3.4292  # and then every second
    turns = [next(s.turn for s in still(t).shapes if isinstance(s, Arc) and s.of == "b" and s.turn < 1)
             for t in (heard + 0.9, heard + 1.1)]  # fmt: skip
    assert turns[0] == pytest.approx(1 - 0.9 / 3.609, abs=0.01)
    assert turns[1] == pytest.approx(1 - 0.1 / 3.609, abs=0.01)
