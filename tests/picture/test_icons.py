import pytest

from vizapp.picture import icons


def test_every_icon_parses_into_closed_outlines_inside_its_box() -> None:
    for name in icons.names():
        commands = icons.commands(name)
        assert commands[0][0] == "M", name
        assert commands[-1] == ("Z",), name
        assert all(-0.1 <= value <= icons.BOX + 0.1 for _, *values in commands for value in values), name


def test_a_command_has_the_numbers_its_letter_asks_for() -> None:
    lengths = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
    for name in icons.names():
        assert all(len(command) - 1 == lengths[command[0]] for command in icons.commands(name)), name


def test_a_wrong_name_is_answered_with_the_likeliest_one() -> None:
    with pytest.raises(ValueError, match="'hypervizor'; did you mean 'hypervisor'"):
        icons.path("hypervizor")
