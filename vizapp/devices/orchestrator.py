"""A program that has others run things: it sends orders along its cables, and nothing else passes through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices.executor import Plug, plugs
from vizapp.protocols.order import START, STOP, Order
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Event, Field, Kind, Show, Verb
from vizapp.sim.behaviour import DELIVERED, Behaviour, Impossible, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

PASSING = 200_000  # ns before it passes an order on; of the model, as all that programs need


class Ordering(Behaviour):
    """What gives orders or takes them: it knows by which of its cables a thing can be reached."""

    wired = False

    def leads(self, target: str) -> Plug | None:
        """The cable towards `target`, or towards what runs it, by the fewest programs on the way."""
        ways = [(far, n, plug) for n, plug in enumerate(plugs(self)) if (far := _far(plug.there, target, self.id)) >= 0]
        return min(ways, default=(0, 0, None))[2]

    def holds(self, target: str) -> bool:
        """Whether this is where orders for `target` end."""
        return self.id == target

    def dispatch(self, order: Order, to: str, packet: Packet | None = None) -> None:
        """Put an order on its way to what it is about, or an answer to who gave the order. A cable leads there."""
        plug = self.leads(to)
        assert plug is not None
        going = self.packet((order,), order.pill, to) if packet is None else packet
        self.send(plug.port, replace(going, layers=(order,), name=order.pill, to=to), plug.link)


def _far(start: Behaviour, target: str, around: str) -> int:
    """How many cables lie between that device and whoever takes orders for `target`, not coming back; -1: no way."""
    row, seen, far = [start], {around, start.id}, 0
    while row := [device for device in row if isinstance(device, Ordering)]:
        if any(device.holds(target) for device in row):
            return far
        row = [plug.there for device in row for plug in plugs(device) if plug.there.id not in seen]
        seen |= {device.id for device in row}
        far += 1
    return -1


def order_of(packet: Packet) -> Order | None:
    """The order that a packet is, if it is one."""
    layer = packet.layers[0]
    return layer if isinstance(layer, Order) else None


def about(order: Order, sender: str, to: str) -> dict[str, Any]:
    """What events tell of an order."""
    what = {"words": f"order.{order.answer or order.action}"}
    return {"action": order.action, "node": order.node, "what": what, "from": sender, "to": to}


class Orchestrator(Ordering):
    """Gives orders, and passes on those of others."""

    def start(self) -> None:
        self.opened = True
        self.given = self.carried = 0
        self.show("opened", True)
        self.show("closed", None)
        self.show("closing", None)
        self.show("given", 0)
        self.show("carried", 0)

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        order = order_of(packet)
        if order is None:
            self.carried += 1
            self.show("carried", self.carried)
            return dropped("not-an-order")
        if not self.opened:
            return dropped("program-closed")
        if packet.to == self.id:
            self.event("order.answered", answer=order.answer, result={"words": f"order.{order.answer}"},
                       **about(order, order.node, self.id))  # fmt: skip
        else:
            self.after(PASSING, self._pass, packet)
        return DELIVERED

    def _pass(self, packet: Packet) -> None:
        order, to = order_of(packet), packet.to
        if order is not None and to is not None:
            self.event("order.passed", **about(order, packet.origin, to))
            self.dispatch(order, to, packet)

    def do_order_start(self, act: Act, options: Mapping[str, Any]) -> None:
        """`order-start ORCHESTRATOR THING`."""
        self._order(START, act.args[1])

    def do_order_stop(self, act: Act, options: Mapping[str, Any]) -> None:
        """`order-stop ORCHESTRATOR THING`."""
        self._order(STOP, act.args[1])

    def _order(self, action: str, node: str) -> None:
        if not self.opened:
            raise Impossible("program-closed", device=self.id)
        if self.leads(node) is None:
            raise Impossible("nobody-runs-it", device=self.id, node=node)
        self.given += 1
        self.show("given", self.given)
        order = Order(action, node)
        self.event("order.given", **about(order, self.id, node))
        self.dispatch(order, node)

    def do_quit(self, act: Act, options: Mapping[str, Any]) -> None:
        """`quit ORCHESTRATOR`."""
        if not self.opened:
            raise Impossible("program-closed", device=self.id)
        self.event("orchestrator.closed", **{"from": self.id})
        self._leave()

    def do_reopen(self, act: Act, options: Mapping[str, Any]) -> None:
        """`reopen ORCHESTRATOR`."""
        if self.opened:
            raise Impossible("already-open", device=self.id)
        self.opened = True
        self.show("opened", True)
        self.show("closed", None)
        self.event("orchestrator.opened", **{"from": self.id})

    def on_fail(self) -> None:
        self._leave()

    def _leave(self) -> None:
        """It is gone, closed or crashed: whoever it is cabled to notices."""
        self.opened = False
        self.show("opened", False)
        self.show("closed", {"words": "orchestrator.closed", "tone": "warn"})
        for plug in plugs(self):
            if isinstance(plug.there, Orchestrator) and not plug.there.failed:
                plug.there.after(PASSING, plug.there.left, self.id)

    def left(self, who: str) -> None:
        """A client is gone; with `auto-close` another one may come before all that runs is stopped."""
        if not self.opened:
            return
        self.event("orchestrator.left", **{"from": who, "to": self.id})
        wait = int(self.get("closes-after")) if self.get("auto-close") else 0
        self.show("closing", wait or None)
        self.after(wait, self._settle, who)

    def _settle(self, who: str) -> None:
        """Nobody else has come: with `auto-close` all that runs is stopped."""
        self.show("closing", None)
        closes = bool(self.get("auto-close")) and not self._clients()
        nodes = list(self._nodes({self.id, who})) if closes else []
        self.event("orchestrator.settles", closes=closes, count=len(nodes), **{"from": who, "to": self.id})
        for node in nodes:
            self._order(STOP, node)

    def _clients(self) -> list[Orchestrator]:
        """The open programs that give it orders: behind them there is nothing that runs."""
        others = [plug.there for plug in plugs(self) if isinstance(plug.there, Orchestrator)]
        return [each for each in others if each.opened and not each.failed and not each.runs({self.id})]

    def runs(self, seen: set[str]) -> bool:
        """Whether anything can run behind its cables, but those of `seen`."""
        around = [plug.there for plug in plugs(self) if plug.there.id not in seen]
        return any(each.runs(seen | {self.id}) if isinstance(each, Orchestrator) else isinstance(each, Ordering)
                   for each in around)  # fmt: skip

    def _nodes(self, seen: set[str]) -> Iterator[str]:
        """What runs behind this one's cables, but those of `seen`."""
        for plug in plugs(self):
            there = plug.there
            if there.id in seen:
                continue
            if isinstance(there, Orchestrator):
                yield from there._nodes(seen | {there.id})
            elif isinstance(there, Ordering):
                yield from (thing.id for thing in self.world.scene.things.values() if there.holds(thing.id)
                            and getattr(self.world.devices.get(thing.id), "powered", False))  # fmt: skip


