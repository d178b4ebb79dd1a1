from collections.abc import Hashable

from vizapp.picture.levels import Edges, components, levels


def joined(*pairs: str) -> Edges:
    return {frozenset(pair.split()) for pair in pairs}


def kind(name: str) -> Hashable:
    return name.rstrip("0123456789"), name.startswith("host")


def test_boxes_stand_by_their_distance_from_the_first() -> None:
    ids = ["client1", "lb", "web1", "web2"]
    assert levels(ids, joined("client1 lb", "lb web1", "lb web2"), [], kind) == [["client1"], ["lb"], ["web1", "web2"]]


def test_clients_that_are_alike_stand_together() -> None:
    ids = ["client1", "client2", "lb", "web1"]
    edges = joined("client1 lb", "client2 lb", "lb web1")
    assert levels(ids, edges, [], kind) == [["client1", "client2"], ["lb"], ["web1"]]


def test_two_hosts_stand_on_both_sides_of_their_switch() -> None:
    assert levels(["host1", "switch", "host2"], joined("host1 switch", "host2 switch"), [], kind) == [
        ["host1"], ["switch"], ["host2"],
    ]  # fmt: skip


def test_the_way_out_of_a_container_comes_last() -> None:
    assert levels(["vm1", "vm2", "router"], joined("vm1 router", "vm2 router"), ["router"], kind) == [
        ["vm1", "vm2"], ["router"],
    ]  # fmt: skip


def test_what_no_cable_joins_is_apart() -> None:
    assert components(["a", "b", "c"], joined("a c")) == [["a", "c"], ["b"]]
