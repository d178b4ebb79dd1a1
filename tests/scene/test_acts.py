"""Acts read as written and write as read; the command line says what is wrong with one."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.acts import parse_act, read_act, read_setting, write_act
from vizapp.scene.model import Act, Problem, Reference
from vizapp.scene.names import Names
from vizapp.scene.reader import read

LINES = [
    "boot vm1 @ 0s", "http vm1 server port=40001 @ 3s", "http vm2 192.168.1.50:8080 @ 3.3s",
    "set same-port value=false @ 6s", "set algorithm value=leastconn @ 90s",
    "cut vm1.eth0--router.lan @ 7s", "fail host @ 1min", "set router.rate value=120/s @ 5ms",
    "set router.masquerade value=$same-port @ 5ms",
]  # fmt: skip


@pytest.fixture(scope="module")
def names(vocabulary, nat):
    return Names.of(read(nat, vocabulary).scene, vocabulary)


@pytest.mark.parametrize("text", LINES)
def test_what_an_act_is_written_as_reads_as_that_act(names, text):
    act = parse_act(text, names)
    assert parse_act(write_act(act, names), names) == act


def test_a_value_may_follow_the_setting_without_its_name(names):
    assert parse_act("set same-port false @ 6s", names) == parse_act("set same-port value=false @ 6s", names)


def test_one_end_of_a_link_names_it(names):
    assert parse_act("cut server @ 1s", names).args == ("server.eth0--lan.p2",)


def test_a_port_is_set_by_its_name_on_that_device(names):
    assert parse_act("set router.masquerade wan @ 1s", names).options == {"value": "router.wan"}


def test_a_map_cannot_be_set_by_a_line(names):
    assert isinstance(read_act("set router.dhcp x @ 1s", names), Problem)


def test_an_option_may_follow_a_setting(names):
    assert parse_act("http vm1 server port=$same-port @ 1s", names).options == {"port": Reference("same-port")}


def test_on_the_command_line_the_time_may_be_left_out(names):
    assert read_act("fail host", names) == Act("fail", ("host",))


def test_a_wrong_act_is_a_problem_with_its_column(names):
    wrong = read_act("http vm1 sever @ 3s", names)
    assert isinstance(wrong, Problem)
    assert (wrong.key, wrong.place.column, wrong.values["guess"]) == ("problem.unknown-address", 10, "server")


def test_a_setting_on_the_command_line_is_typed(names):
    assert read_setting("same-port=false", names) == ("same-port", False)
    assert read_setting("same-port=no", names).key == "problem.bool"
    assert read_setting("port=no", names).key == "problem.unknown-setting"


TYPED = """
id: typed
title: Typed
stage: {router: {kind: nat-router, rate: $pace}}
settings:
  pace: {label: Pace, type: choice, default: 2/s, choices: {2/s: slow, 9/s: fast}}
"""


def test_a_choice_that_a_field_types_is_called_as_it_was_written(vocabulary):
    names = Names.of(read(TYPED, vocabulary).scene, vocabulary)
    act = parse_act("set pace 9/s @ 1s", names)
    assert act.options == {"value": 9.0}
    assert write_act(act, names) == "set pace value=9/s @ 1s"
    assert read_setting("pace=9/s", names) == ("pace", 9.0)


@pytest.fixture(scope="module")
def named():
    text = """{id: n, title: n, stage: {vm1: {kind: vm, ports: {eth0: {}}, hostname: alpha},
      ns: {kind: machine, dns: {records: {printer: 10.0.0.9}}}}}"""
    return Names.of(read(text, VOCABULARY).scene, VOCABULARY)


@pytest.mark.parametrize("word", ["www.example.org", "alpha", "printer", "www.example.org:8080"])
def test_a_target_may_be_a_name_of_dns(named, word):
    assert isinstance(read_act(f"http vm1 {word} @ 1s", named), Act)


@pytest.mark.parametrize("word", ["alfa", "vm1.eth9", "www..org", "-a.org"])
def test_a_misspelt_target_is_no_name_of_dns(named, word):
    assert isinstance(read_act(f"http vm1 {word} @ 1s", named), Problem)


@pytest.fixture(scope="module")
def cabled():
    text = "{id: n, title: n, stage: {vm1: {kind: vm, ports: {eth0: {}}}, lan: {kind: switch}}, links: [vm1 -- lan]}"
    return Names.of(read(text, VOCABULARY).scene, VOCABULARY)


FAULTS = [
    "loss vm1 30% @ 4s", "duplicate vm1 0.5% @ 4s", "delay vm1.eth0 -- lan.p1 1.5ms @ 4s", "partition vm1 lan @ 4s",
    "heal vm1 lan @ 5s", "slow vm1 factor=3 @ 4s",
]  # fmt: skip
WRONG = ["loss vm1 101% @ 4s", "loss vm1 30 @ 4s", "delay vm1 5 @ 4s", "delay vm1 1h @ 4s", "partition vm1 @ 4s",
         "partition vm1 lan lan @ 4s"]  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_reads_as_it_is_written(cabled, text):
    act = parse_act(text, cabled)
    assert parse_act(write_act(act, cabled), cabled) == act


@pytest.mark.parametrize("text", WRONG)
def test_a_fault_that_makes_no_sense_is_refused(cabled, text):
    assert isinstance(read_act(text, cabled), Problem)
