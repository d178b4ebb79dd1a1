"""A host kernel, two containers, a program beside them, and the engine."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.devices.conftest import Played
from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate

HOST = """
id: host
title: Containers on a host
until: {until}
stage:
  web:
    kind: container
    image: nginx
    distribution: Alpine 3.22
    {web}
    inside:
      app: {{kind: process, command: nginx, memory: 20MiB, ports: {{cpu: {{}}}}}}
      worker: {{kind: process, command: nginx worker, memory: 10MiB, ports: {{cpu: {{}}}}}}
  db:
    kind: container
    distribution: Debian 13
    {db}
    inside:
      base: {{kind: process, command: postgres, memory: 100MiB, ports: {{cpu: {{}}}}}}
  shell: {{kind: process, ports: {{cpu: {{}}}}}}
  docker: {{kind: engine, part: docker, ports: {{b: {{}}}}}}
  dockerd: {{kind: engine, part: dockerd, ports: {{a: {{}}, b: {{}}}}}}
  containerd: {{kind: engine, part: containerd, ports: {{a: {{}}, b: {{}}}}}}
  shim: {{kind: engine, part: shim, ports: {{a: {{}}, b: {{}}}}}}
  runc: {{kind: engine, part: runc, ports: {{a: {{}}, cpu: {{}}}}}}
  kernel: {{kind: kernel, role: host, mode: none, ring: 0, ports: {{cpu: {{}}}}, {kernel}}}
  cpu: {{kind: processor, ports: {{app: {{}}, worker: {{}}, base: {{}}, shell: {{}}, runc: {{}}, kernel: {{}}}}}}
links:
  - app.cpu -- cpu.app
  - worker.cpu -- cpu.worker
  - base.cpu -- cpu.base
  - shell.cpu -- cpu.shell
  - docker.b -- dockerd.a
  - dockerd.b -- containerd.a
  - containerd.b -- shim.a
  - shim.b -- runc.a
  - runc.cpu -- cpu.runc
  - kernel.cpu -- cpu.kernel
script: [{script}]
"""

Host = Callable[..., Played]


@pytest.fixture
def host() -> Host:
    """`host("ps app", …, web="memory: 512MiB")`: each act a second after the one before."""

    def play(*acts: str, web: str = "", db: str = "", kernel: str = "", later: tuple[Act, ...] = ()) -> Played:
        script = ", ".join(f"{act} @ {n + 1}s" for n, act in enumerate(acts))
        text = HOST.format(until=f"{len(acts) + 2}s", web=web, db=db, kernel=kernel, script=script)
        reading = read(text, VOCABULARY, file="host.yaml")
        assert reading.scene is not None, reading.problems
        return Played(reading.scene, simulate(reading.scene, VOCABULARY.kinds, acts=later))

    return play


@pytest.fixture
def result() -> Callable[[Played], Any]:
    """What the last system call that came back gave."""
    return lambda played: played.events("call.returned")[-1].details["result"]
