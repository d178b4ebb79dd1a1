"""Charts: what they show is what happened, and never what is still to come."""

import sys
from pathlib import Path

import pytest

from vizapp.sim.series import Series, quantile

sys.path.insert(0, str(Path(__file__).parents[1] / "devices" / "balancing"))
from farm import S, ends, farm, run

SCENE = farm(
    ({"cores": 8, "weight": 2}, {}, {}),
    clients={"rate": 120.0},
    acts=("fail s3 @ 4000", "restore s3 @ 9000", "cut clients.eth0--lb.front @ 11000"),
)


@pytest.fixture(scope="module")
def timeline():
    return run(SCENE, 15 * S)


def test_the_shares_add_up_to_what_was_answered(timeline):
    bars = Series(timeline).share("lb", 8_300_000_000)
    good = sum(result == "answered" for _, result, _ in ends(run(SCENE, 8_300_000_000)).values())
    assert sum(bar.count for bar in bars) == good
    assert sum(bar.share for bar in bars) == pytest.approx(1)


def test_a_shared_out_second_counts_its_answers(timeline):
    lines = Series(timeline).rate("lb", 3 * S)
    answered = sum(sum(line.ys) / 2 for line in lines)
    assert answered == sum(bar.count for bar in Series(timeline).share("lb", 3 * S))


@pytest.mark.parametrize("name", ["rate", "response", "share"])
@pytest.mark.parametrize("t", [0, 1, S, 2_499_999_999, 2_500_000_000, 6 * S, 12 * S])
def test_a_chart_knows_nothing_of_what_comes_after(timeline, name, t):
    assert Series(timeline).get(name, "lb", t) == Series(run(SCENE, t)).get(name, "lb", t)


def test_filling_it_bit_by_bit_is_filling_it_at_once(timeline):
    series = Series(timeline)
    for t in range(0, 15 * S, S // 3):
        series.rate("lb", t)
    assert series.rate("lb", 15 * S) == Series(timeline).rate("lb", 15 * S)


def test_a_failed_server_answers_nothing(timeline):
    s3 = next(line for line in Series(timeline).rate("lb", 9 * S) if line.label == "s3")
    assert all(y == 0 for x, y in zip(s3.xs, s3.ys, strict=True) if 4.5 < x <= 9)


def test_a_window_without_answers_has_no_response_time(timeline):
    median = Series(timeline).response("lb", 15 * S)[0]
    assert max(median.xs) <= 11.5


def test_the_marks_are_the_failure_and_its_detection(timeline):
    marks = Series(timeline).marks(8 * S)
    assert list(marks.failed) == [4.0]
    assert len(marks.down) == 0 or marks.down[0] > 4


@pytest.mark.parametrize(("percent", "wanted"), [(50, 2), (95, 4), (99, 4), (25, 1)])
def test_quantiles_are_nearest_ranks(percent, wanted):
    assert quantile([1, 2, 3, 4], percent) == wanted


def test_nobody_measures_what_is_not_there(timeline):
    assert Series(timeline).get("rate", "nowhere", S) == []