ORDER = ("action", "node", "what", "from", "to")

KIND = Kind(
    "orchestrator",
    "A program that has other programs start and stop things: GNS3, the management of Proxmox VE, Portainer. It sends "
    "orders along its cables, to a `runner` or to another orchestrator on the way there; what those things say to each "
    "other does not pass through it.",
    role="application",
    icon="application",
    behaviour=Orchestrator,
    open_ports=True,
    fields=(
        Field("auto-close", "bool", "When its last client has left, it stops all that runs.", default=False),
        Field("closes-after", "duration", "How long it waits for another client before it does; GNS3 waits 5 s.", "5s"),
    ),
    shows=(
        Show("given", "text", "show.given", longest="88"),
        Show("carried", "text", "show.carried", longest="88", face=False),
        Show("closed", "badge", "show.closed", longest="orchestrator.closed"),
        Show("closing", "ring", "show.closing"),
        Show("opened", "text", "show.opened", face=False),
    ),
    verbs=(
        Verb("order-start", ("thing", "thing"), "Orders that something is started, by whatever runs it.",
             example="order-start gns3 r1 @ 1s", asks=False, when=("opened", True)),
        Verb("order-stop", ("thing", "thing"), "Orders that something is stopped.",
             example="order-stop gns3 r1 @ 9s", asks=False, when=("opened", True)),
        Verb("quit", ("thing",), "Closes the program.", example="quit gns3 @ 12s", when=("opened", True)),
        Verb("reopen", ("thing",), "Opens it again.", example="reopen gns3 @ 14s", when=("opened", False)),
    ),
    events=(
        Event("order.given", "An order is given: start or stop. node: of what.", ORDER),
        Event("order.passed", "A program on the way passes an order, or an answer, on.", ORDER),
        Event("order.answered", "Who gave the order learns what came of it.", (*ORDER, "answer", "result")),
        Event("orchestrator.closed", "The program was closed.", ("from",)),
        Event("orchestrator.opened", "The program was opened again.", ("from",)),
        Event("orchestrator.left", "One that gave it orders is gone.", ("from", "to")),
        Event("orchestrator.settles", "It has waited for another one. closes: it stops all that runs; count: how many.",
              ("from", "to", "closes", "count")),
    ),
    example="gns3: {kind: orchestrator}",
)  # fmt: skip
