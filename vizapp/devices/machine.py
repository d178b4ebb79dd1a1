"""Machines on a network: the verbs, fields, tables and events that every one of them has, and the plain machine."""

from dataclasses import replace

from vizapp.devices import faults, redundancy, services
from vizapp.devices.net.node import Node
from vizapp.scene.vocabulary import Column, Event, Field, Kind, Show, Verb

# packets that `follow:` may name one by one, as their pills do
PACKETS = (
    "arp-request", "arp-reply", "syn", "syn-ack", "ack", "fin", "rst", "discover", "offer", "request", "nak", "release",
    "echo", "echo-reply", "redirect", "unreachable", "time-exceeded", "gratuitous-arp",
)  # fmt: skip
PORT = Field("port", "int", "A port.", minimum=1, maximum=65535)
ENDS = services.ENDS
CALL = (*ENDS, "address", "port", "sport", "name")
TCP = (*ENDS, "src", "sport", "dst", "dport")

OFF = Field("off", "bool", "Switched off at the start. A machine with a `boot` act in the script is off without it.",
            default=False)  # fmt: skip
FIELDS: tuple[Field, ...] = (
    Field("listen", "list", "TCP ports on which a service answers: `80`, whose service speaks the language of its "
          "caller (HTTP, SSH or RDP; on 5900 VNC), or by name on the usual port, `ssh`, `rdp`, `vnc`, `http`, or on "
          "another one, `ssh:2222`.", of=(Field("port", "service", "A port or a service."),)),
    Field("body", "text", "What its service answers; `hello from ID` if nothing is written."),
    Field("routes", "list", "Static routes.", of=(Field("route", "route", "`192.168.122.0/24 via 192.168.1.15`."),)),
    Field("static-route", "route", "One more route, which may follow a setting; `none` is no route."),
    Field("forwarding", "bool", "Passes on packets that are not for itself.", default=False),
    Field("accept-redirects", "bool", "Believes a router that names a nearer one (ICMP redirect), unless it forwards "
          "itself.", default=True),
    *services.FIELDS,
    redundancy.KEEPALIVED,
    OFF,
    Field("promiscuous", "bool", "Its card takes in every frame that reaches it, for other MACs too.", default=False),
    Field("analyser", "choice", "A network analyser on its cards: `plain` (`tcpdump -p`) displays what they take in "
          "and send, `promiscuous` (`tcpdump`) makes them promiscuous first.", default="off",
          choices=("off", "plain", "promiscuous")),
    Field("card", "choice", "Its model of card: a `veth` has no filter by MAC, the others have one.",
          default="physical", choices=("physical", "virtio", "vmxnet3", "veth")),
)  # fmt: skip

ON = ("powered", True)
FLUSH = Verb("flush", ("thing", "value"), "Forgets what was learned: the MAC table (`fdb`) or the ARP cache (`arp`).",
             example="flush lan fdb @ 4s", values=("fdb", "arp"))  # fmt: skip
