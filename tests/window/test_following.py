"""Which packet is followed, and the stops before and after."""

from tests.window.network import network, packet
from vizapp.window.following import meant, stop_beside


def hops(session, name="SYN"):
    return session.run.timeline.index.hops(packet(session, name))


def test_the_picked_packet_is_meant():
    session = network()
    session.select(f"packet:{packet(session, 'ECHO')}")
    assert meant(session) == packet(session, "ECHO")


def test_else_one_under_way_that_the_scene_follows():
    session = network()
    session.seek_true(hops(session)[1].departs + 1)
    assert meant(session) == packet(session, "SYN")


def test_else_the_last_that_set_off():
    session = network()
    session.seek_true(2_500_000_000)
    last = [f for f in session.run.timeline.flights if f.departs <= session.t and session.run.follows_flight(f)][-1]
    assert meant(session) == last.packet.id


def test_before_anything_left_there_is_none():
    assert meant(network()) is None


def test_stops_are_gone_through_as_far_as_they_were_seen():
    session = network()
    session.select(f"packet:{packet(session, 'SYN')}")
    session.seek_true(hops(session)[1].arrives)
    assert stop_beside(session, -1).device == "router"
    assert stop_beside(session, 1) is None
    session.seek_true(hops(session)[-1].arrives)
    session.seek_true(hops(session)[0].departs)
    assert stop_beside(session, 1).device == "router"


def test_without_a_packet_there_is_no_stop():
    assert stop_beside(network(), 1) is None
