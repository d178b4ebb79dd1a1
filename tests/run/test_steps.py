"""When the steps of a scene come."""

from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.reader import read

TWICE = """
id: twice
title: Twice
until: 5s
stage:
  a: {kind: client, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: client, ports: {eth0: {ip: 10.0.0.2/24}}}
links: [a -- b]
script: [ping a 10.0.0.2 @ 1s, ping a 10.0.0.2 @ 2s]
steps:
  - {when: ping.answered at a, say: One.}
  - {when: ping.answered at a, say: Two.}
  - {when: 2500ms, say: Three.}
  - {when: 2500ms, say: Four.}
"""


def test_a_step_with_the_event_of_the_one_above_waits_for_the_next_one():
    scene = read(TWICE, VOCABULARY).scene
    assert scene is not None
    seconds = [moment.t // 10**9 for moment in Run(scene, VOCABULARY.kinds).complete().steps if moment.t is not None]
    assert seconds == [1, 2, 2, 2]