CALL_OPTIONS = (
    replace(PORT, doc="Source port; if nothing is written, a random one of 32768–60999."),
    replace(PORT, name="dport", doc="Destination port; 80 if nothing is written."),
    Field("timeout", "duration", "How long the caller waits; 3 s if nothing is written.", minimum=1),
)  # fmt: skip
SESSION = (
    CALL_OPTIONS[0], replace(PORT, name="dport", doc="Destination port; the usual one if nothing is written."),
    CALL_OPTIONS[2],
)  # fmt: skip
VERBS: tuple[Verb, ...] = (
    Verb("boot", ("thing",), "Switches the machine on; its addresses and services come when it is up.",
         (Field("takes", "duration", "How long it boots; 1 s if nothing is written."),), "boot vm1 takes=2s @ 0s",
         when=("powered", False)),
    Verb("shutdown", ("thing",), "Switches the machine off.", example="shutdown vm1 @ 9s", when=("powered", True)),
    Verb("http", ("thing", "address"), "Opens a TCP connection, asks for a page, reads it, closes.", (
        *CALL_OPTIONS,
        Field("path", "text", "The page; `/` if nothing is written."),
        Field("think", "duration", "Wait between opening and asking; 20 ms if nothing is written."),
    ), "http vm1 server port=40001 @ 3s", when=ON),
    Verb("connect", ("thing", "address"), "Opens a TCP connection and leaves it open.", CALL_OPTIONS,
         "connect lan1 router:22 @ 5s", when=ON),
    Verb("ping", ("thing", "address"), "Sends ICMP echo requests.", (
        Field("count", "int", "How many; 1 if nothing is written.", minimum=1, maximum=100),
        Field("ttl", "int", "Time to live; 64 if nothing is written.", minimum=1, maximum=255),
        Field("interval", "duration", "Between two requests; 1 s if nothing is written.", minimum=1),
        Field("id", "int", "Identifier; random if nothing is written.", minimum=1, maximum=65535),
        Field("timeout", "duration", "How long it waits after its last request when nothing was answered; 10 s if "
              "nothing is written.", minimum=1),
    ), "ping vm1 server count=2 @ 3s", when=ON),
    Verb("watch", ("thing", "address"), "Sends one request after another until it is told to stop, and measures for "
         "how long nothing answers.", (
        Field("interval", "duration", "From one request to the next; 100 ms if nothing is written.", minimum=1_000_000),
        Field("by", "choice", "What it sends: a `ping`, of which no event tells, or a request for a page (`http`).",
              choices=("ping", "http")),
        Field("timeout", "duration", "Within which an answer counts; an interval, at least 200 ms, if nothing is "
              "written.", minimum=1_000_000),
    ), "watch client 10.0.0.10 interval=100ms @ 3s", when=ON),
    Verb("unwatch", ("thing",), "Stops watching.", example="unwatch client @ 20s", asks=True,
         when=("watching", True)),
    Verb("ssh", ("thing", "address"), "Opens an SSH session, which stays open.", SESSION, "ssh lan1 vm1 @ 3s",
         when=ON),
    Verb("rdp", ("thing", "address"), "Opens a Remote Desktop session, which stays open.", SESSION,
         "rdp lan1 host:5001 @ 3s", when=ON),
    Verb("vnc", ("thing", "address"), "Opens a VNC session, which stays open.", SESSION, "vnc lan1 vm1 @ 3s",
         when=ON),
    Verb("close", ("thing", "address"), "Closes what it has opened there.", example="close lan1 vm1 @ 9s",
         when=ON),
    Verb("resolve", ("thing", "value"), "Asks a DNS server for the address of a name.", (
        Field("server", "ip", "Which one; those that it knows if nothing is written."),
    ), "resolve vm1 www.example.org @ 3s", asks=True, when=ON),
    Verb("arp", ("thing", "address"), "Asks who has the address.", example="arp vm1 router.lan @ 2s", when=ON),
    Verb("neighbour", ("thing", "address", "value"), "Writes an ARP entry by hand, as `ip neigh` does; `del` takes it "
         "away.", example="neighbour vm1 192.168.20.99 52:54:00:00:20:99 @ 2s", asks=False, when=ON),
    FLUSH,
    Verb("dhcp", ("thing",), "Renews its DHCP lease, or asks for one.", example="dhcp vm1 @ 8s", asks=True, when=ON),
    Verb("release", ("thing",), "Gives its DHCP lease back.", example="release vm1 @ 9s", when=ON),
    Verb("address", ("port", "cidr"), "Gives a card another address with its mask, or asks DHCP for one, or leaves it "
         "without. Its routes, ARP entries and connections go with the old address, as with `ip address` of Linux; "
         "what was written comes back when the machine boots.", (
        Field("gateway", "ip", "The default route that comes with it."),
    ), "address vm1.eth0 192.168.1.5/24 gateway=192.168.1.1 @ 6s", values=("dhcp", "none"), when=ON),
    Verb("gateway", ("thing", "ip"), "Sets its default route, on one of its networks, or takes it away.",
         example="gateway vm1 192.168.1.1 @ 6s", values=("none",), when=ON),
    *(replace(verb, when=verb.when or ON) for verb in faults.VERBS),
    Verb("route", ("thing", "value", "value*"), "Adds a route; with `del` at the end, takes it away.",
         example='route lan1 "192.168.122.0/24 via 192.168.1.15" @ 9s', when=ON),
    *redundancy.VERBS,
)  # fmt: skip

