"""Each language writes numbers its own way, with spaces that never break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.words import numbers
from vizapp.words.numbers import HOUR, MINUTE, SECOND


@pytest.mark.parametrize(("value", "decimals", "fr", "en"), [
    (0, None, "0", "0"), (1234567, None, "1\u202f234\u202f567", "1,234,567"), (0.5, None, "0,5", "0.5"),
    (3.14159, None, "3,142", "3.142"), (2, 2, "2,00", "2.00"), (-3.5, None, "−3,5", "−3.5"), (-0.001, 1, "0,0", "0.0"),
])  # fmt: skip
def test_a_number(value, decimals, fr, en):
    assert numbers.number(value, "fr", decimals) == fr
    assert numbers.number(value, "en", decimals) == en


@pytest.mark.parametrize(("ns", "fr", "en"), [
    (0, "0 ns", "0 ns"), (800, "800 ns", "800 ns"), (350_000, "350 µs", "350 µs"), (200_000_000, "200 ms", "200 ms"),
    (3_600_000_000, "3,6 s", "3.6 s"), (340 * SECOND, "5 min 40 s", "5 min 40 s"), (HOUR, "1 h", "1 h"),
    (HOUR + 5 * MINUTE, "1 h 5 min", "1 h 5 min"), (51 * HOUR, "2 j 3 h", "2 d 3 h"), (2 * MINUTE, "2 min", "2 min"),
])  # fmt: skip
def test_a_duration_in_the_unit_that_suits_it(ns, fr, en):
    assert numbers.duration(ns, "fr") == fr.replace(" ", "\u00a0")
    assert numbers.duration(ns, "en") == en.replace(" ", "\u00a0")


def test_the_clock_keeps_its_decimals():
    assert numbers.clock(1_311_000_000, "fr") == "1,311\u00a0s"
    assert numbers.clock(12_000_000_000, "en", 1) == "12.0\u00a0s"


def test_a_share_in_percent():
    assert numbers.percent(0.125, "fr") == "12,5\u00a0%"
    assert numbers.percent(1 / 3, "en") == "33.3%"


def test_sizes_are_octets_in_french():
    assert numbers.size(1536, "fr") == "1,5\u00a0Kio"
    assert numbers.size(3 << 40, "en") == "3\u00a0TiB"


@pytest.mark.parametrize(("n", "fr", "en"), [(0, "one", "other"), (1, "one", "one"), (1.5, "one", "other"),
                                            (2, "other", "other")])  # fmt: skip
def test_french_is_singular_below_two(n, fr, en):
    assert numbers.plural(n, "fr") == fr
    assert numbers.plural(n, "en") == en


@settings(max_examples=50)
@given(ns=st.integers(-(10**18), 10**18), lang=st.sampled_from(["fr", "en"]))
def test_every_duration_can_be_said_without_a_space_that_breaks(ns, lang):
    said = numbers.duration(ns, lang)
    assert said
    assert " " not in said
