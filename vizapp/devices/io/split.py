"""Split drivers: a frontend in the guest, a backend in the domain that has the devices, the hypervisor between them.

Xen: the frontend puts requests into memory that both share and notifies through an event channel, by a hypercall;
dom0, the hardware domain, has the drivers (admin-guide/introduction). Hyper-V is built alike: service clients (VSC) in
child partitions, service providers (VSP) in the root partition, VMBus between them (TLFS, glossary). The hypercall that
notifies is EVTCHNOP_send there, HvCallSignalEvent here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vizapp.devices.io.device_model import Exit
from vizapp.devices.io.driver import Job
from vizapp.devices.io.drivers import Drivers
from vizapp.devices.layer import Layer
from vizapp.protocols.operand import ALL_ONES, Access, Notice, Request, Signal
from vizapp.scene.vocabulary import Event, Field

if TYPE_CHECKING:
    from vizapp.devices.io.playing import Playing


class Backend:
    """Does with the drivers of its own layer what the frontends of other guests ask."""

    def __init__(self, layer: Layer, drivers: Drivers) -> None:
        self.layer, self.drivers = layer, drivers

    def asked(self, notice: Notice) -> None:
        """An event came: requests wait in shared memory."""
        request = notice.request
        self.layer.event("backend.asked", call=request.call, count=request.count, amount=request.amount,
                         **{"from": request.buffer, "to": self.layer.id})  # fmt: skip
        self.drivers.drivers[request.device].serve(Job(request, self._done, notice))

    def _done(self, job: Job, error: str) -> None:
        """The answer is in shared memory: notify the frontend."""
        self.layer.issue("VMCALL", operand=replace(job.client, done=True, error=error))


class Channel:
    """Carries notices between the guests of a hypervisor, and lets whoever is meant run. A guest that waits for its
    answer is set aside at once; in truth it asks for that itself, when it has nothing else to do.

    asking: guests that wait for the answer to their notice, oldest first.
    """

    def __init__(self, playing: Playing) -> None:
        self.playing, self.layer = playing, playing.layer
        self.asking: list[Exit] = []

    def notified(self, left: Exit, access: Access) -> None:
        """A frontend notifies the domain that has the devices, which runs next."""
        guest, domain = left[0].origin, self.layer.domain
        if domain is None or domain.failed:
            self.playing.goes_on(left, ALL_ONES)
            return
        self.asking.append(left)
        self.layer.schedule(domain.id)
        self.layer.wake(domain, Notice(Request(access.call, access.starts, guest)))

    def answered(self, domain: Exit, notice: Notice) -> None:
        """A backend has done what was asked: the frontend's guest goes on, with an event."""
        left = next((left for left in self.asking if left[0].origin == notice.request.buffer), None)
        if left is None:
            self.playing.goes_on(domain, None)
            return
        self.asking.remove(left)
        self.layer.set_aside(domain)
        self.layer.schedule(left[0].origin)
        self.playing.goes_on(left, None, Signal(notice.device, notice.error))

    def waits(self, guest: str) -> bool:
        """Whether that guest waits for an answer."""
        return any(left[0].origin == guest for left in self.asking)

    def changed(self) -> None:
        """The domain that has the devices went away: nobody will answer."""
        domain = self.layer.domain
        if domain is None or domain.failed:
            asking, self.asking = self.asking, []
            for left in asking:
                self.layer.schedule(left[0].origin)
                self.playing.goes_on(left, None, Signal(_device(left), "EIO"))


def _device(left: Exit) -> str:
    """Of which device a frontend asked something."""
    access = left[1].operand
    return access.device if isinstance(access, Access) else ""


HARDWARE_DOMAIN = Field("hardware-domain", "bool", "A guest to which the hypervisor gave the devices: dom0 of Xen, the "
                        "root partition of Hyper-V. It serves the `split` drivers of the others.", False)  # fmt: skip

BACKEND = Event("backend.asked", "The domain that has the devices takes up what a frontend asks.",
                ("call", "count", "amount", "from", "to"))  # fmt: skip
