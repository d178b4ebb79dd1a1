"""The engine that starts containers: docker, dockerd, containerd, a shim and runc, each a process beside the others.

Docker Engine overview; containerd, docs/runtime-v2.md: containerd lays out the file system and the configuration and
calls a shim (ttRPC), which runs runc; the shim is the parent of what runs. OCI runtime-spec, lifecycle: create, start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices.containers import process
from vizapp.devices.containers.container import Container
from vizapp.devices.containers.process import Process
from vizapp.devices.executor import plugs
from vizapp.protocols.launch import Launch
from vizapp.protocols.operand import Call
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Event, Field, Verb
from vizapp.sim.behaviour import DELIVERED, Impossible, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

CHAIN = ("docker", "dockerd", "containerd", "shim", "runc")
BY = {"dockerd": "HTTP, docker.sock", "containerd": "gRPC", "shim": "ttRPC", "runc": "fork, exec"}
BRIEF = ("shim", "runc")  # started for a container; runc ends again when that runs
UNTOLD = ("answer", "share", "memory")  # of a process: too much beside each other, and not what these are about
WORK = 200_000  # true ns of the model that each needs before it goes on
CALLS = ("clone", "mkdir")  # what runc asks the kernel: namespaces with a process in them, then the cgroup


class Engine(Process):
    """One program of the chain: it does its part, and asks the next one by the cable to it."""

    def start(self) -> None:
        super().start()
        self.launch: Launch | None = None

    @property
    def part(self) -> str:
        return str(self.get("part"))

    @property
    def starts_itself(self) -> bool:  # type: ignore[override]
        return self.part not in BRIEF

    @property
    def command(self) -> str:
        return str(self.get("command") or ("containerd-shim" if self.part == "shim" else self.part))

    # a wish comes

    def do_run(self, act: Act, options: Mapping[str, Any]) -> None:
        """`run ENGINE CONTAINER`."""
        container = self._container(str(act.args[1]) if len(act.args) > 1 else "")
        if container.failed:
            raise Impossible("device-failed", device=container.id)
        if container.running:
            raise Impossible("already-running", device=container.id)
        self._take(Launch("run", container.id))

    def _container(self, name: str) -> Container:
        found = self.world.devices.get(name)
        if not isinstance(found, Container):
            raise Impossible("no-container", thing=name)
        return found

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not packet.has("launch"):
            return super().receive(port, packet, flight)
        launch = packet.layers[0]
        assert isinstance(launch, Launch)
        if not self.alive and not (self.part in BRIEF and not launch.result):
            return dropped("process-not-running")
        if launch.result:
            self.after(WORK, self._report, launch)
        else:
            self._take(launch)
        return DELIVERED

    def _take(self, launch: Launch) -> None:
        """It begins if it is started for this, and does its part."""
        if not self.alive and self.home is not None:
            self.home.begin(self)
        self.launch = launch
        self.event("engine.asked", part=self.part, container=launch.container, by=launch.by)
        self.after(WORK, self._part, launch)

    def _part(self, launch: Launch) -> None:
        container = self._container(launch.container)
        if self.part == "runc":
            self.ask("clone", container.id)
        elif self.part == "dockerd" and self.home is not None and container.get("system") != self.home.get("system"):
            self._refuse(launch, container)
        else:
            if self.part == "containerd":
                self.event("engine.prepared", container=container.id, image=str(container.get("image") or container.id))
            self._pass(launch)

    def _refuse(self, launch: Launch, container: Container) -> None:
        """An image is made for one kernel (OCI image configuration, `os`)."""
        assert self.home is not None
        container.say("container.refused", tone="bad")
        self.event("image.refused", container=container.id, image=str(container.get("image") or container.id),
                   needs=container.get("system"), has=self.home.get("system"),
                   wanted=_named(container.get("system")), present=_named(self.home.get("system")))  # fmt: skip
        self._report(replace(launch, result="refused"))

    def _pass(self, launch: Launch) -> None:
        """On to the next program of the chain."""
        index = CHAIN.index(self.part) + 1
        after = CHAIN[index] if index < len(CHAIN) else ""
        if not self._tell(after, replace(launch, by=BY.get(after, ""))):
            self.event("engine.stuck", part=self.part, container=launch.container)

    def _report(self, launch: Launch) -> None:
        """How it went, back to who asked; the first of the chain tells it."""
        before = CHAIN[max(CHAIN.index(self.part) - 1, 0)]
        if self.part == "docker" or not self._tell(before, launch):
            self.event("engine.done", container=launch.container, ok=launch.result == "created", result=launch.result,
                       outcome={"words": f"pill.launch-{launch.result}"})  # fmt: skip

    def _tell(self, part: str, launch: Launch) -> bool:
        for plug in plugs(self):
            if isinstance(plug.there, Engine) and plug.there.part == part:
                name = f"launch-{launch.result or launch.call}"
                self.send(plug.port, self.packet((launch,), name, plug.there.id), plug.link)
                return True
        return False

    # runc, and the kernel

    def returned(self, call: Call) -> None:
        launch = self.launch
        if self.part != "runc" or launch is None or call.name not in CALLS:
            return
        container = self._container(launch.container)
        if call.name == "clone" and call.ok:
            self.ask("mkdir", container.id)
        else:
            self.after(WORK, self._start, launch if call.ok else replace(launch, result="failed"))

    def _start(self, launch: Launch) -> None:
        """`runc start`: what it has created may load its program. Then runc ends, and the shim remains."""
        init = next(self._container(launch.container).processes(), None)
        self._report(replace(launch, result=launch.result or "created"))
        if self.home is not None:
            self.home.gone(self, "exit")
        if init is not None and not launch.result:
            init.ask("execve", init.command)


def _named(system: str) -> dict[str, str]:
    return {"words": f"system.{system}"}


KIND = replace(
    process.KIND,
    name="engine",
    doc="One program of a container engine, a process like any other, cabled to the next one: `docker`, `dockerd`, "
    "`containerd`, `shim`, `runc`. runc asks the kernel, by its cable to the processor. None of them stands between a "
    "container and the kernel.",
    role="host",
    icon="docker",
    behaviour=Engine,
    fields=(
        Field("part", "choice", "Which one it is.", required=True, choices=CHAIN),
        *(replace(field, default="") if field.name == "command" else field for field in process.KIND.fields),
    ),
    shows=tuple(show for show in process.KIND.shows if show.field not in UNTOLD),
    verbs=(
        *(verb for verb in process.KIND.verbs if verb.name == "exit"),
        Verb("run", ("thing", "thing"), "An engine creates and starts a container.", example="run docker web @ 1s",
             asks=False, when=("alive", True)),
    ),
    events=(
        *process.KIND.events,
        Event("engine.asked", "A program of the chain is asked for a container. by: how it is asked.",
              ("part", "container", "by")),
        Event("engine.prepared", "containerd lays out the layers of the image and writes the configuration.",
              ("container", "image")),
        Event("engine.stuck", "The next program of the chain is not cabled to this one.", ("part", "container")),
        Event("engine.done", "The engine says how it went. result: created, refused or failed.",
              ("container", "ok", "result", "outcome")),
        Event("image.refused", "The image is made for another kernel than this one. needs, has: which.",
              ("container", "image", "needs", "has", "wanted", "present")),
    ),
    example="dockerd: {kind: engine, part: dockerd}",
)  # fmt: skip
