"""What was done in each recording of networks A to D, in its own words: acts as a scene's script has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.truth.rebuilt import Play
from tests.truth.recording import Recording

HELLO = "hello from srv"


def bridged(rec: Recording) -> Play:
    """A VM on a bridge with the host's physical card."""
    t = [rec.step(n) for n in range(1, 6)]
    script = [
        f"ping vm1 srv count=2 interval=204ms id={rec.ident(1)} @ {t[0]}",
        f"http vm1 srv port={rec.port(2)} @ {t[1]}",
        f"flush host fdb @ {t[2]}", f"flush lansw fdb @ {t[2]}", f"ping vm1 srv id={rec.ident(3)} @ {t[2] + 10}",
        f"ping vm1 wan id={rec.ident(4)} @ {t[3]}",
    ]  # fmt: skip
    moments = {"before": 0.0, "after_1": t[1] - 1, "before_3": t[2] + 5, "after_3": t[3] - 1, "after_4": t[4] - 1,
               "after_5": rec.end + 50}  # fmt: skip
    asked = {"ping_1": ("vm1", t[0]), "tcp_2": ("vm1", t[1]), "ping_3": ("vm1", t[2]), "ping_4": ("vm1", t[3])}
    return Play(script, {"srv": {"body": HELLO}}, moments=moments, asked=asked)


NEIGHBOURS = [
    "neighbour vm1 192.168.20.12 52:54:00:00:20:02 @ 0", "neighbour vm1 192.168.20.99 52:54:00:00:20:99 @ 0",
    "neighbour vm2 192.168.20.11 52:54:00:00:20:01 @ 0",
]  # fmt: skip


def phases(rec: Recording, first: int, at: int | None = None) -> list[str]:
    """The four phases from that step on: unknown, learned, to all, to nobody; `at`: done at the time of other steps."""
    t = [rec.step((at or first) + n) for n in range(4)]
    i, ii, iii, iv = (rec.ident(first + n) for n in range(4))
    return [
        f"flush host fdb @ {t[0]}", f"ping vm1 192.168.20.12 id={i} @ {t[0] + 2}",
        f"ping vm1 192.168.20.12 id={ii} @ {t[1]}", f"ping vm1 192.168.20.255 id={iii} @ {t[2]}",
        f"ping vm1 192.168.20.99 id={iv} @ {t[3]}",
    ]  # fmt: skip


def promiscuous(rec: Recording) -> Play:
    """A bystander with a veth card, with `tcpdump -p` and with `tcpdump`."""
    script = [*NEIGHBOURS, *phases(rec, 1), f"set vm3.analyser promiscuous @ {rec.step(5) - 50}", *phases(rec, 5)]
    moments = {
        "promiscuity_during_tcpdump -p": rec.step(1), "promiscuity_before_plain_tcpdump": rec.step(5) - 100,
        "promiscuity_during_tcpdump": rec.step(5), "phases -p": rec.step(1), "phases promiscuous": rec.step(5),
        "fdb": rec.end + 50, "-p": rec.step(1), "promiscuous": rec.step(5),
    }  # fmt: skip
    return Play(script, {"vm3": {"analyser": "plain"}}, moments=moments)


def guest(rec: Recording) -> Play:
    """A bystander that is a real guest with a model of a card: `tcpdump -p`, `tcpdump`, no analyser."""
    script = [
        *NEIGHBOURS, *phases(rec, 1), f"set vm3.analyser promiscuous @ {rec.step(5) - 50}", *phases(rec, 5),
        f"set vm3.analyser off @ {rec.step(9) - 50}", *phases(rec, 9),
    ]  # fmt: skip
    moments = {"plain": rec.step(1), "promisc": rec.step(5), "nosniffer": rec.step(9)}
    return Play(script, {"vm3": {"analyser": "plain"}}, moments=moments)


