"""The scene `weighted-turns`: the turns one by one, each request followed."""

import pytest

from tests.scenes.lesson import missing, played
from vizapp.window.question_card import right_option

NAME = "weighted-turns"


def turns(**settings):
    return played(NAME, **settings).timeline.at(7_400_000_000).value("lb", "turns")


def test_nginx_interleaves():
    assert turns() == "a a b a c a a"


def test_haproxy_keeps_an_order_of_its_own():
    assert turns(software="haproxy") == "a a a b a a c"


def test_equal_weights_take_turns():
    assert turns(weight_a=1) == "a b c a b c a"


def test_a_cookie_binds_each_client_to_its_server():
    run = played(NAME, software="haproxy", cookie="true", until="40s")
    chosen = [(e.details["source"], e.details["server"]) for e in run.timeline.events if e.name == "balancer.chose"]
    assert len({source for source, _ in chosen}) == len(set(chosen))


@pytest.mark.parametrize("settings", [{"software": "haproxy"}, {"algorithm": "leastconn"}, {"weight_b": 3}])
def test_every_step_comes_whatever_is_set(settings):
    assert missing(played(NAME, **settings))[0] == []


@pytest.mark.parametrize("settings", [{}, {"software": "haproxy"}])
def test_each_question_has_a_right_option(settings):
    run = played(NAME, **settings)
    assert right_option(run, 0) is not None


def test_each_hop_of_a_request_takes_its_time_on_the_wall():
    run = played(NAME)
    assert run.pace.show(1_005_000_000) - run.pace.show(1_000_000_000) == pytest.approx(0.8)
