"""Disk and network card as hardware: commanded by registers, they move data to or from memory alone, then interrupt."""

from __future__ import annotations

from dataclasses import replace

from vizapp.devices.layer import instruction_of
from vizapp.protocols.instruction import Instruction
from vizapp.protocols.operand import ALL_ONES, Access, Request, Signal
from vizapp.scene.model import Port
from vizapp.scene.vocabulary import Event, Show
from vizapp.sim.behaviour import DELIVERED, Behaviour, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

# True ns of the model: they order what happens; no device was measured.
EACH = 50_000  # a block or a packet
ANSWER = 100  # a register


class Hardware(Behaviour):
    """A device on the processor's bus. device: what accesses call it (`disk`, `nic`)."""

    wired = False
    device = ""

    def start(self) -> None:
        self.done = 0
        self.show("register", None)
        self.show("done", 0)

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        access = instruction_of(packet).operand if packet.has("instruction") else None
        if not isinstance(access, Access):
            return dropped("not-a-register")
        answers = access.driver == "native"
        if answers:
            self.show("register", str(access))
            self.event("device.accessed", register=access.register, value=access.value, access=str(access),
                       **{"from": packet.origin})  # fmt: skip
        held = None if access.value else "0x0"
        result = held if answers else ALL_ONES  # those are registers of another device
        self.send(port, replace(packet, layers=(replace(instruction_of(packet), result=result),)), flight.link)
        if answers and access.starts:
            self.after(EACH * access.starts, self._work, (port, access, flight.link, packet.origin))
        return DELIVERED

    def _work(self, entry: tuple[Port, Access, str, str]) -> None:
        """The data is moved; whoever asked for it is interrupted."""
        port, access, link, by = entry
        self.done += access.starts
        self.show("done", self.done)
        request = Request(access.call, access.starts)
        self.event("device.transfers", call=access.call, count=access.starts, amount=request.amount,
                   bytes=request.bytes)  # fmt: skip
        signal = Instruction("IRQ", 0, "", 0, operand=Signal(self.device))
        self.send(port, self.packet((signal,), "IRQ", by), link)


SHOWS = (
    Show("register", "text", "show.register", face=False, longest="tail doorbell := 0x40"),
    Show("done", "text", "show.done", longest="88"),
)

EVENTS = (
    Event("device.accessed", "A register of the device is read or written.", ("register", "value", "access", "from")),
    Event("device.transfers", "The device moves data to or from memory by itself (DMA): no copy of the processor's.",
          ("call", "count", "amount", "bytes")),
)  # fmt: skip
