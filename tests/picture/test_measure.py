import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.picture.measure import Face, advance, ascent, descent, line_height, metrics, wrap

INTER = Face()
MONO = Face("JetBrains Mono")
NEEDED = (
    "ABCXYZabcxyz0123456789 àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ«»“”‘’‹›!?.,;:…-–—()[]{}/\\|@#&%+−×÷=≤≥≠≈<>"
    "→←↔↑↓•·µ°€²³\u00a0\u202f\u2009"
)
words = st.text("abcdefg éè\u00a0", min_size=1, max_size=60)


@pytest.mark.parametrize("face", [INTER, MONO])
def test_every_character_of_french_and_english_has_its_own_width(face: Face) -> None:
    assert [char for char in NEEDED if char not in metrics(face).advances] == []


def test_marks_are_in_the_face_for_words() -> None:
    assert set("✓✗●○■▲▼★⇒") <= set(metrics(INTER).advances)


def test_a_mono_character_is_as_wide_as_any_other() -> None:
    assert advance("1", MONO, 20) == advance("W", MONO, 20) == advance("\u202f", MONO, 20) == pytest.approx(12)


def test_bolder_is_wider() -> None:
    assert advance("Hyperviseur", Face(weight=700), 16) > advance("Hyperviseur", INTER, 16)


def test_a_weight_that_is_not_shipped_takes_the_nearest() -> None:
    assert advance("x", Face("JetBrains Mono", 600), 16) == advance("x", Face("JetBrains Mono", 700), 16)


def test_an_unknown_character_counts_as_an_average_one() -> None:
    assert advance("漢", INTER, 16) == pytest.approx(advance("abcdefghijklmnopqrstuvwxyz", INTER, 16) / 26)


def test_a_line_is_ascent_and_descent() -> None:
    assert line_height(INTER, 16) == ascent(INTER, 16) + descent(INTER, 16)


@given(words, words)
@settings(max_examples=30)
def test_a_text_is_as_wide_as_its_parts(left: str, right: str) -> None:
    assert advance(left + right, INTER, 16) == pytest.approx(advance(left, INTER, 16) + advance(right, INTER, 16))


@given(words, st.floats(20, 300))
@settings(max_examples=30)
def test_wrapped_lines_fit_unless_they_are_one_word(text: str, width: float) -> None:
    assert all(advance(line, INTER, 16) <= width + 1e-6 or " " not in line for line in wrap(text, INTER, 16, width))


@given(words, st.floats(20, 300))
@settings(max_examples=30)
def test_wrapping_loses_no_word(text: str, width: float) -> None:
    kept = [word for word in " ".join(wrap(text, INTER, 16, width)).split(" ") if word]
    assert kept == [word for word in text.split(" ") if word]


def test_a_line_never_breaks_at_a_no_break_space() -> None:
    assert wrap("Qui répond\u00a0?", INTER, 16, 60) == ["Qui", "répond\u00a0?"]


def test_a_line_end_is_kept() -> None:
    assert wrap("one\n\ntwo", INTER, 16, 500) == ["one", "", "two"]
