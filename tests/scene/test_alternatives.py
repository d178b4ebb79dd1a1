"""Alternatives of an act follow from the vocabulary and the scene alone."""

from pathlib import Path

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.acts import parse_act
from vizapp.scene.alternatives import alternatives, settings, shift
from vizapp.scene.model import Act
from vizapp.scene.names import Names
from vizapp.scene.reader import read

LOAD = Path("scenes/load-balancing.yaml")
PAIR = """
id: pair
title: Pair
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, keepalived: {address: 10.0.0.10/24, priority: 150}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}, keepalived: {address: 10.0.0.10/24}}
links: [a.eth0 -- b.eth0]
"""


@pytest.fixture(scope="module")
def load():
    return read(LOAD, VOCABULARY).scene


def told(scene, written):
    act = parse_act(written, Names.of(scene, VOCABULARY))
    found = alternatives(act, scene, VOCABULARY)
    assert all(each.of == act for each in found)
    return [" ".join([each.verb, *each.args, *(f"{k}={v}" for k, v in each.options.items())]) for each in found]


def test_a_crash_might_have_been_any_other_fault_of_that_server_or_of_its_cable(load):
    assert told(load, "fail web3 @ 8s")[:4] == ["", "hang web3", "slow web3", "cut lb.back--web3.eth0"]


def test_a_fault_might_have_struck_another_of_its_kind(load):
    assert {"hang web1", "hang web2"} <= set(told(load, "hang web3 @ 8s"))


def test_a_cut_cable_might_have_been_a_fault_at_either_end(load):
    assert {"fail lb", "fail web3", "hang web3"} <= set(told(load, "cut lb.back -- web3.eth0 @ 8s"))


def test_no_fault_is_offered_that_the_thing_does_not_know(load):
    assert "hang clients" not in told(load, "fail clients @ 8s")


def test_an_act_might_have_come_earlier_or_later(load):
    times = [each.at for each in alternatives(Act("fail", ("web3",), at=8_000_000_000), load, VOCABULARY)]
    assert times[-2:] == [6_000_000_000, 10_000_000_000]


@pytest.mark.parametrize(("until", "by"), [(32 * 10**9, 2 * 10**9), (12 * 10**9, 10**9), (600_000, 50_000)])
def test_earlier_and_later_are_by_a_round_part_of_the_run(until, by):
    assert shift(until) == by


def test_a_choice_might_have_been_each_other_one(load):
    others = ["round-robin", "weighted", "random", "source"]
    assert told(load, "set algorithm leastconn @ 5s")[1:5] == [f"set algorithm value={each}" for each in others]


def test_a_number_might_have_been_half_or_double_within_its_bounds(load):
    assert {"slow web3 factor=2.0", "slow web3 factor=8"} <= set(told(load, "slow web3 factor=4 @ 5s"))
    assert [each.options["value"] for each in settings(load) if each.args == ("fall",)] == [2, 6]


def test_nothing_is_offered_twice_nor_what_was_done(load):
    act = Act("fail", ("web3",), at=8_000_000_000)
    found = alternatives(act, load, VOCABULARY)
    assert act not in found
    assert all(found.count(each) == 1 for each in found)


def test_what_a_machine_runs_then_might_have_been_stopped_instead():
    scene = read(PAIR, VOCABULARY).scene
    act = Act("fail", ("a",), at=3_000_000_000)
    found = alternatives(act, scene, VOCABULARY, lambda thing, field: ("keepalived",) if field == "running" else None)
    assert {("stop", ("a", "keepalived")), ("kill", ("a", "keepalived"))} <= {(each.verb, each.args) for each in found}


def test_only_what_was_broken_is_repaired(load):
    assert "restore web1" not in told(load, "restore web3 @ 18s")
