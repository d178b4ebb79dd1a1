"""A network card as hardware, with a ring of descriptors in memory and its tail in a register."""

from __future__ import annotations

from vizapp.devices.io.hardware import EVENTS, SHOWS, Hardware
from vizapp.scene.vocabulary import Kind


class Card(Hardware):
    """What it sends leaves the machine: where to is not followed here."""

    device = "nic"


KIND = Kind(
    "nic",
    "A network card on the processor's bus, for packets that a layer sends; where they go is not followed.",
    role="hardware",
    icon="nic",
    behaviour=Card,
    shows=SHOWS,
    events=EVENTS,
    example="nic: {kind: nic, ports: {cpu: {}}}",
)
