"""A little real network for the tests of packets: two VMs behind a NAT router, a switch, a server and a bystander."""

from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.window.session import Session

SCENE = """
id: network
title: {{fr: Un réseau, en: A network}}
until: 9s
stage:
  vm1: {{kind: vm, label: VM 1, ports: {{eth0: {{ip: 10.0.0.11/24, gateway: 10.0.0.1}}}}}}
  router:
    kind: nat-router
    label: {{fr: Routeur, en: Router}}
    ports: {{lan: {{ip: 10.0.0.1/24}}, wan: {{ip: 172.16.0.5/24}}}}
    masquerade: wan
  sw: {{kind: switch, label: {{fr: Commutateur, en: Switch}}}}
  server: {{kind: web-server, label: {{fr: Serveur, en: Server}}, ports: {{eth0: {{ip: 172.16.0.9/24}}}}}}
  other: {{kind: machine, label: {{fr: Témoin, en: Bystander}}, ports: {{eth0: {{ip: 172.16.0.8/24}}}}}}
links: [vm1 -- router.lan, router.wan -- sw, server -- sw, other -- sw]
script: [{script}]
follow: [tcp, icmp]
steps:
  - {{when: start, say: {{fr: Ici., en: Here.}}}}
"""
SCRIPT = ("http vm1 server port=40001 @ 1s", "ping vm1 192.0.2.1 @ 3s")


def network(*script: str) -> Session:
    """A session of it, simulated to its end and not yet played."""
    lines = ", ".join(f'"{line}"' for line in script or SCRIPT)
    reading = read(SCENE.format(script=lines), VOCABULARY)
    assert reading.scene is not None, reading.problems
    return Session(Run(reading.scene, VOCABULARY.kinds).complete())


def packet(session: Session, name: str, number: int = 0) -> int:
    """The id of the n-th packet of that name."""
    found = dict.fromkeys(f.packet.id for f in session.run.timeline.flights if f.packet.name == name)
    return list(found)[number]
