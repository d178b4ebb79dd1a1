"""A small vocabulary and the scene of the design, for the tests of the reader."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vizapp.scene.model import Problem
from vizapp.scene.reader import Reading, read
from vizapp.scene.vocabulary import Event, Field, Kind, Show, Verb, Vocabulary
from vizapp.words import Words

HTTP = Verb(
    "http", ("thing", "address"), "One request.", (Field("port", "int", "Source port.", minimum=1, maximum=65535),)
)
BOOT = Verb("boot", ("thing",), "The machine starts.")
DHCP = Field("dhcp", "map", "A DHCP server.", of=(
    Field("range", "range", "Addresses given.", required=True),
    Field("lease", "duration", "How long.", default="1h"),
))  # fmt: skip
KINDS = (
    Kind("host", "A machine.", "host", "server", container=True),
    Kind("hypervisor", "Runs VMs.", "hypervisor", "layers", container=True),
    Kind("vm", "A virtual machine.", "guest", "monitor", verbs=(BOOT, HTTP)),
    Kind("nat-router", "Rewrites.", "network", "router", fields=(
        DHCP,
        Field("masquerade", "port", "The port to the outside."),
        Field("keep-port", "bool", "Keeps the port if it can.", default=True),
        Field("algorithm", "choice", "How to choose.", default="random", choices=("random", "next")),
        Field("peer", "thing", "Its peer."),
        Field("allow", "list", "Who may.", of=(Field("one", "cidr", ""),)),
        Field("rate", "rate", "How often."),
        Field("size", "size", "How much."),
        Field("tries", "int", "How many.", minimum=1, maximum=9),
    ), shows=(Show("nat", "table", "nat.table"),),
    events=(Event("nat.rewrite", "Rewritten.", ("before", "after")), Event("nat.drop", "Dropped.", ("reason",)))),
    Kind("switch", "A switch.", "network", "switch", open_ports=True),
    Kind("web-server", "Answers.", "application", "web", verbs=(HTTP,), measures=("rate", "share")),
)  # fmt: skip
VERBS = (
    Verb("fail", ("thing",), "Breaks."), Verb("restore", ("thing",), "Mends."), Verb("cut", ("link",), "Cuts."),
    Verb("mend", ("link",), "Mends."), Verb("set", ("setting",), "Sets.", example="set same-port false @ 6s"),
)  # fmt: skip
EVENTS = (Event("dhcp.offer", "Offered.", ("to",)), Event("dhcp.ack", "Given.", ("to",)),
          Event("connection.refused", "No."), Event("connection.opened", "Yes."),
          Event("http.answered", "Yes."))  # fmt: skip


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(KINDS, VERBS, EVENTS)


@pytest.fixture(scope="session")
def nat() -> str:
    return (Path(__file__).parent / "nat.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reading(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    return lambda text: read(text, vocabulary)


@pytest.fixture(scope="session")
def problems(vocabulary: Vocabulary) -> Callable[[str], list[Problem]]:
    return lambda text: list(read(text, vocabulary).problems)


@pytest.fixture(scope="session", params=["fr", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param)
