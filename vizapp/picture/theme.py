"""Themes: what colour each role has. Roles are the same in every theme; only colours change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Role(NamedTuple):
    """A soft fill, a darker stroke and a text colour of the same hue."""

    fill: str
    stroke: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role. `packets` by protocol, `series` for the servers of charts, in order."""

    name: str
    dark: bool
    canvas: str
    panel: str
    hairline: str
    ink: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    link: str
    good: str
    good_soft: str
    bad: str
    warn: str
    prediction: Role
    changed: str
    roles: dict[str, Role]
    packets: dict[str, str]
    series: tuple[str, ...]

    def role(self, name: str) -> Role:
        return self.roles[name]

    def packet(self, protocol: str) -> str:
        return self.packets.get("tcp" if protocol in REMOTE else protocol, self.muted)


REMOTE = ("ssh", "rdp", "vnc")  # known as TCP by their colour, by name as themselves
PACKETS = {
    "arp": "#E69F00", "icmp": "#009E73", "tcp": "#0072B2", "http": "#56B4E9", "dhcp": "#CC79A7", "udp": "#8C6D8C",
    "vrrp": "#D55E00", "igmp": "#A16207", "dns": "#8B6F00", "instruction": "#2F5BEA", "ethernet": "#64748B",
}  # fmt: skip

DAY = Theme(
    name="day", dark=False, canvas="#F7F8FB", panel="#FFFFFF", hairline="#E2E8F0", ink="#0F172A", muted="#64748B",
    accent="#2F5BEA", accent_soft="#EEF2FF", on_accent="#FFFFFF", link="#94A3B8", good="#16A34A", good_soft="#DCFCE7",
    bad="#DC2626", warn="#D97706", prediction=Role("#FFF9E8", "#F2D88B", "#92400E"), changed="#FFF3C4",
    roles={
        "hardware": Role("#E2E8F0", "#64748B", "#334155"),
        "hypervisor": Role("#FDEBC8", "#D97706", "#92400E"),
        "host": Role("#DBE8FD", "#2563EB", "#1E3A8A"),
        "guest": Role("#D3F3EC", "#0D9488", "#115E59"),
        "libraries": Role("#EBE4FD", "#7C3AED", "#5B21B6"),
        "application": Role("#E6F4D4", "#65A30D", "#3F6212"),
        "network": Role("#F1F5F9", "#475569", "#0F172A"),
        "machine": Role("#FFFFFF", "#475569", "#0F172A"),
        "failed": Role("#FEE2E2", "#DC2626", "#991B1B"),
    },
    packets=PACKETS, series=("#4F6BED", "#12B886", "#BE4BDB", "#F08C00", "#1098AD", "#E64980", "#74B816", "#495057"),
)  # fmt: skip

NIGHT = Theme(
    name="night", dark=True, canvas="#0B1120", panel="#131C31", hairline="#26324A", ink="#E8EDF7", muted="#8FA0BC",
    accent="#7C9BFF", accent_soft="#1B2A4F", on_accent="#0B1120", link="#5B6E91", good="#34D399", good_soft="#0F3B2E",
    bad="#F87171", warn="#FBBF24", prediction=Role("#2B2412", "#7A6220", "#FCD77F"), changed="#4A3D0C",
    roles={
        "hardware": Role("#1E293B", "#7D8CA6", "#CBD5E1"),
        "hypervisor": Role("#33260F", "#E5952B", "#FBD38D"),
        "host": Role("#152647", "#5B8DEF", "#BFD4FF"),
        "guest": Role("#0F2E2E", "#2BB5A6", "#A7F3E4"),
        "libraries": Role("#261C45", "#9F7AEA", "#D9C8FF"),
        "application": Role("#1F2E12", "#86C232", "#D3F0A8"),
        "network": Role("#17223A", "#5B6E91", "#E8EDF7"),
        "machine": Role("#101930", "#5B6E91", "#E8EDF7"),
        "failed": Role("#2D1520", "#F87171", "#FCA5A5"),
    },
    packets=PACKETS | {"tcp": "#3B9BDC", "ethernet": "#94A3B8", "instruction": "#7C9BFF", "dns": "#C9A227"},
    series=("#7C93FF", "#38D9A9", "#DA77F2", "#FFA94D", "#3BC9DB", "#F783AC", "#A9E34B", "#CED4DA"),
)  # fmt: skip