SHOWS: tuple[Show, ...] = (
    Show("address", "text", "show.address", longest="255.255.255.255", per_port=True),
    Show("boot", "ring", "show.boot"),
    *services.FACES,
    *redundancy.FACES,
    Show("watch", "text", "show.watch", given=("watch",), longest="watch.longest"),
    Show("outage", "text", "show.outage", given=("watch",), longest="outage.longest"),
    Show("arp", "table", "show.arp", (Column("ip", "column.ip"),
                                      Column("mac", "column.mac", longest="52:54:00:aa:00:01"),
                                      Column("state", "column.state", longest="REACHABLE"),
                                      Column("port", "column.port", longest="eth0"))),
    Show("routes", "table", "show.routes", (Column("to", "column.destination", longest="192.168.122.0/24"),
                                            Column("via", "column.via"),
                                            Column("port", "column.port", longest="eth0"))),
    Show("connections", "table", "show.connections", (
        Column("local", "column.local"), Column("remote", "column.remote"), Column("state", "column.state"))),
    Show("badge-promiscuous", "badge", "show.badge-promiscuous", given=("promiscuous", "analyser"),
         longest="nic.promiscuous"),
    Show("badge-forwarding", "badge", "show.badge-forwarding", given=("forwarding",), longest="routing.on"),
    Show("captured", "text", "show.captured", given=("analyser",), longest="88"),
    Show("capture", "table", "show.capture", (
        Column("n", "column.number", longest="88"), Column("eth_src", "column.from", longest="52:54:00:aa:00:01"),
        Column("eth_dst", "column.to", longest="ff:ff:ff:ff:ff:ff"),
        Column("what", "column.what", longest="ARP request")), longest="6"),
    *services.TABLES,
)  # fmt: skip

CALLING = Show("calling", "text", "show.calling", longest="socket.longest")

