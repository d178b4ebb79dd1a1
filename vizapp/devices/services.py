"""What is written and told of the services of a machine and of those that it uses: DHCP, DNS."""

from vizapp.scene.vocabulary import Column, Event, Field, Show

ENDS = ("from", "to")
SERVED = (*ENDS, "ip", "mac", "broadcast")

DHCP = Field("dhcp", "map", "Its DHCP server, on the port whose network holds the range.", of=(
    Field("range", "range", "First and last address that it gives.", required=True),
    Field("lease", "duration", "How long an address is lent.", default="1h"),
    Field("ping-check", "bool", "Pings an address before it offers it, which costs 3 s.", default=False),
    Field("router", "ip", "The router that it names; its own address if nothing is written, `0.0.0.0` for none."),
    Field("off", "bool", "The server is stopped.", default=False),
    Field("dns", "list", "The DNS servers that it names; itself if it serves DNS, else none.",
          of=(Field("dns", "ip", "An address."),)),
    Field("reservations", "list", "Addresses kept for one machine each.", of=(Field("reservation", "map", "", of=(
        Field("mac", "mac", "Whose.", required=True), Field("ip", "ip", "Which.", required=True))),)),
))  # fmt: skip
DNS = Field("dns", "map", "Its DNS server, on UDP port 53. A name that it does not know, and that it can ask nobody "
            "about, does not exist.", of=(
    Field("records", "map", "Addresses by name: `{www.example.org: 203.0.113.80}`.",
          of=(Field("*", "ip", "The address of that name."),)),
    Field("ttl", "duration", "How long others may keep them.", default="5min"),
    Field("forward", "list", "Whom it asks for other names, whose answers it then keeps; those that DHCP named if "
          "nothing is written.", of=(Field("forward", "ip", "An address."),)),
    Field("off", "bool", "The server is stopped.", default=False),
))  # fmt: skip
FIELDS: tuple[Field, ...] = (
    Field("broadcast-flag", "bool", "Its DHCP client asks for answers by broadcast.", default=False),
    Field("dhcp-retry", "duration", "Wait before its DHCP client repeats itself; if nothing is written, 4 s, doubled "
          "each time, ± 1 s (RFC 2131)."),
    Field("address-check", "bool", "Its DHCP client asks by ARP whether somebody has the address that it was given, "
          "and declines it if so (`udhcpc -a`).", default=False),
    Field("hostname", "text", "What its DHCP client calls it (option 12)."),
    Field("link-local", "bool", "When nobody offers an address, it chooses one of 169.254/16 itself (RFC 3927), after "
          "three DISCOVERs, and goes on asking.", default=False),
    DHCP,
    Field("resolver", "list", "The DNS servers that it asks; those that DHCP named if nothing is written.",
          of=(Field("resolver", "ip", "An address."),)),
    DNS,
)  # fmt: skip

FACES: tuple[Show, ...] = (
    Show("dhcp-wait", "ring", "show.dhcp-wait"),
    Show("dhcp-check", "ring", "show.dhcp-check", given=("dhcp",)),
    Show("badge-dhcp", "badge", "show.badge-dhcp", given=("dhcp",), longest="DHCP"),
    Show("badge-dns", "badge", "show.badge-dns", given=("dns",), longest="DNS"),
    Show("resolvers", "text", "show.resolvers", face=False),
)
TABLES: tuple[Show, ...] = (
    Show("lease", "table", "show.lease", (
        Column("ip", "column.ip"), Column("server", "column.server"),
        Column("state", "column.state", longest="REQUESTING"),
        Column("t1", "column.t1", longest="lease.longest"), Column("t2", "column.t2", longest="lease.longest"),
        Column("end", "column.end", longest="lease.longest"),
    ), longest="1", given=("ip",)),
    Show("leases", "table", "show.leases", (
        Column("ip", "column.ip"), Column("mac", "column.mac", longest="52:54:00:aa:00:01"),
        Column("lease_s", "column.lease", longest="3600"),
    ), given=("dhcp",)),
    Show("dns-records", "table", "show.dns-records", (
        Column("name", "column.name", longest="www.example.org"), Column("ip", "column.ip"),
        Column("ttl", "column.ttl", longest="3600"),
    ), given=("dns",)),
    Show("dns-cache", "table", "show.dns-cache", (
        Column("name", "column.name", longest="www.example.org"), Column("ip", "column.ip"),
        Column("end", "column.end", longest="lease.longest"),
    ), given=("dns",)),
)  # fmt: skip

