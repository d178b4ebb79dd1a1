"""A picture made by hand that uses every shape as a scene does: nested boxes, links, pills, a card, a crowd, a ring."""

from array import array
from math import cos, sin

from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Arc, Dots, Icon, Label, Layer, Line, Picture, Rect, Shape
from vizapp.picture.theme import DAY, Theme

MONO = Face("JetBrains Mono")


def box(
    theme: Theme, of: str, role: str, frame: tuple[float, float, float, float], icon: str, name: str
) -> list[Shape]:
    """A container: its name in the upper left corner."""
    colours, (x, y, w, h) = theme.role(role), frame
    return [
        Rect(x, y, w, h, fill=colours.fill, stroke=colours.stroke, of=of, title=name),
        Icon(x + 12, y + 10, 18, icon, colours.stroke, of=of),
        Label(x + 36, y + 25, name, 16, colours.text, 600, of=of),
    ]


def leaf(
    theme: Theme, of: str, role: str, frame: tuple[float, float, float, float], icon: str, name: str, note: str
) -> list[Shape]:
    """A device: icon, name and address, centred."""
    colours, (x, y, w, h) = theme.role(role), frame
    middle = x + w / 2
    return [
        Rect(x, y, w, h, fill=colours.fill, stroke=colours.stroke, of=of, title=f"{name}, {note}"),
        Icon(middle - 11, y + h / 2 - 34, 22, icon, colours.text, of=of),
        Label(middle, y + h / 2 + 8, name, 16, colours.text, 600, anchor="middle", of=of),
        Label(middle, y + h / 2 + 27, note, 13, colours.text, mono=True, anchor="middle", of=of),
    ]


def pill(theme: Theme, x: float, y: float, protocol: str, text: str, of: str | None = None) -> list[Shape]:
    """A packet that is not followed: a pill with its name around (x, y)."""
    width = advance(text, Face("Inter", 600), 13) + 24
    return [
        Rect(x - width / 2, y - 12, width, 24, radius=12, fill=theme.packet(protocol), stroke=theme.panel, of=of),
        Label(x, y + 4.7, text, 13, "#FFFFFF", 600, anchor="middle", of=of),
    ]


def card(theme: Theme, x: float, y: float) -> list[Shape]:
    """A followed packet: what was rewritten is highlighted, what it was is struck out."""
    tcp = theme.packet("tcp")
    return [
        Rect(x, y, 236, 74, fill=theme.panel, stroke=tcp, width=2, shadow=True, of="packet-31", title="TCP SYN"),
        Rect(x, y, 236, 24, fill=tcp, of="packet-31"),
        Rect(x, y + 14, 236, 10, radius=0, fill=tcp, of="packet-31"),
        Label(x + 118, y + 17, "TCP SYN", 14, theme.on_accent, 700, anchor="middle", of="packet-31"),
        Rect(x + 44, y + 28, 178, 20, radius=3, fill=theme.changed, of="packet-31"),
        Label(x + 10, y + 43, "src", 13, theme.muted, of="packet-31"),
        Label(x + 48, y + 43, "192.168.1.15:43804", 14, theme.ink, 700, mono=True, of="packet-31"),
        Label(x + 10, y + 64, "dst", 13, theme.muted, of="packet-31"),
        Label(x + 48, y + 64, "192.168.1.50:80", 14, theme.ink, mono=True, of="packet-31"),
        Label(x + 252, y + 43, "192.168.122.101:40001", 13, theme.muted, mono=True, struck=True, of="packet-31"),
    ]


def crowd(count: int) -> Dots:
    """Dots on a spiral."""
    xs = array("d", (1010 + 4.2 * n**0.5 * 4 * cos(n * 2.4) for n in range(count)))
    ys = array("d", (640 + 4.2 * n**0.5 * 2 * sin(n * 2.4) for n in range(count)))
    return Dots(xs, ys, 3.5, DAY.packet("http"), ring="#FFFFFF", of="crowd", title=f"{count} requests")


def sample(theme: Theme = DAY) -> Picture:
    """About what the NAT scene looks like, with a crowd added."""
    link = theme.link
    stage: list[Shape] = [
        *box(theme, "host", "machine", (40, 40, 760, 720), "host", "Machine hôte"),
        Label(784, 65, "Linux · 192.168.1.15", 13, theme.ink, mono=True, anchor="end", of="host"),
        *box(theme, "hyp", "hypervisor", (70, 90, 700, 500), "hypervisor", "KVM + libvirt"),
        *box(theme, "vm1", "guest", (100, 140, 290, 190), "vm", "VM 1 · Debian"),
        *box(theme, "vm2", "guest", (450, 140, 290, 190), "vm", "VM 2 · Debian"),
        *leaf(theme, "vnic1", "application", (130, 190, 230, 110), "browser", "Navigateur", "192.168.122.100"),
        *leaf(theme, "vnic2", "application", (480, 190, 230, 110), "browser", "Navigateur", "192.168.122.101"),
        *leaf(theme, "router", "network", (260, 430, 320, 120), "router", "Routeur virtuel", "192.168.122.1"),
        *leaf(theme, "nic", "hardware", (290, 640, 260, 100), "nic", "Carte réseau physique", "192.168.1.15"),
        *leaf(theme, "server", "failed", (900, 90, 220, 110), "server", "Serveur", "192.168.1.50"),
    ]
    links: list[Shape] = [
        Line(((245, 330), (245, 380), (370, 380), (370, 430)), link, 2, corner=10, of="l1", title="VM 1 – routeur"),
        Line(((595, 330), (595, 380), (470, 380), (470, 430)), link, 2, corner=10, of="l2"),
        Line(((420, 550), (420, 640)), theme.accent, 4, arrow=True, of="l3"),
        Line(((550, 690), (1010, 690), (1010, 200)), theme.bad, 2, dash=(8, 6), corner=14, of="l4"),
        Line(((830, 120), (890, 150)), theme.ink, 1.6, arrow=True),
        Line(((1180, 300), (1240, 300), (1240, 360), (1180, 360)), theme.good, 2, corner=12, closed=True),
    ]
    moving: list[Shape] = [
        Rect(252, 422, 336, 136, radius=14, stroke=theme.accent, width=3, opacity=0.4),
        *pill(theme, 245, 380, "arp", "ARP"),
        *pill(theme, 595, 370, "dhcp", "DHCP OFFER", "packet-7"),
        *pill(theme, 1010, 420, "tcp", "SYN·ACK"),
        Arc(1180, 145, 26, 0.68, theme.warn, of="server"),
        Arc(1180, 145, 18, 1.0, theme.hairline, 2),
        Label(1180, 150, "3,6 s", 13, theme.ink, mono=True, anchor="middle"),
        *card(theme, 310, 560),
    ]
    return Picture(
        1280,
        800,
        theme.canvas,
        (
            Layer(tuple(stage)), Layer(tuple(links[:4])), Layer(tuple(links[4:])),
            Layer((crowd(400),)), Layer(tuple(stage[-4:]), opacity=0.5), Layer(tuple(moving)),
        ),
        title="Accès NAT : réécriture",
        description="Le routeur réécrit l’adresse source & le port <40001>.",
        lang="fr",
        meta={"scene": "nat", "seed": "7", "at": "3.300302"},
    )  # fmt: skip
