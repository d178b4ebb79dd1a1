"""Painting with a cache is fast and agrees with painting exactly; it never changes what it paints."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tests.sample import sample
from vizapp.paint import Cache, image, paint
from vizapp.picture.shapes import Dots, Icon, Label, Layer, Picture, Rect
from vizapp.picture.theme import NIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def shown(picture: Picture, cache: Cache | None = None, *, ratio: float = 1.0, scale: float = 1.0) -> QImage:
    made = QImage(round(1280 * ratio), round(800 * ratio), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.white)
    with QPainter(made) as painter:
        paint(painter, picture, scale=scale, cache=cache)
    return made


def difference(one: QImage, other: QImage) -> float:
    """The mean difference of a colour channel, of 255."""
    assert one.size() == other.size()
    first, second = (each.convertToFormat(QImage.Format.Format_RGB32).constBits() for each in (one, other))
    assert first is not None
    assert second is not None
    # Every 7th byte: enough to judge by, and channels take turns.
    a, b = bytes(first)[::7], bytes(second)[::7]
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a)


def changed(picture: Picture) -> Picture:
    """The same moment in new objects, as composing the next frame makes it."""
    return replace(picture, layers=tuple(replace(layer) for layer in picture.layers))


def moved(picture: Picture) -> Picture:
    """The next frame: the last layer is new, the others stay."""
    return replace(picture, layers=(*picture.layers[:-1], replace(picture.layers[-1])))


def test_a_picture_is_unchanged_by_painting() -> None:
    picture, cache = sample(), Cache()
    for _ in range(3):
        shown(picture, cache)
    assert picture == sample()


def test_layers_that_stay_look_as_if_painted_anew() -> None:
    picture, cache = sample(), Cache()
    for _ in range(3):
        picture = moved(picture)
        kept = shown(picture, cache)
    assert difference(kept, shown(picture)) < 0.1


def test_sprites_look_like_the_shapes_they_stand_for() -> None:
    picture, cache = sample(), Cache()
    for _ in range(3):
        sprites = shown(changed(picture), cache)
    assert difference(sprites, shown(picture)) < 0.5


def test_the_base_follows_when_fewer_layers_stay() -> None:
    picture, cache = sample(), Cache()
    shown(picture, cache)
    shown(picture, cache)
    night = sample(NIGHT)
    other = replace(picture, layers=(*picture.layers[:2], *night.layers[2:]))
    assert difference(shown(other, cache), shown(other)) < 0.5


def test_another_background_is_seen_at_once() -> None:
    cache, picture = Cache(), sample()
    for _ in range(2):
        shown(picture, cache)
    dark = replace(picture, background="#000000")
    assert shown(dark, cache).pixelColor(1275, 5) == QColor("#000000")


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_dense_screen_gets_its_own_pixels(ratio: float) -> None:
    picture, cache = sample(), Cache()
    for _ in range(3):
        dense = shown(picture, cache, ratio=ratio)
    exact = image(picture, ratio)
    assert difference(dense, exact) < 0.3


def test_a_shifted_painter_shifts_the_picture() -> None:
    picture = Picture(20, 20, "#FF0000", ())
    made = QImage(40, 40, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    with QPainter(made) as painter:
        painter.translate(10, 5)
        paint(painter, picture, cache=Cache())
    reds = [(x, y) for x in range(40) for y in range(40) if made.pixelColor(x, y) == QColor("#FF0000")]
    assert (min(reds), max(reds), len(reds)) == ((10, 5), (29, 24), 400)


def test_the_painter_comes_back_as_it_was_even_when_a_shape_is_wrong() -> None:
    wrong = Picture(20, 20, None, (Layer((Icon(0, 0, 10, "no such icon", "#000000"),)),))
    made = QImage(40, 40, QImage.Format.Format_RGB32)
    with QPainter(made) as painter:
        painter.translate(3, 4)
        with pytest.raises(ValueError, match="no icon"):
            paint(painter, wrong, cache=Cache())
        assert (painter.transform().dx(), painter.transform().dy(), painter.hasClipping()) == (3, 4, False)


def test_a_faint_layer_fades_as_a_whole() -> None:
    boxes = (Rect(0, 0, 20, 20, radius=0, fill="#FF0000"), Rect(0, 0, 20, 20, radius=0, fill="#0000FF"))
    picture = Picture(20, 20, "#FFFFFF", (Layer(boxes, opacity=0.5),))
    for made in (image(picture), shown(picture, Cache())):
        colour = made.pixelColor(10, 10)
        assert colour.red() == pytest.approx(128, abs=2)
        assert colour.blue() == pytest.approx(255, abs=2)


def test_an_image_has_the_size_that_was_asked_for() -> None:
    picture = Picture(100, 50, "#00FF00", ())
    assert (image(picture, 2).width(), image(picture, 2).height()) == (200, 100)
    fitted = image(picture, size=(100, 100))
    assert (fitted.width(), fitted.height()) == (100, 100)


def test_a_transparent_image_has_no_background() -> None:
    picture = Picture(100, 50, "#00FF00", (Layer((Rect(0, 0, 10, 10, radius=0, fill="#0000FF"),)),))
    made = image(picture, transparent=True)
    assert made.pixelColor(50, 40).alpha() == 0
    assert made.pixelColor(5, 5) == QColor("#0000FF")


def test_text_stands_where_layout_measured_it() -> None:
    label = Label(190, 30, "MMMMMM", 20, "#000000", 700, anchor="end")
    made = image(Picture(200, 40, "#FFFFFF", (Layer((label,)),)))
    inked = [x for x in range(200) if any(made.pixelColor(x, y).lightness() < 128 for y in range(40))]
    assert 186 <= max(inked) <= 190


def test_characters_the_fonts_lack_are_drawn_all_the_same() -> None:
    made = image(Picture(60, 40, "#FFFFFF", (Layer((Label(5, 30, "日本", 20, "#000000"),)),)))
    assert any(made.pixelColor(x, y).lightness() < 128 for x in range(60) for y in range(40))


def test_a_thousand_dots_are_where_their_columns_say() -> None:
    xs, ys = array("d", (10.0, 30.0, 50.0)), array("d", (10.0, 10.0, 10.0))
    picture = Picture(60, 20, "#FFFFFF", (Layer((Dots(xs, ys, 3, "#0072B2"),)),))
    made = shown(picture, Cache())
    assert [made.pixelColor(x, 10).name() for x in (10, 20, 30, 40, 50)] == [
        "#0072b2", "#ffffff", "#0072b2", "#ffffff", "#0072b2",
    ]  # fmt: skip


def test_an_empty_crowd_is_painted() -> None:
    picture = Picture(60, 20, "#FFFFFF", (Layer((Dots(array("d"), array("d"), 3, "#0072B2"),)),))
    assert shown(picture, Cache()).pixelColor(5, 5) == QColor("#FFFFFF")
