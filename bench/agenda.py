"""How fast the simulation is: our agenda against SimPy on one queue, and what a crowd of requests costs.

    python -m bench.agenda

The queue is M/M/3 at 80 % load. Ours records every event as a row of the crowd; SimPy records nothing.
"""

from __future__ import annotations

import sys
from array import array
from collections import deque
from collections.abc import Iterator
from random import Random
from time import perf_counter, process_time
from typing import Any

from bench.table import Row, show
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


def rows() -> Iterator[Row]:
    turns = [(ours(), theirs()) for _ in range(5)]
    best = [min(column) for column in zip(*turns, strict=True)]
    said = f"{2 * ARRIVALS / best[0] / 1e6:.2f} M events a second"
    yield Row("agenda with trace against SimPy, M/M/3", best[1] / best[0], "×", 5, least=True, said=said)
    cost, timeline = crowd()
    count, held = recorded(timeline)
    said = f"{count / 1e6:.2f} M records; 10^6 requests would take {cost:.0f} s"
    yield Row("request fidelity: bytes a record", held / count, "B", 20, said=said)
    yield Row("the 99th percentile of random looks at it", looks(timeline), "ms", 1, said="everything read")


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
