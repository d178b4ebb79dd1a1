"""`stands`: what it may say, and what is absent for which values of the settings."""

import pytest

from vizapp.scene.standing import absent, varies

TEXT = """
id: small
title: Small
settings:
  hosted: {label: Hosted, type: bool, default: true}
  mode: {label: Mode, type: choice, default: a, choices: {a: A, b: B}}
  level: {label: Level, type: int, default: 1}
stage:
  box: {kind: host, stands: WHEN, inside: {vm1: {kind: vm}}}
  other: {kind: vm}
"""


@pytest.mark.parametrize(
    ("when", "settings", "there"),
    [
        ("true", {}, True),
        ("false", {}, False),
        ("$hosted", {}, True),
        ("$hosted", {"hosted": False}, False),
        ("not $hosted", {"hosted": False}, True),
        ("$mode == b", {}, False),
        ("$mode == b", {"mode": "b"}, True),
        ("$mode != b", {"mode": "b"}, False),
        ("$level == 2", {"level": 2}, True),
        ("$hosted and $mode == b", {"mode": "b"}, True),
        ("$hosted and $mode == b", {"mode": "b", "hosted": False}, False),
    ],
)
def test_a_thing_stands_while_what_is_written_holds(reading, when, settings, there):
    scene = reading(TEXT.replace("WHEN", when)).scene
    assert ("box" not in absent(scene, scene.defaults() | settings)) == there


def test_what_lies_in_an_absent_thing_is_absent_too(reading):
    scene = reading(TEXT.replace("WHEN", "not $hosted")).scene
    assert absent(scene, scene.defaults()) == {"box", "vm1"}
    assert varies(scene) == ["box", "vm1"]


@pytest.mark.parametrize(
    ("when", "key"),
    [
        ("$hostd", "unknown-setting"),
        ("hosted", "stands-form"),
        ("$mode", "stands-form"),
        ("not $mode == b", "stands-form"),
        ("$mode == c", "unknown-choice"),
        ("$level == two", "int"),
        ("$hosted or $mode == b", "stands-form"),
        ("[true]", "not-a-value"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_where_it_stands(reading, when, key):
    problems = reading(TEXT.replace("WHEN", when)).problems
    assert [(problem.key, problem.place.line) for problem in problems] == [(f"problem.{key}", 9)]


def test_a_setting_that_was_misspelled_is_suggested(reading):
    (problem,) = reading(TEXT.replace("WHEN", "$hostd")).problems
    assert problem.values["guess"] == "hosted"
