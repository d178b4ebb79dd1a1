"""Orders: who gives them, by which way they go, what is done, and that nothing else passes through who gives them."""

import json
from pathlib import Path

import pytest

from vizapp.devices import VOCABULARY
from vizapp.protocols.order import Order
from vizapp.scene.reader import read
from vizapp.sim.check import holds
from vizapp.sim.simulate import simulate

LAB = """
id: lab
title: A lab
until: 16s
stage:
  window: {{kind: orchestrator}}
  server: {{kind: orchestrator, auto-close: {closes}}}
  one: {{kind: runner, way: emulated, image: {image}, inside: {{
    a: {{kind: machine, off: true, ports: {{eth0: {{ip: 10.0.0.1/24}}}}}}}}}}
  two: {{kind: runner, way: contained, takes: 100ms, inside: {{
    b: {{kind: machine, off: true, ports: {{eth0: {{ip: 10.0.0.2/24}}}}}}}}}}
  aside: {{kind: machine}}
links: [window -- server, server -- one, server -- two, a.eth0 -- b.eth0]
script: [{script}]
"""


@pytest.fixture
def lab():
    def play(*script, closes="false", image="true"):
        text = LAB.format(script=", ".join(script), closes=closes, image=image)
        reading = read(text, VOCABULARY, file=Path("lab.yaml"))
        assert reading.scene is not None, reading.problems
        timeline = simulate(reading.scene, VOCABULARY.kinds)
        return lambda *claims: all(holds(claim, reading.scene, timeline).held for claim in claims)

    return play


def test_an_order_goes_through_who_is_on_the_way_and_its_answer_comes_back(lab):
    assert lab("order-start window a @ 1s")(
        "order.given at window before order.passed at server before runner.started at one before order.answered",
        "first runner.started: way == emulated and to == a", "last order.answered at window: answer == started",
    )  # fmt: skip


def test_what_is_ordered_to_start_boots_for_as_long_as_its_runner_takes(lab):
    assert lab("order-start window b @ 1s")("first vm.booting at b: takes == 100ms")
    assert lab("order-start window a @ 1s")("first vm.booting at a: takes == 1s")


def test_only_what_the_order_is_about_starts(lab):
    assert lab("order-start window a @ 1s")("no vm.booting at b", "value b.powered == false")


def test_what_is_ordered_to_stop_is_switched_off(lab):
    both = ("order-start window a @ 1s", "order-start window b @ 1s", "order-stop window b @ 4s", "ping a b @ 6s")
    assert lab(*both)("count runner.stopped == 1", "ping from a to b failed")


@pytest.mark.parametrize(("script", "image", "reason"), [
    (["order-start window a @ 1s"], "false", "no-image"),
    (["order-stop window a @ 1s"], "true", "powered-off"),
    (["order-start window a @ 1s", "order-start window a @ 3s"], "true", "already-on"),
])  # fmt: skip
def test_an_order_that_cannot_be_carried_out_is_answered_with_a_refusal(lab, script, image, reason):
    run = lab(*script, image=image)
    assert run(f"last runner.refused: reason == {reason}", "last order.answered: answer == refused")


def test_nobody_can_be_ordered_to_start_what_no_program_runs(lab):
    assert lab("order-start window aside @ 1s")("first act.void: reason == nobody-runs-it", "no order.given")


def test_what_runs_speaks_without_its_orchestrators(lab):
    run = lab("order-start window a @ 1s", "order-start window b @ 1s", "quit window @ 4s", "ping a b @ 6s")
    assert run("ping from a to b answered", "value window.carried == 0", "value server.carried == 0")


@pytest.mark.parametrize(("closes", "stopped"), [("true", 2), ("false", 0)])
def test_when_the_window_is_closed_its_server_stops_all_that_runs_if_it_was_told_so(lab, closes, stopped):
    run = lab("order-start window a @ 1s", "order-start window b @ 1s", "quit window @ 4s", closes=closes)
    assert run(f"count runner.stopped == {stopped}", f"first orchestrator.settles at server: count == {stopped}")


def test_a_closed_window_gives_no_order(lab):
    assert lab("quit window @ 1s", "order-start window a @ 2s")("first act.void: reason == program-closed")


def test_an_order_is_json():
    assert json.loads(Order("start", "r1").content()) == {"action": "start", "node": "r1"}
    assert json.loads(Order("start", "r1", "started").content())["answer"] == "started"


def test_a_window_that_crashes_leaves_as_one_that_is_closed(lab):
    assert lab("order-start window a @ 1s", "fail window @ 4s", closes="true")("count runner.stopped == 1")


def test_the_server_waits_for_another_client_before_it_closes(lab):
    run = lab("order-start window a @ 1s", "quit window @ 4s", closes="true")
    assert run("first orchestrator.settles at server: t > 9s", "first runner.stopped: t > 9s")


def test_a_window_that_is_opened_again_in_time_keeps_everything_running(lab):
    run = lab("order-start window a @ 1s", "quit window @ 4s", "reopen window @ 6s", closes="true")
    assert run("no runner.stopped", "first orchestrator.settles at server: closes == false")


def test_an_order_takes_the_shortest_way_and_never_comes_back():
    ring = LAB.replace("links: [window -- server,", "links: [window -- aside2, aside2 -- server, window -- server,")
    ring = ring.replace("  aside: {{kind: machine}}", "  aside: {{kind: machine}}\n  aside2: {{kind: orchestrator}}")
    text = ring.format(script="order-start window a @ 1s", closes="false", image="true")
    reading = read(text, VOCABULARY, file=Path("lab.yaml"))
    timeline = simulate(reading.scene, VOCABULARY.kinds)
    assert [event.device for event in timeline.events if event.name == "order.passed"] == ["server", "server"]
