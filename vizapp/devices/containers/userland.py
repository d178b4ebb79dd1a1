"""What one kernel keeps of its processes: numbers, containers, memory; who is started, and who is ended.

pid_namespaces(7): one process has a number in each namespace from its own up to the first; when the init of a
namespace ends, all others in there are killed. Control Group v2, memory.max (docs.kernel.org, admin-guide/cgroup-v2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from vizapp.devices.containers import serving
from vizapp.devices.containers.container import Container, container_of, mib
from vizapp.devices.containers.process import FILES, Process
from vizapp.devices.containers.shares import shares
from vizapp.devices.layer import Layer
from vizapp.protocols.instruction import Instruction
from vizapp.protocols.operand import Call
from vizapp.scene.vocabulary import Column, Event, Field, Show
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.frame import FAILED

FIRST = 1200  # number of the first process that the scene shows: the host has started others before
DEFAULTS = {"system": "linux", "arch": "x86-64", "release": "6.12", "distribution": "Debian 13", "hostname": "host"}


@dataclass(slots=True)
class Task:
    """A process as its kernel knows it. pid: in the first PID namespace; inside: in its own; memory: bytes.

    prepared: created for a container, but its program is not loaded yet.
    """

    process: Process
    pid: int
    inside: int
    command: str
    container: Container | None
    memory: int = 0
    prepared: bool = False

    @property
    def id(self) -> str:
        return self.process.id

    @property
    def isolated(self) -> bool:
        """Whether it is in a PID namespace of its container's."""
        return self.container is not None and "pid" in self.container.own

    @property
    def user(self) -> int:
        """The number of its user on the host: those of a user namespace are mapped."""
        uid = int(self.process.get("uid") or 0)
        mapped = self.container is not None and "user" in self.container.own
        return uid + int(self.container.get("uid-base")) if self.container is not None and mapped else uid


