"""Networks that nobody drew: stages, cables and acts at random, the same for the same number."""

from __future__ import annotations

import json
from random import Random
from typing import Any

MACHINES = ("machine", "vm", "web-server")
NUMBERS = (80, 8080, 25, 53, 443, 1900)
PORTS = (*NUMBERS, "ssh", "rdp", "vnc", 22, 5900)


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
        self.stage["r"] = self._router(f"p{networks - 1}")
        names = {f"{name}.lab": self._address(name) for name in self.machines}
        self.stage[self.machines[-1]]["dns"] = {"records": names}
        script = [self._act() for _ in range(self.random.randint(5, 24))]
        steps = [{"when": each, "say": f"{each} and so on"} for each in ("arp.request", "tcp.syn", "dhcp.bound")]
        return {"id": f"invented-{number}", "title": "Invented", "until": "30s", "seed": number, "stage": self.stage,
                "links": self.links, "script": script, "steps": steps}  # fmt: skip

    def _router(self, outside: str) -> dict[str, Any]:
        lease = self.random.choice(["20s", "1h"])
        made = {"kind": "router", "ports": self.routed,
                "dhcp": {"range": "10.20.0.100-10.20.0.120", "lease": lease}}  # fmt: skip
        if self.random.random() < 0.7:
            made |= {"kind": "nat-router", "masquerade": outside, "input": self.random.choice(["accept", "drop"])}
        return made

    def _network(self, place: int, *, hub: bool) -> None:
        switch = f"sw{place}"
        self.stage[switch] = {"kind": "hub" if hub else "switch"}
        self.routed[f"p{place}"] = {"ip": f"10.{20 + place}.0.1/24"}
        self.links.append(f"r.p{place} -- {switch}")
        for host in range(self.random.randint(1, 3)):
            name = f"m{place}{host}"
            self.stage[name] = self._machine(name, asks=place == 0 and self.random.random() < 0.4)
            self.machines.append(name)
            self.links.append(f"{name} -- {switch}")

    def _machine(self, name: str, *, asks: bool) -> dict[str, Any]:
        port = {"ip": "dhcp"} if asks else {"ip": f"{self._address(name)}/24"}
        if not asks and self.random.random() < 0.9:
            port["gateway"] = f"10.2{name[1]}.0.1"
        made: dict[str, Any] = {"kind": self.random.choice(MACHINES), "ports": {"eth0": port}}
        made["body"] = "x" * self.random.choice([0, 1, 100, 1400, 9000])
        made["card"] = self.random.choice(["virtio", "vmxnet3", "veth"])
        if self.random.random() < 0.6:
            made["listen"] = self.random.sample(PORTS, 3)
        return made | ({"link-local": True} if asks and self.random.random() < 0.5 else {})

    def _address(self, name: str) -> str:
        return f"10.2{name[1]}.0.{10 + int(name[2])}"

    def _act(self) -> str:
        return f"{self._deed()} @ {self.random.randint(0, 20_000)}ms"

    def _deed(self) -> str:
        random = self.random
        one, other = random.choice(self.machines), random.choice([*self.machines, "r", "10.21.0.77", "172.31.9.9"])
        port = random.choice([*self._numbers(other), 80, 9])
        names = self._address(self.machines[-1])
        return random.choice([
            f"ping {one} {other} count={random.randint(1, 3)} ttl={random.choice([1, 2, 64])}",
            *2 * [f"http {one} {other}:{port} port={random.choice([40001, 40002])}", f"http {one} {other}:80"],
            f"connect {one} {other}:{port} timeout=3s", f"arp {one} {other}", f"dhcp {one}", f"release {one}",
            *random.choice([[f"fail {one}", f"restore {one}"], [f"cut {one}", f"mend {one}"]]),
            f'route {one} "172.31.0.0/16 via 10.2{one[1]}.0.{random.choice([1, 99])}"',
            f"ssh {one} {other}", f"rdp {one} {other}", f"vnc {one} {other}", f"close {one} {other}",
            f"resolve {one} {random.choice(self.machines)}.lab server={names}",
            f"resolve {one} nowhere.lab server={names}", f"gateway {one} 10.2{one[1]}.0.{random.choice([1, 10])}",
            f"address {one}.eth0 {random.choice(['dhcp', f'10.2{one[1]}.0.{random.randint(30, 40)}/24'])}",
        ])  # fmt: skip

    def _numbers(self, name: str) -> list[int]:
        """Ports on which a machine answers to whoever calls by number."""
        return [each for each in self.stage.get(name, {}).get("listen", ()) if each in NUMBERS]
