"""Times, rates, sizes and addresses as they are written: `3s`, `120/s`, `2GiB`, `192.168.122.1/24`.

Every parser returns the typed value or raises `WrongValueError` with the words of what is wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, NetmaskValueError
from typing import Any

NS = {
    "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "min": 60_000_000_000,
    "h": 3_600_000_000_000, "d": 86_400_000_000_000,
}  # fmt: skip
BYTES = {
    "B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12,
    "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40,
}  # fmt: skip

MOST_DURATION = 366 * NS["d"]
MOST_UNTIL = 31 * NS["d"]  # how far a scene may run
MOST_DELAY = 10 * NS["s"]  # of a link
MOST_RATE = 100_000.0  # per second
MOST_SIZE = 2**60
MOST_NUMBER = 10**15

DURATION = re.compile(r"(?:\d{1,12}(?:\.\d{1,12})?[ \u00a0]?(?:ns|us|µs|μs|ms|s|min|h|d)(?:[ \u00a0]+|\b|(?=\d)))+")
PART = re.compile(r"(\d+(?:\.\d+)?)[ \u00a0]?(ns|us|µs|μs|ms|min|s|h|d)")
RATE = re.compile(r"(\d{1,15}(?:\.\d{1,12})?(?:[eE]\+?\d{1,2})?)[ ]?/[ ]?(s|min|h)")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,9})?)[ \u00a0]?%")
SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)[ \u00a0]?([KkMGT]?i?B)")
INT = re.compile(r"[-+]?\d{1,18}|0x[0-9a-fA-F]{1,15}|0o[0-7]{1,18}")
NUMBER = re.compile(r"[-+]?(?:\d{1,18}(?:\.\d{0,17})?|\.\d{1,17})(?:[eE][-+]?\d{1,2})?")
FORWARD = re.compile(r"(\d{1,5})(/tcp|/udp)? ?-> ?([\d.]+)(?::(\d{1,5}))?")
MAC = re.compile(r"[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}")
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
SERVICES = {"http": 80, "ssh": 22, "rdp": 3389, "vnc": 5900}  # and their usual ports
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST_NAME = re.compile(rf"{LABEL}(\.{LABEL})*")


class WrongValueError(ValueError):
    """What is wrong with a value: the key of a problem, its values and the hint."""

    def __init__(self, key: str, hint: str | None = None, **values: Any) -> None:
        super().__init__(key)
        self.key, self.hint, self.values = key, hint, values


def duration(text: str, most: int = MOST_DURATION) -> int:
    """ns of `3s`, `0.2ms`, `1h`, `1min 30s`; a bare `0` needs no unit."""
    if text == "0":
        return 0
    if not DURATION.fullmatch(text):
        raise WrongValueError("duration", "duration-unit" if NUMBER.fullmatch(text) else "duration", value=text)
    total = sum((Decimal(number) * NS[unit] for number, unit in PART.findall(text)), Decimal(0))
    ns = int(total.to_integral_value())
    if ns > most:
        raise WrongValueError("too-long", value=text, most=most)
    return ns


def rate(text: str) -> float:
    """Per second, of `120/s`, `30/min`."""
    found = RATE.fullmatch(text)
    if not found:
        if NUMBER.fullmatch(text) and float(text) > MOST_RATE:
            raise WrongValueError("too-fast", value=text, most=MOST_RATE)
        raise WrongValueError("rate", "rate", value=text)
    value = float(found.group(1)) / (NS[found.group(2)] / NS["s"])
    if value > MOST_RATE:
        raise WrongValueError("too-fast", value=text, most=MOST_RATE)
    return value


def percent(text: str) -> float:
    """The share, 0 to 1, of `30%`."""
    found = PERCENT.fullmatch(text)
    if not found or float(found.group(1)) > 100:
        raise WrongValueError("percent", "percent", value=text)
    return float(found.group(1)) / 100


def size(text: str) -> int:
    """Bytes of `1500B`, `2GiB`."""
    found = SIZE.fullmatch(text)
    if not found or found.group(2) not in BYTES:
        raise WrongValueError("size", "size", value=text)
    count = int(Decimal(found.group(1)) * BYTES[found.group(2)])
    if count > MOST_SIZE:
        raise WrongValueError("too-large", value=text, most=MOST_SIZE)
    return count


def integer(text: str) -> int:
    """A whole number as the YAML 1.2 core schema writes it: no octal by a leading zero, no sexagesimal."""
    if not INT.fullmatch(text):
        raise WrongValueError("int", "no-separators" if re.fullmatch(r"[\d_, ]+", text) else None, value=text)
    return int(text, 16 if text[:2] == "0x" else 8 if text[:2] == "0o" else 10)


def number(text: str) -> int | float:
    """A number of the YAML 1.2 core schema; an integer stays one."""
    if INT.fullmatch(text):
        value: int | float = integer(text)
    elif NUMBER.fullmatch(text):
        value = float(text)
    else:
        comma = re.fullmatch(r"[-+]?\d+,\d+", text) is not None
        raise WrongValueError("number", "decimal-point" if comma else None, value=text)
    if abs(value) > MOST_NUMBER:
        raise WrongValueError("too-large", value=text, most=MOST_NUMBER)
    return value


def truth(text: str) -> bool:
    """`true` or `false`, nothing else: `on` and `yes` are words."""
    if text not in TRUTH:
        raise WrongValueError("bool", "bool", value=text)
    return TRUTH[text]


def core(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core schema, where no field says its type."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in TRUTH:
        return TRUTH[text]
    if INT.fullmatch(text):
        return integer(text)
    if NUMBER.fullmatch(text) and abs(float(text)) <= MOST_NUMBER:
        return float(text)
    return text


def mac(text: str) -> str:
    """A MAC address in small letters."""
    if not MAC.fullmatch(text):
        raise WrongValueError("mac", "mac", value=text)
    return text.lower()


def own_mac(text: str) -> str:
    """The MAC address of a port: not one of a group (IEEE 802, lowest bit of the first byte)."""
    address = mac(text)
    if int(address[:2], 16) & 1:
        raise WrongValueError("mac-group", "mac-group", value=text)
    return address


def ip(text: str) -> str:
    """An IPv4 address."""
    try:
        return str(IPv4Address(text))
    except AddressValueError:
        raise WrongValueError("ip", "ip-mask" if "/" in text else "ip", value=text) from None


def host_name(text: str) -> str:
    """A name as DNS has it: labels of letters, digits and hyphens, at most 63 each and 253 in all (RFC 1123 § 2.1)."""
    if len(text) > 253 or not HOST_NAME.fullmatch(text):
        raise WrongValueError("host-name", "host-name", value=text)
    return text


def cidr(text: str) -> str:
    """An IPv4 address or network with the length of its mask: `192.168.122.1/24`."""
    try:
        if "/" not in text:
            IPv4Address(text)
            raise WrongValueError("no-mask", "mask", value=text)
        return str(IPv4Interface(text))
    except (AddressValueError, NetmaskValueError):
        raise WrongValueError("cidr", "cidr", value=text) from None


def host_cidr(text: str) -> str:
    """The address of a port with its mask: neither that of the network nor its broadcast (RFC 1122, 3.2.1.3)."""
    interface = IPv4Interface(cidr(text))
    network = interface.network
    if network.prefixlen < 31 and interface.ip in (network.network_address, network.broadcast_address):
        raise WrongValueError("network-address", "host-address", value=text, first=str(network.network_address + 1))
    return str(interface)


def address_range(text: str) -> tuple[str, str]:
    """First and last of `192.168.122.100-192.168.122.150`."""
    first, dash, last = text.partition("-")
    if not dash:
        raise WrongValueError("range", "range", value=text)
    low, high = IPv4Address(ip(first.strip())), IPv4Address(ip(last.strip()))
    if low > high:
        raise WrongValueError("range-backwards", "range", value=text)
    return str(low), str(high)


def route(text: str) -> str:
    """A route as Linux writes it, `192.168.122.0/24 via 192.168.1.15` or `default via 192.168.1.1 dev eth0`; `none`."""
    words = text.split()
    named = dict(zip(words[1::2], words[2::2], strict=False))
    if words == ["none"]:
        return "none"
    if len(words) not in (3, 5) or len(words) != 1 + 2 * len(named) or set(named) - {"via", "dev"}:
        raise WrongValueError("route", "route", value=text)
    try:
        network = "default" if words[0] == "default" else str(IPv4Interface(words[0]).network)
        named |= {key: ip(value) for key, value in named.items() if key == "via"}
    except ValueError:
        raise WrongValueError("route", "route", value=text) from None
    return " ".join([network, *(f"{key} {named[key]}" for key in ("via", "dev") if key in named)])


def forward(text: str) -> str:
    """A port forward, `2222 -> 192.168.122.100:22`, of UDP `53/udp -> 192.168.122.53:53`; `none`."""
    if text == "none":
        return text
    found = FORWARD.fullmatch(text)
    if found is None or not all(0 < int(port) < 65536 for port in found.group(1, 4) if port):
        raise WrongValueError("forward", "forward", value=text)
    proto = "/udp" if found.group(2) == "/udp" else ""
    return f"{found.group(1)}{proto} -> {ip(found.group(3))}:{found.group(4) or found.group(1)}"


def service(text: str) -> int | str:
    """A TCP port that is listened on: `80`, a service on its usual port, `ssh`, or on another, `ssh:2222`."""
    name, colon, port = text.partition(":")
    if _is_port(text):
        return int(text)
    if name not in SERVICES or (colon and not _is_port(port)):
        raise WrongValueError("service", "service", value=text)
    return text


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text) < 65536


def service_parts(written: int | str) -> tuple[str, int]:
    """The service and its port; a port that is only a number has no name, save that of VNC, which must speak first."""
    if isinstance(written, int):
        return ("vnc" if written == SERVICES["vnc"] else ""), written
    name, _, port = written.partition(":")
    return name, int(port or SERVICES[name])


def write_percent(share: float) -> str:
    """A share as it would be written in a scene: 0.3 → `30%`."""
    return f"{100 * share:.10g}%"


def write_duration(ns: int) -> str:
    """A duration as it would be written in a scene, exactly: 1_500_000_000 → `1.5s`."""
    if ns == 0:
        return "0s"
    for unit in ("d", "h", "min"):
        if ns % NS[unit] == 0:
            return f"{ns // NS[unit]}{unit}"
    unit = next(unit for unit in ("s", "ms", "µs", "ns") if ns >= NS[unit])
    exact = f"{Decimal(ns) / NS[unit]:f}"
    return f"{exact.rstrip('0').rstrip('.') if '.' in exact else exact}{unit}"
