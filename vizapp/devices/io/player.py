"""Playing a device for a guest, in software: its registers are variables, its work is asked of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vizapp.devices.layer import Layer
from vizapp.protocols.operand import SEND, Access, Request
from vizapp.scene.vocabulary import Column, Event, Show

HELD = "0x50"  # what a status register of a played device holds: ready, no error (ATA: DRDY and DSC)
MOST_ROWS = 12  # registers that stand in the table: the latest


class Player:
    """The devices that one layer plays. perform(request, client): do what the guest's driver asked for.

    A disk's data goes straight into the guest's memory, which the player has mapped; the packets of virtio it reads in
    place. The emulated e1000 first moves each packet into a buffer of its own (QEMU: hw/net/e1000.c,
    process_tx_desc), which is a copy.
    """

    def __init__(self, layer: Layer, perform: Callable[[Request, Any], None]) -> None:
        self.layer, self.perform = layer, perform
        self.registers: dict[str, str] = {}

    def accessed(self, access: Access, guest: str, client: Any) -> bool:
        """A register of a played device is read or written by that layer. True: it starts work, which ends later."""
        if access.value:
            self.registers.pop(access.register, None)
            self.registers[access.register] = access.value
            self._show()
        self.layer.event("device.accessed", register=access.register, value=access.value, access=str(access),
                         **{"from": guest})  # fmt: skip
        if access.starts:
            self._start(access, guest, client)
        return bool(access.starts)

    def _start(self, access: Access, guest: str, client: Any) -> None:
        request = Request(access.call, access.starts, guest)
        if access.driver == "e1000" and access.call == SEND:
            self.layer.event("data.copied", **{"from": guest, "to": self.layer.id}, bytes=request.bytes)
            request = Request(access.call, access.starts)
        self.perform(request, client)

    def _show(self) -> None:
        rows = [{"register": name, "value": value} for name, value in self.registers.items()]
        self.layer.show("registers", rows[-MOST_ROWS:])

    def forget(self) -> None:
        """The device is switched off with its machine."""
        self.registers = {}
        self._show()


REGISTERS = Show(
    "registers", "table", "show.registers",
    (Column("register", "registers.register", longest="Sector Count"),
     Column("value", "registers.value", longest="0x1ff4000")),
    face=False, longest="9",
)  # fmt: skip

ACCESSED = Event("device.accessed", "A register of the device is read or written.",
                 ("register", "value", "access", "from"))  # fmt: skip
