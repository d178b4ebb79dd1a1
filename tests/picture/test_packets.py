"""Packets on their cables: pills where these are long enough, else dots with a name beside."""

from tests.picture.stages import KINDS, NAT
from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture import packets, room
from vizapp.picture.layout import layout
from vizapp.picture.shapes import Pill, Rect, Shape
from vizapp.picture.stage import Stage
from vizapp.picture.view import View
from vizapp.protocols.arp import Arp
from vizapp.protocols.ethernet import Ethernet
from vizapp.scene.reader import read
from vizapp.sim.frame import InFlight
from vizapp.sim.packet import Packet
from vizapp.words import words

VIEW = View(size=(1920.0, 1080.0), level="show", lang="en")
MAC = "52:54:00:00:00:0a"
CLAIM = (Ethernet(MAC, "ff:ff:ff:ff:ff:ff"), Arp("request", MAC, "10.0.0.10", "00:00:00:00:00:00", "10.0.0.10"))
SHORT, LONG = "a.eth0--lan.p2", "router.wan--lan.p1"


def narrow() -> Stage:
    made = read(places.shipped_scenes() / "keepalived.yaml", VOCABULARY).scene
    assert made is not None
    return layout(made, VIEW.lang, VIEW.size, VIEW.level, VOCABULARY.kinds)


def wide() -> Stage:
    return layout(NAT, VIEW.lang, VIEW.size, VIEW.level, KINDS)


def sent(number: int, link: str, progress: float, stage: Stage) -> InFlight:
    way = stage.ways[link]
    return InFlight(number, Packet(number, CLAIM, "gratuitous-arp", way.a), link, way.a, way.b, 0, progress, "")


def drawn(flights: list[InFlight], stage: Stage, opened: tuple[InFlight, ...] = ()) -> list[Shape]:
    return list(packets.pills(flights, opened, stage, VIEW, words("en")))


def test_packets_wider_than_their_cable_are_dots_with_one_name() -> None:
    stage = narrow()
    way = stage.ways[SHORT]
    shapes = drawn([sent(1, SHORT, 0.3, stage), sent(2, SHORT, 0.7, stage)], stage)
    dots = [shape for shape in shapes if isinstance(shape, Rect)]
    assert all(min(x for x, _ in way.points) < dot.x + dot.w / 2 < max(x for x, _ in way.points) for dot in dots)
    assert (len(dots), sum(isinstance(shape, Pill) for shape in shapes)) == (2, 1)


def test_the_name_beside_a_short_cable_covers_nothing_written() -> None:
    stage = narrow()
    for way in stage.ways.values():
        area = room.close(stage, way, 160, 42, ())
        assert [box.id for box in stage.boxes.values() if room.inner(box).meets(area)] == []


def test_a_card_that_says_the_name_saves_it_on_a_short_cable() -> None:
    stage = narrow()
    shapes = drawn([sent(1, SHORT, 0.3, stage)], stage, (sent(2, SHORT, 0.7, stage),))
    assert not any(isinstance(shape, Pill) for shape in shapes)


def test_a_pill_makes_way_for_the_dot_of_a_card() -> None:
    stage = wide()
    there = sent(1, LONG, 0.5, stage)
    alone, moved = drawn([there], stage), drawn([there], stage, (sent(2, LONG, 0.5, stage),))
    assert isinstance(alone[0], Pill)
    assert isinstance(moved[0], Pill)
    assert abs(moved[0].y - alone[0].y) >= alone[0].box.h
