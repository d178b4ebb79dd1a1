"""What may be written of a balancer, what it shows and which events it raises."""

from __future__ import annotations

from vizapp.devices.balancing import hosting
from vizapp.devices.balancing.algorithms import NAMES, SOFTWARE
from vizapp.devices.balancing.balancer import Balancer
from vizapp.devices.balancing.clients import CLIENTS
from vizapp.devices.balancing.server import SERVER
from vizapp.scene.vocabulary import SERIES, Column, Event, Field, Kind, Show

CHOICE = (
    Column("server", "column.server", longest="web3"),
    Column("count", "column.count", longest="choice.longest"),
    Column("weight", "column.weight", longest="256"),
    Column("chosen", "column.chosen", mono=False, longest="choice.drawn"),
)

PAIRED = ("keepalived",)  # one of a pair has its role to show

BALANCER = Kind(
    "balancer",
    "Spreads requests over servers, checks that they answer, and sets aside those that do not.",
    role="network",
    icon="balancer",
    behaviour=Balancer,
    fields=(
        Field("servers", "list", "The servers, in order.", of=(Field("server", "thing", "A server."),), required=True),
        Field("algorithm", "choice", "How it chooses; `round-robin` takes every weight for 1.", "weighted", NAMES),
        Field("software", "choice", "Whose behaviour it has.", default="haproxy", choices=SOFTWARE),
        Field("cookie", "bool", "HAProxy: whether each client is bound to a server by a cookie.", default=False),
        Field("explain", "bool", "Whether each choice is told: for a few requests, not for a crowd.", default=False),
        Field("check", "bool", "Whether it checks its servers (HAProxy).", default=True),
        Field("inter", "duration", "From one check to the next; also how long a check may take.", default="2s"),
        Field("fall", "int", "Failed checks in a row that set a server aside.", default=3, minimum=1, maximum=20),
        Field("rise", "int", "Passed checks in a row that bring it back.", default=2, minimum=1, maximum=20),
        Field("first-check", "duration", "When the first server is first checked; otherwise left to chance."),
        Field("retries", "int", "How often a refused request is sent again.", default=3, minimum=0, maximum=20),
        Field("redispatch", "choice", "Which retry may go to another server.", "last", ("never", "last", "every")),
        Field("timeout-connect", "duration", "How long a server may take to accept.", default="5s"),
        Field("timeout-server", "duration", "How long a server may take to answer.", default="30s"),
        Field("max-fails", "int", "nginx: failed requests that set a server aside; 0: never.", default=1, minimum=0),
        Field("fail-timeout", "duration", "nginx: for how long.", default="10s"),
        *hosting.FIELDS,
    ),
    shows=(
        *hosting.SHOWS,
        Show("algorithm", "text", "show.algorithm", unless=PAIRED, longest="algorithm.leastconn"),
        Show("weights", "text", "show.weights", unless=PAIRED, longest="balancer.weights.longest"),
        Show("turns", "text", "show.turns", given=("explain",), longest="balancer.turns.longest"),
        Show("choice", "table", "show.choice", CHOICE, given=("explain",), longest="3"),
        Show("failures", "text", "show.failures", unless=("explain", *PAIRED), longest="8888"),
        Show("failed_in_flight", "text", "show.failed_in_flight", unless=("explain", *PAIRED), longest="8888"),
        Show("redirected", "text", "show.redirected", unless=("explain", *PAIRED), longest="8888"),
        Show("before_detection", "text", "show.before_detection", unless=("explain", *PAIRED), longest="8888"),
        Show("kept", "text", "show.kept", given=("cookie",), longest="8888"),
        Show("moved", "text", "show.moved", face=False),
        Show("detection", "text", "show.detection", longest="balancer.detection", face=False),
        Show("detection_hung", "text", "show.detection_hung", longest="balancer.detection-hung", face=False),
    ),
    verbs=hosting.VERBS,
    events=(
        *hosting.EVENTS,
        Event("balancer.chose", "A request has its server, the `nth` that it gets (told with `explain`).",
              ("request", "server", "kept", "nth", "source")),
        Event("balancer.down", "A server was set aside; `after`: ns since it went.", ("server", "after", "checks")),
        Event("balancer.up", "A server takes requests again; `after`: ns since it came back.",
              ("server", "after", "checks")),
        Event("balancer.shares", "After the first 120 requests (1,200, 12,000 …): how many went to each server.",
              ("n", "counts", "percent")),
        Event("check.failed", "A check failed, the `n`th in a row of `of`.", ("server", "n", "of", "reason")),
        Event("check.passed", "A server that is set aside passed a check.", ("server", "n", "of")),
        Event("request.failed", "A client got no answer.", ("request", "server", "reason", "status")),
        Event("request.redirected", "A request was sent on to another server.", ("request", "from", "to")),
    ),
    measures=SERIES,
    example="lb: {kind: balancer, servers: [web1, web2], algorithm: leastconn, inter: 2s, fall: 3, rise: 2}",
)  # fmt: skip

KINDS = (CLIENTS, BALANCER, SERVER)
