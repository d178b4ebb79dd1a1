"""The scene `balancing-algorithms`: the same requests for every algorithm, side by side."""

import pytest

from tests.scenes.lesson import missing, played

NAME = "balancing-algorithms"


def sides(**settings):
    return {side.scene.id: side.timeline for side in played(NAME, **settings).sides}


def test_every_side_meets_the_same_requests():
    crowds = [timeline.crowd for timeline in sides().values()]
    way = crowds[0].routes[0]
    born = [[departs for departs, route in zip(c.departs, c.route, strict=True) if c.routes[route] == way]
            for c in crowds]  # fmt: skip
    assert all(each == born[0] for each in born)
    assert len(born[0]) > 3000


@pytest.mark.parametrize(("name", "swamped"), [("weighted", True), ("leastconn", False), ("random", False),
                                               ("source", True)])  # fmt: skip
def test_only_what_counts_connections_turns_away_from_a_slow_server(name, swamped):
    assert (sides()[name].at(14_000_000_000).value("web3", "in_progress")["n"] > 40) is swamped


def test_the_consistent_hash_moves_fewer_clients_when_a_server_fails():
    moved = [sides(**each)["source"].at(29_000_000_000).value("lb", "moved") for each in ({}, {"hash": "consistent"})]
    assert 0 < moved[1] < 50 < moved[0]


@pytest.mark.parametrize("settings", [{}, {"hash": "consistent"}, {"rate": "60/s"}])
def test_every_step_comes_whatever_is_set(settings):
    assert missing(played(NAME, **settings))[0] == []