class Userland:
    """The processes of one kernel, in the order of their start. ports: (container that has a network namespace of its
    own, or none; port) → the process that holds it."""

    def __init__(self, kernel: Layer) -> None:
        self.kernel = kernel
        self.world = kernel.world
        self.tasks: dict[str, Task] = {}
        self.ports: dict[tuple[str, int], str] = {}
        self.last = FIRST
        self.fallen: list[Behaviour] = []

    # from boot to crash

    def boot(self) -> None:
        """Everything that runs from the start is started; what a crash of this kernel took stands up again."""
        for device in self.fallen:
            _stand(device, True)
        self.fallen.clear()
        self.tasks.clear()
        self.ports.clear()
        self.last = FIRST
        for process in self._mine():
            process.home = self
            if process.starts_itself and self._there(process) and container_of(process) is None:
                self.begin(process)
        for container in self.containers():
            container.home = self
            if container.get("running") and self._there(container):
                self.launch(container)

    def crash(self) -> None:
        """The kernel is gone, and every process with it."""
        gone = [task.process for task in self.tasks.values()]
        containers = [container for container in self.containers() if container.running or self.of(container)]
        self.tasks.clear()
        self.ports.clear()
        self.table()
        for process in gone:
            process.leaves()
        for container in containers:
            self._ended(container, "kernel")
        for device in (*containers, *gone):
            if not device.failed:
                _stand(device, False)
                self.fallen.append(device)

    def _there(self, device: Behaviour) -> bool:
        return not device.failed and self.world.standing.has(device.id)

    def _mine(self) -> list[Process]:
        return [device for device in self.world.devices.values()
                if isinstance(device, Process) and kernel_of(device) is self.kernel]  # fmt: skip

    def containers(self) -> list[Container]:
        return [device for device in self.world.devices.values()
                if isinstance(device, Container) and kernel_of(device) is self.kernel]  # fmt: skip

    # one process

    def begin(self, process: Process, prepared: bool = False) -> None:
        """A process is there, with a number in each PID namespace that it is in."""
        container = container_of(process)
        self.last += 1
        inside = self.last
        if container is not None and "pid" in container.own:
            inside = container.last = container.last + 1
        command = "runc init" if prepared else process.command
        task = Task(process, self.last, inside, command, container, 0 if prepared else process.get("memory"), prepared)
        self.tasks[process.id] = task
        process.alive = True
        process.show("alive", True)
        process.show("busy", False)
        process.show("files", tuple(container.files) if container else FILES)
        self._say(task)
        self.kernel.event("process.started", process=process.id, pid=task.pid, inside=task.inside, command=command,
                          user=task.user, container=container.id if container else "")  # fmt: skip

    def launch(self, container: Container) -> None:
        """A container that runs from the start, or again: all that an engine would have done."""
        container.create()
        for process in container.processes():
            if self._there(process):
                self.begin(process)
        self._runs(container)

    def load(self, task: Task) -> None:
        """The prepared process has become its program; those that this starts beside it follow."""
        task.prepared, task.command, task.memory = False, task.process.command, task.process.get("memory")
        self._say(task)
        if task.container is not None:
            for process in task.container.processes():
                if self._there(process) and process.id not in self.tasks:
                    self.begin(process)
            self._runs(task.container)

    def _runs(self, container: Container) -> None:
        container.runs()
        container.event("container.started", image=str(container.get("image") or container.id),
                        distribution=str(container.get("distribution") or ""), **{"from": self.kernel.id})  # fmt: skip
        self.changed(container)  # its programs alone may want more than its limit

    def end(self, task: Task, why: str) -> None:
        """A process is no more. With the first one of a container all others of it end."""
        if self.tasks.pop(task.id, None) is None:
            return
        for place in [place for place, holder in self.ports.items() if holder == task.id]:
            del self.ports[place]
        busy = task.process.busy
        task.process.stopped(why)
        self.kernel.event("process.ended", process=task.id, pid=task.pid, why={"words": f"end.{why}"},
                          container=task.container.id if task.container else "")  # fmt: skip
        if task.container is not None and task.process is next(task.container.processes(), None):
            for other in self.of(task.container):
                self.end(other, "init")
            self._ended(task.container, why)
        self.table()
        if busy:
            self.share()

    def _ended(self, container: Container, why: str) -> None:
        container.ended(why)
        container.event("container.ended", why={"words": f"end.{why}"}, **{"from": self.kernel.id})

    def gone(self, process: Process, why: str) -> None:
        """A process ended without a call of its own."""
        task = self.tasks.get(process.id)
        if task is not None:
            self.end(task, why)

    def again(self, process: Process) -> None:
        """A process that had crashed is started again; so is its container, if that ended with it."""
        container = container_of(process)
        if self.kernel.failed or process.id in self.tasks or not process.starts_itself:
            return
        if container is None or container.running:
            self.begin(process)
        elif not container.failed:
            self.launch(container)

    # what it knows

    def of(self, container: Container) -> list[Task]:
        return [task for task in self.tasks.values() if task.container is container]

    def seen(self, task: Task) -> list[Task]:
        """The processes that one sees: those of its PID namespace."""
        return self.of(task.container) if task.container is not None and task.isolated else list(self.tasks.values())

    def used(self, container: Container | None) -> int:
        """Bytes that count for a cgroup; for none: all of them."""
        return sum(task.memory for task in (self.tasks.values() if container is None else self.of(container)))

    def get(self, name: str) -> Any:
        """A field of the kernel's, or what it is if nothing was written."""
        value = self.kernel.get(name)
        return DEFAULTS.get(name) if value is None else value

    def serve(self, caller: str, instruction: Instruction) -> Instruction | None:
        """Answer the system call of a layer. None: it is no more, and nothing goes back. Layers that are no processes,
        and calls without a name, are answered by nothing in particular."""
        process, call = self.world.devices[caller], instruction.operand
        if not isinstance(process, Process):
            return instruction
        task = self.tasks.get(caller)
        if task is None or not isinstance(call, Call):
            return None if task is None else instruction
        answered = serving.answer(self, task, call)
        return None if answered is None else replace(instruction, operand=answered)

    # what it shows

    def _say(self, task: Task) -> None:
        task.process.show("pids", {"words": "process.pids" if task.isolated else "process.pid", "pid": task.pid,
                                   "inside": task.inside})  # fmt: skip
        self.weigh(task)
        self.table()

    def weigh(self, task: Task) -> None:
        """The memory of a process, and the limit of its cgroup if that has one."""
        limit = mib(task.container.limit) if task.container else None
        task.process.show("memory", None if limit is None else (mib(task.memory), limit))

    def changed(self, container: Container) -> None:
        """The limit of a container was changed: less than it uses means that something must go (memory.max)."""
        for task in self.of(container):
            self.weigh(task)
        tasks = self.of(container)
        if tasks:
            serving.relieve(self, tasks[0], 0)

    def share(self) -> None:
        """Who has how much of the processor now."""
        found = shares(self.tasks.values())
        for task in self.tasks.values():
            part = found.get(task.id)
            task.process.show("share", None if part is None else {"words": "process.share", "share": part})
        if found:
            self.kernel.event("cpu.shared", shares={name: round(100 * part) for name, part in found.items()},
                              count=len(found))  # fmt: skip

    def table(self) -> None:
        self.kernel.show("processes", tuple(
            {"pid": task.pid, "inside": task.inside if task.isolated else "–", "user": task.user,
             "command": task.command, "container": task.container.id if task.container else "–"}
            for task in self.tasks.values()
        ))  # fmt: skip


