"""A client: a machine whose work is to call others."""

from dataclasses import replace

from vizapp.devices import machine

KIND = replace(
    machine.KIND,
    name="client",
    doc="A machine that calls others; it behaves like any machine.",
    icon="client",
    example="client: {kind: client, ports: {eth0: {ip: 192.168.1.60/24}}}",
)
