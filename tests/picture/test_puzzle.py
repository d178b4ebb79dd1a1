"""The card of a question: everything fits, is large enough for the last row, and stays where it is."""

from dataclasses import replace
from itertools import combinations

import pytest

from vizapp.picture.measure import Face, advance
from vizapp.picture.puzzle import Said, lay
from vizapp.picture.puzzle_page import page
from vizapp.picture.puzzled import card
from vizapp.picture.shapes import Label
from vizapp.picture.theme import DAY, theme
from vizapp.picture.view import View

ITEMS = ("DirectX", "Hyper-V", "ESXi", "QEMU", "KVM", "Proxmox VE", "GNS3", "Docker")
BINS = ("Hyperviseur de type\u00a01", "Hyperviseur de type\u00a02", "Émulateur", "Plateforme", "Aucun de ceux-là")
WHY = "Les deux se défendent : un module du noyau rend le système hyperviseur, mais ce système reste complet."
SORT = Said("sort", "Rangez chaque produit : hyperviseur, émulateur, plateforme ou rien de tout cela ?", ITEMS,
            tuple((f"{item} → {BINS[0]}", WHY, "Red Hat, What is KVM?") for item in ITEMS), (None,) * 8, BINS,
            tuple(range(8)), hint="1 à 5 : ranger", ready="Tout est rangé.")  # fmt: skip
ORDER = replace(SORT, kind="order", bins=(), placed=tuple(range(8)), items=tuple(
    f"{item} : une phrase assez longue pour une étape du trajet d’une écriture" for item in ITEMS))  # fmt: skip
CHOICE = replace(ORDER, kind="choice", items=ITEMS[:4], placed=(0, 1, 2, 3), tray=(0, 1, 2, 3), whys=SORT.whys[:4])
SCREENS = ((1920, 1080), (1366, 768))
STATES = {
    "tray": SORT, "one bin": replace(SORT, placed=(4,) * 8),
    "spread": replace(SORT, placed=(0, 1, 2, 3, 4, None, 0, 1)),
    "judged": replace(SORT, placed=(0, 1, 2, 3, 4, 4, 0, 1), verdicts=(True, False) * 4, told=3, done="4 sur 8"),
    "order": ORDER, "order judged": replace(ORDER, verdicts=(True, False) * 4, told=3, done="4 sur 8"),
    "choice": CHOICE, "choice revealed": replace(CHOICE, verdicts=(True, False, False, False)),
}  # fmt: skip
every = pytest.mark.parametrize("said", STATES.values(), ids=STATES)
each = pytest.mark.parametrize("screen", SCREENS, ids=str)


def shown(said, screen):
    """As a show lays it out."""
    return lay(said, 0.95 * screen[0], 0.95 * screen[1], "show", screen[1] / 1080)


@every
@each
def test_in_a_show_it_fits_the_screen_and_the_last_row_can_read_it(said, screen):
    laid = shown(said, screen)
    assert laid.height <= 0.95 * screen[1] + 0.01
    assert min(shape.size for shape in card(laid, DAY).shapes if isinstance(shape, Label)) >= 24


@every
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_over_a_small_stage_it_fits_however_large_texts_are_wanted(said, scale):
    assert lay(said, 1030, 528, "explore", scale).height <= 528.01


@every
@each
def test_no_item_lies_upon_another_or_outside(said, screen):
    laid = shown(said, screen)
    assert not [pair for pair in combinations(laid.items, 2) if pair[0].grown(-1).meets(pair[1].grown(-1))]
    assert all(area.x >= 0 and area.right <= laid.width and area.bottom <= laid.height for area in laid.items)


@every
@each
def test_no_text_is_wider_than_its_card(said, screen):
    laid = shown(said, screen)
    for label in card(laid, DAY).shapes:
        if isinstance(label, Label) and label.anchor == "start":
            assert label.x + advance(label.text, Face(weight=label.weight), label.size) <= laid.width


