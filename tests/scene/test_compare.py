"""Comparisons as they are written: what a side takes from the file, what it says itself, and all that can be wrong."""

from pathlib import Path

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.beside import free, variation
from vizapp.scene.model import Scene
from vizapp.scene.reader import Reading, read

BASE = """
id: both
title: {fr: Deux, en: Two}
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, listen: [80]}
  lan: {kind: switch}
links: [a.eth0 -- lan]
settings: {on: {type: bool, default: true}, off: {type: bool, default: false}}
script: [ping a b @ 1s]
"""
SIDES = """
compare:
  one: {label: {fr: Un, en: One}, stage: {b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}}, links: [b.eth0 -- lan]}
  two:
    stage: {a: {listen: [81], body: hello}, b: {kind: vm, ports: {eth0: {ip: 10.0.0.3/24}}}}
    script: [ping b a @ 2s]
    set: {on: false}
    seed: 9
"""
PLAIN = """
id: {name}
title: {name}
stage: {{a: {{kind: machine}}}}
script: [fail a @ 1s]
steps: [{{when: start, say: Begin}}, {{when: act.fail, say: Broken}}]
"""


def reading(text: str) -> Reading:
    return read(text, VOCABULARY)


def scene(text: str) -> Scene:
    found = reading(text)
    assert found.problems == ()
    assert found.scene is not None
    return found.scene


def keys(text: str) -> list[str]:
    return [problem.key.removeprefix("problem.") for problem in reading(text).problems]


def whole(more: str = "") -> Scene:
    return scene(BASE + SIDES + more)


# what a side is


def test_each_side_is_a_scene_with_its_label_as_title() -> None:
    assert [(side.id, side.title("en")) for side in whole().sides] == [("one", "One"), ("two", "two")]


def test_maps_are_merged_lists_grow_and_the_rest_is_replaced() -> None:
    one, two = whole().sides
    assert (one.things["a"].fields["listen"], two.things["a"].fields["listen"]) == ((80,), (80, 81))
    assert (one.things["b"].kind, two.things["b"].kind) == ("machine", "vm")
    assert [str(act).split(" @")[0] for act in two.script] == ["ping a b", "ping b a"]


def test_links_of_a_side_are_added_to_those_of_all() -> None:
    assert [len(side.links) for side in whole().sides] == [2, 1]


def test_set_gives_a_setting_another_default_on_that_side() -> None:
    assert [side.settings["on"].default for side in whole().sides] == [True, False]
    assert [side.settings["off"].default for side in whole().sides] == [False, False]


def test_a_side_has_the_seed_of_the_file_unless_it_says_another() -> None:
    assert [side.seed for side in whole("seed: 4\n").sides] == [4, 9]


def test_the_whole_has_the_things_links_and_settings_of_all_sides() -> None:
    both = whole()
    assert set(both.things) == {"a", "b", "lan"}
    assert set(both.settings) == {"on", "off"}


# what is told


def test_a_step_may_have_another_moment_on_each_side() -> None:
    both = whole("steps: [{when: {one: ping.answered at a, two: ping.failed at b}, say: Said}]\n")
    assert [side.steps[0].when for side in both.sides] == ["ping.answered at a", "ping.failed at b"]


def test_a_side_that_a_step_does_not_name_takes_no_part_in_it() -> None:
    both = whole("steps: [{when: {one: ping.answered}, say: Said}]\n")
    assert both.sides[1].steps[0].when == "none"


def test_an_answer_may_be_the_sides_on_which_a_claim_holds() -> None:
    both = whole("""
questions:
  - before: start
    ask: Which?
    answer: {sides: ping from a to b answered}
    options: [{is: [one, two], why: Yes}, {is: [], why: No}]
""")
    assert both.questions[0].sides == "ping from a to b answered"
    assert [option.is_ for option in both.questions[0].options] == [("one", "two"), ()]


def test_an_answer_may_be_asked_of_one_side() -> None:
    both = whole("""
questions: [{before: icmp.echo at a, ask: Which?, answer: {of: seq, side: two},
             options: [{is: 1, why: Yes}, {is: 2, why: No}]}]
""")
    assert (both.questions[0].answer, both.questions[0].side) == ("seq", "two")


