"""What a side lacks and another has: not applicable there, and no problem; one where no side has it."""

from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read

LACKING = """
id: lacking
title: Lacking
stage: {a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}, lan: {kind: switch}}
links: [a -- lan]
compare:
  one: {label: One, stage: {b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}}, links: [b -- lan]}
  other: {label: Other}
script: [ping a NAME @ 1s, ping a 10.0.0.9 @ 2s]
steps: [{when: ping.answered at a, say: A}]
"""


def test_an_act_about_what_a_side_lacks_is_not_applicable_there():
    scene = read(LACKING.replace("NAME", "b"), VOCABULARY).scene
    assert [len(side.script) for side in scene.sides] == [2, 1]


def test_an_act_about_what_no_side_has_is_a_problem():
    problems = read(LACKING.replace("ping a NAME", "fail NAME").replace("NAME", "c"), VOCABULARY).problems
    assert {problem.key for problem in problems} == {"problem.unknown-thing"}
