"""A host: the physical machine around what runs on it; with ports it is also a machine on the network."""

from dataclasses import replace

from vizapp.devices import machine, nat_router

KIND = replace(
    nat_router.KIND,
    name="host",
    doc="A physical machine that holds others inside. Its own ports, if it has any, belong to its own system, which "
    "may forward, translate and serve DHCP like any Linux; it does not unless told so.",
    role="machine",
    icon="host",
    container=True,
    # a box around others: what its own system shows is in the inspector, and its caption says what matters on the stage
    shows=tuple(replace(show, face=False) for show in nat_router.KIND.shows),
    fields=(*machine.FIELDS, *nat_router.TRANSLATION),
    example="host: {kind: host, inside: {vm1: {kind: vm}}}",
)
