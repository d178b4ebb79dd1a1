"""A host: the physical machine around what runs on it; with ports it is also a machine on the network."""

from dataclasses import replace

from vizapp.devices import machine

KIND = replace(
    machine.KIND,
    name="host",
    doc="A physical machine that holds others inside. Its own ports, if it has any, belong to its own system.",
    icon="host",
    container=True,
    example="host: {kind: host, inside: {vm1: {kind: vm}}}",
)
