"""Every algorithm chooses as the real software did (recordings `F_lb_sequences`, `F_lb_leastconn`, `F_lb_hash`)."""

import json
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.devices.balancing.algorithms import NAMES, SOFTWARE, algorithm
from vizapp.devices.balancing.backend import Backend
from vizapp.sim.chance import Chance

TRUTH = Path(__file__).parents[2] / "truth"


def runs(name: str) -> list[dict[str, Any]]:
    return json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))["runs"]


def backends(run: dict[str, Any]) -> list[Backend]:
    found = []
    for line in run["config"]:
        words = line.replace(";", "").replace("weight=", "weight ").split()
        if words[0] == "server":
            address = next(word for word in words if ":" in word)
            found.append(Backend(f"s{len(found) + 1}", int(words[words.index("weight") + 1]), address))
    return found


def known(run: dict[str, Any]) -> tuple[str, str]:
    """(algorithm, software) of a recording."""
    config = " ".join(run["config"])
    software = "haproxy" if "balance" in config else "nginx"
    for word, name in (("static-rr", "static-rr"), ("least", "leastconn"), ("consistent", "consistent"),
                       ("balance source", "source"), ("ip_hash", "source")):  # fmt: skip
        if word in config:
            return name, software
    return "weighted", software


def chance() -> Chance:
    return Chance(1, "lb", "draws")


@pytest.mark.parametrize("run", runs("F_lb_sequences"), ids=lambda run: run["name"])
def test_sequence_is_the_recorded_one(run: dict[str, Any]) -> None:
    servers = backends(run)
    choose = algorithm(*known(run), servers, chance())
    assert [choose.pick(0).name for _ in run["sequence"]] == run["sequence"]


@pytest.mark.parametrize("run", runs("F_lb_leastconn"), ids=lambda run: run["name"])
def test_least_connections_chooses_as_recorded(run: dict[str, Any]) -> None:
    servers = backends(run)
    choose = algorithm(*known(run), servers, chance())
    open_until: list[tuple[int, Backend]] = []
    chosen = []
    for _, arrival, hold, _, _ in run["requests"]:
        for end, server in sorted(open_until, key=lambda entry: entry[0]):
            if end <= arrival:
                server.connections -= 1
                choose.loaded(server)
                open_until.remove((end, server))
        server = choose.pick(0)
        server.connections += 1
        choose.loaded(server)
        open_until.append((arrival + hold, server))
        chosen.append(server.name)
    assert chosen == [request[4] for request in run["requests"]]


HASHES = [run for run in runs("F_lb_hash") if "chosen" in run]


@pytest.mark.parametrize("run", HASHES, ids=lambda run: run["name"])
def test_hash_table_is_the_recorded_one(run: dict[str, Any]) -> None:
    choose = algorithm(*known(run), backends(run), chance())
    assert {address: choose.pick(int(ip_address(address))).name for address in run["chosen"]} == run["chosen"]


@pytest.mark.parametrize(
    ("run", "name"),
    [(run, "consistent" if "consistent" in run["name"] else "source") for run in runs("F_lb_hash") if "after" in run],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_moves_when_a_server_is_set_aside_is_recorded(run: dict[str, Any], name: str) -> None:
    servers = [Backend(f"s{i}", 1) for i in (1, 2, 3)]
    choose = algorithm(name, "haproxy", servers, chance())
    servers[1].up = False
    choose.went_down(servers[1])
    assert {address: choose.pick(int(ip_address(address))).name for address in run["after"]} == run["after"]


WEIGHTS = st.lists(st.integers(1, 30), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(WEIGHTS, st.sampled_from([("weighted", "haproxy"), ("static-rr", "haproxy"), ("weighted", "nginx")]))
def test_over_whole_turns_each_server_has_its_share(weights: list[int], which: tuple[str, str]) -> None:
    servers = [Backend(f"s{i}", weight) for i, weight in enumerate(weights)]
    choose = algorithm(*which, servers, chance())
    turns = 10
    chosen = [choose.pick(0) for _ in range(turns * sum(weights))]
    for server in servers:
        assert abs(chosen.count(server) - turns * server.weight) <= (1 if which[1] == "haproxy" else 0)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(SOFTWARE), st.lists(st.integers(0, 3), max_size=60))
def test_a_server_set_aside_is_never_chosen(name: str, software: str, switches: list[int]) -> None:
    servers = [Backend(f"s{i}", i + 1) for i in range(4)]
    choose = algorithm(name, software, servers, chance())
    for source, number in enumerate(switches):
        server = servers[number]
        server.up = not server.up
        (choose.went_up if server.up else choose.went_down)(server)
        for step in range(3):
            chosen = choose.pick(source * 257 + step, servers[step])
            assert (chosen is None) == (not any(s.up for s in servers))
            assert chosen is None or chosen.up


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([n for n in NAMES if n not in ("source", "consistent")]), st.sampled_from(SOFTWARE))
def test_the_server_to_avoid_is_chosen_only_when_alone(name: str, software: str) -> None:
    servers = [Backend(f"s{i}", i + 1) for i in range(3)]
    choose = algorithm(name, software, servers, chance())
    assert all(choose.pick(n, servers[0]) is not servers[0] for n in range(30))
    for server in servers[1:]:
        server.up = False
        choose.went_down(server)
    assert choose.pick(0, servers[0]) is servers[0]