def dnsmasq(rec: Recording, **more: Any) -> dict[str, Any]:
    """The DHCP server of the recording, from its dnsmasq line."""
    line = next(o for o in rec.settings["dnsmasq"] if o.startswith("--dhcp-range="))
    first, last, _, lease = line.partition("=")[2].split(",")
    return {"dhcp": {"range": f"{first}-{last}", "lease": lease, **more}}


def dhcp(rec: Recording) -> Play:
    """DORA without and with the broadcast flag, renewal, release."""
    script = [f"dhcp vm1 @ {rec.step(1) + 60}", f"dhcp vm2 @ {rec.step(2) + 40}", f"dhcp vm1 @ {rec.step(3)}",
              f"release vm1 @ {rec.step(4)}", f"dhcp vm1 @ {rec.step(5) + 37}"]  # fmt: skip
    moments = {"addresses": rec.step(3), "routes_after": rec.step(3)}
    return Play(script, {"nat": dnsmasq(rec), "vm2": {"broadcast-flag": True}}, ("vm1", "vm2"), moments=moments)


def pingcheck(rec: Recording) -> Play:
    """The server's duplicate check before the offer. The recorded client repeats itself every 2 s."""
    fields = {"nat": dnsmasq(rec, **{"ping-check": True}), "vm1": {"dhcp-retry": "2016ms"}}
    return Play([f"dhcp vm1 @ {rec.step(1) + 30}"], fields, ("vm1",))


def flows(rec: Recording) -> Play:
    """A ping, an exchange and a TTL of 1 through masquerade."""
    t = [rec.step(n) for n in (1, 2, 3)]
    script = [
        f"ping vm1 srv count=2 interval=204ms id={rec.ident(1)} @ {t[0] + 4}",
        f"http vm1 srv port={rec.port(2)} @ {t[1]}", f"ping vm1 srv ttl=1 id={rec.ident(3)} @ {t[2] + 4}",
    ]  # fmt: skip
    moments = {"conntrack_after_1": t[1] - 1, "conntrack_after_2": t[2] - 1, "arp": rec.end + 50}
    asked = {"ping_1": ("vm1", t[0]), "tcp_2": ("vm1", t[1]), "ping_3": ("vm1", t[2])}
    return Play(script, {"srv": {"body": HELLO}}, moments=moments, asked=asked)


def collision(rec: Recording) -> Play:
    """Two VMs use one source port, then one ICMP id, towards one server at the same time."""
    t = [rec.step(n) for n in range(1, 5)]
    port, ident = rec.port(1), rec.ident(4)
    script = [
        f"http vm1 srv port={port} think=634ms @ {t[0]}", f"http vm2 srv port={port} think=332.5ms @ {t[1]}",
        f"ping vm1 srv count=3 interval=204ms id={ident} @ {t[3] + 3}",
        f"ping vm2 srv count=3 interval=204ms id={ident} @ {t[3] + 4}",
    ]  # fmt: skip
    moments = {"conntrack_while_open": t[2] - 1, "conntrack_icmp": rec.end + 50}
    asked = {"tcp.vm1": ("vm1", t[0]), "tcp.vm2": ("vm2", t[1]), "ping.vm1": ("vm1", t[3]), "ping.vm2": ("vm2", t[3])}
    return Play(script, {"srv": {"body": "hello"}}, moments=moments, asked=asked)


