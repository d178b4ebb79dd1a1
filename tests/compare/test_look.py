"""How a comparison looks: one board, in every size, level, theme and language."""

import pytest

from tests.compare.conftest import MODES, STEPS, comparison, played
from vizapp.compare import Comparison
from vizapp.compare.look import board_of, views
from vizapp.picture.shapes import Label, Picture
from vizapp.picture.theme import THEMES
from vizapp.picture.view import View
from vizapp.scene.model import Act

S = 1_000_000_000


def still(whole: Comparison, show: float, **look: object) -> Picture:
    return whole.still(show, View(**({"size": (1920.0, 1080.0), "lang": "fr"} | look)))  # type: ignore[arg-type]


def texts(picture: Picture) -> list[str]:
    return [shape.text for shape in picture.shapes if isinstance(shape, Label)]


def test_every_side_is_on_it_under_its_name(modes: Comparison) -> None:
    picture = still(modes, modes.steps[4].show)
    assert {"Accès par pont", "NAT (réseau partagé)", "Réseau privé hôte"} <= set(texts(picture))
    sides = {shape.of.partition(".")[0] for shape in picture.shapes if shape.of}
    assert sides == {"bridged", "nat", "host-only"}


@pytest.mark.parametrize("level", ["explore", "show", "thumbnail"])
@pytest.mark.parametrize("size", [(1920.0, 1080.0), (1366.0, 768.0)])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_drawn_at_every_level_and_size(
    modes: Comparison, level: str, size: tuple[float, float], lang: str
) -> None:
    for theme in THEMES:
        picture = still(modes, modes.steps[4].show, level=level, size=size, lang=lang, theme=theme)
        assert (picture.width, picture.height) == size
        assert picture.shapes


def test_each_stage_lies_within_its_card(modes: Comparison) -> None:
    view = View(size=(1920.0, 1080.0), lang="fr")
    places = board_of(modes, "fr", view.size, "explore")
    for seen, panel in zip(views(modes, 10.0, view, places), places.panels, strict=True):
        assert seen.size == (panel.stage.w, panel.stage.h)


def test_drawing_the_same_moment_twice_is_the_same(modes: Comparison) -> None:
    assert still(modes, 12.3).shapes == still(modes, 12.3).shapes


def test_a_picture_knows_nothing_of_what_comes_later() -> None:
    plain = played(comparison(MODES))
    acted = played(comparison(MODES), Act("fail", ("lan1",), {}, 7 * S))
    show = plain.pace.show(7 * S) - 0.5
    assert still(acted, show).shapes == still(plain, show).shapes


def test_the_caption_of_a_show_is_that_of_the_step(modes: Comparison) -> None:
    assert "The LAN calls VM 1." in texts(still(modes, modes.steps[4].show, level="show", lang="en"))


def test_the_points_of_a_side_are_told_below_it(steps: Comparison) -> None:
    assert "Une sortie par écriture" in texts(still(steps, 0.0))


def test_counts_are_told_on_every_side_in_one_order(steps: Comparison) -> None:
    told = texts(still(played(comparison(STEPS)), steps.pace.length))
    assert [text for text in told if text.startswith(("sortie", "copie"))] == [
        "sortie de VM", "sorties de VM", "copie", "copie",
    ]  # fmt: skip
