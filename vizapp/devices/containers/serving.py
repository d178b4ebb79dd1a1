"""What a kernel answers to the system calls of its processes: by their namespaces, their cgroup and their filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vizapp.devices.containers.container import Container, mib
from vizapp.protocols.operand import Call

if TYPE_CHECKING:
    from vizapp.devices.containers.userland import Task, Userland

DONE = "0"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the kernel makes of a call. result, ok: as of a `Call`; because: words key of what decided."""

    result: Any
    because: str
    ok: bool = True


def answer(userland: Userland, task: Task, call: Call) -> Call | None:
    """The call with its result; None: the caller is no more. The filter comes first, then the call itself."""
    container, kernel = task.container, userland.kernel
    where = {"container": container.id if container else "", "from": task.id}
    if container is not None and not task.prepared and call.name in container.denied:
        kernel.event("call.refused", call=call.name, argument=call.argument, result="EPERM", **where)
        return replace(call, result="EPERM", ok=False)
    reply = ANSWERS.get(call.name, _kernel)(userland, task, call)
    if reply is None:
        return None
    kernel.event("call.answered", call=call.name, argument=call.argument, result=reply.result, ok=reply.ok,
                 because={"words": reply.because}, **where)  # fmt: skip
    return replace(call, result=reply.result, ok=reply.ok)


# what a process sees: its namespaces


def _own(task: Task, name: str) -> Container | None:
    """The container whose namespace of that kind a process is in; None: the host's."""
    return task.container if task.container is not None and name in task.container.own else None


def _kernel(userland: Userland, task: Task, call: Call) -> Reply:
    """A call that no namespace changes: the one kernel does it."""
    return Reply(DONE, "by.kernel")


def _getpid(userland: Userland, task: Task, call: Call) -> Reply:
    return Reply(str(task.inside), "by.pid" if task.isolated else "by.host")


def _uname(userland: Userland, task: Task, call: Call) -> Reply:
    """The release is the kernel's, whatever the image; the name of the machine is the UTS namespace's."""
    if call.argument == "nodename":
        own = _own(task, "uts")
        return Reply(own.hostname if own else userland.get("hostname"), "by.uts" if own else "by.host")
    return Reply(f"{userland.get('system').capitalize()} {userland.get('release')}", "by.kernel")


def _processes(userland: Userland, task: Task, call: Call) -> Reply:
    seen = userland.seen(task)
    task.process.show("seen", tuple(
        {"pid": each.inside if task.isolated else each.pid, "user": _user(each, task), "command": each.command}
        for each in seen
    ))  # fmt: skip
    return Reply({"words": "process.listed", "n": len(seen)}, "by.pid" if task.isolated else "by.host")


def _user(each: Task, of: Task) -> int:
    """The user of a process as another one sees it."""
    return int(each.process.get("uid") or 0) if each.container is of.container else each.user


def _geteuid(userland: Userland, task: Task, call: Call) -> Reply:
    return Reply(str(task.process.get("uid") or 0), "by.user" if _own(task, "user") else "by.host")


def _open(userland: Userland, task: Task, call: Call) -> Reply:
    """The mount namespace says which file a path is."""
    own = _own(task, "mnt")
    files = own.files if own else {
        "/etc/hostname": userland.get("hostname"), "/etc/os-release": userland.get("distribution"),
    }  # fmt: skip
    found = files.get(call.argument)
    return Reply("ENOENT" if found is None else found, "by.mnt" if own else "by.host", ok=found is not None)


def _bind(userland: Userland, task: Task, call: Call) -> Reply:
    """A port is taken once in each network namespace."""
    own = _own(task, "net")
    place = (own.id if own else "", int(call.argument))
    if place in userland.ports:
        return Reply("EADDRINUSE", "by.net" if own else "by.host", ok=False)
    userland.ports[place] = task.id
    return Reply(DONE, "by.net" if own else "by.host")


# what a process uses: its cgroup


def _allocate(userland: Userland, task: Task, call: Call) -> Reply | None:
    size = int(call.argument)
    if not relieve(userland, task, size):
        return None
    task.memory += size
    userland.weigh(task)
    return Reply(DONE, "by.cgroup" if task.container and task.container.limit is not None else "by.kernel")


def relieve(userland: Userland, task: Task, size: int) -> bool:
    """Make room for `size` more bytes of a process by killing whoever uses the most: within its cgroup if that is at
    its limit, among all where the machine is. Returns whether the process itself is still there."""
    for cgroup in (task.container, None):
        limit = cgroup.limit if cgroup is not None else userland.kernel.get("memory")
        while limit is not None and task.id in userland.tasks and userland.used(cgroup) + size > limit:
            _kill(userland, task, cgroup, size, limit)
    return task.id in userland.tasks


def _kill(userland: Userland, task: Task, cgroup: Container | None, size: int, limit: int) -> None:
    among = userland.of(cgroup) if cgroup is not None else list(userland.tasks.values())
    victim = max(among, key=lambda each: each.memory + (size if each is task else 0))
    used, kernel = userland.used(cgroup), userland.kernel
    name = cgroup.id if cgroup is not None else ""
    kernel.event("memory.exceeded", process=task.id, used=mib(used), asks=mib(size), limit=mib(limit), container=name,
                 **{"from": task.id})  # fmt: skip
    kernel.event("oom.killed", process=victim.id, pid=victim.pid, used=mib(used), asks=mib(size), limit=mib(limit),
                 container=name, **{"from": task.id})  # fmt: skip
    userland.end(victim, "memory")


# how a process begins and ends


def _clone(userland: Userland, task: Task, call: Call) -> Reply:
    """A new process in new namespaces: the flags of the call say which (CLONE_NEWPID …)."""
    container = userland.world.devices[call.argument]
    assert isinstance(container, Container)
    container.create()
    names = sorted(container.own)
    userland.kernel.event("namespaces.created", container=container.id, count=len(names), names=names,
                          **{"from": task.id})  # fmt: skip
    init = next(container.processes(), None)
    if init is None:
        return Reply("ENOENT", "by.kernel", ok=False)
    userland.begin(init, prepared=True)
    return Reply(str(userland.tasks[init.id].pid), "by.kernel")


def _mkdir(userland: Userland, task: Task, call: Call) -> Reply:
    """A directory in /sys/fs/cgroup is a cgroup."""
    container = userland.world.devices[call.argument]
    assert isinstance(container, Container)
    userland.kernel.event("cgroup.created", container=container.id, limit=mib(container.limit) or "max",
                          **{"from": task.id})  # fmt: skip
    return Reply(DONE, "by.cgroup")


def _exec(userland: Userland, task: Task, call: Call) -> Reply | None:
    """The program is loaded, if it is made for this processor; else ENOEXEC, and the process has nothing to run."""
    container = task.container
    if container is not None and container.get("arch") != userland.get("arch"):
        userland.kernel.event("call.answered", call=call.name, argument=call.argument, result="ENOEXEC", ok=False,
                              because={"words": "by.format"}, container=container.id, **{"from": task.id})  # fmt: skip
        userland.end(task, "format")
        return None
    userland.load(task)
    return Reply(DONE, "by.kernel")


def _exit(userland: Userland, task: Task, call: Call) -> None:
    userland.end(task, "exit")


ANSWERS: dict[str, Callable[[Userland, Task, Call], Reply | None]] = {
    "getpid": _getpid, "uname": _uname, "getdents64": _processes, "geteuid": _geteuid, "openat": _open, "bind": _bind,
    "mmap": _allocate, "clone": _clone, "mkdir": _mkdir, "execve": _exec, "exit_group": _exit,
}  # fmt: skip
