from vizapp.picture.board import board
from vizapp.picture.dated import dated
from vizapp.picture.ledger import Room
from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Label, Rect
from vizapp.picture.sizes import Level
from vizapp.picture.theme import DAY
from vizapp.words import Words

ROWS = (("1999–2003", "Paravirtualization clearly beats what it was compared to. " * 3, "Barham et al., SOSP 2003"),
        ("2006", "Binary translation is often ahead.", "Adams, Agesen, ASPLOS 2006"))  # fmt: skip


def drawn(level: Level, size: tuple[float, float]) -> list[object]:
    place = board(["a"] * 5, ["b"] * 5, Room(counts=6, points=3, sources=True), size, level)
    return list(dated(place, ROWS, DAY, Words("en")))


def test_every_row_is_told_inside_the_table() -> None:
    for level, size in (("explore", (1366.0, 640.0)), ("show", (1920.0, 1080.0))):
        shapes = drawn(level, size)  # type: ignore[arg-type]
        (card,) = [shape for shape in shapes if isinstance(shape, Rect)]
        labels = [shape for shape in shapes if isinstance(shape, Label)]
        assert {"1999–2003", "2006", "Barham et al., SOSP 2003"} <= {label.text for label in labels}
        assert all(card.x < label.x and card.y < label.y < card.y + card.h for label in labels)


def test_a_long_statement_takes_two_lines_and_ends_before_who_measured_it() -> None:
    labels = [shape for shape in drawn("explore", (720.0, 560.0)) if isinstance(shape, Label)]
    by = next(label.x for label in labels if label.text.startswith("Barham"))
    said = [label for label in labels if set(label.text.split()) <= set(ROWS[0][1].split())]
    assert len(said) == 2
    assert all(label.x + advance(label.text, Face(), label.size) < by for label in said)
