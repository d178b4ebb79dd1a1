"""The clocks of the sides: at the same time or step by step, and the laws in show time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compare.conftest import MODES, STEPS, comparison, played
from vizapp.compare import Comparison
from vizapp.compare.pairing import PATIENCE, SameStep
from vizapp.scene.model import Act

S = 1_000_000_000
FEW = settings(max_examples=12, deadline=None)
NEAR = 1e-9


def seen(whole: Comparison, show: float) -> list[object]:
    return [side.frame(whole.t_of(n, show)).freeze() for n, side in enumerate(whole.sides)]


def moments(until: float, count: int = 7) -> list[float]:
    return [until * n / count for n in range(count + 1)]


# the same time


def test_at_the_same_time_all_sides_show_one_clock(modes: Comparison) -> None:
    for show in moments(modes.pace.length):
        assert len({modes.t_of(n, show) for n in range(3)}) == 1


def test_what_any_side_follows_stretches_the_time_of_all(modes: Comparison) -> None:
    for side in modes.sides:
        flights = [flight for flight in side.timeline.flights if side.follows_flight(flight)]
        assert flights
        assert all(modes.pace.show(f.arrives) - modes.pace.show_end(f.departs) > 0.3 for f in flights)


def test_a_step_is_reached_when_it_is_on_all_sides(modes: Comparison) -> None:
    called = modes.steps[2]
    times = [side.steps[2].t for side in modes.sides]
    assert called.t == max(t for t in times if t is not None)
    assert len(set(times)) > 1


# step by step


def test_step_by_step_every_side_that_takes_part_has_come_to_the_step(steps: Comparison) -> None:
    for number, moment in enumerate(steps.steps):
        for side, takes in enumerate(steps.takes[number]):
            own = steps.sides[side].steps[number]
            if takes:
                assert steps.show_of(side, moment.show) == pytest.approx(own.show)


def test_a_side_that_is_there_waits_for_the_others(steps: Comparison) -> None:
    first, last = steps.steps[2].show, steps.steps[3].show
    quick = [steps.show_of(0, show) for show in (last - 1.0, last - 0.5, last)]
    slow = [steps.show_of(1, show) for show in (last - 1.0, last - 0.5, last)]
    assert quick == [quick[0]] * 3
    assert slow == pytest.approx([slow[0], slow[0] + 0.5, slow[0] + 1.0])
    assert first < last


def test_a_side_that_takes_no_part_in_a_step_stands_still_meanwhile(steps: Comparison) -> None:
    assert steps.takes[2] == [False, True]
    before, after = steps.steps[1].show, steps.steps[2].show
    assert steps.show_of(0, after) == pytest.approx(steps.show_of(0, before))


def test_one_finds_the_way_from_a_side_to_the_whole_and_back(steps: Comparison) -> None:
    for side in range(2):
        for own in moments(steps.sides[side].pace.length):
            assert steps.show_of(side, steps.pairing.whole(side, own)) == pytest.approx(own)


def test_after_the_last_step_each_side_plays_to_its_end(steps: Comparison) -> None:
    for side in range(2):
        assert steps.show_of(side, steps.pace.length) == pytest.approx(steps.sides[side].pace.length)


def test_nobody_waits_for_ever_for_a_step_that_an_act_prevents() -> None:
    scene = comparison(STEPS)
    whole = played(scene)
    cut = Act("cut", ("hypervisor.cpu--cpu.hypervisor",), {}, round((whole.steps[1].show + 0.5) * S))
    late = played(scene, cut)
    assert isinstance(late.pairing, SameStep)
    assert late.pace.length < whole.pace.length + 2 * PATIENCE
    assert late.takes == whole.takes


# the laws


@pytest.mark.parametrize("path", [MODES, STEPS], ids=["time", "step"])
def test_the_same_comparison_twice_is_the_same(path) -> None:  # type: ignore[no-untyped-def]
    one, other = played(comparison(path)), played(comparison(path))
    assert one.pace.length == other.pace.length
    for show in moments(one.pace.length):
        assert seen(one, show) == seen(other, show)


@FEW
@given(part=st.floats(0.05, 0.95))
def test_an_act_changes_nothing_seen_before_it_at_the_same_time(part: float) -> None:
    scene = comparison(MODES)
    whole = played(scene)
    show = whole.pace.length * part
    acted = played(scene, Act("cut", ("gw.lan--lan.p2",), {}, whole.pace.true(show)))
    for earlier in moments(show):
        assert seen(acted, earlier) == seen(whole, earlier)


@FEW
@given(part=st.floats(0.02, 0.98), cut=st.sampled_from(["kernel.cpu--cpu.kernel", "hypervisor.cpu--cpu.hypervisor"]))
def test_an_act_changes_nothing_seen_before_it_step_by_step(part: float, cut: str) -> None:
    scene = comparison(STEPS)
    whole = played(scene)
    show = whole.pace.length * part
    acted = played(scene, Act("cut", (cut,), {}, whole.pace.true(show)))
    for earlier in moments(show - NEAR):
        assert seen(acted, earlier) == seen(whole, earlier)


@FEW
@given(until=st.integers(5, 14))
def test_a_longer_comparison_agrees_with_a_shorter_one(until: int) -> None:
    for path, key in ((MODES, "time"), (STEPS, "step")):
        scene = comparison(path)
        short, long = played(scene, until=until * S), played(scene, until=20 * S)
        ends = [short.pairing.whole(n, side.pace.show(side.timeline.end)) for n, side in enumerate(short.sides)]
        for show in moments(min(ends) - NEAR):
            assert seen(short, show) == seen(long, show), (key, show)
