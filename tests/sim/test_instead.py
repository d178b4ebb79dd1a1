"""An act in the place of another: of the script or of a person's, and back."""

from vizapp.scene.model import Act
from vizapp.scene.whatif import nothing
from vizapp.sim.instead import in_effect

FAIL = Act("fail", ("a",), at=5)
HANG = Act("hang", ("a",), at=5, of=FAIL)


def test_an_act_takes_the_place_of_one_of_the_script():
    assert in_effect([FAIL], [HANG]) == ([], [HANG])


def test_an_act_takes_the_place_of_a_persons_own_where_it_stood():
    cut = Act("cut", ("l",), at=5)
    assert in_effect([], [FAIL, cut, HANG]) == ([], [HANG, cut])


def test_nothing_in_its_place_leaves_nothing():
    assert in_effect([FAIL], [nothing(FAIL)]) == ([], [])


def test_what_stands_for_another_may_be_replaced_in_turn():
    later = Act("hang", ("a",), at=9, of=HANG)
    assert in_effect([FAIL], [HANG, later]) == ([], [later])


def test_an_act_whose_place_is_gone_is_done_all_the_same():
    assert in_effect([], [HANG]) == ([], [HANG])
