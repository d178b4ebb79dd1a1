"""A balancer before many servers, as a scene of its own."""

from __future__ import annotations

from functools import lru_cache

from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.reader import read


def written(servers: int, rate: int, arrange: str = "row", more: str = "") -> str:
    names = [f"s{number:02d}" for number in range(1, servers + 1)]
    lines = [f"  {name}: {{kind: server, cores: 4, ports: {{eth0: {{}}}}}}" for name in names]
    links = [f"  - {{between: lb.back -- {name}.eth0, delay: 200us}}" for name in names]
    return "\n".join([
        "id: many", "title: Many servers", "until: 4s", "pace: 1", f"arrange: {arrange}", "stage:",
        f"  clients: {{kind: clients, target: lb, rate: {rate}/s, demand: 40ms, ports: {{eth0: {{}}}}}}",
        f"  lb: {{kind: balancer, servers: [{', '.join(names)}], ports: {{front: {{}}, back: {{}}}}}}",
        *lines, "links:", "  - {between: clients.eth0 -- lb.front, delay: 2ms}", *links, more,
    ])  # fmt: skip


@lru_cache
def many(servers: int = 50, rate: int = 2000, arrange: str = "row") -> Run:
    """The whole run; it is shared, so nobody may act on it."""
    reading = read(written(servers, rate, arrange), VOCABULARY)
    assert reading.scene is not None, reading.problems
    return Run(reading.scene, VOCABULARY.kinds).complete()
