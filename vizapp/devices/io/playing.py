"""What a hypervisor does when its guest accesses a register of a device that the guest was not given.

It decides by who stands there. A device model on the same processor plays the device, and control goes to it, in ring 3
(KVM returns from ioctl KVM_RUN; VirtualBox and VMware do alike). A hypervisor with drivers of its own plays the device
itself and commands the real one (ESXi). Otherwise nobody answers, and the register reads as all ones.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vizapp.devices.io.device_model import DeviceModel, Exit
from vizapp.devices.io.driver import FIELD, Job
from vizapp.devices.io.drivers import DRIVING, Drivers
from vizapp.devices.io.player import ACCESSED, HELD, REGISTERS, Player
from vizapp.devices.io.split import Channel
from vizapp.devices.layer import ROOT, Layer
from vizapp.protocols.instruction import CALL, Instruction
from vizapp.protocols.operand import ALL_ONES, Access, Notice, Operand, Request, Run, Signal
from vizapp.scene.vocabulary import Event, Field
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.monitor import Monitor


class Playing:
    """The devices of one hypervisor's guests, whoever plays them. signals: what comes with the next entry; lefts:
    what the device model works on, by packet."""

    def __init__(self, layer: Monitor) -> None:
        self.layer = layer
        self.reset()

    def reset(self) -> None:
        """The guest is gone, and what its devices were doing with it."""
        self.player = Player(self.layer, self._perform)
        self.drivers = Drivers(self.layer, self._answer)
        self.channel = Channel(self)
        self.signals: list[Operand] = []
        self.lefts: dict[int, Exit] = {}

    def own(self, device: str) -> bool:
        """Whether the hypervisor drives that device itself."""
        return bool(self.layer.get(FIELD[device]) == "native")

    @property
    def model(self) -> DeviceModel | None:
        """The program that plays the devices of its guests."""
        return next((layer for layer in self.layer.around() if isinstance(layer, DeviceModel)), None)

    def taken(self) -> list[Operand]:
        """The interrupts that the guest is entered with now."""
        signals, self.signals = self.signals, []
        return signals

    # an exit

    def accessed(self, packet: Packet, instruction: Instruction) -> bool:
        """The guest left for an access to a register. False: it was none."""
        access, left = instruction.operand, (packet, instruction)
        if isinstance(access, Notice):
            self.channel.answered(left, access)
            return True
        if not isinstance(access, Access):
            return False
        model = self.model
        if access.driver == "split":
            self.channel.notified(left, access)
        elif access.driver == "native" or not (model or self.own(access.device)):
            self.goes_on(left, ALL_ONES)
        elif model is None:
            self._play(left, access)
        else:
            self.layer.event("hypervisor.hands-over", register=access.register, access=str(access),
                             **{"from": packet.origin, "to": model.id})  # fmt: skip
            self._hand_over(model, left)
        return True

    def _hand_over(self, model: DeviceModel, left: Exit) -> None:
        packet, instruction = left
        self.lefts[packet.id] = left
        returns = replace(instruction, name="SYSRET", ring=self.layer.ring, mode=self.layer.mode, reason=None,
                          goes=model.id, saved=model.rip, vector=None, asked=None)  # fmt: skip
        self.layer.pass_on(packet, returns)

    def _play(self, left: Exit, access: Access) -> None:
        if not self.player.accessed(access, left[0].origin, left):
            self.goes_on(left, None if access.value else HELD)

    def _perform(self, request: Request, left: Exit) -> None:
        self.drivers.drivers[request.device].serve(Job(request, self._performed, left))

    def _performed(self, job: Job, error: str) -> None:
        self.goes_on(job.client, None, Signal(job.request.device, error))

    def goes_on(self, left: Exit, result: str | None, signal: Signal | None = None) -> None:
        """The guest goes on behind its access, with an interrupt if a device has done its work."""
        if signal is not None:
            ends = {"from": signal.device, "to": left[0].origin}
            self.layer.event("hypervisor.injects", **ends, error=signal.error)
        self.layer.go_behind(left, result, signal)

    # what else comes to it

    def takes(self, packet: Packet, instruction: Instruction) -> bool:
        """A call of the device model, an interrupt of a device, an access of its own. False: it was none of these."""
        operand = instruction.operand
        if isinstance(operand, Run):
            left = self.lefts.pop(packet.id, None)
            if left is not None:
                self.goes_on(left, operand.result, operand.signal)
        elif isinstance(operand, Signal) and instruction.by == self.layer.id:
            self.drivers.signalled(operand)
        elif isinstance(operand, Request) and instruction.vector == CALL and self._serves(instruction.by):
            self.drivers.serve((packet, instruction))
        else:
            return isinstance(operand, Access) and instruction.by == self.layer.id and self.drivers.returns(instruction)
        return True

    def _serves(self, caller: str) -> bool:
        """Whether that is a program of its own, which no kernel serves."""
        layer = self.layer.world.devices[caller]
        return isinstance(layer, DeviceModel) or (isinstance(layer, Layer) and layer.mode == ROOT)

    def _answer(self, packet: Packet, instruction: Instruction) -> None:
        """A program that it serves itself goes on."""
        back = replace(instruction, name="SYSRET", vector=None, ring=self.layer.ring, mode=self.layer.mode)
        self.layer.pass_on(packet, back)

    def changed(self) -> None:
        """Who stands around changed. The device model is the guest's process: when it dies, the guest does."""
        self.channel.changed()
        model, guest = self.model, self.layer.running_guest
        gone = model.failed if model is not None else bool(self.lefts)
        if gone and guest:
            self.layer.event("hypervisor.guest-lost", **{"from": guest})
            self.reset()
            self.layer.lose_guest()


def fields() -> tuple[Field, ...]:
    """The drivers that a hypervisor may have of its own."""
    return (
        Field("driver", "choice", "Its own driver of the disk: then it plays the disks of its guests itself.", "none",
              choices=("none", "native")),
        Field("net-driver", "choice", "Its own driver of the network card.", "none", choices=("none", "native")),
        Field("io-timeout", "duration", "How long a driver waits for its device before the request fails.", "30s"),
    )  # fmt: skip


SHOWS = (REGISTERS,)

EVENTS = (
    Event("hypervisor.hands-over", "The hypervisor cannot do it alone: control goes to the device model.",
          ("register", "access", "from", "to")),
    Event("hypervisor.injects", "At the next entry the guest is interrupted, as by the device itself.",
          ("from", "to", "error")),
    Event("hypervisor.guest-lost", "The device model was the guest's process: the guest is gone with it.", ("from",)),
    ACCESSED,
    *DRIVING,
)  # fmt: skip