PRINT = Theme(
    name="print", dark=False, canvas="#FFFFFF", panel="#FFFFFF", hairline="#C9CED6", ink="#000000", muted="#4A4F57",
    accent="#1D3FB8", accent_soft="#F2F4FA", on_accent="#FFFFFF", link="#6B7280", good="#166534", good_soft="#F1FAF3",
    bad="#B91C1C", warn="#92400E", prediction=Role("#FFFFFF", "#8A6D1B", "#5C4708"), changed="#F3E9C0",
    roles={
        "hardware": Role("#F0F2F5", "#4B5563", "#1F2937"),
        "hypervisor": Role("#FEF6E7", "#B45309", "#78350F"),
        "host": Role("#F1F6FE", "#1D4ED8", "#1E3A8A"),
        "guest": Role("#EFFAF7", "#0F766E", "#134E4A"),
        "libraries": Role("#F7F4FE", "#6D28D9", "#4C1D95"),
        "application": Role("#F6FBEF", "#4D7C0F", "#365314"),
        "network": Role("#FFFFFF", "#374151", "#000000"),
        "machine": Role("#FFFFFF", "#374151", "#000000"),
        "failed": Role("#FFF5F5", "#B91C1C", "#7F1D1D"),
    },
    packets=PACKETS | {"http": "#2D86BC", "arp": "#B87E00", "dhcp": "#A94F83", "instruction": "#1D3FB8"},
    series=("#1D3FB8", "#0B7A55", "#8E24AA", "#B45309", "#0E7490", "#B0245F", "#4D7C0F", "#374151"),
)  # fmt: skip

CONTRAST = Theme(
    name="contrast", dark=True, canvas="#000000", panel="#000000", hairline="#FFFFFF", ink="#FFFFFF", muted="#E5E5E5",
    accent="#FFD400", accent_soft="#332B00", on_accent="#000000", link="#FFFFFF", good="#3DFF8F", good_soft="#003318",
    bad="#FF6B6B", warn="#FFD400", prediction=Role("#1F1A00", "#FFD400", "#FFEE99"), changed="#5C4D00",
    roles={
        "hardware": Role("#111111", "#FFFFFF", "#FFFFFF"),
        "hypervisor": Role("#1F1400", "#FFB347", "#FFE0B0"),
        "host": Role("#00112B", "#7FB2FF", "#D6E6FF"),
        "guest": Role("#001F1A", "#4FF0D8", "#D2FFF7"),
        "libraries": Role("#160A33", "#C9A8FF", "#EEE3FF"),
        "application": Role("#0E1F00", "#B8F25C", "#EBFFD0"),
        "network": Role("#000000", "#FFFFFF", "#FFFFFF"),
        "machine": Role("#000000", "#FFFFFF", "#FFFFFF"),
        "failed": Role("#2B0000", "#FF6B6B", "#FFC9C9"),
    },
    packets=PACKETS | {"tcp": "#5CB8F2", "arp": "#FFB81C", "icmp": "#1FE0A8", "dhcp": "#F2A0CE", "http": "#8AD4FF",
                       "dns": "#E0BE3F", "ethernet": "#FFFFFF", "instruction": "#FFD400"},
    series=("#8FA8FF", "#3DFFC0", "#F59BFF", "#FFC266", "#5CE8FF", "#FF9DC4", "#CFFF70", "#FFFFFF"),
)  # fmt: skip

THEMES = (DAY, NIGHT, PRINT, CONTRAST)


def theme(name: str) -> Theme:
    """The theme called `name`; ValueError names those there are."""
    for candidate in THEMES:
        if candidate.name == name:
            return candidate
    raise ValueError(f"unknown theme {name!r}; there are {', '.join(t.name for t in THEMES)}")
