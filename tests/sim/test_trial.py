"""Tasks that can be done: not done already, hindered by their fault, reached by their solution."""

from pathlib import Path
from typing import Any

import pytest

from tests.hunted import FAULT, GOAL, SCENE, SOLUTION, scene
from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate
from vizapp.sim.trial import changes, task_problems


def problems(*task: str) -> list[str]:
    found = task_problems(scene(*task), VOCABULARY.kinds, str(Path("hunt.yaml")))
    return [problem.key.removeprefix("problem.") for problem in found]


def test_a_fault_that_its_solution_mends_is_fine() -> None:
    assert problems(GOAL, FAULT, SOLUTION, "changes: 1") == []


@pytest.mark.parametrize(
    ("task", "wrong"),
    [
        ((GOAL,), ["task-done"]),
        ((GOAL, FAULT), []),
        (("goal: value host.forwarding == false", FAULT), ["task-done"]),
        ((GOAL, "fault: [set host.forwarding true]", SOLUTION),
         ["task-fault-void", "task-solution-void", "task-fault-harmless"]),
        ((GOAL, FAULT, "solution: [gateway vm1 192.168.56.7, ping vm1 lan1]"), ["task-unsolved"]),
        ((GOAL, FAULT, "solution: [ping vm1 lan1]"), ["task-unsolved"]),
        ((GOAL, FAULT, "solution: [cut vm1, mend vm1, set host.forwarding true, ping vm1 lan1]", "changes: 2"),
         ["task-too-many"]),
        (("goal: ping from lan1 to vm1 answered", "solution: [ping lan1 vm1 @ 2s]"), []),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_task_is_a_problem(task: tuple[str, ...], wrong: list[str]) -> None:
    assert problems(*task) == wrong


def test_times_are_counted_from_where_the_task_begins() -> None:
    late = "solution: [set host.forwarding true @ 20s, ping vm1 lan1 @ 21s]"
    assert problems(GOAL, "fault: [set host.forwarding false @ 5s]", late) == []


@pytest.mark.parametrize(("fault", "key"), [("set forwards false", "task-fault-seen"), ("brake vm1", "unknown-verb"),
                                            ("ping vm1 lan2", "unknown-address")])  # fmt: skip
def test_a_wrong_fault_is_a_problem_at_its_place(fault: str, key: str) -> None:
    found = read(SCENE.format(task=f"{GOAL}, fault: [{fault}]"), VOCABULARY).problems
    assert [(problem.key, problem.place.line) for problem in found] == [(f"problem.{key}", 13)]


def test_what_only_tries_is_no_change() -> None:
    told = scene(GOAL, FAULT, "solution: [ping vm1 lan1, dhcp vm1, send arp vm1 host, address vm1 none, cut vm1]")
    assert changes(told.tasks[0].solution, {"ping", "dhcp", "send"}) == 2


# a fault is done unseen


def told(*fault: str) -> tuple[Any, Any]:
    """The timeline with that fault at 2 s, and without."""
    made = scene(GOAL, f"fault: [{', '.join(fault)}]")
    acts = made.tasks[0].fault
    later = [type(act)(act.verb, act.args, act.options, 2_000_000_000) for act in acts]
    until = 3_000_000_000
    return simulate(made, VOCABULARY.kinds, fault=later, until=until), simulate(made, VOCABULARY.kinds, until=until)


@pytest.mark.parametrize("fault", ["set host.forwarding false", "address vm1 192.168.56.10/16", "gateway vm1 none",
                                   "cut vm1", "set host.forwarding true"])  # fmt: skip
def test_no_event_tells_of_a_fault(fault: str) -> None:
    planted, plain = told(fault)
    assert [event.name for event in planted.events] == [event.name for event in plain.events]


def test_the_tables_show_what_a_fault_brings() -> None:
    planted, _ = told("gateway vm1 none")
    assert [row["to"] for row in planted.at(planted.end).value("vm1", "routes")] == ["192.168.56.0/24"]


def test_a_cable_cut_unseen_looks_whole_and_loses_what_is_sent() -> None:
    made = scene(GOAL, "fault: [cut vm1]", "solution: [ping vm1 lan1]")
    fault, ping = made.tasks[0].fault[0], made.tasks[0].solution[0]
    timeline = simulate(made, VOCABULARY.kinds, fault=[fault], acts=[ping], until=3_000_000_000)
    assert not timeline.at(timeline.end).cut(fault.args[0])
    assert {flight.reason for flight in timeline.flights if flight.src == "vm1.eth0"} == {"link-cut"}