def test_claims_and_goals_may_be_of_one_side() -> None:
    both = whole("""
expect: [no act.void, {two: [ping from b to a answered, no act.fail]}]
tasks: [{say: Try, goal: {one: ping from a to b answered}, hints: [Do]}]
""")
    assert [claim.side for claim in both.expect] == ["", "two", "two"]
    assert both.tasks[0].side == "one"


def test_rows_count_or_ask() -> None:
    both = whole("rows: [{say: Pings, count: icmp.echo}, {say: From, of: address, last: icmp.reply at b}]\n")
    assert [(row.count, row.of, row.last) for row in both.rows or ()] == [
        ("icmp.echo", None, None), (None, "address", "icmp.reply at b"),
    ]  # fmt: skip


# scenes as sides


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text(PLAIN.format(name=name))
    return tmp_path


def beside(folder: Path, text: str) -> Reading:
    (folder / "both.yaml").write_text(text)
    return read(folder / "both.yaml", VOCABULARY)


def test_scenes_of_the_folder_may_be_the_sides(folder: Path) -> None:
    both = beside(folder, "id: both\ntitle: Both\ncompare: [first, second]\n").scene
    assert both is not None
    assert [(side.id, side.title("en"), len(side.steps)) for side in both.sides] == [
        ("first", "first", 2), ("second", "second", 2),
    ]  # fmt: skip
    assert both.pairing == "step"


def test_a_comparison_may_give_them_all_another_script(folder: Path) -> None:
    text = "id: both\ntitle: Both\nscript: [fail a @ 3s]\ncompare: {x: {scene: first, label: X}, y: {scene: second}}\n"
    both = beside(folder, text).scene
    assert both is not None
    assert [(side.id, side.title("en"), side.script[0].at) for side in both.sides] == [
        ("x", "X", 3_000_000_000), ("y", "second", 3_000_000_000),
    ]  # fmt: skip


def test_a_scene_that_is_wrong_is_said_to_be(folder: Path) -> None:
    (folder / "second.yaml").write_text("id: second\n")
    found = beside(folder, "id: both\ntitle: Both\ncompare: [first, second]\n").problems
    assert [(problem.key, problem.values["name"]) for problem in found] == [("problem.side-wrong", "second")]


def test_a_comparison_is_no_side(folder: Path) -> None:
    (folder / "second.yaml").write_text("id: second\ntitle: S\ncompare: [first, first]\n")
    found = beside(folder, "id: both\ntitle: Both\ncompare: [first, second]\n").problems
    assert "side" in found[0].key


def test_a_scene_that_compares_with_itself_does_not_go_round(folder: Path) -> None:
    found = beside(folder, "id: both\ntitle: Both\ncompare: [first, both]\n")
    assert [problem.key for problem in found.problems] == ["problem.side-compares"]


def test_a_stage_that_no_side_takes_is_a_problem(folder: Path) -> None:
    text = "id: both\ntitle: Both\nstage: {z: {kind: vm}}\ncompare: [first, second]\n"
    assert [problem.key for problem in beside(folder, text).problems] == ["problem.no-side-takes"]


def test_a_scene_that_is_not_there_is_said_with_those_that_are(folder: Path) -> None:
    problem = beside(folder, "id: both\ntitle: Both\ncompare: [first, secnd]\n").problems[0]
    assert (problem.key, problem.values["guess"]) == ("problem.unknown-scene", "second")


# what can be wrong


