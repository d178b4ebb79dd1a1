"""A container: a box around processes of a kernel, with namespaces, a cgroup, a filter and a root file system.

namespaces(7) names the eight kinds; OCI image configuration, `os` and `architecture`; OCI runtime-spec, config-linux.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vizapp.devices.containers.calls import DENIED
from vizapp.devices.containers.process import MIB, Process
from vizapp.scene.vocabulary import Column, Event, Field, Kind, Show
from vizapp.sim.behaviour import Behaviour

if TYPE_CHECKING:
    from vizapp.devices.containers.userland import Userland

NAMESPACES = ("mnt", "pid", "net", "uts", "ipc", "user", "cgroup", "time")
USUAL = frozenset({"mnt", "pid", "net", "uts", "ipc", "cgroup"})  # what Docker gives if nothing else is asked
SYSTEMS = ("linux", "windows", "freebsd")
PROCESSORS = ("x86-64", "arm64")


class Container(Behaviour):
    """own: the namespaces that it was created with, fixed as long as it runs. last: number of the latest process in its
    PID namespace. home: as of a process."""

    wired = False
    running = False
    last = 0
    own: frozenset[str] = frozenset()
    home: Userland | None = None

    def start(self) -> None:
        self._bring()
        if not self.running:  # its kernel may have been there first
            self.say("container.none")

    def configure(self, name: str, value: Any) -> None:
        """Limits may be changed while it runs; what it was created with may not."""
        self._bring()
        if self.home is not None and name == "memory":
            self.home.changed(self)
        elif self.home is not None and name == "cpu-weight":
            self.home.share()

    def _bring(self) -> None:
        """What its image brings, and for which kernel or processor, where that is not the usual one."""
        system, arch = self.get("system"), self.get("arch")
        brought = self.get("distribution") if system == "linux" else {"words": f"system.{system}"}
        self.show("image", brought if arch == "x86-64" else {"words": "container.arch", "image": brought, "arch": arch})

    def on_restore(self) -> None:
        """Its processes start it again."""

    def processes(self) -> Iterator[Process]:
        """Those that stand in it, in the order of the stage; the first is its init."""
        for device in self.world.devices.values():
            if isinstance(device, Process) and container_of(device) is self:
                yield device

    # what it is given

    @property
    def denied(self) -> frozenset[str]:
        """The system calls that its filter refuses."""
        return frozenset() if self.get("privileged") else DENIED

    @property
    def limit(self) -> int | None:
        """memory.max of its cgroup, in bytes."""
        limit = self.get("memory")
        return None if limit is None else int(limit)

    @property
    def hostname(self) -> str:
        return str(self.get("hostname") or self.id)

    @property
    def files(self) -> dict[str, str]:
        """Its root file system, as far as one may open it: by path, what they hold."""
        written = {each["path"]: str(each["holds"]) for each in self.get("files") or ()}
        return {"/etc/hostname": self.hostname, "/etc/os-release": str(self.get("distribution") or self.id), **written}

    def create(self) -> None:
        """Its namespaces come to be, as the scene asks for them now."""
        self.own, self.last = frozenset(name for name in NAMESPACES if self.get(name)), 0
        self.say("container.created")
        self.show("namespaces", tuple(
            {"name": name, "isolates": {"words": f"namespace.{name}"},
             "own": {"words": "namespace.own" if name in self.own else "namespace.host"}}
            for name in NAMESPACES
        ))  # fmt: skip

    def runs(self) -> None:
        self.running = True
        self.say("container.runs", tone="good")

    def ended(self, why: str) -> None:
        """Nothing of it runs any more. why: words key of the reason, `end.…`."""
        self.running = False
        self.say("container.ended", why={"words": f"end.{why}"}, tone="" if why == "exit" else "bad")

    def say(self, key: str, tone: str = "", **values: Any) -> None:
        self.show("state", {"words": key, **values, **({"tone": tone} if tone else {})})


def container_of(device: Behaviour) -> Container | None:
    """The innermost container that a thing stands in."""
    things, parent = device.world.scene.things, device.thing.parent
    while parent is not None:
        around = device.world.devices[parent]
        if isinstance(around, Container):
            return around
        parent = things[parent].parent
    return None


def mib(size: int | None) -> int | None:
    """Whole MiB of a size in bytes, rounded up."""
    return None if size is None else -(-size // MIB)


NAMESPACE_FIELDS = tuple(
    Field(name, "bool", f"Has a {name} namespace of its own.", name in USUAL) for name in NAMESPACES
)

KIND = Kind(
    "container",
    "A group of processes of a host kernel: isolated by namespaces, limited by a cgroup, with a root file system of "
    "its own. Its namespaces are those of the moment at which it is created. `processes` stand in it.",
    role="runtime",
    icon="package",
    behaviour=Container,
    container=True,
    fields=(
        Field("image", "text", "The name of its image; the id if nothing is written."),
        Field("distribution", "text", "What the image brings besides its program: `/etc/os-release` says it."),
        Field("system", "choice", "The kernel that the image is made for.", "linux", choices=SYSTEMS),
        Field("arch", "choice", "The processor that its programs are made for.", "x86-64", choices=PROCESSORS),
        Field("running", "bool", "Runs from the start; else an engine starts it (`run`).", True),
        Field("hostname", "text", "Its host name; the id if nothing is written."),
        Field("files", "list", "Further files of its root file system.", of=(Field("file", "map", "", of=(
            Field("path", "text", "Where it is.", required=True),
            Field("holds", "text", "What one reads there.", required=True),
        )),)),
        Field("memory", "size", "memory.max of its cgroup; no limit if nothing is written."),
        Field("cpu-weight", "int", "cpu.weight of its cgroup: its part of the processor, beside the weights of others "
              "that want it.", 100, minimum=1, maximum=10_000),
        Field("uid-base", "int", "With a user namespace: the host's number of its user 0.", 100_000, minimum=1),
        Field("privileged", "bool", "No filter: every system call reaches the kernel.", False),
        *NAMESPACE_FIELDS,
    ),
    shows=(
        Show("state", "text", "show.state", longest="container.longest", toned=True),
        Show("image", "text", "show.image", longest="container.image-longest"),
        Show("namespaces", "table", "show.namespaces", (
            Column("name", "column.namespace", longest="cgroup"),
            Column("isolates", "column.isolates", mono=False, longest="namespace.longest"),
            Column("own", "column.own", mono=False, longest="namespace.host"),
        ), face=False, longest="8"),
    ),
    events=(
        Event("container.started", "Its program runs. image: its name; distribution: what it brings.",
              ("image", "distribution", "from")),
        Event("container.ended", "Its first process has ended, and all others of it with that.", ("why", "from")),
    ),
    example="web: {kind: container, distribution: Alpine, memory: 512MiB, inside: {app: {kind: process}}}",
)  # fmt: skip
