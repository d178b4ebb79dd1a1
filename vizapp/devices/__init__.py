"""The kinds of device. Adding one is: a file, its test, a line in `KINDS`, its words."""

from vizapp.devices import (
    application,
    budget,
    client,
    emulator,
    host,
    hub,
    hypervisor,
    kernel,
    ladder,
    machine,
    mmu,
    nat_engine,
    nat_router,
    network_card,
    orchestrator,
    paravirtual_vmm,
    processor,
    router,
    runner,
    switch,
    translating_vmm,
    vm,
    vmm,
    web_server,
)
from vizapp.devices.balancing.kinds import KINDS as BALANCING
from vizapp.devices.containers.kinds import KINDS as CONTAINERS
from vizapp.devices.io import device_model, disk, nic
from vizapp.protocols import instruction, launch, order, wire
from vizapp.scene.vocabulary import Kind, Vocabulary
from vizapp.sim.verbs import EVENTS, VERBS

KINDS: tuple[Kind, ...] = (
    processor.KIND,
    vmm.KIND,
    translating_vmm.KIND,
    paravirtual_vmm.KIND,
    emulator.KIND,
    mmu.KIND,
    kernel.KIND,
    application.KIND,
    device_model.KIND,
    disk.KIND,
    nic.KIND,
    *CONTAINERS,
    host.KIND,
    hypervisor.KIND,
    vm.KIND,
    machine.KIND,
    client.KIND,
    web_server.KIND,
    router.KIND,
    nat_router.KIND,
    nat_engine.KIND,
    switch.KIND,
    hub.KIND,
    network_card.KIND,
    orchestrator.KIND,
    runner.KIND,
    *BALANCING,
    ladder.KIND,
    budget.KIND,
)

PROTOCOLS = (
    *(protocol.protocol for protocol in wire.PROTOCOLS),
    instruction.Instruction.protocol,
    order.Order.protocol,
    launch.Launch.protocol,
)

VOCABULARY = Vocabulary.of(KINDS, VERBS, EVENTS, (*PROTOCOLS, *machine.PACKETS))
