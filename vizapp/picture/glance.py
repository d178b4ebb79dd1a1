"""A glance at what a run measures: until when, in which words and colours; and what every chart marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vizapp.picture import mishap, sentences
from vizapp.picture.chart import Chart, Flag
from vizapp.picture.colours import mix
from vizapp.picture.theme import Theme
from vizapp.scene.model import Act, Scene
from vizapp.scene.model import Chart as Asked
from vizapp.scene.vocabulary import Kind
from vizapp.sim.series import BROKEN, MENDED, WORSE, Series, marked
from vizapp.sim.timeline import Event, Timeline
from vizapp.words import Words

SECOND = 1e9


@dataclass(frozen=True, slots=True)
class Glance:
    """What is looked at. seen: true ns beyond which lies the fog; t: the clock; until: where the axis ends; masked:
    what an open question asks for."""

    scene: Scene
    kinds: Mapping[str, Kind]
    series: Series
    seen: int
    t: int
    until: int
    words: Words
    theme: Theme
    masked: tuple[str, ...] = ()

    @property
    def timeline(self) -> Timeline:
        return self.series.timeline

    def name(self, thing: str) -> str:
        return sentences.name(self.scene, self.words, thing)


def title(asked: Asked, scene: Scene, words: Words, alone: bool = True) -> str:
    """The title that a scene gives, or that of the series; alone: nothing else of the scene measures it."""
    if asked.title:
        return words.text(asked.title)
    told = words(f"chart.{asked.series}")
    return told if alone or asked.of is None else f"{told} · {sentences.name(scene, words, asked.of)}"


def made(asked: Asked, at: Glance, form: str, body: Any, **more: Any) -> Chart:
    """A chart with its title and with what every chart marks."""
    others = {each.of for each in at.scene.charts or () if each.series == asked.series}
    named = title(asked, at.scene, at.words, len(others) < 2)
    return Chart(named, form, tuple(body), at.until / SECOND, tuple(flags(at)), **more)


def flags(at: Glance) -> Iterator[Flag]:
    """What was done and noticed up to the fog."""
    for event in marked(at.timeline, at.seen):
        act = _act(event)
        mended = act.verb in MENDED or mishap.ends(act)
        tone = good if mended else bad if act.verb in BROKEN else warn if event.name in WORSE else good
        yield Flag(event.t / SECOND, flag_text(event, at.scene, at.words), tone(at.theme),
                   (4.0, 3.0) if event.name.startswith("act.") else (1.5, 2.5))  # fmt: skip


def flag_text(event: Event, scene: Scene, words: Words) -> str:
    """An event in a few words: `web3 fails`, `web3 set aside`."""
    act = _act(event)
    if mishap.degree(act):
        return mishap.said(act, scene, words)
    for key in (f"flag.{event.name}", f"link.{event.name}"):
        if words.has(key):
            return words(key, **sentences.details(event, scene, words))
    return sentences.sentence(event, scene, words)


def _act(event: Event) -> Act:
    """The act that an event tells of."""
    options = {key: value for key, value in event.details.items() if key != "args"}
    return Act(event.name.removeprefix("act."), tuple(map(str, event.details.get("args", ()))), options)


def bad(theme: Theme) -> str:
    """What is broken."""
    return theme.role("failed").stroke


def good(theme: Theme) -> str:
    """What works, or works again."""
    return mix(theme.good, theme.ink, 0.25)


def warn(theme: Theme) -> str:
    """What somebody noticed."""
    return mix(theme.warn, theme.ink, 0.15)


def calm(tint: str, theme: Theme) -> str:
    """A colour on which text can be read."""
    return mix(tint, theme.canvas, 0.45) if theme.dark else mix(tint, theme.ink, 0.28)
