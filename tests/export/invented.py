"""Networks that nobody drew: stages, cables and acts at random, the same for the same number."""

from __future__ import annotations

import json
from random import Random
from typing import Any

MACHINES = ("machine", "vm", "web-server")
PORTS = (80, 8080, 22, 25, 53, 443, 1900, 5900)


def invented(number: int) -> str:
    """A scene: two or three networks around a router, with whatever may be done to them."""
    return json.dumps(_Invention(Random(number)).scene(number))


class _Invention:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.stage: dict[str, Any] = {}
        self.links: list[str] = []
        self.machines: list[str] = []
        self.routed: dict[str, Any] = {}

    def scene(self, number: int) -> dict[str, Any]:
        networks = self.random.randint(2, 3)
        for place in range(networks):
            self._network(place, hub=self.random.random() < 0.2)
        outside = f"p{networks - 1}"
        self.stage["r"] = {"kind": "router", "ports": self.routed}
        if self.random.random() < 0.7:
            lease = self.random.choice(["20s", "1h"])
            self.stage["r"] |= {
                "kind": "nat-router", "masquerade": outside, "input": self.random.choice(["accept", "drop"]),
                "dhcp": {"range": "10.20.0.100-10.20.0.120", "lease": lease},
            }  # fmt: skip
        script = [self._act() for _ in range(self.random.randint(5, 20))]
        steps = [{"when": each, "say": f"{each} and so on"} for each in ("arp.request", "tcp.syn", "dhcp.bound")]
        return {"id": f"invented-{number}", "title": "Invented", "until": "30s", "seed": number, "stage": self.stage,
                "links": self.links, "script": script, "steps": steps}  # fmt: skip

    def _network(self, place: int, *, hub: bool) -> None:
        switch = f"sw{place}"
        self.stage[switch] = {"kind": "hub" if hub else "switch"}
        self.routed[f"p{place}"] = {"ip": f"10.{20 + place}.0.1/24"}
        self.links.append(f"r.p{place} -- {switch}")
        for host in range(self.random.randint(1, 3)):
            name = f"m{place}{host}"
            asks = place == 0 and self.random.random() < 0.4
            port = {"ip": "dhcp"} if asks else {"ip": f"10.{20 + place}.0.{10 + host}/24"}
            if not asks and self.random.random() < 0.9:
                port["gateway"] = f"10.{20 + place}.0.1"
            self.stage[name] = {"kind": self.random.choice(MACHINES), "ports": {"eth0": port}}
            self.stage[name]["body"] = "x" * self.random.choice([0, 1, 100, 1400])
            if self.random.random() < 0.5:
                self.stage[name]["listen"] = self.random.sample(PORTS, 3)
            self.machines.append(name)
            self.links.append(f"{name} -- {switch}")

    def _act(self) -> str:
        return f"{self._deed()} @ {self.random.randint(0, 20_000)}ms"

    def _deed(self) -> str:
        random = self.random
        one, other = random.choice(self.machines), random.choice([*self.machines, "r", "10.21.0.77", "172.31.9.9"])
        port = random.choice([*self.stage.get(other, {}).get("listen", ()), 80, 9])
        return random.choice([
            f"ping {one} {other} count={random.randint(1, 3)} ttl={random.choice([1, 2, 64])}",
            *2 * [f"http {one} {other}:{port} port={random.choice([40001, 40002])}", f"http {one} {other}:80"],
            f"connect {one} {other}:{port} timeout=3s", f"arp {one} {other}", f"dhcp {one}", f"release {one}",
            *random.choice([[f"fail {one}", f"restore {one}"], [f"cut {one}", f"mend {one}"]]),
            f'route {one} "172.31.0.0/16 via 10.2{one[1]}.0.{random.choice([1, 99])}"',
        ])  # fmt: skip
