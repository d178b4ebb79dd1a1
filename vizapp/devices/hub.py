"""A hub: repeats every frame on all its other cables."""

from dataclasses import replace

from vizapp.devices import switch

KIND = replace(
    switch.KIND,
    name="hub",
    doc="An Ethernet hub: whatever comes in goes out by all other cables.",
    fields=(),
    verbs=(),
    shows=(),
    example="lan: {kind: hub}",
)
