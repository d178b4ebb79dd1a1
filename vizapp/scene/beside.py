"""Scenes put side by side: what the comparison has of its sides, and comparisons that no file describes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vizapp.scene.knobs import said_value
from vizapp.scene.model import Act, Scene, Setting, Step, Text
from vizapp.scene.sides import STEP, TIME
from vizapp.words import languages, words


def beside(head: Scene, sides: Sequence[Scene], pairing: str) -> Scene:
    """The comparison of these sides. Where two of them have a thing, a link or a setting of one name, the first one's
    stands for all."""
    most = max(len(side.steps) for side in sides)
    return replace(
        head,
        until=max(side.until for side in sides),
        limit=max(side.limit or side.until for side in sides),
        things=_union(side.things for side in sides),
        links=tuple(_union({link.id: link for link in side.links} for side in sides).values()),
        settings=_union(side.settings for side in sides),
        script=_scripts(sides),
        steps=tuple(_together(n, sides) for n in range(most)),
        sides=tuple(sides),
        pairing=pairing,
    )


def _union(maps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in maps:
        for name, value in each.items():
            found.setdefault(name, value)
    return found


def _scripts(sides: Sequence[Scene]) -> tuple[Act, ...]:
    """What any of them does by itself, each act once, in order of time."""
    acts = {str(act): act for side in sides for act in side.script}
    return tuple(sorted(acts.values(), key=lambda act: act.at))


def _together(number: int, sides: Sequence[Scene]) -> Step:
    """The step of that number, as all sides tell it; where they tell it differently, it says nothing for them all."""
    steps = [side.steps[number] for side in sides if number < len(side.steps)]
    first = steps[0]
    if all((step.say, step.title) == (first.say, first.title) for step in steps):
        return first
    return Step(first.when, Text())


def free(scenes: Sequence[Scene]) -> Scene:
    """A comparison of scenes that no file describes; of one scene at several settings, moment by moment, else step by
    step. Sides get ids of their own: `nat`, `nat-2`."""
    first = scenes[0]
    same = all(scene.file == first.file and scene.id == first.id for scene in scenes)
    titles = dict.fromkeys(tuple(sorted(scene.title.items())) for scene in scenes)
    sides = [replace(scene, id=_numbered(scene.id, [each.id for each in scenes[:n]]), questions=(), tasks=(),
                     expect=()) for n, scene in enumerate(scenes)]  # fmt: skip
    head = Scene(
        id="-".join(side.id for side in sides), title=_joined([Text(dict(title)) for title in titles]),
        summary=Text(), chapter=first.chapter, level=max(scene.level for scene in scenes), minutes=0,
        seed=first.seed, until=first.until, things={}, links=(),
    )  # fmt: skip
    return beside(head, list(_called(sides)) if same else sides, TIME if same else STEP)


def variation(scene: Scene, values: Mapping[str, Any]) -> Scene:
    """The scene with these values of its settings, which are right, as defaults."""
    settings = {name: replace(setting, default=values.get(name, setting.default))
                for name, setting in scene.settings.items()}  # fmt: skip
    return replace(scene, settings=settings)


def _called(sides: Sequence[Scene]) -> Iterator[Scene]:
    """Sides of one scene, called after the settings in which they differ."""
    differing = [name for name in sides[0].settings if len({str(side.settings[name].default) for side in sides}) > 1]
    for side in sides:
        chosen = [side.settings[name] for name in differing]
        labels = [setting.label for setting in chosen if setting.type == "choice"]
        if chosen:
            side = replace(side, title=_joined([_said(each) for each in chosen]),
                           caption=_joined(labels) if labels else None)  # fmt: skip
        yield side


def _said(setting: Setting) -> Text:
    """A setting as it stands: a choice by itself, anything else with what it is of."""
    made = Text()
    for lang in languages():
        value = said_value(setting, setting.default, words(lang))
        whole = words(lang)("compare.setting", name=setting.label(lang), value=value)
        made[lang] = value if setting.type == "choice" else whole
    return made


def _numbered(name: str, before: Sequence[str]) -> str:
    times = before.count(name)
    return f"{name}-{times + 1}" if times else name


def _joined(titles: Sequence[Text]) -> Text:
    """The titles in every language that one of them has."""
    langs = {lang for title in titles for lang in title}
    return Text({lang: " · ".join(title(lang) for title in titles) for lang in sorted(langs)})
