"""What is written and told of machines that stand in for one another: keepalived, and programs that end and begin."""

from vizapp.scene.vocabulary import Event, Field, Show, Verb

ENDS = ("from", "to")
TRACK = Field("track", "map", "A service of the machine that it looks at with a script (`track_script`).", of=(
    Field("service", "service", "Which one: a port, or a service of `listen`.", required=True),
    Field("interval", "duration", "From one look to the next.", default="1s", minimum=1_000_000),
    Field("fall", "int", "How many failed looks in a row count.", default=1, minimum=1, maximum=100),
    Field("rise", "int", "How many good ones in a row.", default=1, minimum=1, maximum=100),
    Field("weight", "int", "Added to the priority: when positive while the service runs, when negative while it does "
          "not; 0: without the service this machine can't be active (fault).", default=0, minimum=-253, maximum=253),
))  # fmt: skip
KEEPALIVED = Field("keepalived", "map", "keepalived (2.2.7): VRRP among several machines, of which one has the shared "
                   "addresses.", of=(
    Field("address", "list", "The shared addresses, with their masks.", required=True,
          of=(Field("address", "cidr", "An address."),)),
    Field("router-id", "int", "Number of the group (`virtual_router_id`).", default=51, minimum=1, maximum=255),
    Field("priority", "int", "The highest one is active; 255 is for the owner of the address.", default=100,
          minimum=1, maximum=255),
    Field("interval", "duration", "From one advert to the next. Version 2 rounds to whole seconds, version 3 to "
          "hundredths.", default="1s", minimum=10_000_000),
    Field("version", "int", "Of VRRP: 2 (keepalived's default for IPv4) or 3.", default=2, minimum=2, maximum=3),
    Field("preempt", "bool", "A machine with a higher priority that comes back becomes active again.", default=True),
    Field("preempt-delay", "duration", "How long it lets a lower priority be first.", default="0s"),
    Field("state", "choice", "The state in the configuration: it decides nothing, but `master` clears `preempt: false` "
          "and `preempt-delay`.", default="backup", choices=("backup", "master")),
    Field("peers", "list", "Whom it sends its adverts one by one (`unicast_peer`), instead of to the group "
          "224.0.0.18.", of=(Field("peer", "ip", "An address."),)),
    Field("vmac", "bool", "The shared addresses have a MAC of their own, 00:00:5e:00:01:ID (`use_vmac`).",
          default=False),
    Field("port", "port", "The card; the one on whose network the first address lies if nothing is written."),
    Field("heartbeat", "port", "Another card by which it announces itself and listens (`interface`, with `dev` beside "
          "the address); the same if nothing is written, or as a setting that is `none`."),
    TRACK,
    Field("off", "bool", "Not started with the machine.", default=False),
))  # fmt: skip

GIVEN = ("keepalived",)
FACES: tuple[Show, ...] = (
    Show("vrrp", "text", "show.vrrp", given=GIVEN, longest="vrrp.longest", toned=True),
    Show("vrrp-priority", "text", "show.vrrp-priority", given=GIVEN, longest="vrrp.longest-priority"),
    Show("vip", "badge", "show.vip", given=GIVEN, longest="VIP 255.255.255.255", tint="vrrp"),
    Show("vrrp-advert", "ring", "show.vrrp-advert", given=GIVEN),
    Show("vrrp-down", "ring", "show.vrrp-down", given=GIVEN),
    Show("vrrp-wait", "text", "show.vrrp-wait", face=False, given=GIVEN),
    Show("vrrp-state", "text", "show.vrrp-state", face=False, given=GIVEN),
    Show("takeover", "text", "show.takeover", face=False, given=GIVEN, longest="vrrp.takeover"),
)

ON = ("powered", True)
PROGRAM = "a program of the machine: `keepalived`, or a service of `listen` by its name or port"
VERBS: tuple[Verb, ...] = (
    Verb("stop", ("thing", "value"), f"Ends {PROGRAM}, as `systemctl stop` does (SIGTERM): keepalived says that it "
         "gives up, and takes the shared addresses away.", example="stop a keepalived @ 8s", when=ON, among="running",
         family="break"),
    Verb("kill", ("thing", "value"), f"Kills {PROGRAM} (SIGKILL): it can do nothing about it, and the machine lives "
         "on.", example="kill a keepalived @ 8s", when=ON, among="running", family="break"),
    Verb("start", ("thing", "value"), f"Starts {PROGRAM}.", example="start a keepalived @ 12s", when=ON,
         among="stopped", family="repair"),
)  # fmt: skip

ROLE = ("from", "to", "because", "priority")
TAKEOVER = ("from", "to", "after", "down", "skew", "interval", "missed", "because")
EVENTS: tuple[Event, ...] = (
    Event("program.started", "A program was started.", ("from", "program")),
    Event("program.stopped", "A program was told to end.", ("from", "program")),
    Event("program.killed", "A program was killed.", ("from", "program")),
    Event("vrrp.advert", "The active machine says that it is there; with priority 0, that it gives up. interval: ns.",
          ("from", "priority", "interval", "ip")),
    Event("vrrp.heard", "An advert that counts was heard.", (*ENDS, "priority", "ip")),
    Event("vrrp.discarded", "An advert that does not count. own: the priority of who heard it.",
          (*ENDS, "priority", "ip", "own", "reason")),
    Event("vrrp.backup", "keepalived waits (BACKUP). because: start, higher-priority, recovered.", ROLE),
    Event("vrrp.expired", "A machine that waits has waited long enough. after: ns since the last advert that counted, "
          "or since it began to wait; down: what its timer was set to; skew, interval: ns; missed: adverts that did "
          "not come; because: no-advert, priority-zero, nobody (none was ever heard), preempts (only lower ones were); "
          "to: who was active.", TAKEOVER),
    Event("vrrp.active", "keepalived is active (MASTER). The details are those of `vrrp.expired`; ip: the first shared "
          "address.", (*TAKEOVER, "priority", "ip")),
    Event("vrrp.fault", "keepalived can't be active (FAULT): the card has no link, or what it tracks has failed.",
          ("from", "reason")),
    Event("vrrp.stopped", "keepalived has ended. because: stop, kill.", ("from", "because")),
    Event("vrrp.tracked", "keepalived has changed its mind about what it tracks. ok: it works.",
          ("from", "port", "ok")),
    Event("vrrp.priority", "The weight of what it tracks changes its priority.", ("from", "priority")),
    Event("arp.gratuitous", "A machine tells everybody who has an address, unasked. count: how often, at once.",
          ("from", "ip", "mac", "count")),
)  # fmt: skip
