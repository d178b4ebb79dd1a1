"""The wake of the picked packet: the cables it came along up to the moment, and where it is."""

from itertools import pairwise

import pytest

from tests.window.network import network, packet
from vizapp.picture.layout import layout
from vizapp.picture.shapes import Icon, Line
from vizapp.picture.view import View
from vizapp.picture.wake import spot, wake
from vizapp.sim.trail import trail


def staged(session):
    view = View(size=(1000.0, 700.0))
    return layout(session.run.scene, view.lang, view.size, view.level, session.run.kinds)


def drawn(session, name, t=None):
    frame = session.run.frame(session.run.timeline.end if t is None else t)
    return list(wake(frame, staged(session), View(size=(1000.0, 700.0), trail=packet(session, name))))


def lines(shapes):
    return [shape for shape in shapes if isinstance(shape, Line)]


def hops(session, name):
    return session.run.timeline.index.hops(packet(session, name))


def test_each_cable_is_lit_once():
    session = network()
    assert len(lines(drawn(session, "SYN"))) == 3


def test_without_a_picked_packet_nothing_is_drawn():
    session = network()
    assert list(wake(session.run.frame(session.run.timeline.end), staged(session), View())) == []


def test_cables_to_come_are_not_lit():
    session = network()
    first = hops(session, "SYN")[0]
    assert drawn(session, "SYN", first.departs - 1) == []
    assert len(lines(drawn(session, "SYN", first.arrives - 1))) == 1


@pytest.mark.parametrize(("part", "least", "most"), [(0.25, 0.05, 0.35), (0.5, 0.4, 0.6), (0.9, 0.8, 1.0)])
def test_the_cable_under_way_is_lit_as_far_as_the_packet_is(part, least, most):
    session = network()
    hop = hops(session, "SYN")[0]
    t = hop.departs + round(part * (hop.arrives - hop.departs))
    (line,) = lines(drawn(session, "SYN", t))
    way = staged(session).ways[hop.link]
    assert least <= _long(line.points) / way.length <= most
    assert line.points[0] == pytest.approx(way.points[0] if hop.src == way.a else way.points[-1])


def _long(points):
    return sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(points))


def test_where_it_was_lost_a_cross_stays():
    session = network()
    crosses = [shape for shape in drawn(session, "ECHO") if isinstance(shape, Icon)]
    assert [cross.name for cross in crosses] == ["cross"]
    assert [shape for shape in drawn(session, "SYN") if isinstance(shape, Icon)] == []


def test_a_packet_is_at_the_door_by_which_it_came():
    session = network()
    hop = hops(session, "SYN")[0]
    frame, stage = session.run.frame(hop.arrives), staged(session)
    way = stage.ways[hop.link]
    end = way.points[-1] if hop.src == way.a else way.points[0]
    assert spot(trail(frame, hop.packet.id), frame, stage) == pytest.approx(end)


def test_a_packet_under_way_is_on_its_cable():
    session = network()
    hop = hops(session, "SYN")[1]
    frame, stage = session.run.frame((hop.departs + hop.arrives) // 2), staged(session)
    assert spot(trail(frame, hop.packet.id), frame, stage) == pytest.approx(stage.ways[hop.link].at(0.5), abs=1.0)


def test_of_copies_the_one_for_the_device_that_is_meant_counts():
    session = network("arp router server @ 1s")
    copies = [hop for hop in hops(session, "ARP request") if hop.src.startswith("sw.")]
    frame, stage = session.run.frame(copies[0].departs + 1), staged(session)
    wanted = next(hop for hop in copies if hop.dst == "server.eth0")
    way = stage.ways[wanted.link]
    start = way.points[0] if wanted.src == way.a else way.points[-1]
    assert spot(trail(frame, copies[0].packet.id), frame, stage) == pytest.approx(start, abs=1.0)
