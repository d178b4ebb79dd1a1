"""What a driver does to its device for each request: which registers, in which order, and what one submission holds.

The counts follow from the protocols, not from us. `ide`: ATA/ATAPI-6 (T13/1410D), READ DMA with a 28-bit address, takes
the six registers of the command block, whose last, Command, gives it; before that one the Programming Interface for Bus
Master IDE Controller 1.0 (3.1) asks for the table of memory, the direction and a clean status, and after it for the
start; after the interrupt: stop, the controller's status, the disk's, which also ends the interrupt (Linux does it in
this order, and reads back more than it must: libata-sff.c). One command reads one run of sectors, and without queueing
the disk has one command at a time: each block that lies apart costs all of them. `e1000`: Intel 8254x Software
Developer's Manual (3.4, 13.4.17): the tail of the transmit ring is written for each packet, and the cause of the
interrupt is read, which ends it. `virtio`: VIRTIO 1.1, 2.6.13: all buffers are put into shared memory, then one
notification; 2.6.14: one notification back; 4.1.4.5: with MSI-X the driver need not read why. `native`: a queue in
memory and a doorbell, as NVM Express 1.4 and all fast cards have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from vizapp.protocols.operand import Access

SECTORS = 8  # of 512 bytes in a block
FAR = 0x1001  # sectors from one block of the file to the next: they lie apart
MOST = 64  # blocks or packets of one request


class Step(NamedTuple):
    """One access and the instruction that makes it: OUT and IN for ports, STORE and LOAD for mapped registers."""

    instruction: str
    access: Access


Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """How a driver hands work over. batch: how many blocks or packets at once. submit(device, first, count): the last
    of its steps starts the work. acknowledge: what the driver does after the interrupt.
    """

    batch: int
    submit: Callable[[str, int, int], Steps]
    acknowledge: Steps = ()


def _doorbell(device: str, first: int, count: int) -> Steps:
    return (Step("STORE", Access(device, "native", "tail doorbell", f"{(first + count) & 0xFF:#x}", count)),)


def _notify(device: str, first: int, count: int) -> Steps:
    return (Step("STORE", Access(device, "virtio", "queue_notify", "0x0", count)),)


def _ide(device: str, first: int, count: int) -> Steps:
    address = FAR * (first + 1)
    rows = (
        ("Sector Count", SECTORS), ("LBA Low", address & 0xFF), ("LBA Mid", address >> 8 & 0xFF),
        ("LBA High", address >> 16 & 0xFF), ("Device", 0xE0 | address >> 24),
        ("BM PRD table", 0x1FF4000), ("BM command", 0x08), ("BM status", 0x06), ("Command", 0xC8), ("BM command", 0x09),
    )  # fmt: skip
    last = len(rows) - 1
    return tuple(
        Step("OUT", Access(device, "ide", name, f"{value:#04x}", count if n == last else 0))
        for n, (name, value) in enumerate(rows)
    )


IDE_DONE = (
    Step("OUT", Access("disk", "ide", "BM command", "0x00")),
    Step("IN", Access("disk", "ide", "BM status")),
    Step("IN", Access("disk", "ide", "Status")),
)


def _e1000(device: str, first: int, count: int) -> Steps:
    return (Step("STORE", Access(device, "e1000", "TDT", f"{(first + count) & 0xFF:#x}", count)),)


E1000_DONE = (Step("LOAD", Access("nic", "e1000", "ICR")),)


def _channel(device: str, first: int, count: int) -> Steps:
    return (Step("VMCALL", Access(device, "split", "event channel", "send", count)),)


PROTOCOLS: Mapping[str, Protocol] = {
    "native": Protocol(MOST, _doorbell),
    "ide": Protocol(1, _ide, IDE_DONE),
    "e1000": Protocol(1, _e1000, E1000_DONE),
    "virtio": Protocol(MOST, _notify),
    "split": Protocol(MOST, _channel),
}
