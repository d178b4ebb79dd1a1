"""What an instruction is about, where input and output are concerned: what the registers of the processor hold then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BLOCK = 4096  # bytes of a block of a file: a page, the unit of Linux's page cache
PACKET = 1500  # bytes of a packet: the MTU of Ethernet (RFC 894)

READ = "read"
SEND = "send"
ALL_ONES = "0xffffffff"  # what a bus reads where no device answers (PCI Local Bus Specification 3.0, 3.3.3.1)


def amount(call: str, count: int) -> dict[str, Any]:
    """So many blocks or packets, to be said in the language shown."""
    return {"words": f"amount.{call}", "n": count}


@dataclass(frozen=True, slots=True)
class Request:
    """A system call read(2) or send(2). count: blocks or packets. buffer: whose memory it is about, by layer; whoever
    calls, if not said."""

    call: str
    count: int
    buffer: str = ""

    @property
    def device(self) -> str:
        return "disk" if self.call == READ else "nic"

    @property
    def amount(self) -> dict[str, Any]:
        """`8 blocks`, in the language shown."""
        return amount(self.call, self.count)

    @property
    def unit(self) -> int:
        """Bytes of one block or packet."""
        return BLOCK if self.call == READ else PACKET

    @property
    def bytes(self) -> int:
        return self.count * self.unit

    def __str__(self) -> str:
        return f"{self.call} × {self.count}"


@dataclass(frozen=True, slots=True)
class Access:
    """Reading or writing one register of a device. driver: of which kind the device is taken to be (`ide`, `virtio` …).

    starts: how many blocks or packets the device goes to work on when this is written. value: "" for a read.
    """

    device: str
    driver: str
    register: str
    value: str = ""
    starts: int = 0

    @property
    def call(self) -> str:
        return READ if self.device == "disk" else SEND

    def __str__(self) -> str:
        return f"{self.register} := {self.value}" if self.value else self.register


@dataclass(frozen=True, slots=True)
class Signal:
    """An interrupt of a device. error: why its work was not done (`EIO`), if so."""

    device: str
    error: str = ""

    def __str__(self) -> str:
        return f"{self.device} {self.error}".rstrip()


@dataclass(frozen=True, slots=True)
class Run:
    """What a device model asks of the hypervisor in its kernel: to let the guest go on (KVM: ioctl KVM_RUN).

    signal: the interrupt that its device raises meanwhile. result: what the register held, when it was read.
    """

    hypervisor: str
    signal: Signal | None = None
    result: str | None = None

    def __str__(self) -> str:
        return "run" if self.signal is None else f"run, {self.signal}"


@dataclass(frozen=True, slots=True)
class Notice:
    """What one guest tells another through their hypervisor: what a frontend asks, or that it is done.

    error: why it could not be done.
    """

    request: Request
    done: bool = False
    error: str = ""

    @property
    def device(self) -> str:
        return self.request.device

    def __str__(self) -> str:
        return f"{self.request} {'done' if self.done else ''}".rstrip()


@dataclass(frozen=True, slots=True)
class Call:
    """Any other system call. name: as in section 2 of the manual; argument: a path, a port, a size, a container.

    result: once it is answered, what the program reads, a text or words of it, or an error such as `EPERM`; ok: whether
    it succeeded.
    """

    name: str
    argument: str = ""
    result: Any = None
    ok: bool = True

    def __str__(self) -> str:
        given = f" = {self.result}" if isinstance(self.result, str) else ""
        return f"{self.name}({self.argument}){given}"


Operand = Request | Access | Signal | Run | Notice | Call
