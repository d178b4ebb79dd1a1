"""A virtual machine: a machine whose card is a model of the hypervisor's and whose cable is a tap of the host."""

from dataclasses import replace

from vizapp.devices import machine

KIND = replace(
    machine.KIND,
    name="vm",
    doc="A virtual machine. `ip: dhcp` makes it ask for an address when it has booted.",
    role="guest",
    icon="vm",
    fields=tuple(
        replace(field, default="virtio") if field.name == "card" else field for field in machine.FIELDS
    ),
    example="vm1: {kind: vm, ports: {eth0: {mac: 52:54:00:aa:00:01, ip: dhcp}}}",
)
