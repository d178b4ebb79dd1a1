"""A host: the physical machine around what runs on it; with ports it is also a machine on the network."""

from dataclasses import replace

from vizapp.devices import machine, nat_router
from vizapp.devices.net.hosting import Host
from vizapp.scene.vocabulary import Event, Field, Verb

CONSOLE = Verb("console", ("thing", "thing"), "Opens the hypervisor's console of a VM, on the host that runs it. It "
               "needs no network.", example="console host vm1 @ 3s")  # fmt: skip
SYSTEM = Field("system", "thing", "The machine in it that is its own system, where that is drawn apart: what runs on "
               "the host (NAT engines, remote displays) uses its address.")  # fmt: skip
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
    behaviour=Host,
    fields=(*machine.FIELDS, *nat_router.TRANSLATION, SYSTEM),
    verbs=(*nat_router.KIND.verbs, CONSOLE),
    events=(
        *nat_router.KIND.events,
        Event("console.opened", "The host shows the screen of a VM that it runs, whatever the VM's network. address: "
              "the VM's, if it has one.", (*machine.ENDS, "address")),
        Event("console.failed", "It can't: the VM is off, or runs elsewhere.", (*machine.ENDS, "reason")),
    ),
    example="host: {kind: host, inside: {vm1: {kind: vm}}}",
)
