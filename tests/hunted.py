"""A little network with a task: a VM behind a host that routes, a machine on the LAN, and any fault."""

from vizapp.devices import VOCABULARY
from vizapp.scene.model import Scene
from vizapp.scene.reader import read

SCENE = """
id: hunt
title: hunt
until: 12s
stage:
  vm1: {{kind: vm, ports: {{eth0: {{ip: 192.168.56.10/24, gateway: 192.168.56.1}}}}}}
  host: {{kind: host, forwarding: $forwards, ports: {{vb: {{ip: 192.168.56.1/24}}, lan: {{ip: 192.168.1.1/24}}}}}}
  lan1: {{kind: machine, ports: {{eth0: {{ip: 192.168.1.60/24, gateway: 192.168.1.1}}}}}}
links: [vm1 -- host.vb, host.lan -- lan1]
settings: {{forwards: {{type: bool, default: true}}}}
script: [ping vm1 lan1 @ 1s]
tasks:
  - {{say: Mend it, hints: [Look], {task}}}
"""
GOAL = "goal: ping from vm1 to lan1 answered"
FAULT = "fault: [set host.forwarding false]"
SOLUTION = "solution: [set host.forwarding true, ping vm1 lan1]"


def scene(*task: str) -> Scene:
    """The network with one task of these keys."""
    reading = read(SCENE.format(task=", ".join(task)), VOCABULARY)
    assert reading.scene is not None, reading.problems
    return reading.scene