ROTATIONS = [("weighted", "haproxy"), ("static-rr", "haproxy"), ("weighted", "nginx")]


@settings(max_examples=40, deadline=None)
@given(WEIGHTS)
def test_nginx_never_strays_a_whole_turn_from_the_weights(weights: list[int]) -> None:
    servers = [Backend(f"s{i}", weight) for i, weight in enumerate(weights)]
    choose, total = algorithm("weighted", "nginx", servers, chance()), sum(weights)
    given_to = dict.fromkeys(servers, 0)
    for turn in range(1, total + 1):
        given_to[choose.pick(0)] += 1
        assert all(abs(given_to[each] - turn * each.weight / total) < len(servers) for each in servers)


@settings(max_examples=40, deadline=None)
@given(WEIGHTS, st.sampled_from(ROTATIONS), st.data())
def test_after_a_new_weight_the_shares_follow_it(
    weights: list[int], which: tuple[str, str], data: st.DataObject
) -> None:
    servers = [Backend(f"s{i}", weight) for i, weight in enumerate(weights)]
    choose = algorithm(*which, servers, chance())
    for _ in range(data.draw(st.integers(0, 40))):
        choose.pick(0)
    changed = data.draw(st.sampled_from(servers))
    changed.weight = data.draw(st.integers(0, 30))
    choose.weighed(changed)
    total = sum(server.weight for server in servers)
    for _ in range(2 * total):
        choose.pick(0)  # the wheel under way comes to its end
    chosen = [choose.pick(0) for _ in range(10 * total)]
    for server in servers:
        assert abs(chosen.count(server) - 10 * server.weight) <= 2


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(SOFTWARE), st.lists(st.integers(0, 9), min_size=2, max_size=5))
def test_a_drained_server_is_never_chosen(name: str, software: str, weights: list[int]) -> None:
    servers = [Backend(f"s{i}", weight, f"10.0.0.{i}:80") for i, weight in enumerate(weights)]
    choose = algorithm(name, software, servers, chance())
    for source in range(60):
        chosen = choose.pick(source * 257, servers[source % len(servers)])
        assert (chosen is None) == (not any(weights))
        assert chosen is None or chosen.weight


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=5), st.sampled_from(SOFTWARE), st.data())
def test_consistent_hash_moves_only_the_clients_of_the_server_that_went(
    weights: list[int], software: str, data: st.DataObject
) -> None:
    servers = [Backend(f"s{i}", weight, f"10.0.0.{i}:80") for i, weight in enumerate(weights)]
    choose = algorithm("consistent", software, servers, chance())
    before = {source: choose.pick(source) for source in range(0, 200_000, 997)}
    gone = data.draw(st.sampled_from(servers))
    gone.up = False
    choose.went_down(gone)
    for source, server in before.items():
        assert server is gone or choose.pick(source) is server


@settings(max_examples=60, deadline=None)
@given(WEIGHTS, st.sampled_from(SOFTWARE), st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_least_connections_takes_a_least_one_for_its_weight(
    weights: list[int], software: str, connections: list[int]
) -> None:
    servers = [Backend(f"s{i}", w, connections=n) for i, (w, n) in enumerate(zip(weights, connections, strict=False))]
    choose = algorithm("leastconn", software, servers, chance())
    one = software == "haproxy"  # it counts the connection to come, save of an idle server
    worth = {server: (server.connections + (one and server.connections > 0)) / server.weight for server in servers}
    assert worth[choose.pick(0)] <= min(worth.values()) + 1 / 16


@pytest.mark.parametrize("software", SOFTWARE)
@pytest.mark.parametrize("name", NAMES)
def test_what_counts_is_told_of_every_server_that_can_be_chosen(name: str, software: str) -> None:
    servers = [Backend(f"s{i}", i, f"10.0.0.{i}:80") for i in range(4)]
    choose = algorithm(name, software, servers, chance())
    choose.pick(1)
    assert set(choose.counts()) == {"s1", "s2", "s3"}


@pytest.mark.parametrize("run", runs("F_lb_live_weights"), ids=lambda run: run["name"])
def test_weights_changed_live_lead_to_the_recorded_sequence(run: dict[str, Any]) -> None:
    servers = {server.name: server for server in backends(run)}
    choose = algorithm(*known(run), list(servers.values()), chance())
    changes, chosen = list(run["changes"]), []
    for turn in range(len(run["sequence"])):
        while changes and changes[0][0] == turn:
            _, name, weight = changes.pop(0)
            if servers[name].weight != weight:
                servers[name].weight = weight
                choose.weighed(servers[name])
        server = choose.pick(0)
        for step in (1, -1):  # it is asked, and answers before the next one comes
            server.connections += step
            choose.loaded(server)
        chosen.append(server.name)
    assert chosen == run["sequence"]
