"""The laws of the design, on a crowd of requests with faults anywhere."""

from dataclasses import replace
from typing import Any

import pytest
from farm import BY_NAME, MS, S, act, ends, farm, run
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.devices.balancing.algorithms import NAMES
from vizapp.scene.model import Act
from vizapp.sim.simulate import Simulation
from vizapp.sim.timeline import Timeline

UNTIL = 4 * S
BALANCER = {"inter": 300 * MS, "timeout_server": 400 * MS, "timeout_connect": 300 * MS}
CLIENTS = {"rate": 150.0, "patience": 900 * MS}
DEEDS = (
    "fail s1", "fail s2", "restore s1", "restore s2", "hang s3", "resume s3", "slow s1 factor=5", "fail lb",
    "restore lb",
    "cut lb.back--s2.eth0", "mend lb.back--s2.eth0", "cut clients.eth0--lb.front", "mend clients.eth0--lb.front",
    "fail clients", "restore clients",
)  # fmt: skip
CHANGES = (("lb.algorithm", "leastconn"), ("lb.algorithm", "source"), ("lb.inter", 100 * MS), ("lb.fall", 1),
           ("clients.rate", 400.0), ("clients.rate", 0.0), ("s1.cores", 1), ("s2.weight", 7),
           ("lb.check", False))  # fmt: skip
MOMENT = st.integers(0, UNTIL // MS - 1)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(DEEDS), MOMENT).map(lambda pair: act(f"{pair[0]} @ {pair[1]}")),
        st.tuples(st.sampled_from(CHANGES), MOMENT).map(
            lambda pair: Act("set", (pair[0][0],), {"value": pair[0][1]}, pair[1] * MS)
        ),
    ),
    max_size=6,
)
ALGORITHM = st.sampled_from(NAMES)


def scene(algorithm: str = "weighted", **balancer: Any) -> Any:
    return farm(clients=CLIENTS, balancer={**BALANCER, "algorithm": algorithm, **balancer})


def played(of: Any, acts: list[Act], until: int = UNTIL) -> Simulation:
    simulation = Simulation(of, BY_NAME, acts=acts)
    simulation.advance(until)
    return simulation


def seen(timeline: Timeline, t: int) -> Any:
    answers = timeline.answers.get("lb")
    known = [] if answers is None else [row for row in range(len(answers.times)) if answers.times[row] <= t]
    return timeline.at(t).freeze(), [
        (answers.times[row], answers.lasts[row], answers.by[row], answers.results[answers.result[row]]) for row in known
    ]


@settings(max_examples=25, deadline=None)
@given(ACTS, ALGORITHM)
def test_the_same_acts_give_the_same_run(acts: list[Act], algorithm: str) -> None:
    one, two = (played(scene(algorithm), acts).timeline for _ in range(2))
    assert seen(one, UNTIL) == seen(two, UNTIL)


@settings(max_examples=25, deadline=None)
@given(ACTS, ALGORITHM, MOMENT)
def test_what_is_done_later_leaves_the_past_as_it_was(acts: list[Act], algorithm: str, moment: int) -> None:
    t0 = moment * MS
    before = [each for each in acts if each.at < t0]
    later = [replace(each, at=max(each.at, t0)) for each in acts]
    with_acts, without = (played(scene(algorithm), chosen).timeline for chosen in (before + later, before))
    assert seen(with_acts, t0) == seen(without, t0)


@settings(max_examples=25, deadline=None)
@given(ACTS, ALGORITHM, MOMENT)
def test_a_longer_run_agrees_with_a_shorter_one(acts: list[Act], algorithm: str, moment: int) -> None:
    t = moment * MS
    short = Simulation(scene(algorithm), BY_NAME, acts=acts)
    while not short.advance(t, 37):
        pass
    assert seen(short.timeline, t) == seen(played(scene(algorithm), acts).timeline, t)


@settings(max_examples=40, deadline=None)
@given(ACTS, ALGORITHM, st.sampled_from(["haproxy", "nginx"]), st.sampled_from(["never", "last", "every"]))
def test_every_request_ends_once_or_is_still_awaited(acts: list[Act], algorithm: str, software: str, move: str) -> None:
    simulation = played(scene(algorithm, software=software, redispatch=move), acts)
    timeline, clients = simulation.timeline, simulation.world.devices["clients"]
    ended = list(timeline.answers["lb"].request) if "lb" in timeline.answers else []
    awaited = [] if clients.failed else list(clients.open)
    assert sorted(ended + awaited) == list(range(1, clients.count + 1))
    assert all(result for _, result, _ in ends(timeline).values())


@settings(max_examples=25, deadline=None)
@given(ACTS, ALGORITHM)
def test_what_a_server_shows_is_what_it_has(acts: list[Act], algorithm: str) -> None:
    simulation = played(scene(algorithm), acts)
    world = simulation.world
    for name in ("s1", "s2", "s3"):
        server = world.devices[name]
        assert simulation.timeline.at(UNTIL).value(name, "in_progress")["n"] == len(server.inside)
        assert len(server.busy) + len(server.queue) == len(server.inside)
        if not world.devices["lb"].failed:
            assert world.devices["lb"].backends[name].connections >= 0


@pytest.mark.parametrize("algorithm", NAMES)
def test_every_algorithm_meets_the_same_requests(algorithm: str) -> None:
    """Law 4: when requests are born and how much work is in them does not depend on who serves them."""

    def born(name: str) -> dict[int, tuple[int, int, int]]:
        simulation = Simulation(scene(name), BY_NAME)
        world = simulation.world
        found: dict[int, tuple[int, int, int]] = {}
        take = world.devices["lb"].take

        def listen(entry: Any) -> None:
            found[entry[1].number] = (entry[1].born, entry[1].demand, entry[1].source)
            take(entry)

        world.devices["lb"].take = listen
        simulation.advance(UNTIL)
        return found

    assert born(algorithm) == born("weighted")


def test_a_failed_server_changes_no_dice() -> None:
    plain, broken = (run(farm(clients=CLIENTS, acts=acts), UNTIL) for acts in ((), ("fail s2 @ 500",)))
    births = [
        [t for t, route in zip(run_.crowd.departs, run_.crowd.route, strict=True)
         if run_.crowd.routes[route] == ("clients.eth0", "lb.front")]
        for run_ in (plain, broken)
    ]  # fmt: skip
    assert births[0] == births[1]
