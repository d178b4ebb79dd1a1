"""The board of a comparison: cards beside each other, the stage first, and nothing that overlaps or is cut."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.picture.board import HALF, Board, board
from vizapp.picture.boarded import cards, heading, told
from vizapp.picture.ledger import Cell, Ledger, Line, Room
from vizapp.picture.letter import Letter, Written
from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Icon, Label, Layer, Picture, Rect, Shape
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area
from vizapp.picture.theme import DAY, THEMES
from vizapp.words import Words

SIZES = [(1920.0, 1080.0), (1366.0, 768.0), (1600.0, 900.0), (1024.0, 768.0)]
FULL = Room(counts=4, values=2, verdicts=7, points=2, parcel=True, sources=True)
NAMES = ["Accès par pont", "NAT (réseau partagé)", "Réseau privé hôte (host-only)", "Réseau interne", "Aucun réseau"]
FR = Words("fr")


def made(count: int = 3, size: tuple[float, float] = SIZES[0], level: Level = "explore", room: Room = FULL) -> Board:
    return board(NAMES[:count], ["la VM est sur le réseau local"] * count, room, size, level)


def line(form: str, label: str, *texts: str, tone: str = "good") -> Line:
    return Line.of(form, label, [Cell(text, tone, label) for text in texts])  # type: ignore[arg-type]


def ledger(count: int = 3) -> Ledger:
    letter = Letter("ICMP ECHO REPLY", "icmp", (Written("src", "192.168.122.100:40001", "192.168.1.15:43804"),
                                                Written("dst", "198.51.100.10:80")))  # fmt: skip
    verdict = ["répond, TTL 64", "réseau injoignable (Box)", "pas de route (VM 1)", "répond, TTL 63", "sans réponse"]
    rows = [line("verdict", f"Poste du réseau → VM {n}", *verdict[:count]) for n in range(7)]
    return Ledger(
        (*[line("count", "sorties de VM", *["12"] * count) for _ in range(4)],
         *[line("value", "Le poste voit venir", *["192.168.122.100"] * count) for _ in range(2)], *rows),
        tuple((("Invité non modifié", "good"), ("Même type de processeur", "warn")) for _ in range(count)),
        ("Oracle VirtualBox User Manual, Bridged networking, § 6.5",) * count, (letter,) * count, rows[-1],
    )  # fmt: skip


def areas(places: Board) -> list[Area]:
    found = [panel.card for panel in places.panels]
    return [*found, *(area for area in (places.heading, places.captioned) if area)]


def extent(shape: Shape) -> Area:
    """The room that a text, an icon or a box takes."""
    if isinstance(shape, Label):
        face = Face("JetBrains Mono" if shape.mono else "Inter", shape.weight)
        wide = advance(shape.text, face, shape.size)
        left = {"start": shape.x, "middle": shape.x - wide / 2, "end": shape.x - wide}[shape.anchor]
        return Area(left, shape.y - 0.72 * shape.size, wide, 0.72 * shape.size)
    assert isinstance(shape, Icon | Rect)
    side = (shape.size, shape.size) if isinstance(shape, Icon) else (shape.w, shape.h)
    return Area(shape.x, shape.y, *side)


@given(st.integers(2, 5), st.sampled_from(SIZES), st.sampled_from(["explore", "show"]), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_nothing_overlaps_and_all_is_on_the_canvas(
    count: int, size: tuple[float, float], level: Level, rows: int
) -> None:
    places = made(count, size, level, Room(4, 2, rows, 2, True, True))
    canvas = Area(0, 0, *size).grown(0.5)
    for area in areas(places):
        assert canvas.holds(area.x, area.y)
        assert canvas.holds(area.right, area.bottom)
    assert not any(a.shared(b) > 0.5 for a, b in combinations(areas(places), 2))
    for panel in places.panels:
        assert panel.stage.shared(panel.told) < 0.5
        assert panel.told.bottom <= panel.card.bottom + 0.5


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("size", SIZES)
def test_the_stage_keeps_nearly_half_of_its_card(count: int, size: tuple[float, float]) -> None:
    for panel in made(count, size).panels:
        assert panel.stage.h >= (HALF - 0.03) * panel.card.h


def test_rows_are_left_out_before_the_stage_is_too_small() -> None:
    assert made(5, (1366.0, 768.0)).room.verdicts < FULL.verdicts


def test_all_sides_are_as_large() -> None:
    panels = made(5).panels
    assert len({(round(p.card.w, 6), round(p.stage.h, 6)) for p in panels}) == 1
    assert all(b.card.x > a.card.right for a, b in pairwise(panels))


def test_a_thumbnail_has_cards_and_no_words() -> None:
    places = made(3, (640.0, 420.0), "thumbnail")
    assert not told(places, ledger(), DAY, FR).shapes
    assert all(isinstance(shape, Rect) for shape in cards(places, ["a"] * 3, [""] * 3, DAY).shapes)


# what is drawn


def drawn(places: Board, count: int = 3) -> list[Layer]:
    return [
        cards(places, NAMES[:count], ["la VM est sur le réseau local"] * count, DAY),
        heading(places, "Pont, NAT, réseau privé hôte", "Mêmes gestes, autre branchement.", DAY),
        told(places, ledger(count), DAY, FR),
    ]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("level", ["explore", "show"])
def test_no_text_leaves_its_card_or_meets_another(count: int, size: tuple[float, float], level: Level) -> None:
    places = made(count, size, level)
    texts = [shape for layer in drawn(places, count) for shape in layer.shapes
             if isinstance(shape, Label) and shape.text != "≠"]  # fmt: skip
    for a, b in combinations(texts, 2):
        assert extent(a).shared(extent(b)) < 1.0, (a.text, b.text)
    for text in texts:
        area = extent(text)
        within = [*(panel.card for panel in places.panels), *([places.heading] if places.heading else [])]
        assert any(area.shared(each) >= 0.98 * area.w * area.h for each in within), text.text


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_at_1080p_texts_can_be_read_and_in_a_show_from_the_last_row(count: int) -> None:
    for level, least in (("explore", 10.9), ("show", 20.0)):
        places = made(count, level=level)  # type: ignore[arg-type]
        sizes = [shape.size for layer in drawn(places, count) for shape in layer.shapes if isinstance(shape, Label)]
        assert min(sizes) >= least


def test_between_two_sides_that_differ_stands_a_sign() -> None:
    places = made()
    layer = told(places, Ledger((line("verdict", "a", "répond", "répond", "refusé"),)), DAY, FR)
    signs = [shape for shape in layer.shapes if isinstance(shape, Label) and shape.text == "≠"]
    assert len(signs) == 1
    assert places.panels[1].card.right < signs[0].x < places.panels[2].card.x


def test_a_side_that_waits_is_not_said_to_differ() -> None:
    cells = [Cell("répond", "good"), Cell("…", "waits"), Cell("répond", "good")]
    layer = told(made(), Ledger((Line.of("verdict", "a", cells),)), DAY, FR)
    assert not any(isinstance(shape, Label) and shape.text == "≠" for shape in layer.shapes)


def test_what_was_rewritten_is_struck_out_beside_what_stands_now() -> None:
    drawn = told(made(), ledger(), DAY, FR).shapes
    struck = [shape.text for shape in drawn if isinstance(shape, Label) and shape.struck]
    assert struck == ["192.168.1.15:43804"] * 3


def test_in_a_show_the_outcome_of_the_step_is_told_large_and_alone() -> None:
    places = made(level="show")
    texts = [shape for shape in told(places, ledger(), DAY, FR).shapes if isinstance(shape, Label)]
    assert "Poste du réseau → VM 3" not in {text.text for text in texts}
    assert max(text.size for text in texts if "injoignable" in text.text) >= 27


def test_in_a_show_a_step_without_an_outcome_tells_all_rows() -> None:
    rows = ledger()
    texts = {shape.text for shape in told(made(level="show"), Ledger(rows.lines), DAY, FR).shapes
             if isinstance(shape, Label)}  # fmt: skip
    assert "Poste du réseau → VM 3" in texts


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_theme_draws_it_in_its_own_colours(theme) -> None:  # type: ignore[no-untyped-def]
    layer = cards(made(), ["a"] * 3, [""] * 3, theme)
    assert {shape.fill for shape in layer.shapes if isinstance(shape, Rect)} == {theme.panel}


def test_rows_line_up_on_all_sides() -> None:
    picture = Picture(1920, 1080, None, (told(made(), ledger(), DAY, FR),))
    for text in ("Poste du réseau → VM 3", "Le poste voit venir"):
        lines = [shape.y for shape in picture.shapes if isinstance(shape, Label) and shape.text == text]
        assert len(set(lines)) == len(lines) / 3


def test_what_came_of_a_step_ends_with_a_whole_part_where_not_all_of_it_has_room() -> None:
    cell = Cell("2 traps, 3 hypercalls, 1 copied block, 2 context switches, 5 other things that were counted", "plain")
    line = Line("verdict", "Reading a file", (cell,) * 5)
    laid = board(["Xen"] * 5, [""] * 5, Room(verdicts=1), (1920.0, 1080.0), "show")
    texts = [shape.text for shape in told(laid, Ledger((line,), now=line), DAY, Words("en")).shapes
             if isinstance(shape, Label)]  # fmt: skip
    assert sum(text.endswith(", …") for text in texts) == 5
