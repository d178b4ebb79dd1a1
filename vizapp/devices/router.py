"""A router: passes on packets between its networks, and changes nothing but their TTL."""

from dataclasses import replace

from vizapp.devices import machine

KIND = replace(
    machine.KIND,
    name="router",
    doc="A router between the networks of its ports. It says so when it knows no route, and when a TTL runs out.",
    role="network",
    icon="router",
    fields=tuple(replace(field, default=True) if field.name == "forwarding" else field for field in machine.FIELDS),
    shows=(*machine.SHOWS, machine.FDB),
    events=(*machine.EVENTS, *machine.SWITCHING),
    example="gw: {kind: router, ports: {lan: {ip: 192.168.1.1/24}, wan: {ip: 203.0.113.1/24}}}",
)
