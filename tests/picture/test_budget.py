"""A budget drawn: its formula with the numbers put in, its ratio, its warning."""

from vizapp.picture import budget
from vizapp.picture.shapes import Label
from vizapp.picture.stage import Area
from vizapp.picture.theme import DAY
from vizapp.words import Words

EN, FR = Words("en"), Words("fr")
VALUE = {
    "memory": 65536.0, "application": 100.0, "ratio": 5.8, "compares": ("container", "vm"),
    "rows": [
        {"id": "vm", "name": "VM", "role": "hypervisor", "overhead": 512.0, "n": 107, "kernels": 107, "lost": 1,
         "parts": ({"name": {"fr": "invité", "en": "guest"}, "size": 512.0, "source": None},)},
        {"id": "container", "name": "Container", "role": "runtime", "overhead": 5.5, "n": 624, "kernels": 1,
         "lost": 624, "parts": ({"name": "VMM", "size": 5.5, "source": "a paper"},)},
    ],
}  # fmt: skip


def texts(words=EN, wide=900):
    return [s.text for s in budget.drawn(VALUE, Area(0, 0, wide, 500), 16, DAY, words, "b") if isinstance(s, Label)]


def test_the_formula_is_there_with_its_numbers_put_in():
    assert "⌊65,536 ÷ (100 + 512)⌋ = 107" in texts()


def test_the_techniques_are_compared_in_words():
    assert "Container ÷ VM = 5.8 ×" in texts()


def test_french_writes_its_own_comma():
    assert "Container ÷ VM = 5,8 ×" in [text.replace("\u00a0", " ") for text in texts(FR)]


def test_values_are_said_to_be_illustrative():
    assert EN("budget.illustrative") in texts()


def test_a_part_that_was_measured_names_its_source():
    assert any("a paper" in text for text in texts())


def test_nothing_is_wider_than_its_column():
    from vizapp.picture.measure import Face, advance

    narrow = [s for s in budget.drawn(VALUE, Area(0, 0, 300, 500), 16, DAY, EN, "b") if isinstance(s, Label)]
    column = (300 + budget.GAP * 16) / 2 - budget.GAP * 16
    formulas = [s for s in narrow if s.text.startswith("⌊")]
    assert all(advance(s.text, Face("JetBrains Mono"), s.size) <= column + 0.5 for s in formulas)


def test_how_they_compare_is_clear_of_the_warning_beside_it():
    from vizapp.picture.measure import Face, advance

    for wide in (450, 600, 900):
        shapes = budget.drawn(VALUE, Area(0, 0, wide, 400), 16, DAY, EN, "b")
        labels = {s.text: s for s in shapes if isinstance(s, Label)}
        warning, ratio = labels[EN("budget.illustrative")], labels["Container ÷ VM = 5.8 ×"]
        assert warning.x + advance(warning.text, Face(weight=600), warning.size) <= ratio.x - advance(
            ratio.text, Face(weight=600), ratio.size
        )
