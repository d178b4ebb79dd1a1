"""A balancer over one server is a queue: its means are those of theory (M/M/1, M/M/c, Little's law)."""

from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import mean, stdev

import pytest
from farm import MS, S, ends, farm, run

from vizapp.devices.balancing import theory
from vizapp.sim.timeline import Timeline

DEMAND = 20 * MS
WARM, BATCH, BATCHES = 10 * S, 25 * S, 16
UNTIL = WARM + BATCH * BATCHES
STUDENT = 4.07  # 99.9 % of Student's t with 15 degrees of freedom
QUEUES = [(1, 0.5), (1, 0.7), (3, 0.7), (8, 0.8)]


@cache
def queue(cores: int, load: float) -> Timeline:
    """One long run, from a fixed seed; it is shared and only read."""
    scene = farm(
        ({"cores": cores},),
        clients={"rate": load * cores * S / DEMAND, "demand": DEMAND, "patience": 100 * S},
        balancer={"check": False, "timeout_server": 100 * S},
        delay=0,
        seed=7,
    )
    return run(scene, UNTIL)


def inside(found: list[float], expected: float) -> bool:
    """Whether theory lies in the confidence interval of batch means."""
    return abs(mean(found) - expected) < STUDENT * stdev(found) / sqrt(len(found))


def batches() -> list[tuple[int, int]]:
    return [(WARM + n * BATCH, WARM + (n + 1) * BATCH) for n in range(BATCHES)]


def areas(timeline: Timeline, server: str, value: str = "n", most: int = 1 << 30) -> list[float]:
    """Mean number at a server in each batch; at most `most` counted at once: those that a core is busy with."""
    changes = [*timeline.tracks[(server, "in_progress")].changes(UNTIL), (UNTIL, {value: 0})]
    found = []
    for start, end in batches():
        area = sum(min(v[value], most) * (min(u, end) - max(t, start))
                   for (t, v), (u, _) in pairwise(changes) if u > start and t < end)  # fmt: skip
        found.append(area / (end - start))
    return found


@pytest.mark.parametrize(("cores", "load"), QUEUES)
def test_mean_response_is_that_of_theory(cores: int, load: float) -> None:
    answers = queue(cores, load).answers["lb"]
    found = [
        mean(lasts for t, lasts in zip(answers.times, answers.lasts, strict=True) if start <= t < end)
        for start, end in batches()
    ]
    assert inside(found, theory.response(cores, load, DEMAND))
    assert not inside(found, theory.response(cores, load + 0.1, DEMAND))


@pytest.mark.parametrize(("cores", "load"), QUEUES)
def test_mean_occupancy_is_that_of_theory(cores: int, load: float) -> None:
    assert inside(areas(queue(cores, load), "s1"), theory.occupancy(cores, load))


@pytest.mark.parametrize(("cores", "load"), QUEUES)
def test_cores_are_busy_for_the_share_that_is_the_load(cores: int, load: float) -> None:
    assert inside([busy / cores for busy in areas(queue(cores, load), "s1", most=cores)], load)


@pytest.mark.parametrize(("cores", "load"), QUEUES)
def test_late_answers_are_as_many_as_theory_expects(cores: int, load: float) -> None:
    limit = theory.quantile(cores, load, DEMAND, 0.95)
    answers = queue(cores, load).answers["lb"]
    found = []
    for start, end in batches():
        lasts = [lasts for t, lasts in zip(answers.times, answers.lasts, strict=True) if start <= t < end]
        found.append(sum(each > limit for each in lasts) / len(lasts))
    assert inside(found, 0.05)


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
