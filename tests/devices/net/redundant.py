"""Machines that share an address by keepalived, a client and a switch: for the tests, written as scenes are."""

from __future__ import annotations

from typing import Any

from tests.devices.net.lab import Lab

VIP = "10.0.0.100"
SECOND = 10**9
STARTING = 15_000_000


def pair(*script: str, a: str = "priority: 150", b: str = "priority: 100", more: str = "", until: int = 30,
         seed: int = 1, links: str = "client -- sw, a -- sw, b -- sw") -> Lab:  # fmt: skip
    """Machines `a` (10.0.0.11) and `b` (10.0.0.12), each with these settings of keepalived, and `client`."""
    stage = f"""
  client: {{kind: machine, ports: {{eth0: {{ip: 10.0.0.50/24}}}}}}
  sw: {{kind: switch}}
  a: {_machine("10.0.0.11", a)}
  b: {_machine("10.0.0.12", b)}
{more}"""
    return Lab(stage, links, *script, until=until, seed=seed)


def _machine(ip: str, settings: str) -> str:
    daemon = f"{{address: {VIP}/24, {settings}}}"
    return f"{{kind: machine, listen: [80], ports: {{eth0: {{ip: {ip}/24}}}}, keepalived: {daemon}}}"


def third(priority: int, ip: str = "10.0.0.13") -> str:
    """One more machine, `c`, for `more`."""
    return f"  c: {_machine(ip, f'priority: {priority}')}\n"


def owners(found: Lab, t: float, *machines: str) -> list[str]:
    """Which of them have the shared address then (seconds)."""
    return [name for name in machines or ("a", "b") if found.value(name, "vip", t)]


def role(found: Lab, machine: str, t: float) -> Any:
    """active, backup, fault or stopped; None of a machine that is off."""
    return found.value(machine, "vrrp-state", t)
