"""A virtual machine: a machine whose card is a model of the hypervisor's and whose cable is a tap of the host."""

from dataclasses import replace

from vizapp.devices import machine
from vizapp.devices.net.display import BADGE, Guest
from vizapp.scene.vocabulary import Event, Field, Show

VRDP = Field("vrdp", "int", "VirtualBox's remote display of this VM: an RDP server on its host's address, at that "
             "port; off if nothing is written. One port for each VM.", minimum=1, maximum=65535)  # fmt: skip

KIND = replace(
    machine.KIND,
    name="vm",
    doc="A virtual machine. `ip: dhcp` makes it ask for an address when it has booted.",
    role="guest",
    icon="vm",
    behaviour=Guest,
    fields=(
        *(replace(field, default="virtio") if field.name == "card" else field for field in machine.FIELDS), VRDP,
    ),
    shows=(*machine.KIND.shows, Show(BADGE, "badge", "show.badge-vrdp", given=("vrdp",), longest="VRDP 65535")),
    events=(*machine.KIND.events, Event("vrdp.failed", "The port of its remote display is taken on the host.",
                                        (*machine.ENDS, "port", "reason"))),
    example="vm1: {kind: vm, ports: {eth0: {mac: 52:54:00:aa:00:01, ip: dhcp}}}",
)
