"""A process: an application that its kernel knows by a number, and that asks it by system calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vizapp.devices import application
from vizapp.devices.application import Application
from vizapp.devices.containers.calls import NAMED
from vizapp.protocols.instruction import CALL, Instruction
from vizapp.protocols.operand import Call
from vizapp.scene import units
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Column, Event, Field, Show, Verb
from vizapp.sim.behaviour import Impossible, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

if TYPE_CHECKING:
    from vizapp.devices.containers.userland import Userland

MIB = 1 << 20
SIZES = ("50MiB", "200MiB", "600MiB")  # what menus offer for `allocate` and for `bind`
PORTS = ("80", "443")
FILES = ("/etc/hostname", "/etc/os-release")


class Process(Application):
    """home: who keeps the processes of its kernel; alive: whether that has it."""

    starts_itself = True  # when its kernel does
    alive = False
    busy = False
    home: Userland | None = None

    def start(self) -> None:
        super().start()
        if not self.alive:  # its kernel may have been there first
            self.show("pids", {"words": "process.none"})
        self.show("sizes", SIZES)
        self.show("ports", PORTS)

    def on_fail(self) -> None:
        """It crashed; its kernel lives on."""
        if self.home is not None:
            self.home.gone(self, "crash")

    def on_restore(self) -> None:
        """It is started again, with its container if that went with it."""
        self.start()
        if self.home is not None:
            self.home.again(self)

    def stopped(self, why: str) -> None:
        """Its kernel has ended it. why: words key of the reason, `end.…`."""
        self.leaves()
        self.runs(False)
        self.show("pids", {"words": "process.ended", "why": {"words": f"end.{why}"},
                           **({} if why == "exit" else {"tone": "bad"})})  # fmt: skip

    def leaves(self) -> None:
        """It is no more, and what it occupied and had been told is gone with it."""
        self.alive = self.busy = False
        self.show("alive", False)
        self.show("busy", None)
        self.show("share", None)
        self.show("memory", None)
        self.show("answer", None)

    @property
    def command(self) -> str:
        return str(self.get("command") or self.id)

    def do(self, act: Act, options: Mapping[str, Any]) -> None:
        if not self.failed and not self.alive:
            raise Impossible("process-not-running", device=self.id)
        super().do(act, options)

    # what it asks

    def do_ps(self, act: Act, options: Mapping[str, Any]) -> None:
        self.ask("getdents64", "/proc")

    def do_hostname(self, act: Act, options: Mapping[str, Any]) -> None:
        self.ask("uname", "nodename")

    def do_whoami(self, act: Act, options: Mapping[str, Any]) -> None:
        self.ask("geteuid")

    def do_open(self, act: Act, options: Mapping[str, Any]) -> None:
        self.ask("openat", _word(act))

    def do_bind(self, act: Act, options: Mapping[str, Any]) -> None:
        port = _word(act)
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise Impossible("no-port", port=port)
        self.ask("bind", port)

    def do_allocate(self, act: Act, options: Mapping[str, Any]) -> None:
        """It maps memory and writes to all of it; the pages count when they are touched."""
        try:
            size = units.size(_word(act))
        except units.WrongValueError:
            raise Impossible("no-size", size=_word(act)) from None
        self.ask("mmap", str(size))

    def do_call(self, act: Act, options: Mapping[str, Any]) -> None:
        self.ask(_word(act))

    def do_exit(self, act: Act, options: Mapping[str, Any]) -> None:
        self.ask("exit_group")

    def do_spin(self, act: Act, options: Mapping[str, Any]) -> None:
        self._turns(True)

    def do_rest(self, act: Act, options: Mapping[str, Any]) -> None:
        self._turns(False)

    def _turns(self, busy: bool) -> None:
        """It computes without end from now on, or waits."""
        if self.busy == busy:
            raise Impossible("already-so", name=self.id, value=busy)
        self.busy = busy
        self.show("busy", busy)
        if self.home is not None:
            self.home.share()

    def ask(self, name: str, argument: str = "") -> None:
        """Execute SYSCALL with that call in its registers."""
        self.execute(CALL, operand=Call(name, argument))

    # what comes back

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        return super().receive(port, packet, flight) if self.alive else dropped("process-not-running")

    def take(self, packet: Packet, instruction: Instruction) -> None:
        call = instruction.operand
        if not isinstance(call, Call):
            super().take(packet, instruction)
            return
        self.rip = instruction.rip
        self.show("answer", {"words": "process.answer", "call": call.name, "result": call.result,
                             **({} if call.ok else {"tone": "bad"})})  # fmt: skip
        self.event("call.returned", call=call.name, argument=call.argument, result=call.result, ok=call.ok)
        self.returned(call)

    def returned(self, call: Call) -> None:
        """The program goes on after its call; kinds that do something next override it."""


def _word(act: Act) -> str:
    return str(act.args[1]) if len(act.args) > 1 else ""


def _verb(name: str, doc: str, example: str, values: tuple[str, ...] = (), among: str = "") -> Verb:
    args = ("thing", "value") if values or among else ("thing",)
    return Verb(name, args, doc, example=example, values=values, among=among, asks=True, when=("alive", True))


VERBS = (
    _verb("ps", "A process lists the processes that it sees.", "ps app @ 3s"),
    _verb("hostname", "A process asks for the name of its machine.", "hostname app @ 3s"),
    _verb("whoami", "A process asks who it is (its user number).", "whoami app @ 3s"),
    _verb("open", "A process opens a file: `/etc/hostname`, `/etc/os-release`, or one of `files`.",
          "open app /etc/os-release @ 3s", among="files"),
    _verb("bind", "A process takes a TCP port.", "bind app 80 @ 3s", among="ports"),
    _verb("call", "A process makes another system call, by its name.", "call app mount @ 3s", values=NAMED),
    Verb("allocate", ("thing", "value"), "A process takes that much more memory and writes to it. Beyond the limit of "
         "its container (`memory.max`) the kernel kills one in there.", example="allocate app 600MiB @ 4s",
         when=("alive", True), among="sizes"),
    Verb("spin", ("thing",), "A process computes without end: it takes all of the processor that it is given.",
         example="spin app @ 4s", when=("busy", False)),
    Verb("rest", ("thing",), "It computes no more, and waits.", example="rest app @ 9s", when=("busy", True)),
    Verb("exit", ("thing",), "A process ends; a container ends with its first one.", example="exit app @ 9s",
         when=("alive", True), family="break"),
)  # fmt: skip

FIELDS = (
    Field("command", "text", "The name of its program; the id if nothing is written."),
    Field("memory", "size", "What it occupies when it starts.", 0),
    Field("uid", "int", "Number of the user that it runs as, within its container: 0 is root.", 0, minimum=0,
          maximum=65535),
)  # fmt: skip

SHOWS = (
    Show("pids", "text", "show.pids", longest="process.longest"),
    Show("answer", "text", "show.answer", longest="process.answer-longest"),
    Show("share", "text", "show.share", longest="process.share-longest"),
    Show("memory", "gauge", "show.memory", longest="9999"),
    Show("seen", "table", "show.seen", (
        Column("pid", "column.pid", longest="99999"),
        Column("user", "column.user", longest="100000"),
        Column("command", "column.command", longest="containerd-shim"),
    ), face=False, longest="6"),
    Show("alive", "text", "show.alive", face=False),
    Show("busy", "text", "show.busy", face=False),
)  # fmt: skip

KIND = replace(
    application.KIND,
    name="process",
    doc="An application as a process of its kernel: the one that serves it, or where it has no processor the nearest "
    "one. In a `container` it is one of the container's; the first of these has the number 1 there.",
    behaviour=Process,
    fields=(*application.KIND.fields, *FIELDS),
    shows=(*application.KIND.shows, *SHOWS),
    verbs=(*VERBS, *application.KIND.verbs),
    events=(
        *application.KIND.events,
        Event("call.returned", "A process goes on with the result of its system call.",
              ("call", "argument", "result", "ok")),
    ),
    example="app: {kind: process, command: nginx, memory: 20MiB}",
)  # fmt: skip