def _stand(device: Behaviour, up: bool) -> None:
    """A thing falls with the kernel that it lived on, or stands up with it."""
    device.failed = not up
    device.epoch += 1
    device.show(FAILED, not up)
    if up:
        device.start()


def kernel_of(device: Behaviour) -> Layer | None:
    """The kernel that a process or a container lives on: the one that serves it; where nothing executes it, the one
    that stands nearest, by the boxes that both are in."""
    if isinstance(device, Container):
        served = (kernel_of(process) for process in device.processes())
        return next(served, None) or _nearest(device)
    kernel = device.kernel if isinstance(device, Process) else None
    return kernel or _nearest(device)


def _nearest(device: Behaviour) -> Layer | None:
    kernels = [each for each in device.world.devices.values() if isinstance(each, Layer) and each.serves]
    return min(kernels, key=lambda kernel: len(_boxes(device) ^ _boxes(kernel)), default=None)


def _boxes(device: Behaviour) -> set[str]:
    found, parent = set(), device.thing.parent
    while parent is not None:
        found.add(parent)
        parent = device.world.scene.things[parent].parent
    return found


FIELDS = (
    Field("system", "choice", "Which kernel it is, for processes and images: `linux` if nothing is written.",
          choices=("linux", "windows", "freebsd")),
    Field("release", "text", "What `uname` tells of it."),
    Field("arch", "choice", "The processor that it is made for: `x86-64` if nothing is written.",
          choices=("x86-64", "arm64")),
    Field("distribution", "text", "What `/etc/os-release` of its own system says."),
    Field("hostname", "text", "The name of its machine; `host` if nothing is written."),
    Field("memory", "size", "All the memory that its processes may use; no limit if nothing is written."),
)  # fmt: skip

SHOWS = (
    Show("processes", "table", "show.processes", (
        Column("pid", "column.pid-host", longest="99999"),
        Column("inside", "column.pid-inside", longest="99999"),
        Column("user", "column.user-host", longest="100000"),
        Column("command", "column.command", longest="containerd-shim"),
        Column("container", "column.container", longest="container"),
    ), face=False, longest="8"),
)  # fmt: skip

EVENTS = (
    Event("process.started", "A kernel has a new process. pid: its number on the host; inside: in its container; "
          "user: its user on the host.", ("process", "pid", "inside", "command", "user", "container")),
    Event("process.ended", "A process is no more. why: exit, memory, crash, format, init (its first process ended).",
          ("process", "pid", "why", "container")),
    Event("namespaces.created", "A kernel creates the namespaces of a container (clone). count: how many; names.",
          ("container", "count", "names", "from")),
    Event("cgroup.created", "A kernel creates the cgroup of a container. limit: bytes, or `max`.",
          ("container", "limit", "from")),
    Event("call.answered", "A kernel answers a system call. because: what decided; `container` if one did.",
          ("call", "argument", "result", "because", "container", "ok", "from")),
    Event("call.refused", "The filter of a container (seccomp) refuses a system call, before it is looked at.",
          ("call", "argument", "result", "container", "from")),
    Event("cpu.shared", "The processor is shared anew among the processes that want all of it, by the weights of their "
          "cgroups. shares: percent, by process; count: how many.", ("shares", "count")),
    Event("memory.exceeded", "A process wants more than the limit of its cgroup, or than there is. Sizes in MiB.",
          ("process", "used", "asks", "limit", "container", "from")),
    Event("oom.killed", "The kernel kills the process that uses the most, in that cgroup (or of all).",
          ("process", "pid", "container", "used", "asks", "limit", "from")),
)  # fmt: skip
