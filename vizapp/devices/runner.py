"""A program that runs what stands in it: an emulator, a hypervisor, a container engine. Orders start and stop it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vizapp.devices.orchestrator import PASSING, Ordering, order_of
from vizapp.protocols.order import START, Order
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Event, Field, Kind, Show
from vizapp.sim.behaviour import DELIVERED, Impossible, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

WAYS = ("emulated", "virtualized", "contained")
SECOND = 1_000_000_000


class Runner(Ordering):
    """Carries out orders about the things in it."""

    def start(self) -> None:
        self.show("way", {"words": f"runner.{self.get('way')}"})

    def configure(self, name: str, value: object) -> None:
        self.start()

    def holds(self, target: str) -> bool:
        thing = self.world.scene.things.get(target)
        return thing is not None and thing.parent == self.id

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        order = order_of(packet)
        if order is None:
            return dropped("not-an-order")
        self.after(PASSING, self._carry_out, (order, packet))
        return DELIVERED

    def _carry_out(self, entry: tuple[Order, Packet]) -> None:
        order, packet = entry
        try:
            answer = self._do(order)
        except Impossible as refusal:
            answer = "refused"
            self.event("runner.refused", action=order.action, reason=refusal.reason, **self._about(order.node))
        self.dispatch(replace(order, answer=answer), packet.origin)

    def _do(self, order: Order) -> str:
        """Start or stop it; Impossible where that can't be."""
        device = self.world.devices[order.node]
        starts = order.action == START
        if starts and not self.get("image"):
            raise Impossible("no-image", device=self.id)
        verb = "boot" if starts else "shutdown"
        device.do(Act(verb, (order.node,)), {"takes": self.get("takes")} if starts else {})
        name = "runner.started" if starts else "runner.stopped"
        self.event(name, **self._about(order.node))
        return "started" if starts else "stopped"

    def _about(self, node: str) -> dict[str, Any]:
        way = str(self.get("way"))
        return {"way": way, "how": {"words": f"runner.{way}"}, "from": self.id, "to": node}


DONE = ("way", "how", "from", "to")

KIND = Kind(
    "runner",
    "A program that runs the machines in it and starts and stops them when it is ordered to: Dynamips, QEMU, "
    "VirtualBox, Docker.",
    role="hypervisor",
    icon="hypervisor",
    behaviour=Runner,
    container=True,
    open_ports=True,
    fields=(
        Field("way", "choice", "How it runs them: it translates every instruction (emulated), lets the processor "
                               "execute them (virtualized), or starts processes upon the host's own kernel "
                               "(contained).", "virtualized", choices=WAYS),
        Field("image", "bool", "Whether it has the image that what it runs is started from.", True),
        Field("takes", "duration", "How long what it runs takes to start; a value of the model.", SECOND),
    ),
    shows=(Show("way", "text", "show.way", longest="runner.virtualized"),),
    events=(
        Event("runner.started", "What it runs was started. way: emulated, virtualized or contained.", DONE),
        Event("runner.stopped", "What it runs was stopped.", DONE),
        Event("runner.refused", "It could not carry the order out.", ("action", "reason", *DONE)),
    ),
    example="dynamips: {kind: runner, way: emulated, inside: {r1: {kind: router}}}",
)  # fmt: skip
