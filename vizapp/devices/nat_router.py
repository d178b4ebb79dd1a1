"""A router that translates addresses, as libvirt sets up the kernel of a Linux host: bridge, DHCP, masquerade."""

from dataclasses import replace

from vizapp.devices import machine, router
from vizapp.scene.vocabulary import Column, Event, Field, Kind, Show

NAT = Show("nat", "table", "show.nat", (
    Column("proto", "column.proto", longest="tcp"), Column("inside", "column.inside", longest="192.168.122.100:40001"),
    Column("outside", "column.outside", longest="192.168.1.15:40001"),
    Column("peer", "column.peer", longest="192.168.1.50:80"),
))  # fmt: skip
TRANSLATION: tuple[Field, ...] = (
    Field("masquerade", "port", "The outside port, whose address replaces those of the inside."),
    Field("snat", "ip", "A fixed address to put in instead (SNAT); MASQUERADE, which takes that of the outside port as "
          "it is at present, is meant for one that changes."),
    Field("input", "choice", "What meets packets for the router itself: `drop` lets in answers, DHCP from inside "
          "and the ports of `listen`.", default="accept", choices=("accept", "drop")),
    Field("forward", "choice", "What meets packets passing through: `stateful` lets through answers, what comes "
          "from the inside, and forwarded ports.", default="accept", choices=("accept", "stateful")),
    Field("port-forward", "forward", "One more port forward, which may follow a setting; `none` is none."),
    Field("forwards", "list", "Port forwards.", of=(
        Field("forward", "forward", "Outside port, inside address and port: `2222 -> 192.168.122.100:22`; of UDP "
              "`53/udp -> 192.168.122.53:53`."),)),
)  # fmt: skip
TABLES = (
    Show("badge-nat", "badge", "show.badge-nat", given=("masquerade",), longest="NAT / PAT"),
    NAT,
    machine.FDB,
)

EVENTS: tuple[Event, ...] = (
    Event("nat.new", "A connection gets its line in the NAT table. port_kept: its source port was free.",
          (*machine.ENDS, "proto", "inside", "outside", "peer", "port_kept")),
    Event("nat.rewrite", "A packet is rewritten. direction: out or in. from: the inside machine.", (
        *machine.ENDS, "before", "before.src", "before.sport", "before.dst", "before.dport", "after", "after.src",
        "after.sport", "after.dst", "after.dport", "was", "becomes", "proto", "direction", "port_kept")),
)  # fmt: skip

KIND: Kind = replace(
    router.KIND,
    name="nat-router",
    doc="A router whose inside shares its outside address. Several cables on one port make that port a bridge, like "
    "virbr0 of libvirt.",
    fields=(*router.KIND.fields, *TRANSLATION),
    shows=(*machine.SHOWS, *TABLES),
    events=(*router.KIND.events, *EVENTS),
    example="router: {kind: nat-router, ports: {lan: {ip: 192.168.122.1/24}, wan: {ip: 192.168.1.15/24}}, "
    "masquerade: wan, dhcp: {range: 192.168.122.100-192.168.122.150, lease: 1h}}",
)  # fmt: skip
