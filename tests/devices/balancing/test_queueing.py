"""A balancer over one server is a queue: its means are those of theory (M/M/1, M/M/c, Little's law)."""

from itertools import pairwise
from math import factorial, sqrt
from statistics import mean, stdev

import pytest
from farm import MS, S, ends, farm, run

from vizapp.sim.timeline import Timeline

DEMAND = 20 * MS
WARM = 5 * S
RUNS = 8
UNTIL = 45 * S
STUDENT = 3.5  # 99 % of Student's t with 7 degrees of freedom


def queue(cores: int, load: float, seed: int) -> Timeline:
    rate = load * cores * S / DEMAND
    scene = farm(
        ({"cores": cores},),
        clients={"rate": rate, "demand": DEMAND, "patience": 100 * S},
        balancer={"check": False, "timeout_server": 100 * S},
        delay=0,
        seed=seed,
    )
    return run(scene, UNTIL)


def sojourn(cores: int, load: float) -> float:
    """Mean time in an M/M/c queue, in ns (Erlang C)."""
    offered = load * cores
    wait = offered**cores / factorial(cores) / (1 - load)
    waits = wait / (sum(offered**k / factorial(k) for k in range(cores)) + wait)
    return DEMAND * (1 + waits / (cores * (1 - load)))


@pytest.mark.parametrize(("cores", "load"), [(1, 0.5), (1, 0.7), (3, 0.7), (8, 0.8)])
def test_mean_response_is_that_of_theory(cores: int, load: float) -> None:
    found = [mean(lasts for _, _, lasts in list(ends(queue(cores, load, seed)).values())[500:]) for seed in range(RUNS)]
    assert abs(mean(found) - sojourn(cores, load)) < STUDENT * stdev(found) / sqrt(RUNS)


@pytest.mark.parametrize("cores", [1, 4])
def test_mean_number_is_rate_times_mean_time(cores: int) -> None:
    """Little's law, over the run from empty to empty."""
    scene = farm(
        ({"cores": cores}, {"cores": cores}),
        clients={"rate": 60.0, "demand": DEMAND},
        balancer={"algorithm": "leastconn", "check": False},
        acts=("set clients.rate 0 @ 20000",),
        delay=0,
    )
    timeline = run(scene, 30 * S)
    area = 0
    for name in ("s1", "s2"):
        changes = list(timeline.tracks[(name, "in_progress")].changes(30 * S))
        assert changes[-1][1]["n"] == 0
        area += sum(v["n"] * (u - t) for (t, v), (u, _) in pairwise(changes))
    assert area == sum(lasts for _, _, lasts in ends(timeline).values())
