"""A ladder: what it measures, when it knows it, and what it only cites."""

from __future__ import annotations

from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate

SECOND = 10**9
STAGE = """
id: lab
title: lab
until: 10s
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  ladder:
    kind: ladder
    rungs:
      - {name: first, when: ping.answered at a, of: time}
      - {name: second, when: ping.answered at a, of: time}
      - {name: never, when: ping.answered at b, of: time}
      - {name: third, when: ping.answered at a, of: time}
      - {name: cited, when: 8s, cited: 2min, source: a manual}
      - {name: always, cited: 1min, source: a manual}
links: [a -- b]
script: [ping a b @ 1s, ping a b @ 2s, ping a b @ 3s]
"""


def known(t: float) -> list[int | None]:
    scene = read(STAGE, VOCABULARY, file="lab.yaml").scene
    assert scene is not None
    value = simulate(scene, VOCABULARY.kinds).at(round(t * SECOND)).value("ladder", "rungs")
    return [rung["ns"] for rung in value["rungs"]]


def test_nothing_is_known_before_it_was_measured() -> None:
    assert known(0.9)[:5] == [None] * 5


def test_rungs_are_measured_in_order_each_at_its_own_event() -> None:
    first, second, never, third, _, _ = known(2.5)
    assert first is not None
    assert second is not None
    assert first > second  # the first one waited for ARP
    assert (never, third) == (None, None)


def test_a_rung_that_never_comes_holds_up_no_other() -> None:
    assert known(9)[2] is None
    assert known(9)[3] is not None


def test_a_cited_rung_comes_at_its_time_or_stands_from_the_start() -> None:
    assert known(0)[5] == 60 * SECOND
    assert known(7.9)[4] is None
    assert known(8.1)[4] == 120 * SECOND


def test_a_phrase_that_cannot_be_understood_is_a_problem_of_the_scene() -> None:
    reading = read(STAGE.replace("when: ping.answered at b", "when: ping.answered at at"), VOCABULARY, file="lab.yaml")
    assert reading.problems
