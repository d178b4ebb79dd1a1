"""What theory expects of a queue, against closed forms and limits."""

from math import exp, factorial, inf, log

import pytest

from vizapp.devices.balancing import theory

DEMAND = 20.0
LOADS = [0.1, 0.5, 0.8, 0.95]


def erlang_c(cores: int, load: float) -> float:
    offered = load * cores
    last = offered**cores / factorial(cores) / (1 - load)
    return last / (sum(offered**k / factorial(k) for k in range(cores)) + last)


@pytest.mark.parametrize("cores", [1, 2, 8, 30])
@pytest.mark.parametrize("load", LOADS)
def test_who_waits_is_as_erlang_wrote_it(cores, load):
    assert theory.waits(cores, load) == pytest.approx(erlang_c(cores, load))


@pytest.mark.parametrize("load", LOADS)
def test_one_core_is_the_simple_queue(load):
    assert theory.response(1, load, DEMAND) == pytest.approx(DEMAND / (1 - load))
    assert theory.occupancy(1, load) == pytest.approx(load / (1 - load))
    assert theory.quantile(1, load, DEMAND, 0.95) == pytest.approx(-log(0.05) * DEMAND / (1 - load))


@pytest.mark.parametrize("load", LOADS)
def test_the_share_that_takes_longer_falls_from_one_to_nothing(load):
    shares = [theory.longer(4, load, DEMAND, t) for t in range(0, 4000, 10)]
    assert shares[0] == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 1e-4 if load < 0.9 else shares[-1] < 1e-2


def test_where_two_forms_meet_neither_jumps():
    near = [theory.longer(2, 0.5 + step, DEMAND, 50.0) for step in (-1e-6, 0.0, 1e-6)]
    assert near[0] < near[1] < near[2]
    assert near[2] - near[0] < 1e-5


@pytest.mark.parametrize("cores", [1, 3, 10])
def test_the_mean_is_that_of_the_distribution(cores):
    step = 0.5
    area = sum(theory.longer(cores, 0.8, DEMAND, step * n) * step for n in range(8000)) - step / 2
    assert area == pytest.approx(theory.response(cores, 0.8, DEMAND), rel=1e-3)


def test_with_cores_to_spare_only_the_work_is_left():
    assert theory.response(200, 0.3, DEMAND) == pytest.approx(DEMAND)
    assert theory.longer(200, 0.3, DEMAND, 40.0) == pytest.approx(exp(-2))


@pytest.mark.parametrize("load", [1.0, 1.2])
def test_from_a_full_load_on_there_is_no_balance(load):
    assert theory.response(8, load, DEMAND) == inf
    assert theory.quantile(8, load, DEMAND, 0.95) == inf
