"""How fast the simulation is: our agenda against SimPy on one queue, and what a crowd of requests costs.

    python -m bench.agenda

The queue is M/M/3 at 80 % load. Ours records every event as a row of the crowd; SimPy records nothing.
"""

from __future__ import annotations

import sys
from array import array
from collections import deque
from random import Random
from time import perf_counter, process_time
from typing import Any

from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.sim.agenda import Agenda
from vizapp.sim.chance import Chance
from vizapp.sim.simulate import Simulation
from vizapp.sim.timeline import Timeline
from vizapp.sim.track import Crowd

SERVERS, LOAD, MEAN = 3, 0.8, 10_000_000
GAP = MEAN / SERVERS / LOAD
ARRIVALS = 200_000
REQUESTS = 170_000  # of the crowd: about 10^6 records
S = 1_000_000_000

FARM = """
id: farm
title: Many requests
until: 1h
stage:
  clients: {kind: clients, target: lb, rate: 2000/s, demand: 15ms, ports: {eth0: {}}}
  lb: {kind: balancer, servers: [a, b, c, d], algorithm: leastconn, ports: {front: {}, back: {}}}
  a: {kind: server, cores: 10, ports: {eth0: {}}}
  b: {kind: server, cores: 10, ports: {eth0: {}}}
  c: {kind: server, cores: 10, ports: {eth0: {}}}
  d: {kind: server, cores: 10, ports: {eth0: {}}}
links: [clients.eth0 -- lb.front, lb.back -- a.eth0, lb.back -- b.eth0, lb.back -- c.eth0, lb.back -- d.eth0]
"""


class Queue:
    """M/M/3 on our agenda: an arrival and an end for each customer; each service is a row of the crowd, as a hop is."""

    def __init__(self) -> None:
        self.agenda, self.crowd = Agenda(), Crowd()
        self.way = self.crowd.route_of("queue", "server")
        self.gap = Chance(1, "clients", "arrivals").exponential
        self.work = Chance(1, "clients", "demand").exponential
        self.at, self.record = self.agenda.at, self.crowd.add
        self.waiting: deque[int] = deque()
        self.busy = self.count = 0
        self.agenda.at(0, self.arrive)

    def arrive(self, _: Any) -> None:
        now = self.agenda.now
        number = self.count = self.count + 1
        if self.busy < SERVERS:
            self.busy += 1
            lasts = int(self.work(MEAN))
            self.record(self.way, now, lasts, number)
            self.at(now + lasts, self.leave)
        else:
            self.waiting.append(number)
        if number < ARRIVALS:
            self.at(now + int(self.gap(GAP)), self.arrive)

    def leave(self, _: Any) -> None:
        if self.waiting:
            now, lasts = self.agenda.now, int(self.work(MEAN))
            self.record(self.way, now, lasts, self.waiting.popleft())
            self.at(now + lasts, self.leave)
        else:
            self.busy -= 1


def ours() -> float:
    """Seconds of processor for the whole queue, the trace included."""
    queue = Queue()
    start = process_time()
    queue.agenda.run(1 << 62, 1 << 62)
    assert len(queue.crowd) == ARRIVALS
    return process_time() - start


def theirs() -> float:
    """The same queue, as SimPy's own examples write it."""
    import simpy

    chance = Random(1)
    env = simpy.Environment()
    servers = simpy.Resource(env, SERVERS)

    def customer() -> Any:
        with servers.request() as turn:
            yield turn
            yield env.timeout(chance.expovariate(1 / MEAN))

    def source() -> Any:
        for _ in range(ARRIVALS):
            env.process(customer())
            yield env.timeout(chance.expovariate(1 / GAP))

    env.process(source())
    start = process_time()
    env.run()
    return process_time() - start


def size(column: Any) -> int:
    return sys.getsizeof(column)


def recorded(timeline: Timeline) -> tuple[int, int]:
    """(records, bytes) of all that a run of requests wrote: crowd, answers and tracks."""
    crowd, answers = timeline.crowd, next(iter(timeline.answers.values()))
    columns: list[Any] = [crowd.route, crowd.departs, crowd.lasts, crowd.request,
                          answers.times, answers.lasts, answers.by, answers.result, answers.request]  # fmt: skip
    count = len(crowd) + len(answers.times)
    for track in timeline.tracks.values():
        count += len(track.times)
        columns += [track.times, track.values]
        if not isinstance(track.values, array):
            columns += {id(value): value for value in track.values}.values()
    return count, sum(map(size, columns))


def crowd() -> tuple[float, Timeline]:
    """A million records of requests through a balancer; microseconds a request."""
    scene = read(FARM, VOCABULARY).scene
    assert scene is not None
    simulation = Simulation(scene, VOCABULARY.kinds)
    start = perf_counter()
    simulation.advance(REQUESTS * S // 2000)
    return (perf_counter() - start) / REQUESTS * 1e6, simulation.timeline


def looks(timeline: Timeline) -> float:
    """Milliseconds for one random look at all that is under way and shown: the 99th percentile."""
    chance, lasts = Random(2), []
    for _ in range(2000):
        t = chance.randrange(timeline.end)
        start = perf_counter()
        frame = timeline.at(t)
        list(frame.crowd())
        for device, name in timeline.tracks:
            frame.value(device, name)
        lasts.append(perf_counter() - start)
    return sorted(lasts)[int(len(lasts) * 0.99)] * 1000


def line(what: str, value: str, budget: str, met: bool) -> None:
    print(f"{what:58} {value:>12}   {budget:16} {'met' if met else 'MISSED'}")


def main() -> None:
    turns = [(ours(), theirs()) for _ in range(5)]
    best = [min(column) for column in zip(*turns, strict=True)]
    events = 2 * ARRIVALS / best[0]
    ratio = best[1] / best[0]
    line("agenda with trace against SimPy (M/M/3)", f"{ratio:.1f} x", ">= 5 x", ratio >= 5)
    print(f"{'  our events a second':58} {events / 1e6:10.2f} M")
    cost, timeline = crowd()
    count, held = recorded(timeline)
    line(f"request fidelity, bytes a record ({count / 1e6:.2f} M records)", f"{held / count:.1f} B", "<= 20 B",
         held / count <= 20)  # fmt: skip
    print(f"{'  a request through clients, balancer, server and back':58} {cost:10.1f} µs")
    print(f"{'  10^6 requests headless':58} {cost:10.1f} s")
    p99 = looks(timeline)
    line("Timeline.at(t) at random t, everything read, p99", f"{p99:.3f} ms", "< 1 ms", p99 < 1)


if __name__ == "__main__":
    main()
