"""Sprites: copies of looks drawn once."""

from array import array

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from vizapp.paint import sprites
from vizapp.paint.sprites import Sprites
from vizapp.picture.shapes import Label, Rect, Shape

pytestmark = pytest.mark.usefixtures("qapp")


def canvas() -> QImage:
    made = QImage(200, 100, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.white)
    return made


def test_fragments_in_memory_are_laid_out_as_qt_reads_them() -> None:
    sheet, one, other = QPixmap(64, 64), canvas(), canvas()
    sheet.fill(QColor("#D55E00"))
    places = [(20.0, 30.0, 1.0), (90.0, 50.0, 0.5), (150.0, 70.0, 0.25)]
    columns = array("d", [n for x, y, o in places for n in (x, y, 8, 8, 16, 10, 1, 1, 0, o)])
    with QPainter(one) as painter:
        sprites.copy(painter, columns, len(places), sheet)
    with QPainter(other) as painter:
        for x, y, opacity in places:
            fragment = QPainter.PixmapFragment.create(QPointF(x, y), QRectF(8, 8, 16, 10), 1, 1, 0, opacity)
            painter.drawPixmapFragments(fragment, 1, sheet)
    assert one == other
    assert one.pixelColor(20, 30) == QColor("#D55E00")


def pill(x: float, *, opacity: float = 1.0, text: str = "SYN") -> list[Shape]:
    return [
        Rect(x, 20, 50, 22, radius=11, fill="#0072B2", opacity=opacity),
        Label(x + 25, 35, text, 13, "#FFFFFF", anchor="middle", opacity=opacity),
    ]


def painted(*frames: list[Shape]) -> QImage:
    kept = Sprites(1.0)
    for frame in frames:
        made = canvas()
        with QPainter(made) as painter:
            kept.paint(painter, frame)
    return made


def test_a_moved_pill_takes_its_pixels_along() -> None:
    still, later = painted(pill(10), pill(10), pill(10)), painted(pill(10), pill(10), pill(100))
    assert still.copy(10, 20, 50, 22) == later.copy(100, 20, 50, 22)


def test_a_fading_pill_is_fainter() -> None:
    made = painted(pill(10), pill(10), pill(10, opacity=0.5))
    assert made.pixelColor(16, 31).red() == pytest.approx(128, abs=2)


def test_two_pills_of_one_text_keep_their_own_colours() -> None:
    red = [pill(100)[0]._replace(fill="#DC2626"), pill(100)[1]]  # type: ignore[call-arg]
    made = painted(*[pill(10) + red] * 3)
    assert (made.pixelColor(16, 31).name(), made.pixelColor(106, 31).name()) == ("#0072b2", "#dc2626")


def test_a_label_elsewhere_on_the_same_box_is_another_look() -> None:
    box, label = pill(10)
    shifted = [box, label._replace(x=label.x + 8)]  # type: ignore[call-arg]
    assert painted(pill(10), pill(10), shifted) != painted(pill(10), pill(10), pill(10))


def test_what_is_later_in_the_layer_lies_above() -> None:
    large = Rect(0, 0, 200, 100, radius=0, fill="#000000")
    made = painted(*[[*pill(10), large]] * 3)
    assert made.pixelColor(16, 31) == QColor("#000000")


def test_more_looks_than_the_sheet_holds_are_still_painted() -> None:
    kept = Sprites(1.0)
    for number in range(1500):
        made = canvas()
        with QPainter(made) as painter:
            kept.paint(painter, pill(10, text=f"n {number}") * 2)
    assert made.pixelColor(12, 31).name() == "#0072b2"


def test_a_look_stays_what_it_was_when_the_sheet_grows() -> None:
    tall = [Rect(100, 0, 30, 90, fill=f"#0000{blue:02X}") for blue in range(100)]
    kept, made = Sprites(2.0), canvas()
    for shapes in (pill(10), pill(10), tall, tall):
        with QPainter(made) as painter:
            kept.paint(painter, shapes)
    grown = canvas()
    with QPainter(grown) as painter:
        kept.paint(painter, pill(10))
    with QPainter(made := canvas()) as painter:
        fresh = Sprites(2.0)
        for _ in range(3):
            fresh.paint(painter, pill(10))
    assert grown.pixelColor(30, 60) == made.pixelColor(30, 60) == QColor("#0072B2")
    assert kept._sheet.height() > sprites.FIRST
