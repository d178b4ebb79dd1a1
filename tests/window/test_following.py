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


def unfollowed():
    """The ARP request: the scene follows TCP and ICMP alone."""
    session = network()
    session.seek(session.length)
    session.seek_true(hops(session, "ARP request")[0].departs)
    return session, packet(session, "ARP request")


def test_a_packet_that_is_followed_takes_time_to_be_seen():
    session, number = unfollowed()
    hop = hops(session, "ARP request")[0]
    before = session.run.pace.show(hop.arrives) - session.run.pace.show(hop.departs)
    session.follow(number)
    after = session.run.pace.show(hop.arrives) - session.run.pace.show(hop.departs)
    assert before < 0.1
    assert after >= 0.5


def test_following_moves_neither_the_clock_nor_the_fog():
    session, number = unfollowed()
    t, fog = session.t, session.fog_t
    session.follow(number)
    assert (session.t, session.fog_t) == (t, fog)
    session.follow(None)
    assert (session.t, session.fog_t) == (t, fog)


def test_letting_go_brings_the_old_map_back():
    session, number = unfollowed()
    show, furthest, length = session.show, session.furthest, session.length
    session.follow(number)
    session.follow(None)
    assert (session.length, session.furthest) == (length, furthest)
    assert abs(session.show - show) < 1e-9


def test_steps_that_were_reached_stay_reached():
    session, number = unfollowed()
    session.seek(session.length)
    step = session.step
    session.follow(number)
    assert session.step == step


def test_the_clock_stands_still_where_a_followed_packet_is_rewritten():
    session = network()
    session.run.follows = []
    session.run._forget()
    rewritten = next(e for e in session.run.timeline.events if e.name == "nat.rewrite")
    assert not session.run.holds(rewritten)
    session.follow(packet(session, "SYN"))
    assert session.run.holds(rewritten)
    assert session.run.pace.show_end(rewritten.t) - session.run.pace.show(rewritten.t) > 1.0
