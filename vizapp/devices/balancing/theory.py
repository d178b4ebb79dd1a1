"""What queueing theory expects of an M/M/c queue: arrivals at random, exponential work, c equal cores, first come first
served (A. K. Erlang, 1917; L. Kleinrock, Queueing Systems I, 1975, § 3.5). Times are ns; load is the share of the cores
that is busy, rate × demand / cores. From a load of 1 on there is no balance: the queue grows without end."""

from __future__ import annotations

from math import exp


def waits(cores: int, load: float) -> float:
    """The share of the requests that find all cores busy and must wait (Erlang C), by way of Erlang B."""
    if load >= 1:
        return 1.0
    offered, blocked = load * cores, 1.0
    for n in range(1, cores + 1):
        blocked = offered * blocked / (n + offered * blocked)
    return blocked / (1 - load * (1 - blocked))


def wait(cores: int, load: float, demand: float) -> float:
    """Mean time in the queue; infinite without balance."""
    return waits(cores, load) * demand / (cores * (1 - load)) if load < 1 else float("inf")


def response(cores: int, load: float, demand: float) -> float:
    """Mean time from arrival to answer."""
    return wait(cores, load, demand) + demand


def occupancy(cores: int, load: float) -> float:
    """Mean number of requests that wait or are worked on (Little's law)."""
    return cores * load * response(cores, load, 1.0)


def longer(cores: int, load: float, demand: float, t: float) -> float:
    """The share of the requests that take longer than `t`."""
    spare = cores * (1 - load) - 1
    alone = exp(-t / demand)
    if abs(spare) < 1e-9:
        return alone * (1 + waits(cores, load) * t / demand)
    return alone * (1 + waits(cores, load) * (1 - exp(-t / demand * spare)) / spare)


def quantile(cores: int, load: float, demand: float, part: float) -> float:
    """The time that `part` (0..1) of the requests do not exceed; infinite without balance."""
    if load >= 1:
        return float("inf")
    low, high = 0.0, demand
    while longer(cores, load, demand, high) > 1 - part:
        low, high = high, 2 * high
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if longer(cores, load, demand, middle) > 1 - part else (low, middle)
    return high
