"""Scenes in Python for tests of the picture: a NAT network, a balancer, a stack of layers, and any nested stage."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from vizapp.scene.model import Link, Port, Scene, Text, Thing
from vizapp.scene.vocabulary import Column, Kind, Show
from vizapp.sim.timeline import Timeline


def both(fr: str, en: str | None = None) -> Text:
    return Text({"fr": fr, "en": en or fr})


ADDRESS = Show("address", "text", "show.address", longest="255.255.255.255")
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("host", "", "machine", "host", container=True),
        Kind("hypervisor", "", "hypervisor", "hypervisor", container=True),
        Kind("vm", "", "guest", "linux", shows=(ADDRESS, Show("boot", "ring", "show.boot"))),
        Kind("router", "", "network", "router", shows=(
            ADDRESS, Show("dhcp", "badge", "show.badge-dhcp", longest="DHCP"),
            Show("nat", "table", "show.nat", (Column("inside", "column.inside"), Column("outside", "column.outside"))),
        )),
        Kind("switch", "", "network", "switch", open_ports=True),
        Kind("machine", "", "machine", "desktop", shows=(ADDRESS,)),
        Kind("clients", "", "network", "clients", shows=(Show("rate", "text", "show.rate", longest="2 000 req/s"),)),
        Kind("server", "", "machine", "server", shows=(
            Show("busy", "load", "show.in_progress", longest="10"),
            Show("state", "text", "show.state", longest="set aside at t = 888.888 s"),
        )),
        Kind("kernel", "", "guest", "kernel"),
        Kind("vmm", "", "hypervisor", "hypervisor", shows=(Show("exits", "text", "show.exits", longest="88"),)),
        Kind("cpu", "", "hardware", "processor"),
    )
}  # fmt: skip


def thing(name: str, kind: str, label: Text | None = None, *, within: str | None = None, ports: str = "",
          inside: tuple[str, ...] = (), **more: Any) -> Thing:  # fmt: skip
    made = tuple(Port(f"{name}.{port}", name, port, ip=None if kind in ("kernel", "vmm", "cpu") else "dhcp")
                 for port in ports.split())  # fmt: skip
    return Thing(name, kind, label or both(name), within, inside, made, **more)


def scene(name: str, things: list[Thing], links: str = "", **more: Any) -> Scene:
    made = tuple(
        Link(f"{a}--{b}", a, b) for a, b in (pair.split(" -- ") for pair in links.split(", ") if links)
    )  # fmt: skip
    return Scene(name, both(name), both(name), "networking", 1, 5, 1, 10**9, {t.id: t for t in things}, made, **more)


NAT = scene(
    "nat",
    [
        thing("host", "host", both("Machine hôte", "Host"), inside=("hyp",), caption=both("Linux · 192.168.1.15")),
        thing("hyp", "hypervisor", both("KVM + libvirt"), within="host", inside=("vm1", "vm2", "router"),
              caption=both("réseau NAT partagé", "shared NAT network")),
        thing("vm1", "vm", both("VM 1 · Debian"), within="hyp", ports="eth0"),
        thing("vm2", "vm", both("VM 2 · Debian"), within="hyp", ports="eth0"),
        thing("router", "router", both("Routeur virtuel", "Virtual router"), within="hyp", ports="lan wan"),
        thing("lan", "switch", both("Commutateur", "Switch"), ports="p1 p2 p3"),
        thing("server", "machine", both("Serveur", "Server"), ports="eth0"),
        thing("pc", "machine", both("Poste du réseau", "LAN machine"), ports="eth0"),
    ],
    "vm1.eth0 -- router.lan, vm2.eth0 -- router.lan, router.wan -- lan.p1, server.eth0 -- lan.p2, pc.eth0 -- lan.p3",
)  # fmt: skip

BALANCED = scene(
    "balanced",
    [
        thing("clients", "clients", both("Clients"), ports="eth0"),
        thing("lb", "switch", both("Répartiteur", "Balancer"), ports="front back"),
        *(thing(f"web{i}", "server", both(f"web{i}"), ports="eth0") for i in (1, 2, 3)),
    ],
    "clients.eth0 -- lb.front, lb.back -- web1.eth0, lb.back -- web2.eth0, lb.back -- web3.eth0",
)

LAYERS = scene(
    "layers",
    [
        thing(
            "kernel", "kernel", both("Noyau invité", "Guest kernel"), caption=both("anneau 0", "ring 0"), ports="a b"
        ),
        thing("vmm", "vmm", both("Hyperviseur", "Hypervisor"), ports="a"),
        thing("cpu", "cpu", both("Processeur", "Processor"), ports="a b"),
    ],
    "kernel.a -- cpu.a, vmm.a -- cpu.b",
)

BRIDGE = scene(
    "bridge",
    [
        thing("host", "host", both("Machine hôte", "Host"), inside=("vm1", "vm2", "vm3", "br")),
        *(thing(f"vm{i}", "vm", both(f"VM {i}"), within="host", ports="eth0") for i in (1, 2, 3)),
        thing("br", "switch", both("Pont virtuel", "Virtual bridge"), within="host", ports="vnet1 vnet2 vnet3"),
    ],
    "vm1.eth0 -- br.vnet1, vm2.eth0 -- br.vnet2, vm3.eth0 -- br.vnet3",
)

BRIDGES = scene(
    "bridges",
    [
        thing("host", "host", both("Machine hôte", "Host"), inside=("vm1", "vm2", "vm3", "br", "other")),
        *(thing(f"vm{i}", "vm", both(f"VM {i}"), within="host", ports="eth0") for i in (1, 2, 3)),
        *(thing(name, "switch", both(name), within="host", ports="p1 p2") for name in ("br", "other")),
    ],
    "vm1.eth0 -- br.p1, vm2.eth0 -- br.p2, vm3.eth0 -- other.p1",
)

SCENES = (NAT, BALANCED, LAYERS, BRIDGE)


def timeline(**values: Any) -> Timeline:
    """A run in which fields had values from the start on: `vm1__address="10.0.0.1"`."""
    made = Timeline()
    made.end = 10**9
    for name, value in values.items():
        device, _, field = name.partition("__")
        made.track(device, field).put(0, value)
    return made


@st.composite
def stages(draw: st.DrawFn) -> Scene:
    """Any stage of up to a dozen things, at most three boxes deep, with cables between some of them."""
    names = [f"n{i}" for i in range(draw(st.integers(2, 12)))]
    parents: dict[str, str | None] = {}
    depth: dict[str, int] = {}
    for index, name in enumerate(names):
        above = [other for other in names[:index] if depth[other] < 2 and other in names[: len(names) // 3]]
        parents[name] = draw(st.sampled_from([None, *above]))
        depth[name] = 0 if parents[name] is None else depth[parents[name] or ""] + 1
    things = []
    for name in names:
        inside = tuple(other for other in names if parents[other] == name)
        leaf = draw(st.sampled_from(["vm", "router", "machine", "server", "switch", "clients"]))
        arrange = draw(st.sampled_from([None, None, None, "row", "column", "grid"])) if inside else None
        label = both(draw(st.sampled_from(["A", "Machine", "Routeur virtuel", "Un nom assez long pour gêner"])))
        things.append(thing(name, "hypervisor" if inside else leaf, label, within=parents[name], inside=inside,
                            ports=" ".join(f"p{i}" for i in range(12)), arrange=arrange))  # fmt: skip
    leaves = [each.id for each in things if not each.children]
    links = []
    if len(leaves) > 1:
        pairs = st.tuples(st.sampled_from(leaves), st.sampled_from(leaves)).filter(lambda pair: pair[0] < pair[1])
        chosen = draw(st.lists(pairs, max_size=8, unique=True))
        links = [f"{a}.p{i} -- {b}.p{i}" for i, (a, b) in enumerate(chosen)]
    return scene("any", things, ", ".join(links))
