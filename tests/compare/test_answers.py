"""What the simulation answers of a comparison: the sides on which something holds, or what one of them says."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.compare.conftest import MODES, comparison, played
from tests.compare.stacks import GUEST
from vizapp.compare import Comparison
from vizapp.compare.answers import filled, right_option, said
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.model import Option, Question, Text
from vizapp.scene.reader import read
from vizapp.words import Words

EN = Words("en")
WHO = Question(
    "ping at vm1 to internet", Text(en="Where, {nat.vm1.address}?"), "",
    (Option(("bridged",), Text()), Option(("nat", "bridged"), Text()), Option((), Text())),
    sides="ping from vm1 to internet answered",
)  # fmt: skip
SEEN = Question(
    "icmp.reply at lan1", Text(en="Which?"), "address",
    (Option("192.168.1.100", Text()), Option("192.168.1.15", Text())), side="nat",
)  # fmt: skip


@pytest.fixture
def asked() -> Comparison:
    return played(replace(comparison(Path(MODES)), questions=(WHO, SEEN)))


def test_the_right_option_names_the_sides_on_which_the_claim_holds(asked: Comparison) -> None:
    assert right_option(asked, 0) == 1


def test_a_question_about_one_side_is_answered_by_its_run(asked: Comparison) -> None:
    assert right_option(asked, 1) == 1


def test_an_option_of_sides_says_their_names(asked: Comparison) -> None:
    assert [said(asked, 0, EN, option) for option in WHO.options] == [
        "Bridged", "Bridged and NAT (shared network)", "nowhere",
    ]  # fmt: skip


def test_a_question_may_show_a_value_of_one_side(asked: Comparison) -> None:
    assert filled(asked, 0, EN, WHO.ask) == "Where, 192.168.122.100?"


def test_nothing_is_right_where_no_option_names_those_sides(asked: Comparison) -> None:
    asked.scene = replace(asked.scene, questions=(replace(WHO, options=WHO.options[:1]),))
    assert right_option(asked, 0) is None


def test_an_option_that_is_a_thing_says_what_that_is_called() -> None:
    guest = read(GUEST + "chapter: own\n", VOCABULARY).scene
    assert guest is not None
    assert said(Run(guest, VOCABULARY.kinds), 0, EN, Option("kernel", Text())) == "Guest kernel"
