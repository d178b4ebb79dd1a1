"""A little network made by hand, for the tests of the window: two stations, a router with a table, a server.

vm1 asks the server at 1 s, vm2 at 2 s with the same port; the router gives vm2 another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vizapp.run import Run
from vizapp.scene.model import Act, Choice, Link, Option, Port, Question, Scene, Setting, Step, Task, Text, Thing
from vizapp.scene.vocabulary import Column, Event, Field, Kind, Show, Verb
from vizapp.sim.behaviour import DELIVERED, Behaviour, Verdict
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.window.session import Session

SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Head:
    protocol: str
    values: Mapping[str, Any]

    def fields(self) -> Mapping[str, Any]:
        return self.values


def layers(src: str, dst: str, sport: int, dport: int, flags: str) -> tuple[Head, ...]:
    return (
        Head("ethernet", {"eth_src": "52:54:00:aa:00:01", "eth_dst": "52:54:00:aa:00:ff"}),
        Head("ipv4", {"src": src, "dst": dst, "ttl": 64}),
        Head("tcp", {"sport": sport, "dport": dport, "flags": flags}),
    )


class Station(Behaviour):
    def start(self) -> None:
        self.show("address", self.thing.fields["address"])

    def do_http(self, act: Act, options: Mapping[str, Any]) -> None:
        sport = options.get("port", 40001)
        self.event("http.get", to=act.args[1], sport=sport)
        head = layers(self.thing.fields["address"], "192.168.1.50", sport, 80, "S")
        self.send(self.port("eth0"), self.packet(head, "SYN", act.args[1]))

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        self.event("http.answered", **{"from": packet.origin})
        return DELIVERED


class Server(Behaviour):
    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        tcp, ip = packet.layers[2].fields(), packet.layers[1].fields()
        head = layers(ip["dst"], ip["src"], tcp["dport"], tcp["sport"], "SA")
        self.after(200_000, self.answer, self.packet(head, "SYN·ACK"))
        return DELIVERED

    def answer(self, packet: Packet) -> None:
        self.send(self.port("eth0"), packet)


class Router(Behaviour):
    rows: tuple[dict[str, Any], ...] = ()

    def start(self) -> None:
        self.show("address", "192.168.122.1")
        self.show("nat", self.rows)

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if port.name == "wan":
            back = packet.layers[2].fields()["dport"]
            row = next(row for row in self.rows if row["outside"].endswith(f":{back}"))
            to = "lan1" if row["inside"].startswith("192.168.122.100") else "lan2"
            self.send(self.port(to), packet)
            return DELIVERED
        ip, tcp = packet.layers[1].fields(), packet.layers[2].fields()
        sport = tcp["sport"] if self.get("same") and not self.rows else 43803 + len(self.rows)
        inside, outside = f"{ip['src']}:{tcp['sport']}", f"192.168.1.15:{sport}"
        self.rows = (*self.rows, {"proto": "tcp", "inside": inside, "outside": outside})
        self.event("nat.rewrite", before={"sport": tcp["sport"]}, after={"sport": sport}, **{"from": packet.origin})
        self.show("nat", self.rows)
        head = layers("192.168.1.15", ip["dst"], sport, tcp["dport"], "S")
        self.send(self.port("wan"), replace(packet, layers=head))
        return DELIVERED


FAILS = (Verb("fail", ("thing",), ""), Verb("restore", ("thing",), ""))
ADDRESS = Show("address", "text", "show.address", longest="192.168.122.100")
KINDS = {
    kind.name: kind
    for kind in (
        Kind("host", "", "machine", "host", container=True),
        Kind("vm", "", "guest", "vm", Station, shows=(ADDRESS,), fields=(Field("address", "ip", ""),),
             verbs=(Verb("http", ("thing", "address"), "", (Field("port", "int", ""),)),),
             events=(Event("http.get", ""), Event("http.answered", ""))),
        Kind("router", "", "network", "router", Router, fields=(Field("same", "bool", "", True),),
             shows=(ADDRESS, Show("nat", "table", "show.nat", (Column("inside", "column.inside"),
                    Column("outside", "column.outside"), Column("proto", "column.proto")), face=False)),
             events=(Event("nat.rewrite", ""),)),
        Kind("server", "", "machine", "server", Server),
    )
}  # fmt: skip


def text(fr: str, en: str) -> Text:
    return Text(fr=fr, en=en)


def thing(id: str, kind: str, label: Text, ports: tuple[str, ...] = (), **more: Any) -> Thing:
    return Thing(id, kind, label, ports=tuple(Port(f"{id}.{name}", id, name) for name in ports), **more)


def scene(**changes: Any) -> Scene:
    things = (
        thing("host", "host", text("Machine hôte", "Host"), children=("vm1", "vm2", "router")),
        thing("vm1", "vm", text("VM 1", "VM 1"), ("eth0",), parent="host", fields={"address": "192.168.122.100"}),
        thing("vm2", "vm", text("VM 2", "VM 2"), ("eth0",), parent="host", fields={"address": "192.168.122.101"}),
        thing("router", "router", text("Routeur virtuel", "Virtual router"), ("lan1", "lan2", "wan"), parent="host",
              fields={"same": True}),
        thing("server", "server", text("Serveur", "Server"), ("eth0",)),
    )  # fmt: skip
    links = (
        Link("vm1--router", "vm1.eth0", "router.lan1"),
        Link("vm2--router", "vm2.eth0", "router.lan2"),
        Link("router--server", "router.wan", "server.eth0"),
    )
    made = Scene(
        id="toy", title=text("Le jouet", "The toy"), summary=text("Un jouet", "A toy"), chapter="networking", level=1,
        minutes=3, seed=7, until=4 * SECOND, things={one.id: one for one in things}, links=links,
        settings={
            "delay": Setting("delay", text("Attente", "Wait"), "duration", 200_000_000, minimum=0, maximum=SECOND,
                             step=10_000_000, says=text("attente de {delay:duration}", "a wait of {delay:duration}")),
            "load": Setting("load", text("Charge", "Load"), "rate", 120.0, minimum=10, maximum=200, step=10),
            "algorithm": Setting("algorithm", text("Algorithme", "Algorithm"), "choice", "rr", (
                Choice("rr", text("Tourniquet (round robin)", "Round robin")),
                Choice("weighted", text("Pondéré (poids fixés)", "Weighted (fixed weights)")))),
            "same": Setting("same", text("Même port source", "Same source port"), "bool", True),
        },
        script=(
            Act("http", ("vm1", "server"), {"port": 40001}, SECOND),
            Act("http", ("vm2", "server"), {"port": 40001}, 2 * SECOND),
        ),
        follow=("tcp", "nat.rewrite"),
        steps=(
            Step("start", text("Deux VM partagent une adresse.", "Two VMs share an address."),
                 title=text("Deux VM, une adresse", "Two VMs, one address")),
            Step("nat.rewrite at router from vm1", text("Le routeur réécrit l’adresse source.",
                 "The router rewrites the source address."), focus=("router",), table="router.nat",
                 notes=text("Montrer la table.", "Show the table.")),
            Step("nat.rewrite at router from vm2", text("Le port est pris : un autre est choisi, 43804.",
                 "The port is taken: another one is chosen, 43804."), focus=("router", "vm2"), table="router.nat"),
            Step("http.answered at vm2", text("La réponse retrouve VM 2.", "The answer finds VM 2.")),
            Step("disk.crash at vm2", text("Le disque tombe.", "The disk crashes.")),
        ),
        questions=(
            Question("nat.rewrite at router from vm2", text("Quel port source le serveur verra-t-il ?",
                     "Which source port will the server see?"), "after.sport", (
                Option("same", text("Ce port est déjà pris par VM 1.", "VM 1 has that port already.")),
                Option("other", text("Le routeur en choisit un libre.", "The router picks a free one."))), "router"),
        ),
        tasks=(
            Task(text("Faites répondre le serveur à VM 1 encore une fois.", "Let the server answer VM 1 once more."),
                 "count http.answered at vm1 >= 2", (text("Clic droit sur VM 1.", "Right-click VM 1."),
                 text("Choisissez http.", "Choose http."), text("Puis le serveur.", "Then the server."))),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def session(**changes: Any) -> Session:
    """A session of the toy, simulated to its end."""
    return Session(Run(scene(**changes), KINDS).complete())
