"""The processor's part in input and output: accesses go to the device on its bus, interrupts to who drives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from vizapp.devices.executor import Plug, plugs
from vizapp.devices.io.driver import FIELD
from vizapp.devices.io.hardware import Hardware
from vizapp.devices.layer import EXECUTE, Layer, instruction_of
from vizapp.devices.rings import Token
from vizapp.protocols.instruction import IRQ, Instruction
from vizapp.protocols.operand import ALL_ONES, Access, Operand, Signal
from vizapp.scene.model import Port
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.processor import Processor


class Bus:
    """What is cabled to a processor besides layers."""

    def __init__(self, cpu: Processor) -> None:
        self.cpu = cpu

    def plugs(self) -> Iterator[tuple[Plug, Hardware]]:
        return ((plug, plug.there) for plug in plugs(self.cpu) if isinstance(plug.there, Hardware))

    # accesses

    def access(self, packet: Packet, instruction: Instruction) -> None:
        """An access is executed. Where nobody answers, the bus reads as all ones."""
        access = instruction.operand
        assert isinstance(access, Access)
        plug = next((plug for plug, there in self.plugs() if there.device == access.device and not there.failed), None)
        if plug is None:
            self.cpu.event("bus.silent", register=access.register, **{"from": packet.origin})
            self._back((packet, replace(instruction, result=ALL_ONES)))
        else:
            self.cpu.send(plug.port, replace(packet, layers=(instruction,), to=plug.there.id), plug.link)

    def answered(self, port: Port, packet: Packet) -> bool:
        """What came to that port is from a device: an access is done, or it interrupts. False: it is from a layer."""
        device = next((there for plug, there in self.plugs() if plug.port is port), None)
        if device is None or not packet.has("instruction"):
            return False
        instruction = instruction_of(packet)
        if isinstance(instruction.operand, Signal):
            self.interrupt(instruction.operand, packet)
        else:
            self.cpu.after(EXECUTE, self._back, (packet, instruction))
        return True

    def _back(self, done: tuple[Packet, Instruction]) -> None:
        packet, instruction = done
        self.cpu.hand(packet, self.cpu.layer(instruction.by), instruction, packet.name)

    # interrupts

    def interrupt(self, signal: Signal, packet: Packet) -> None:
        """A device interrupts the layer that drives it: it comes as between two instructions of that layer."""
        drivers = list(self._drivers(signal.device))
        driver = next((each for each in drivers if each.id == packet.to), drivers[0] if drivers else None)
        if driver is None:
            self.cpu.event("bus.ignored", **{"from": signal.device})
            return
        irq = Instruction(IRQ, driver.ring, driver.mode, driver.rip, by=driver.id, operand=signal)
        self.cpu.fetch(Token(replace(packet, layers=(irq,), name=IRQ, origin=driver.id), irq))

    def _drivers(self, device: str) -> Iterator[Layer]:
        """The layers that drive the device itself: those of the host first, and of these its kernel."""
        own = [layer for layer in self.cpu.machine() if not layer.failed and self._drives(layer, device)]
        return iter(sorted(own, key=lambda layer: (_guest(layer), not layer.serves)))

    @staticmethod
    def _drives(layer: Layer, device: str) -> bool:
        field = FIELD[device]
        return field in layer.thing.fields and bool(layer.get(field) == "native")

    def inject(self, kernel: Layer, signals: list[Operand]) -> None:
        """A guest was entered with interrupts for it (SDM 26.5): they come before its next instruction."""
        for signal in signals:
            self.cpu.after(EXECUTE, self._injected, (kernel, signal))

    def _injected(self, entry: tuple[Layer, Operand]) -> None:
        kernel, signal = entry
        irq = Instruction(IRQ, kernel.ring, kernel.mode, kernel.entry(IRQ), by=kernel.id, vector=IRQ, operand=signal)
        self.cpu.hand(self.cpu.packet((), IRQ), kernel, irq, IRQ)

    def changed(self, port: Port) -> bool:
        """Something came or went there. A device that is gone tells whoever drives it (PCI Express hot-plug). False: it
        was no device."""
        device = next((there for plug, there in self.plugs() if plug.port is port), None)
        if device is not None and device.failed:
            self.interrupt(Signal(device.device, "EIO"), self.cpu.packet((), IRQ))
        return device is not None


def _guest(layer: Layer) -> tuple[bool, bool]:
    """The host's first, then the guest that was given the devices."""
    return not layer.hosted, not (layer.serves and layer.get("hardware-domain"))
