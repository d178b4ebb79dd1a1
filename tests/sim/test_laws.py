"""The laws of the simulation (section 2 of the design), over small worlds and over every shipped scene."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sim.worlds import (
    KINDS,
    MS,
    acts_of,
    digests,
    load,
    loop,
    playground,
    playgrounds,
    scene,
    seen,
    shipped,
    thing,
)
from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act
from vizapp.scene.vocabulary import Kind
from vizapp.sim.agenda import INSTANT_BUDGET
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.simulate import Simulation, simulate
from vizapp.sim.world import STORM_BUDGET
from vizapp.words import Words

FEW = settings(max_examples=25, deadline=None)
FEWER = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ROOT = Path(__file__).parents[2]
LIMIT = 8_000 * MS  # how far a shipped scene is simulated here, true ns


@pytest.fixture(params=shipped(), ids=lambda path: path.stem)
def world(request):
    return load(request.param)


def kinds_of(world):
    return KINDS if world.id == "world" else VOCABULARY.kinds


def times(end, *more):
    return sorted({0, end // 3, end // 2, end, *(t for t in more if 0 <= t <= end)})


@st.composite
def played(draw):
    """A world with what was done to it."""
    world = draw(playgrounds)
    return world, draw(st.lists(acts_of(world), max_size=6))


# 1. the same twice


@FEW
@given(played())
def test_the_same_scene_seed_and_acts_give_the_same_timeline(case):
    world, acts = case
    one, two = (simulate(world, KINDS, acts=acts) for _ in range(2))
    assert seen(one, one.end) == seen(two, two.end)


@pytest.mark.parametrize("hash_seed", ["1", "4242"])
def test_hash_order_changes_nothing(hash_seed):
    run = subprocess.run(
        [sys.executable, "-m", "tests.sim.worlds"],
        cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": hash_seed}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.splitlines() == digests()


def test_another_seed_gives_another_run():
    one, two = (simulate(playground(seed=seed), KINDS) for seed in (1, 2))
    assert seen(one, one.end) != seen(two, two.end)


# 2. the past is untouched


@FEW
@given(played(), st.data())
def test_an_act_changes_nothing_of_what_was_seen_up_to_it(case, data):
    world, acts = case
    act = data.draw(acts_of(world))
    without, with_it = simulate(world, KINDS, acts=acts), simulate(world, KINDS, acts=[*acts, act])
    for t in times(act.at, act.at - 1):
        assert seen(without, t) == seen(with_it, t)


@FEWER
@given(st.data())
def test_an_act_leaves_the_past_of_a_shipped_scene_alone(world, data):
    until = min(world.until, LIMIT)
    act = data.draw(acts_of(world, until))
    without = simulate(world, VOCABULARY.kinds, until=until)
    with_it = simulate(world, VOCABULARY.kinds, acts=[act], until=until)
    assert seen(without, act.at) == seen(with_it, act.at)


@FEW
@given(playgrounds, st.integers(0, 20 * MS))
def test_acts_of_one_moment_keep_their_order(world, t):
    fail, restore = Act("fail", ("w0",), at=t), Act("restore", ("w0",), at=t)
    assert not simulate(world, KINDS, acts=[fail, restore]).at(t + 1).failed("w0")
    assert simulate(world, KINDS, acts=[restore, fail]).at(t + 1).failed("w0")


# 3. longer agrees, and so do slices


@FEW
@given(played(), st.integers(0, 40 * MS), st.integers(0, 40 * MS))
def test_a_longer_run_agrees_with_a_shorter_one(case, a, b):
    world, acts = case
    short, long = sorted((a, b))
    one, two = simulate(world, KINDS, acts=acts, until=short), simulate(world, KINDS, acts=acts, until=long)
    for t in times(short):
        assert seen(one, t) == seen(two, t)


@FEW
@given(played(), st.lists(st.integers(0, 40 * MS), max_size=4))
def test_going_on_agrees_with_running_from_zero(case, stops):
    world, acts = case
    simulation = Simulation(world, KINDS, acts=acts)
    for stop in [*sorted(stops), world.until]:
        assert simulation.advance(stop)
    whole = simulate(world, KINDS, acts=acts)
    assert seen(simulation.timeline, world.until) == seen(whole, world.until)


@FEW
@given(played(), st.integers(1, 7))
def test_slices_agree_with_one_run_at_every_stop(case, most):
    world, acts = case
    simulation, whole = Simulation(world, KINDS, acts=acts), simulate(world, KINDS, acts=acts)
    stops = 0
    while not simulation.advance(world.until, most):
        stops += 1
        if stops % 5 == 0 and simulation.timeline.end > 0:
            assert seen(simulation.timeline, simulation.timeline.end) == seen(whole, simulation.timeline.end)
    assert seen(simulation.timeline, world.until) == seen(whole, world.until)


def test_a_shipped_scene_in_slices_agrees_with_one_run(world):
    until = min(world.until, LIMIT)
    simulation = Simulation(world, VOCABULARY.kinds)
    while not simulation.advance(until, 97):
        pass
    assert seen(simulation.timeline, until) == seen(simulate(world, VOCABULARY.kinds, until=until), until)


def test_a_shipped_scene_run_longer_agrees(world):
    until = min(world.until, LIMIT)
    one = simulate(world, VOCABULARY.kinds, until=until // 2)
    two = simulate(world, VOCABULARY.kinds, until=until)
    assert seen(one, until // 2) == seen(two, until // 2)


# 4. one stream of chance per entity and purpose


@FEW
@given(st.integers(0, 9), st.lists(st.integers(0, 40 * MS), min_size=1, max_size=3))
def test_a_failure_here_changes_no_dice_there(seed, moments):
    world = playground(2, 2, seed)
    acts = [Act("fail" if n % 2 == 0 else "restore", ("w0",), at=t) for n, t in enumerate(sorted(moments))]
    one, two = simulate(world, KINDS), simulate(world, KINDS, acts=acts)
    for talker in ("t0", "t1"):
        assert one.at(one.end).value(talker, "drawn") == two.at(two.end).value(talker, "drawn")


def test_one_more_device_changes_no_dice():
    one, two = simulate(playground(2, 1), KINDS), simulate(playground(3, 2), KINDS)
    assert one.at(one.end).value("t0", "drawn") == two.at(two.end).value("t0", "drawn")


# 6. nothing vanishes unexplained


def unexplained(timeline):
    """Flights of which nobody can say what became of them."""
    words = [Words("fr"), Words("en")]
    found = []
    for f in timeline.flights:
        if f.outcome == "in_flight":
            fine = f.ended is None and (f.arrives > timeline.end or timeline.stopped is not None)
        else:
            told = f.reason is not None and all(w.has(f"reason.{f.reason}") for w in words)
            fine = f.departs <= f.ended <= f.arrives and (f.outcome == "delivered" or told)
        if not fine:
            found.append((f.src, f.dst, f.outcome, f.reason, f.departs))
    return found


def uncaused(timeline):
    """Events and flights whose cause is not there, or came later."""
    found = []
    for item in (*timeline.events, *timeline.flights):
        if item.cause == 0:
            continue
        cause = timeline.by_id(item.cause)
        if cause is None or cause.id >= item.id:
            found.append(item)
    return found


@FEW
@given(played())
def test_every_flight_is_delivered_ignored_dropped_or_on_its_way(case):
    world, acts = case
    timeline = simulate(world, KINDS, acts=acts)
    assert not [each for each in unexplained(timeline) if each[3] != "not-mine"]


@FEW
@given(played())
def test_every_cause_is_there(case):
    world, acts = case
    assert not uncaused(simulate(world, KINDS, acts=acts))


@FEWER
@given(st.data())
def test_nothing_vanishes_in_a_shipped_scene_whatever_is_done(world, data):
    until = min(world.until, LIMIT)
    acts = data.draw(st.lists(acts_of(world, until), max_size=4))
    timeline = simulate(world, VOCABULARY.kinds, acts=acts, until=until)
    assert not unexplained(timeline)
    assert not uncaused(timeline)


def test_every_event_of_a_shipped_scene_has_a_sentence(world):
    timeline = simulate(world, VOCABULARY.kinds, until=min(world.until, LIMIT))
    names = {event.name for event in timeline.events}
    for words in (Words("fr"), Words("en")):
        assert not [name for name in sorted(names) if not words.has(f"event.{name}")]


# 7. no runaway


def test_a_ring_of_switches_stops_with_an_explained_event():
    timeline = simulate(loop(), KINDS)
    assert timeline.stopped == "runaway.storm"
    assert timeline.events[-1].name == "runaway.storm"
    assert len(timeline.flights) <= 2 * STORM_BUDGET + 1
    assert Words("fr").has("event.runaway.storm")
    assert Words("en").has("event.runaway.storm")


def test_an_instant_that_never_ends_is_stopped():
    timeline = simulate(scene([thing("s", "spinner", ())], []), KINDS)
    assert (timeline.stopped, timeline.end) == ("runaway.instant", MS)


class Chatter(Behaviour):
    """Says something at every nanosecond."""

    def start(self) -> None:
        self.after(1, self.say)

    def say(self, _: None) -> None:
        self.event("act.void")
        self.after(1, self.say)


def test_a_run_that_says_too_much_is_stopped():
    timeline = simulate(scene([thing("c", "chatter", ())], []), {"chatter": Kind("chatter", "", "", "", Chatter)})
    assert timeline.stopped == timeline.events[-1].name == "runaway.events"


def test_a_stopped_run_stays_stopped():
    simulation = Simulation(loop(), KINDS)
    assert simulation.advance(10_000 * MS)
    before = (simulation.timeline.end, len(simulation.timeline.flights), len(simulation.timeline.events))
    assert simulation.advance(20_000 * MS)
    timeline = simulation.timeline
    assert (timeline.end, len(timeline.flights), len(timeline.events)) == before


def test_the_budget_of_an_instant_leaves_room_for_a_crowd():
    assert INSTANT_BUDGET >= 10_000
