"""Charts: what they show is what happened, and never what is still to come."""

import sys
from pathlib import Path

import pytest

from vizapp.sim.series import Series, marked, quantile
from vizapp.sim.timeline import Answers, Timeline
from vizapp.sim.track import Track
from vizapp.sim.windows import Queued

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


def seen(series, name, t):
    return series.share("lb", t) if name == "share" else series.lines(name, "lb", t)


@pytest.mark.parametrize("name", ["rate", "response", "share", "queue", "errors"])
@pytest.mark.parametrize("t", [0, 1, S, 2_499_999_999, 2_500_000_000, 6 * S, 12 * S])
def test_a_chart_knows_nothing_of_what_comes_after(timeline, name, t):
    assert seen(Series(timeline), name, t) == seen(Series(run(SCENE, t)), name, t)


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
    events = marked(timeline, 10 * S)
    assert [event.name for event in events] == ["act.fail", "act.restore"] or (
        [event.name for event in events[:2]] == ["act.fail", "balancer.down"]
    )
    assert events[0].t == 4 * S


@pytest.mark.parametrize(("percent", "wanted"), [(50, 2), (95, 4), (99, 4), (25, 1)])
def test_quantiles_are_nearest_ranks(percent, wanted):
    assert quantile([1, 2, 3, 4], percent) == wanted


def test_nobody_measures_what_is_not_there(timeline):
    assert Series(timeline).lines("rate", "nowhere", S) == []


# by hand


def told(*rows):
    """A timeline in which a balancer `lb` of `a` and `b` counts these answers: (ms, server, lasted ms, result)."""
    made = Timeline()
    answers = made.answers["lb"] = Answers(servers=["a", "b", ""], results=["answered"])
    for number, (ms, server, lasted, result) in enumerate(rows):
        answers.add(ms * 1_000_000, lasted * 1_000_000, server, result, number)
    made.end = 2 * S
    return Series(made, S)


def test_a_rate_counts_the_answers_of_a_window_with_its_end():
    series = told((1, "a", 1, "answered"), (1000, "a", 1, "answered"), (1001, "b", 1, "answered"))
    assert [(line.label, list(line.ys)) for line in series.rate("lb", 2 * S)] == [("a", [2.0, 0.0]), ("b", [0.0, 1.0])]


def test_response_times_are_those_of_answers_alone():
    rows = [(n, "a", n, "answered") for n in range(1, 101)] + [(101, "", 5000, "no-answer")]
    found = {line.label: list(line.ys) for line in told(*rows).response("lb", S)}
    assert found == {"median": [50.0], "p95": [95.0], "p99": [99.0]}


def test_errors_are_told_by_reason_from_their_first_on():
    series = told((10, "a", 1, "answered"), (20, "", 1, "no-server"), (30, "", 1, "no-server"), (1500, "", 1, "late"))
    assert [(line.label, list(line.ys)) for line in series.errors("lb", 2 * S)] == [
        ("no-server", [2.0, 0.0]), ("late", [0.0, 1.0]),
    ]  # fmt: skip
    assert [line.label for line in series.errors("lb", S)] == ["no-server"]


def test_a_queue_is_a_mean_weighted_by_time():
    track = Track()
    track.put(0, {"n": 1, "of": 2})
    track.put(S // 4, {"n": 6, "of": 2})  # four wait for three quarters of a second
    track.put(S, {"n": 0, "of": 2})
    queued = Queued([track], S)
    queued.grow(2 * S)
    assert queued.means == {"waiting": [3.0, 0.0], "working": [1.75, 0.0]}


def test_waiting_and_working_agree_with_littles_law(timeline):
    """Over a while without failures, what is in the servers is the rate times the time spent there."""
    series = Series(timeline)
    inside = sum(sum(line.ys[:8]) / 8 for line in series.queue("lb", 4 * S))
    answers = timeline.answers["lb"]
    lasts = [lasts for t, lasts in zip(answers.times, answers.lasts, strict=True) if t <= 4 * S]
    spent = sum(lasts) / len(lasts) / S
    assert inside == pytest.approx(len(lasts) / 4 * spent, rel=0.1)


def test_a_server_that_nobody_named_is_known_once_it_answers():
    made = Timeline()
    answers = made.answers["client"] = Answers(results=["answered", "no-reply"])
    answers.add(S // 2, 1, "a", "answered", 1)
    answers.add(3 * S // 2, 1, "b", "answered", 2)
    made.end = 2 * S
    series = Series(made, S)
    assert [line.label for line in series.rate("client", S)] == ["a"]
    assert [bar.label for bar in series.share("client", S)] == ["a"]
    assert [bar.label for bar in series.share("client", 2 * S)] == ["a", "b"]