def inbound(rec: Recording) -> Play:
    """Who may call from outside, from a to h. Before, the VMs got their addresses."""
    a, b, c, d, e, f, g, h = (rec.step(n) for n in range(1, 9))
    back, gone = '"192.168.122.0/24 via 192.168.1.15"', '"default via 192.168.1.1" del'
    limit = "timeout=1500ms"
    script = [
        "dhcp vm1 @ -3000", "dhcp vm2 @ -2000",
        f"http lan1 192.168.1.15:8080 port=41001 @ {a}",
        f"set nat.input drop @ {b}", f"http lan1 192.168.1.15:8080 port=41002 {limit} @ {b + 0.1}",
        f"set nat.input accept @ {c - 20}", f"http lan1 192.168.122.100:22 port=41003 @ {c}",
        f"route lan1 {gone} @ {d - 7}", f"http lan1 192.168.122.100:22 port=41004 @ {d}",
        f"route lan1 {back} @ {e - 1}", f"http lan1 192.168.122.100:22 port=41005 @ {e}",
        f"set nat.forward stateful @ {f - 1}", f"http lan1 192.168.122.100:22 port=41006 {limit} @ {f}",
        f'set nat.forwards "2222 -> 192.168.122.100:22" @ {g - 0.5}', f"http lan1 192.168.1.15:2222 port=41007 @ {g}",
        f"http vm2 192.168.1.15:2222 port=41008 @ {h}",
        f"route lan1 {back} del @ {rec.end + 30}", f'route lan1 "default via 192.168.1.1" @ {rec.end + 30}',
    ]  # fmt: skip
    fields = {"nat": dnsmasq(rec), "vm1": {"listen": [22], "body": "hello from vm1"}, "vm2": {"broadcast-flag": True}}
    asked = {f"result_{n}": ("lan1", t) for n, t in zip("abcdefg", (a, b, c, d, e, f, g), strict=True)}
    return Play(script, fields, ("vm1", "vm2"), 4000.0, {"conntrack_after_g": h - 1}, {**asked, "result_h": ("vm2", h)})


def hostonly(rec: Recording) -> Play:
    """A host-only network and, one by one, what it takes to reach the LAN."""
    t = [rec.step(n) for n in range(1, 12)]
    parts = ("0a", "0b", "i", "ii", "ii-b", "iii", "iii-b", "iv", "iv-b", "v", "vi")
    way, lan_way = '"default via 192.168.56.1"', '"default via 192.168.1.1"'
    back = '"192.168.56.0/24 via 192.168.1.10"'
    who = ["vm1 host.hostonly0", "host vm1", "vm1 lan1", "vm1 lan1", "vm1 host.eth0", *["vm1 lan1"] * 5, "lan1 vm1"]
    pings = [f"ping {ends} id={rec.ident(n + 1)} @ {t[n] + 3}" for n, ends in enumerate(who) if parts[n] != "i"]
    script = [
        *pings, f"ping vm1 lan1 @ {t[2] + 3}",
        f"route vm1 {way} del @ {t[2]}", f"route vm1 {way} @ {t[3]}", f"set host.forwarding true @ {t[5]}",
        f"route lan1 {lan_way} del @ {t[6]}", f"route lan1 {lan_way} @ {t[7]}", f"route lan1 {back} @ {t[7]}",
        f"route lan1 {back} del @ {t[8]}", f"route gw {back} @ {t[8]}", f"route gw {back} del @ {t[9]}",
        f"set host.masquerade host.eth0 @ {t[9]}",
    ]  # fmt: skip
    asked = {f"result_{part}": (ends.split()[0], t[n]) for n, (part, ends) in enumerate(zip(parts, who, strict=True))}
    moments = {"conntrack_host_after_v": t[10] - 1, "arp": rec.end + 50}
    # lan1 gets a redirect in iv-b, and does not heed it in vi
    fields: dict[str, dict[str, Any]] = {"host": {"kind": "host"}, "lan1": {"accept-redirects": False}}
    return Play(script, fields, moments=moments, asked=asked)


CASES: dict[str, Callable[[Recording], Play]] = {
    "A_bridged": bridged,
    "B_promiscuous_switch": promiscuous,
    "B_promiscuous_hub": promiscuous,
    "B_promiscuous_vm_virtio_switch": guest,
    "B_promiscuous_vm_virtio_hub": guest,
    "B_promiscuous_vm_vmxnet3_switch": guest,
    "C_nat_dhcp": dhcp,
    "C_dhcp_pingcheck": pingcheck,
    "C_nat_flows": flows,
    "C_nat_pat_collision": collision,
    "C_nat_inbound": inbound,
    "D_hostonly": hostonly,
}
