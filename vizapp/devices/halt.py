"""A kernel that has halted: it executes nothing until an interrupt comes (Intel SDM volume 2, HLT)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from vizapp.devices.layer import NAP
from vizapp.sim.behaviour import Behaviour

Left = TypeVar("Left")


class Halt(Generic[Left]):
    """What halted on a processor or under a hypervisor. left: where it goes on; None while nothing is halted.

    Where no interrupt comes, the model wakes it after a while.
    """

    def __init__(self, device: Behaviour) -> None:
        self.device = device
        self.left: Left | None = None

    def begin(self, left: Left, goes_on: Callable[[Left], None]) -> None:
        """It has halted; goes_on(left): how it continues."""
        self.left, self._goes_on = left, goes_on
        self.device.after(NAP, self._late, left)

    def _late(self, left: Left) -> None:
        if self.left is left:
            self.end()

    def end(self) -> None:
        """It continues now."""
        left = self.taken()
        if left is not None:
            self._goes_on(left)

    def taken(self) -> Left | None:
        """It is halted no more; whoever asks makes it continue."""
        left, self.left = self.left, None
        return left
