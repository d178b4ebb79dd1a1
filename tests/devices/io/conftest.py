"""Stacks of layers that read files and send packets."""

from collections import Counter
from collections.abc import Callable

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.acts import parse_act
from vizapp.scene.names import Names
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Event, Timeline

HOST = ("host: {kind: kernel, role: host}", "disk: {kind: disk}", "nic: {kind: nic}")
LAYERS = {
    "native": ("app: {kind: application, role: host}", *HOST),
    "kvm": ("app: {kind: application}", "kernel: {kind: kernel}", "hypervisor: {kind: vmm}",
            "qemu: {kind: device-model}", *HOST),
    "esxi": ("app: {kind: application}", "kernel: {kind: kernel}",
             "hypervisor: {kind: vmm, driver: native, net-driver: native}", *HOST[1:]),
    "emulator": ("app: {kind: application}", "kernel: {kind: kernel}", "hypervisor: {kind: emulator}", *HOST),
    "translating": ("app: {kind: application}", "kernel: {kind: kernel}",
                    "hypervisor: {kind: translating-vmm, driver: native, net-driver: native}", *HOST[1:]),
    "translating, hosted": ("app: {kind: application}", "kernel: {kind: kernel, driver: ide}",
                            "qemu: {kind: device-model}", "hypervisor: {kind: translating-vmm}", *HOST[:2]),
    "xen": ("app: {kind: application}", "kernel: {kind: kernel, modified: true, driver: split, net-driver: split}",
            "dom0: {kind: kernel, modified: true, hardware-domain: true}", "hypervisor: {kind: paravirtual-vmm}",
            *HOST[1:]),
    "domains": ("app: {kind: application}", "kernel: {kind: kernel, driver: split, net-driver: split}",
                "dom0: {kind: kernel, hardware-domain: true}", "desk: {kind: application, kernel: dom0}",
                "hypervisor: {kind: vmm}", *HOST[1:]),
    "halted": ("app: {kind: application}", "kernel: {kind: kernel, modified: true, driver: split, net-driver: split}",
               "other: {kind: kernel, modified: true}", "dom0: {kind: kernel, modified: true, hardware-domain: true}",
               "hypervisor: {kind: paravirtual-vmm}", *HOST[1:]),
}  # fmt: skip


class Ran:
    """What came of a run."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.counts = Counter(event.name for event in timeline.events)

    def events(self, name: str) -> list[Event]:
        return [event for event in self.timeline.events if event.name == name]

    def served(self) -> list[int]:
        """The bytes that the application got, or got rid of."""
        return [event.details["bytes"] for event in self.events("application.served")]

    def errors(self) -> list[str]:
        return [event.details["error"] for event in self.events("application.failed")]

    def copies(self) -> list[tuple[str, str]]:
        return [(event.details["from"], event.details["to"]) for event in self.events("data.copied")]


Runs = Callable[..., Ran]


@pytest.fixture
def runs() -> Runs:
    """`runs("kvm", "read app", kernel="driver: virtio")`: each act a second after the one before, if it says nothing; a
    layer's fields by its id; `without` takes layers away."""

    def play(stack: str, *acts: str, without: tuple[str, ...] = (), until: str = "60s", **fields: str) -> Ran:
        rows = [row for row in LAYERS[stack] if row.partition(":")[0] not in without]
        rows = [_with(row, fields[name]) if (name := row.partition(":")[0]) in fields else row
                for row in rows]  # fmt: skip
        by = {"app": "hypervisor", "kernel": "hypervisor"} if stack == "emulator" else {}
        by = {"kernel": "hypervisor"} if stack.startswith("translating") else by
        links = [f"{name} -- {by.get(name, 'cpu')}" for name in (row.partition(":")[0] for row in rows)]
        launch = ["launch hypervisor @ 500ms"] if any(row.startswith("hypervisor:") for row in rows) else []
        text = "\n".join(["id: stack", "title: stack", f"until: {until}", f"links: [{', '.join(links)}]",
                          f"script: [{', '.join(launch)}]", "stage:", "  cpu: {kind: processor}",
                          *(f"  {row}" for row in rows)])  # fmt: skip
        reading = read(text, VOCABULARY, file="stack.yaml")
        assert reading.scene is not None, reading.problems
        names = Names.of(reading.scene, VOCABULARY)
        done = [parse_act(act, names, at=(n + 1) * 1_000_000_000) for n, act in enumerate(acts)]
        return Ran(simulate(reading.scene, VOCABULARY.kinds, acts=done))

    return play


def _with(row: str, fields: str) -> str:
    """A layer with other fields; what it said of one of them before is left out."""
    told = {each.partition(":")[0].strip() for each in fields.split(",")}
    kept = [each for each in row[row.index("{") + 1 : -1].split(", ") if each.partition(":")[0] not in told]
    return f"{row[:row.index('{')]}{{{', '.join([*kept, fields])}}}"
