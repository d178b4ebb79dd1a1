"""`sources` stands at a scene and at whatever in it states something."""

import pytest

from vizapp.scene.problems import message
from vizapp.words import Words

SCENE = """
id: small
title: Small
stage: {a: {kind: vm, ports: {eth0: {}}}, b: {kind: vm, ports: {eth0: {}}}}
settings:
  size: {type: choice, default: big, sources: {fact: N1-F1}, choices: {big: {label: Big, sources: {fact: N1-F2}}}}
script: [boot a @ 1s]
steps: [{when: start, say: Once, sources: {rfc: 826}}, {when: end, say: Again}]
questions:
  - before: end
    ask: Why?
    answer: {is: 1}
    sources: [{rfc: 792}, {fact: [N1-F3, N7-F4]}]
    options: [{is: 1, why: So, sources: {fact: N2-F1}}, {is: 2, why: Or so}]
tasks: [{say: Do, goal: no act.fail, hints: [Do it], sources: {manual: Book}}]
whatif: [{say: If, of: boot a, instead: none, sources: {paper: Essay, by: "A. B.", year: 1999}}]
points: [{good: Fast, sources: {fact: N3-F1}}, Cheap]
sources: {recording: A_bridged}
"""


@pytest.fixture(scope="session")
def scene(reading):
    found = reading(SCENE)
    assert found.problems == ()
    return found.scene


def facts(item):
    return [fact for source in item.sources for fact in source.facts]


def cited(item):
    return [source.text["en"] for source in item.sources]


def test_a_step_has_its_sources_or_none(scene):
    assert [cited(step) for step in scene.steps] == [["RFC 826"], []]


def test_a_question_has_a_list_of_sources(scene):
    assert facts(scene.questions[0]) == ["N1-F3", "N7-F4"]
    assert cited(scene.questions[0])[0] == "RFC 792"


def test_the_why_of_an_option_has_its_own(scene):
    assert [facts(option) for option in scene.questions[0].options] == [["N2-F1"], []]


def test_a_task_and_a_whatif_have_sources(scene):
    assert cited(scene.tasks[0]) == ["Book"]
    assert cited(scene.whatif[0]) == ["A. B., “Essay”, 1999"]


def test_a_setting_and_its_choices_have_sources(scene):
    setting = scene.settings["size"]
    assert (facts(setting), facts(setting.choices[0])) == (["N1-F1"], ["N1-F2"])


def test_a_point_has_sources(scene):
    assert [facts(point) for point in scene.points] == [["N3-F1"], []]


def test_a_single_source_stands_for_a_list_of_one(scene):
    assert cited(scene) == ["Recording A_bridged"]


def test_a_wrong_source_of_a_step_is_a_problem_at_its_place(problems):
    wrong = problems(SCENE.replace("{rfc: 826}", "{rfc: 826, manual: Book}"))
    assert [(each.key, each.place.line) for each in wrong] == [("problem.source-form", 8)]


def test_a_fact_by_itself_is_cited_by_what_it_was_read_in(scene):
    assert cited(scene.questions[0]) == ["RFC 792", "docs.kernel.org, networking/bridge, Introduction, FAQ"]


def test_an_unknown_fact_comes_with_the_one_that_was_meant(problems):
    (wrong,) = problems(SCENE.replace("N2-F1", "N2-F11"))
    assert message(wrong, Words("en")) == "unknown fact: `N2-F11`; did you mean `N2-F1`?"


def test_a_fact_that_was_not_verified_may_not_be_cited(problems):
    (wrong,) = problems(SCENE.replace("N2-F1", "N2-F2"))
    assert wrong.key == "problem.fact-unverified"
    assert "`N2-F1`" in message(wrong, Words("fr"))


def test_a_section_in_words_has_no_section_sign(reading):
    both = '[{manual: Book, section: "2.1"}, {manual: Book, section: Bees}]'
    assert cited(reading(SCENE.replace("{manual: Book}", both)).scene.tasks[0]) == ["Book, §\u00a02.1", "Book, Bees"]


def test_an_rfc_has_its_address(scene):
    assert [source.at for source in scene.steps[0].sources] == ["https://www.rfc-editor.org/rfc/rfc826"]
