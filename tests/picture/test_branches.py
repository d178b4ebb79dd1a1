"""The tree of a trail: a column a hop, a row a copy."""

from tests.devices.net.lab import Lab, lan
from vizapp.picture.branches import Knot, branches
from vizapp.sim.trail import trail

CHAIN = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  c: {kind: machine, ports: {eth0: {ip: 10.0.0.3/24}}}
  d: {kind: machine, ports: {eth0: {ip: 10.0.0.4/24}}}
  s: {kind: switch}
  u: {kind: switch}
"""


def drawn(lab: Lab, protocol: str, t: int | None = None) -> dict[str, tuple[int, int]]:
    """Column and row of each device; of a hop under way, of the device that it goes to."""
    found = trail(lab.timeline.at(lab.timeline.end if t is None else t), lab.flights(protocol)[0].packet.id)
    assert found is not None

    def name(knot: Knot) -> str:
        return found.stops[knot.stop].device if knot.stop is not None else f"to {knot.hop.dst}"

    return {name(knot): (knot.column, knot.row) for knot in branches(found)}


def test_a_way_without_branches_is_one_row() -> None:
    assert drawn(lan("ping a b @ 0s"), "icmp") == {"a": (0, 0), "sw": (1, 0), "b": (2, 0)}


def test_each_copy_of_a_flood_has_a_row() -> None:
    lab = Lab(CHAIN, "a -- s, b -- s, s -- u, c -- u, d -- u", "ping a d @ 0s")
    assert drawn(lab, "arp") == {"a": (0, 0), "s": (1, 0), "b": (2, 0), "u": (2, 1), "c": (3, 1), "d": (3, 2)}


def test_a_row_is_not_shared_by_two_branches() -> None:
    lab = Lab(CHAIN, "a -- s, s -- u, b -- u, c -- u, d -- s", "ping a d @ 0s")
    places = drawn(lab, "arp")
    assert places["d"] == (2, 1)
    assert len(set(places.values())) == len(places)


def test_a_hop_under_way_has_its_place_already() -> None:
    lab = Lab(CHAIN, "a -- s, s -- u, b -- u, c -- u, d -- s", "ping a d @ 0s")
    early = drawn(lab, "arp", lab.flights("arp", "d.eth0")[0].departs)
    assert early == {"a": (0, 0), "s": (1, 0), "to u.p1": (2, 0), "to d.eth0": (2, 1)}
    assert list(drawn(lab, "arp").values())[:4] == list(early.values())