@pytest.mark.parametrize(("text", "key"), [
    (BASE + "compare: {one: {}}\n", "sides"),
    (BASE + "compare: {" + ", ".join(f"s{n}: {{}}" for n in range(6)) + "}\n", "sides"),
    (BASE + SIDES.replace("label:", "lable:"), "unknown-key"),
    (BASE + SIDES.replace("on: false", "onn: false"), "unknown-setting"),
    (BASE + SIDES.replace("on: false", "on: maybe"), "bool"),
    (BASE + SIDES + "pairing: steps\n", "unknown-choice"),
    (BASE + SIDES + "steps: [{when: {three: start}, say: x}]\n", "unknown-key"),
    (BASE + SIDES + "steps: [{when: {one: nothing.such}, say: x}]\n", "unknown-event"),
    (BASE + SIDES + "expect: [{three: no act.void}]\n", "unknown-key"),
    (BASE + SIDES + "expect: [{one: nonsense here}]\n", "phrase-expected"),
    (BASE + SIDES + "rows: [{say: x}]\n", "row-form"),
    (BASE + SIDES + "rows: [{say: x, count: icmp.echo, of: seq}]\n", "row-form"),
    (BASE + SIDES + "rows: [{say: x, one: y, of: t}]\n", "row-form"),
    (BASE + SIDES + "questions: [{before: start, ask: x, answer: {sides: no act.void}, "
     "options: [{is: [three], why: x}, {is: [], why: x}]}]\n", "unknown-side"),
    (BASE + SIDES + "questions: [{before: start, ask: x, answer: {of: t, side: three}, "
     "options: [{is: 1, why: x}, {is: 2, why: x}]}]\n", "unknown-side"),
    ("id: both\ntitle: x\ncompare: [a, b]\n", "unknown-scene"),
])  # fmt: skip
def test_what_is_wrong_is_said(text: str, key: str) -> None:
    assert key in keys(text)


def test_a_problem_of_a_side_is_where_it_is_written() -> None:
    problem = reading(BASE + SIDES.replace("kind: vm", "kind: vmx")).problems[0]
    assert (problem.key, problem.place.line) == ("problem.unknown-kind", 14)


def test_a_problem_of_what_all_sides_share_is_said_once() -> None:
    assert keys((BASE + SIDES).replace("kind: switch", "kind: swich")).count("unknown-kind") == 1


def test_all_problems_are_said_at_once() -> None:
    text = BASE + SIDES.replace("kind: vm", "kind: vmx") + "steps: [{when: nothing.such, say: x}]\n"
    assert {"unknown-kind", "unknown-event"} <= set(keys(text))


# without a file


def two(folder: Path) -> list[Scene]:
    found = [read(folder / f"{name}.yaml", VOCABULARY).scene for name in ("first", "second")]
    return [each for each in found if each is not None]


def test_scenes_put_side_by_side_go_step_by_step(folder: Path) -> None:
    made = free(two(folder))
    assert (made.pairing, made.title("en"), made.id) == ("step", "first · second", "first-second")


def test_one_scene_at_two_settings_goes_moment_by_moment_and_is_called_after_them() -> None:
    base = scene(BASE.replace("script: [ping a b @ 1s]", ""))
    made = free([base, variation(base, {"on": False})])
    assert made.pairing == "time"
    assert [(side.id, side.title("en"), side.caption) for side in made.sides] == [
        ("both", "on: yes", None), ("both-2", "on: no", None),
    ]  # fmt: skip


def test_a_side_of_another_choice_is_called_by_it_over_the_name_of_its_setting() -> None:
    choice = "  way: {type: choice, default: a, choices: {a: {en: First}, b: {en: Second}}, label: {en: Way}}"
    base = scene(BASE.replace("script: [ping a b @ 1s]", "").replace("settings: {", "settings:\n" + choice + "\n#"))
    made = free([base, variation(base, {"way": "b"})])
    assert [(side.title("en"), (side.caption or {}).get("en")) for side in made.sides] == [
        ("First", "Way"), ("Second", "Way"),
    ]  # fmt: skip


def test_steps_that_all_sides_tell_alike_are_told_for_all(folder: Path) -> None:
    one = two(folder)[0]
    assert [step.say("en") for step in free([one, one]).steps] == ["Begin", "Broken"]
    (folder / "second.yaml").write_text(PLAIN.format(name="second").replace("Begin", "Another"))
    assert free([one, two(folder)[1]]).steps[0].say("en") == ""


def test_a_step_may_tell_what_held_when_with_who_measured_it() -> None:
    dated = "dated: [{when: '2012', say: Hardware is ahead, sources: {fact: H12-F3}}]"
    scene = reading(BASE + SIDES + f"steps: [{{when: start, say: Begin, {dated}}}]\n").scene
    assert scene is not None
    (row,) = scene.steps[0].dated
    assert (row.when["en"], row.sources[0].facts) == ("2012", ("H12-F3",))


def test_what_held_when_needs_a_source() -> None:
    text = BASE + SIDES + "steps: [{when: start, say: Begin, dated: [{when: '2012', say: Hardware is ahead}]}]\n"
    assert [problem.key for problem in reading(text).problems] == ["problem.missing-key"]