CALL = (*ENDS, "address", "port", "sport", "name")
SESSIONS = tuple(
    event
    for protocol, name in (("ssh", "an SSH"), ("rdp", "a Remote Desktop"), ("vnc", "a VNC"))
    for event in (
        Event(f"{protocol}.connected", f"The caller has {name} session. time: ns since the call.", (*CALL, "time")),
        Event(f"{protocol}.failed", "It has none.", (*CALL, "reason", "time")),
        Event(f"{protocol}.session", f"The called machine lets in {name} session; screen: whose one gets.",
              (*ENDS, "screen")),
    )
)  # fmt: skip
EVENTS: tuple[Event, ...] = (
    *SESSIONS,
    Event("dhcp.discover", "A client asks anybody for an address.", (*ENDS, "mac", "broadcast")),
    Event("dhcp.request", "A client takes an offer, or renews its lease.", (*ENDS, "mac", "broadcast", "ip")),
    Event("dhcp.bound", "A client has its address.", (*ENDS, "ip", "lease_s", "t1_s", "t2_s", "router", "dns")),
    Event("dhcp.renewing", "T1 is over: a client asks the server of its lease for more time.", (*ENDS, "ip")),
    Event("dhcp.rebinding", "T2 is over: it asks any server.", (*ENDS, "ip")),
    Event("dhcp.decline", "A client found its new address in use.", (*ENDS, "mac", "broadcast", "ip")),
    Event("dhcp.release", "A client gives its address back.", (*ENDS, "mac", "ip")),
    Event("dhcp.expired", "A lease ended without renewal.", ("from", "ip")),
    Event("dhcp.offer", "The server offers an address.", SERVED),
    Event("dhcp.ack", "The server grants it.", SERVED),
    Event("dhcp.nak", "The server refuses.", SERVED),
    Event("dhcp.withdrawn", "The client took another server's offer: this one takes back its own.",
          (*ENDS, "ip", "mac")),
    Event("dhcp.checking", "The server asks, before it offers an address, whether somebody uses it.",
          (*ENDS, "ip", "mac")),
    Event("dhcp.in-use", "The server learned that somebody uses an address of its range: it sets it aside.",
          (*ENDS, "ip", "mac")),
    Event("dhcp.exhausted", "No address is left.", ENDS),
    Event("link-local.chosen", "A machine without an offer chooses an address and will ask whether anybody has it.",
          ("from", "ip")),
    Event("link-local.conflict", "Somebody else has that address, or wants it too.", ("from", "ip")),
    Event("link-local.taken", "Nobody answered for it: the machine takes it.", ("from", "ip")),
    Event("dns.query", "A question for the address of a name leaves; `n`: the number of this attempt, from 1.",
          (*ENDS, "name", "address", "n")),
    Event("dns.relay", "A DNS server asks another one.", (*ENDS, "name", "address")),
    Event("dns.answer", "A DNS server answers; cached: it had kept the answer of another one.",
          (*ENDS, "name", "rcode", "address", "ttl", "cached")),
    Event("dns.resolved", "The one who asked has the address. time: ns since it began to ask.",
          (*ENDS, "name", "server", "address", "ttl", "time")),
    Event("dns.failed", "It has none.", (*ENDS, "name", "server", "reason", "time")),
)  # fmt: skip
