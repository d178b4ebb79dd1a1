"""Whose work a processor does: which process, of which guest or of the host."""

from __future__ import annotations

from dataclasses import dataclass

from vizapp.devices.layer import Layer


@dataclass(frozen=True, slots=True)
class Context:
    """guest: its kernel's id, or that of the host's; process: id of the program, empty while none has run yet; hosted:
    whether it is the host's."""

    guest: str
    process: str
    hosted: bool = False

    def after(self, layer: Layer) -> Context:
        """The context once that layer runs. A kernel and a hypervisor work on behalf of whoever runs, and so does the
        program that plays a guest's devices: its thread is the guest's processor."""
        if layer.on_behalf:
            return self
        kernel = layer.kernel
        guest = kernel.id if kernel is not None else ""
        process = "" if layer.serves else layer.id
        return Context(guest, process or (self.process if guest == self.guest else ""), layer.hosted)

    def name(self, other: Context) -> str:
        """What one calls it beside the other: a guest, or a process of the host or of the same guest."""
        return self.process if self.process and (self.hosted or self.guest == other.guest) else self.guest

    def switches(self, to: Context) -> bool:
        """Whether going there is a switch: to another guest, or to another process; the first one is none."""
        if self == NOBODY:
            return False
        return self.guest != to.guest or bool(self.process and self.process != to.process)


NOBODY = Context("", "")
