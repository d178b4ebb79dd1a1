"""What stands out because of what it says: the machine that has the service, an outage, a filled badge."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.picture.colours import contrast
from vizapp.picture.compose import compose
from vizapp.picture.layout import layout
from vizapp.picture.shapes import Label, Rect
from vizapp.picture.sizes import Level
from vizapp.picture.theme import DAY, THEMES, Theme
from vizapp.picture.view import View
from vizapp.scene.reader import read
from vizapp.sim.pace import Pace
from vizapp.sim.simulate import simulate

SECOND = 10**9
SCENE = """
id: s
title: s
until: 16s
stage:
  c: {kind: client, ports: {eth0: {ip: 10.0.0.50/24}}}
  lan: {kind: switch}
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, keepalived: {address: 10.0.0.10/24, priority: 150}}
  web: {kind: server}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}, keepalived: {address: 10.0.0.10/24}}
links: [c -- lan, a -- lan, b -- lan]
"""
SCRIPT = "[watch c 10.0.0.10 @ 5s, fail a @ 8s]"


def shapes(at: float, theme: Theme = DAY, level: Level = "explore", script: str = SCRIPT) -> list[Label | Rect]:
    scene = read(f"{SCENE}script: {script}", VOCABULARY, file="s.yaml").scene
    assert scene is not None
    view, pace = View(lang="en", theme=theme, level=level), Pace(16 * SECOND, factor=1.0)
    run = simulate(scene, VOCABULARY.kinds, seed=1)
    stage = layout(scene, view.lang, view.size, view.level, VOCABULARY.kinds)
    made = compose(scene, VOCABULARY.kinds, run.at(round(at * SECOND)), stage, view, at, pace)
    return [shape for shape in made.shapes if isinstance(shape, (Label, Rect))]


def outlined(at: float, level: Level = "explore") -> set[str | None]:
    drawn = (shape for shape in shapes(at, level=level) if isinstance(shape, Rect))
    return {shape.of for shape in drawn if shape.stroke == DAY.good and shape.of}


def labels(at: float, theme: Theme = DAY) -> dict[str, str]:
    return {shape.text: shape.colour for shape in shapes(at, theme) if isinstance(shape, Label)}


def test_the_machine_that_has_the_service_is_outlined() -> None:
    assert outlined(6) == {"a"}
    assert outlined(14) == {"b"}


def test_it_is_outlined_in_a_thumbnail_too() -> None:
    assert outlined(14, "thumbnail") == {"b"}


def test_a_failed_machine_is_not() -> None:
    assert outlined(9) == set()


@pytest.mark.parametrize("theme", THEMES)
def test_what_stands_out_can_be_read(theme: Theme) -> None:
    said = {**labels(6, theme), **labels(9, theme)}
    toned = {colour for text, colour in said.items() if text.startswith(("away", "ACTIVE"))}
    assert len(toned) == 2
    assert all(contrast(colour, theme.panel) >= 4.5 for colour in toned)


@pytest.mark.parametrize("theme", THEMES)
def test_a_filled_badge_can_be_read(theme: Theme) -> None:
    fill = theme.packet("vrrp")
    assert contrast(labels(6, theme)["VIP 10.0.0.10"], fill) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("act", ["hang", "slow"])
def test_trouble_of_programs_is_in_the_colour_of_warnings_and_can_be_read(theme: Theme, act: str) -> None:
    drawn = shapes(6, theme, script=f"[{act} web @ 5s]")
    rects = (shape for shape in drawn if isinstance(shape, Rect) and shape.of == "web")
    badge = next(shape for shape in rects if shape.stroke == theme.warn)
    label = next(shape for shape in drawn if isinstance(shape, Label) and shape.text in ("hung", "slow × 4"))
    assert badge.fill is not None
    assert contrast(label.colour, badge.fill) >= 4.5
