"""A disk as hardware, with queues in memory and a doorbell (NVM Express 1.4: submission queue tail doorbell)."""

from __future__ import annotations

from vizapp.devices.io.hardware import EVENTS, SHOWS, Hardware
from vizapp.scene.vocabulary import Kind


class Disk(Hardware):
    """It answers to the kernel that has a native driver."""

    device = "disk"


KIND = Kind(
    "disk",
    "A disk on the processor's bus. Whoever has a native driver commands it: a host's kernel, a hypervisor, dom0.",
    role="hardware",
    icon="disk",
    behaviour=Disk,
    shows=SHOWS,
    events=EVENTS,
    example="disk: {kind: disk, ports: {cpu: {}}}",
)
