"""A hypervisor as a box around its virtual machines; what it does to instructions is the layer devices' matter."""

from vizapp.scene.vocabulary import Kind

KIND = Kind(
    "hypervisor",
    "A box around the virtual machines that a hypervisor runs.",
    role="hypervisor",
    icon="hypervisor",
    container=True,
    example="hyp: {kind: hypervisor, label: KVM + libvirt, inside: {vm1: {kind: vm}}}",
)
