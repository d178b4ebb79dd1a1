"""Little's law on every scene with a crowd: the number of requests under way, over time, is rate × mean time.

Born is a request when its first row leaves the clients, ended when its result is noted: two columns written apart.
"""

from collections.abc import Iterator

import pytest

from tests.scenes.lesson import played, shipped
from vizapp import places
from vizapp.compare import Comparison
from vizapp.sim.timeline import Timeline


def crowded(name: str) -> bool:
    """Whether clients call a balancer there."""
    scene = shipped(name)
    return any(thing.kind == "clients" and thing.fields["target"] in side.things
               for side in scene.sides or (scene,) for thing in side.things.values())  # fmt: skip


CROWDED = [path.stem for path in sorted(places.shipped_scenes().glob("*.yaml")) if crowded(path.stem)]


def timelines(name: str) -> Iterator[Timeline]:
    run = played(name)
    yield from (side.timeline for side in run.sides) if isinstance(run, Comparison) else [run.timeline]


def born(timeline: Timeline) -> dict[int, int]:
    """When the first row of each request set off."""
    found: dict[int, int] = {}
    for number, departs in zip(timeline.crowd.request, timeline.crowd.departs, strict=True):
        if number:
            found.setdefault(number, departs)
    return found


def area(births: list[int], ends: list[int], until: int) -> int:
    """Requests × ns: each birth adds one from then on, each end takes one away."""
    steps = sorted([(t, 1) for t in births] + [(t, -1) for t in ends])
    total = count = last = 0
    for t, step in steps:
        total += count * (t - last)
        count, last = count + step, t
    return total + count * (until - last)


@pytest.mark.parametrize("name", CROWDED)
def test_the_number_under_way_is_rate_times_mean_time(name):
    for timeline in timelines(name):
        births = born(timeline)
        answers = next(each for each in timeline.answers.values() if each.times)
        lasts = dict(zip(answers.request, answers.lasts, strict=True))
        open_yet = [timeline.end - t for number, t in births.items() if number not in lasts]
        assert len(lasts) > 5
        assert area(list(births.values()), list(answers.times), timeline.end) == sum(lasts.values()) + sum(open_yet)