EVENTS: tuple[Event, ...] = (
    *faults.EVENTS,
    Event("vm.booting", "A machine is switched on. takes: ns.", ("from", "takes")),
    Event("vm.booted", "Its system is up.", ("from",)),
    Event("arp.request", "A machine asks who has an address.", (*ENDS, "ip")),
    Event("arp.recheck", "A machine asks the one whose MAC it knows whether it is still there.", (*ENDS, "ip", "mac")),
    Event("arp.reply", "A machine says that it has it.", (*ENDS, "ip", "mac")),
    Event("arp.learned", "A machine notes who has an address. was: the MAC that it knew until then.",
          ("from", "ip", "mac", "was")),
    *services.EVENTS,
    *redundancy.EVENTS,
    Event("tcp.syn", "A caller asks for a connection.", TCP),
    Event("tcp.synack", "The called side accepts.", TCP),
    Event("tcp.established", "One side knows that the connection stands.", TCP),
    Event("tcp.data", "Data arrived. len: bytes.", (*TCP, "len")),
    Event("tcp.repeated", "A segment is sent again: nothing acknowledged it. n: how often it was sent before.",
          (*TCP, "what", "n")),
    Event("tcp.fin", "One side has said all.", TCP),
    Event("tcp.closed", "One side knows that the connection is over.", TCP),
    Event("tcp.rst", "A connection is refused or cut short.", (*TCP, "reason")),
    Event("connection.opened", "The caller is connected. time: ns since the call.", (*CALL, "time")),
    Event("connection.refused", "Nobody listens there: a reset came back.", (*CALL, "reason", "time")),
    Event("connection.timeout", "Nothing came back while the caller waited.", (*CALL, "reason", "time")),
    Event("connection.unreachable", "There is no way there: the caller's own system or a router says so.",
          (*CALL, "reason", "time")),
    Event("http.request", "A page is asked for.", (*CALL, "method", "path")),
    Event("http.response", "A server answers.", (*ENDS, "status")),
    Event("http.answered", "The caller has its page.", (*CALL, "status", "body", "time")),
    Event("http.failed", "The caller gets no page.", (*CALL, "reason", "time")),
    Event("icmp.echo", "An echo request leaves.", (*ENDS, "address", "id", "seq", "name")),
    Event("icmp.reply", "An echo reply leaves.", (*ENDS, "address", "id", "seq", "name")),
    Event("icmp.error", "A machine reports why it could not deliver.", (*ENDS, "address", "reason")),
    Event("ping.answered", "The echo came back.", (*ENDS, "address", "seq", "ttl", "time", "name")),
    Event("ping.failed", "No echo came back. by: who said so.", (*ENDS, "address", "seq", "reason", "by", "name")),
    Event("outage.began", "What a machine watches has stopped answering. since: when it sent the first request without "
          "an answer (ns of the run).", (*ENDS, "address", "name", "since")),
    Event("outage.ended", "It answers again. lasted: ns since that request; lost: how many were not answered.",
          (*ENDS, "address", "name", "since", "lasted", "lost")),
    Event("ip.dropped", "A packet was thrown away. packet: its number; ip, port, ttl, chain: what the reason is about.",
          (*ENDS, "reason", "src", "dst", "packet", "ip", "port", "ttl", "chain")),
    Event("nic.captured", "The analyser displays a frame. class: host, broadcast, multicast, otherhost (for another "
          "MAC) or out.", (*ENDS, "n", "port", "class", "eth_src", "eth_dst", "what", "protocol")),
    Event("nic.filtered", "Its card keeps a frame for another MAC from the system.",
          (*ENDS, "port", "eth_src", "eth_dst", "protocol")),
    Event("address.added", "A card has an address. ip: with its mask.", ("from", "port", "ip")),
    Event("address.removed", "A card has lost its address.", ("from", "port", "ip")),
    Event("route.added", "A route was added.", ("from", "route")),
    Event("route.advised", "A router said that another one is nearer; the machine believes it.", (*ENDS, "ip", "via")),
    Event("route.removed", "A route was taken away.", ("from", "route")),
)  # fmt: skip

SWITCHING: tuple[Event, ...] = (
    Event("switch.learned", "A bridge learned where a MAC is.", ("from", "mac", "port")),
    Event("switch.aged", "A bridge forgot a MAC that was silent too long.", ("mac", "port")),
    Event("switch.flooded", "A bridge sent a frame by several cables. why: broadcast, unknown (it does not know where "
          "that MAC is), or copied (a policy asks for it). count: cables.",
          (*ENDS, "why", "mac", "count")),
)  # fmt: skip
FDB = Show("fdb", "table", "show.fdb", (Column("mac", "column.mac", longest="52:54:00:aa:00:01"),
                                      Column("port", "column.port", longest="vm1.eth0")))  # fmt: skip

KIND = Kind(
    "machine",
    "A machine on the network: IP stack, ARP, routes, a TCP caller, services on the ports of `listen`.",
    role="machine",
    icon="desktop",
    behaviour=Node,
    fields=FIELDS,
    shows=(*SHOWS, CALLING),
    verbs=VERBS,
    events=EVENTS,
    example="lan1: {kind: machine, ports: {eth0: {ip: 192.168.1.60/24, gateway: 192.168.1.1}}}",
)
