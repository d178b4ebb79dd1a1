"""The processor among those that want it: by the weights of their cgroups."""

import pytest


def shares(played):
    return played.events("cpu.shared")[-1].details["shares"]


def test_one_alone_has_all_of_it(host):
    assert shares(host("spin app")) == {"app": 100}


def test_equal_weights_have_equal_parts(host):
    assert shares(host("spin app", "spin base")) == {"app": 50, "base": 50}


def test_three_times_the_weight_is_three_times_the_part(host):
    assert shares(host("spin app", "spin base", web="cpu-weight: 300")) == {"app": 75, "base": 25}


def test_processes_of_one_container_share_what_it_has(host):
    assert shares(host("spin app", "spin worker", "spin base")) == {"app": 25, "worker": 25, "base": 50}


def test_a_program_of_the_host_counts_as_one_cgroup(host):
    assert shares(host("spin app", "spin worker", "spin shell"))["shell"] == 50


@pytest.mark.parametrize("end", ["rest base", "exit base", "fail base"])
def test_who_wants_no_more_leaves_it_to_the_others(host, end):
    assert shares(host("spin app", "spin base", end)) == {"app": 100}


def test_a_weight_may_be_changed_while_it_runs(host):
    assert shares(host("spin app", "spin base", "set web.cpu-weight 900")) == {"app": 90, "base": 10}


def test_one_that_does_not_compute_has_no_share(host):
    assert host("spin app").value("base", "share") is None


def test_to_compute_twice_is_no_more(host):
    assert host("spin app", "spin app").events("act.void")[0].details["reason"] == "already-so"