def test_an_item_is_in_its_bin():
    laid = shown(STATES["spread"], SCREENS[0])
    for item, place in enumerate(laid.said.placed):
        room = laid.panel if place is None else laid.bins[place]
        assert room.x <= laid.items[item].x
        assert laid.items[item].right <= room.right
        assert room.y <= laid.items[item].y <= laid.items[item].bottom <= room.bottom


def test_nothing_but_items_moves_when_they_are_sorted_and_judged():
    laid = [shown(STATES[name], SCREENS[1]) for name in ("tray", "one bin", "spread", "judged")]
    assert len({(made.width, made.height, made.panel, made.bins) for made in laid}) == 1


def test_items_keep_their_size_from_the_tray_into_a_bin():
    one, other = (shown(STATES[name], SCREENS[1]) for name in ("tray", "one bin"))
    assert [(area.w, area.h) for area in one.items] == [(area.w, area.h) for area in other.items]


def test_in_a_bin_too_small_for_all_items_lie_closer_but_within_it():
    whys = SORT.whys + SORT.whys[:4]
    many = replace(SORT, items=ITEMS + ITEMS[:4], placed=(4,) * 12, tray=tuple(range(12)), whys=whys)
    laid = shown(many, SCREENS[1])
    assert laid.height <= 0.95 * 768 + 0.01
    assert max(area.bottom for area in laid.items) <= laid.bins[4].bottom


def test_rows_stand_in_the_order_in_which_they_are_placed():
    laid = shown(replace(ORDER, placed=(2, 1, 0, 3, 4, 5, 6, 7)), SCREENS[0])
    assert laid.items[2].y < laid.items[1].y < laid.items[0].y < laid.items[3].y


def test_what_is_asked_tells_no_reason_and_what_is_judged_does():
    asked, judged = (" ".join(label.text for label in card(shown(STATES[name], SCREENS[0]), DAY).shapes
                              if isinstance(label, Label)) for name in ("spread", "judged"))  # fmt: skip
    assert "défendent" not in asked
    assert "→" not in asked
    assert "défendent" in judged
    assert "4 sur 8" in judged


def test_in_words_it_tells_the_answer_only_once_judged():
    assert list(STATES["tray"].lines())[-1] == "– Docker"
    assert list(STATES["judged"].lines())[-1] == f"– Docker → {BINS[0]} – {WHY} (Red Hat, What is KVM?)"
    assert list(STATES["choice revealed"].lines())[1] == f"A ✓ DirectX → {BINS[0]} – {WHY} (Red Hat, What is KVM?)"


@pytest.mark.parametrize("name", ["day", "night", "print", "contrast"])
def test_for_a_file_it_stands_in_the_middle_of_the_page(name):
    made = page(SORT, View(size=(1280, 720), lang="fr", theme=theme(name), level="show"))
    assert (made.width, made.height, made.background) == (1280, 720, theme(name).canvas)
    box = made.shapes[0]
    assert box.y == pytest.approx(720 - box.y - box.h, abs=1)


@every
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (800, 600)], ids=str)
def test_on_a_page_of_its_own_everything_fits(said, size):
    made = page(said, View(size=size, lang="fr", level="show"))
    assert all(0 <= shape.y <= size[1] for shape in made.shapes if isinstance(shape, Label))
    assert all(label.x + advance(label.text, Face(weight=label.weight), label.size) <= size[0]
               for label in made.shapes if isinstance(label, Label) and label.anchor == "start")  # fmt: skip


def test_a_page_tells_every_item_once_revealed_and_none_before():
    told = {name: " ".join(label.text for label in page(STATES[name], View(size=(1366, 768), lang="fr")).shapes
                           if isinstance(label, Label)) for name in ("tray", "judged")}  # fmt: skip
    assert told["judged"].count("défendent") == 8
    assert "défendent" not in told["tray"]
