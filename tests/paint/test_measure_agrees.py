"""Layout measures without Qt; the painter must come to the same widths."""

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from vizapp.paint.fonts import font
from vizapp.picture import measure
from vizapp.picture.measure import Face

LABELS = (
    "Réécriture de l’adresse source",
    "« Où est le paquet\u00a0? » À cœur vaillant…",
    "Hypervisor (VT-x root mode), exit 1",
    "AVATAR To Te VA Ty P. fi fl ff -> 20x10",
    "192.168.122.101:40001 → 192.168.1.15:80",
    "52:54:00:aa:00:01 −3,5 ms ≤ 12\u202f% × µs",
)
SENTENCES = (
    "Le routeur réécrit l’adresse source, et le port s’il est déjà pris\u202f!",
    "The hypervisor emulates CPUID and re-enters the guest (always one exit).",
)
pytestmark = pytest.mark.usefixtures("qapp")

FACES = [Face("Inter", weight) for weight in (400, 500, 600, 700)] + [Face("JetBrains Mono", w) for w in (400, 700)]


@pytest.mark.parametrize("face", FACES, ids=str)
def test_qt_finds_the_shipped_face(face: Face) -> None:
    info = QFontInfo(font(face, 16))
    assert (info.family(), info.weight(), info.exactMatch()) == (face.shipped_family, face.weight, True)


@pytest.mark.parametrize("face", FACES, ids=str)
@pytest.mark.parametrize("size", [12, 14, 16, 24, 32, 48])
def test_widths_of_labels_agree_within_half_a_pixel(face: Face, size: int) -> None:
    metrics = QFontMetricsF(font(face, size))
    for text in LABELS:
        assert metrics.horizontalAdvance(text) == pytest.approx(measure.advance(text, face, size), abs=0.5), text


@pytest.mark.parametrize("face", FACES, ids=str)
@pytest.mark.parametrize("size", [12, 14, 16, 24, 32, 48])
def test_widths_of_sentences_agree_within_what_qt_rounds_away(face: Face, size: int) -> None:
    metrics = QFontMetricsF(font(face, size))
    for text in SENTENCES:  # Qt cuts the advance of each character to whole 1/64 pixels
        lost = measure.advance(text, face, size) - metrics.horizontalAdvance(text)
        assert -0.01 <= lost <= len(text) / 64, text


@pytest.mark.parametrize("face", FACES, ids=str)
def test_line_heights_agree_within_a_pixel(face: Face) -> None:
    metrics = QFontMetricsF(font(face, 24))
    assert metrics.ascent() == pytest.approx(measure.ascent(face, 24), abs=1)
    assert metrics.descent() == pytest.approx(measure.descent(face, 24), abs=1)
