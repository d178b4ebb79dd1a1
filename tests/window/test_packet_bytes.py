"""The bytes of a frame: rows that fit, what is under a place, selecting and copying by pointer and keyboard."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from vizapp.picture.dissect import Span
from vizapp.picture.theme import DAY, THEMES
from vizapp.window import style
from vizapp.window.packet_bytes import BytesView, Layer
from vizapp.words import Words

DATA = bytes(range(64, 64 + 40))


@pytest.fixture(autouse=True)
def ordinary_size(qapp: QApplication) -> None:
    """The application wears the size of its texts, whatever was tried on it before."""
    style.apply(qapp, DAY)


def view_of(qtbot, width=320, data=DATA):
    view = BytesView(Words("en"), DAY)
    qtbot.addWidget(view)
    view.resize(width, 200)
    view.show()
    view.put(data, [Layer("ethernet", Span(0, 112)), Layer("ipv4", Span(112, 160))], [Span(48, 8)])
    return view


@pytest.mark.parametrize(("width", "count"), [(200, 4), (310, 8), (600, 16)])
def test_a_row_holds_as_many_bytes_as_fit(qtbot, width, count):
    assert view_of(qtbot, width).grid.per_row == count


def test_it_is_as_high_as_its_rows(qtbot):
    view = view_of(qtbot)
    high = view.height()
    view.put(DATA * 2, (), ())
    assert view.height() == pytest.approx(2 * high, rel=0.15)


@pytest.mark.parametrize("byte", [0, 7, 8, 39])
def test_a_place_is_the_bit_where_its_digit_begins(qtbot, byte):
    view = view_of(qtbot)
    cell = view.grid.cell(byte)
    assert view.grid.bit_at(QPointF(cell.left() + 1, cell.center().y())) == 8 * byte
    assert view.grid.bit_at(QPointF(cell.right() - 1, cell.center().y())) == 8 * byte + 4


def test_a_character_is_a_place_of_its_byte_too(qtbot):
    view = view_of(qtbot)
    assert view.grid.bit_at(QPointF(view.grid.left(3, text=True) + 2, view.grid.cell(3).center().y())) == 24


def test_beside_the_bytes_is_nothing(qtbot):
    view = view_of(qtbot)
    assert view.grid.bit_at(QPointF(1, 5)) == -1
    assert view.grid.bit_at(QPointF(view.width() - 2, view.grid.cell(39).center().y())) == -1
    assert view_of(qtbot, data=b"").grid.bit_at(QPointF(40, 10)) == -1


def test_the_keyboard_moves_a_cursor_and_points(qtbot):
    view = view_of(qtbot)
    bits = []
    view.pointed.connect(bits.append)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert bits == [8, 72]
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Right)  # there is nothing beyond
    assert view.here == 39


def test_shift_and_arrows_select_and_ctrl_c_copies(qtbot):
    view = view_of(qtbot)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "40 41 42 43"


def test_dragging_selects(qtbot):
    view = view_of(qtbot)
    start, end = view.grid.cell(2).center().toPoint(), view.grid.cell(5).center().toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    QApplication.sendEvent(view, _move(view, end))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert view.selection == range(2, 6)


def _move(view, at):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    return QMouseEvent(QEvent.Type.MouseMove, QPointF(at), view.mapToGlobal(QPointF(at)), left, left,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip


@pytest.mark.parametrize(("how", "expected"), [
    ("hex", "40 41 42"), ("text", "@AB"), ("dump", "0000  40 41 42"),
])  # fmt: skip
def test_what_is_selected_is_copied_in_three_ways(qtbot, how, expected):
    view = view_of(qtbot)
    view.anchor, view.here = 0, 2
    assert view.copied(how) == expected


def test_without_a_selection_everything_is_copied(qtbot):
    view = view_of(qtbot)
    assert view.copied() == DATA.hex(" ")
    view.select_all()
    assert view.selection == range(40)


def test_a_whole_dump_has_an_offset_a_line(qtbot):
    assert [line[:4] for line in view_of(qtbot).copied("dump").splitlines()] == ["0000", "0010", "0020"]


def test_lighting_half_a_byte_lights_one_digit(qtbot):
    view = view_of(qtbot)
    view.light(Span(116, 4))
    image = view.grab().toImage()
    cell = view.grid.cell(14)
    y = round(cell.top() + 3)
    plain = QColor(DAY.role("libraries").fill)
    assert image.pixelColor(round(cell.left() + 1), y) == plain
    assert image.pixelColor(round(cell.right() - 2), y) != plain


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_digits_can_be_read_upon_every_tint(theme):
    from vizapp.picture.colours import contrast
    from vizapp.window.packet_tint import tint

    for protocol in ("ethernet", "ipv4", "tcp", "udp", "icmp", "arp", "dhcp", "http", "data"):
        assert contrast(theme.ink, tint(protocol, theme).fill) >= 4.5
    assert contrast(theme.ink, theme.changed) >= 4.5
