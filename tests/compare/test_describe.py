"""A comparison in sentences."""

import pytest

from vizapp.compare import Comparison
from vizapp.compare.describe import describe
from vizapp.words import Words


def test_what_differs_is_told_side_by_side(modes: Comparison) -> None:
    said = describe(modes, modes.pace.length, Words("en"))
    assert (
        "They differ in “LAN machine → VM 1”: Bridged, answered, TTL 64; NAT (shared network), network unreachable "
        "(Home router); Host-only, network unreachable (Home router)."
    ) in said


def test_what_is_the_same_is_told_once(modes: Comparison) -> None:
    said = describe(modes, modes.pace.length, Words("en"))
    assert "The same on all sides, “VM 1 → VM 2”: answered, TTL 64." in said


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_sentence_ends_once(modes: Comparison, lang: str) -> None:
    for sentence in describe(modes, modes.pace.length, Words(lang)):
        assert sentence.endswith((".", "!", "?", "…"))
        assert not sentence.endswith("..")


def test_each_side_is_told_at_its_own_clock(steps: Comparison) -> None:
    said = describe(steps, steps.steps[3].show, Words("en"))
    assert sum("at t =" in sentence for sentence in said) == 2
