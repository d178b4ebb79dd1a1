"""From a YAML file to a Scene, or to all that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vizapp.scene import nodes, units
from vizapp.scene.acts import parse_act
from vizapp.scene.fields import PARSERS, Mention, suits, typed
from vizapp.scene.knobs import KnobReader
from vizapp.scene.lesson import LessonReader
from vizapp.scene.measures import MeasureReader
from vizapp.scene.model import CARDS, Act, Place, Problem, Scene, Setting, Text, Thing
from vizapp.scene.names import Names
from vizapp.scene.nodes import Mapping, Node, Scalar
from vizapp.scene.problems import Problems
from vizapp.scene.stage import StageReader
from vizapp.scene.standing import terms
from vizapp.scene.vocabulary import Vocabulary

KEYS = (
    "id", "title", "summary", "chapter", "level", "requires", "minutes", "seed", "until", "limit", "pace", "arrange",
    "cards", "stage", "links", "settings", "script", "follow", "felt", "steps", "questions", "tasks", "whatif",
    "expect", "charts", "bands", "sources", "caption", "points",
)  # fmt: skip
UNTIL = 30_000_000_000  # true ns that a scene runs when it does not say
OWN_CHAPTER = "own"  # of a scene that names none
MOST_ACTS = 2_000
MOST_FOLLOWED = 50
PACE = re.compile(r"\d+(?:\.\d+)?(?:[eE]-?\d+)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: the scene when nothing is wrong, and otherwise everything that is."""

    scene: Scene | None
    problems: tuple[Problem, ...]


def read(source: Path | str, vocabulary: Vocabulary, *, file: str | None = None) -> Reading:
    """Reads a scene from a file (Path) or from a text (str), for which `file` is the name that Problems carry."""
    path = source if isinstance(source, Path) else None
    problems = Problems(file or (str(path) if path else "scene.yaml"))
    node = nodes.load(source, problems)
    if node is None:
        if not problems:
            problems.add("empty-file", Place(), hint="start-scene")
        return Reading(None, problems.all())
    if isinstance(node, Mapping) and "compare" in node.items:
        from vizapp.scene.compare import ComparisonReader  # which reads each side as a scene

        scene = ComparisonReader(problems, vocabulary, path).comparison(node)
    else:
        scene = SceneReader(problems, vocabulary).scene(node, path)
    return Reading(None if problems else scene, problems.all())


class SceneReader(StageReader, KnobReader, LessonReader, MeasureReader):
    """The whole scene: each part in its turn, then what they say of one another."""

    def scene(self, root: Node, path: Path | None) -> Scene:
        node = self.mapping(root, KEYS)
        items = node.items
        for key in ("id", "title", "stage"):
            if isinstance(root, Mapping):
                self.missing(node, key)
        settings = self.settings(items.get("settings"))
        self.stage(items.get("stage"))
        self.cables(items.get("links"))
        things = self.built()
        self.names = Names(self.vocabulary, things, self.links, settings)
        settings = self.settled(settings, things)
        self.names.things = things = self.standing(things, settings)
        self.names.settings = settings
        for setting in settings.values():
            for says in (setting.says, *(choice.says for choice in setting.choices)):
                self.check_values(says, setting.place)
        script = self.script(items.get("script"))
        return replace(
            self.head(node, path),
            things=_doing(things, script),
            links=tuple(self.links.values()),
            settings=settings,
            script=script,
            follow=self.phrases(items.get("follow"), "follow", self.follow),
            felt=self.phrases(items.get("felt"), "felt", self.wait),
            steps=self.steps(items.get("steps")),
            questions=self.questions(items.get("questions")),
            tasks=self.tasks(items.get("tasks")),
            whatif=self.whatifs(items.get("whatif")),
            expect=self.expect(items.get("expect")),
            charts=self.charts(items.get("charts")),
            bands=self.bands(items.get("bands")),
        )

    def altered(self, scene: Scene, items: dict[str, Node]) -> Scene:
        """A scene that was read, with another script, `follow`, `felt`, pace or length where these are written."""
        read: dict[str, Callable[[Node], object]] = {
            "script": self.script,
            "follow": lambda node: self.phrases(node, "follow", self.follow),
            "felt": lambda node: self.phrases(node, "felt", self.wait),
            "pace": self.pace,
            "until": lambda node: self.until(node) or scene.until,
            "limit": self.until,
        }
        changes: dict[str, Any] = {key: read[key](node) for key, node in items.items()}
        things = _doing(dict(scene.things), changes.get("script", scene.script))
        return replace(scene, things=things, **changes)

    # the head

    def head(self, node: Mapping, path: Path | None) -> Scene:
        """What a scene says of itself, before its stage is read."""
        items = node.items
        return Scene(
            id=self.scene_id(node),
            title=self.text(items.get("title")) or Text(),
            summary=self.text(items.get("summary")) or Text(),
            chapter=self.string(items.get("chapter")) or OWN_CHAPTER,
            level=self.number(items.get("level"), 1, 9) or 1,
            minutes=self.number(items.get("minutes"), 0, 600) or 0,
            seed=self.number(items.get("seed"), 0, 2**63) or 0,
            until=self.until(items.get("until")) or UNTIL,
            things={},
            links=(),
            requires=self.required(items.get("requires")),
            pace=self.pace(items.get("pace")),
            limit=self.until(items.get("limit")),
            sources=self.sources(items.get("sources")),
            arrange=self.arrange(items.get("arrange")),
            cards=self.cards(items.get("cards")),
            file=path,
            caption=self.text(items.get("caption")),
            points=self.points(items.get("points")),
        )

    def scene_id(self, node: Mapping) -> str:
        written = node.items.get("id")
        said = self.string(written) or ""
        if written is not None and said:
            self.identifier(said, written.place)
        return said

    def required(self, node: Node | None) -> tuple[str, ...]:
        found = [self.string(each) for each in self.items(node, MOST_FOLLOWED, "requires", lone=True)]
        return tuple(each for each in found if each)

    def until(self, node: Node | None) -> int | None:
        ns = self.typed(node, lambda text: units.duration(text, units.MOST_UNTIL))
        if ns == 0 and node is not None:
            self.problems.add("no-length", node.place)
        return ns

    def pace(self, node: Node | None) -> float | None:
        """`followed`, or how much true time goes by in one second of show."""
        said = self.string(node)
        if said is None or node is None or said == "followed":
            return None
        if not PACE.fullmatch(said) or not 1e-9 <= float(said) <= 1e6:
            self.problems.add("pace", node.place, hint="pace", value=said)
            return None
        return float(said)

    def cards(self, node: Node | None) -> tuple[str, ...]:
        found = [self.one_of(each, CARDS) for each in self.items(node, MOST_FOLLOWED, "cards", lone=True)]
        return tuple(each for each in found if each) or ("ip",)

    def phrases(self, node: Node | None, key: str, check: Callable[[Scalar], object]) -> tuple[str, ...]:
        found: list[str] = []
        for each in self.items(node, MOST_FOLLOWED, key, lone=True):
            scalar = self.scalar(each)
            if scalar is not None:
                check(scalar)
                found.append(scalar.value)
        return tuple(found)

    # the script

    def script(self, node: Node | None) -> tuple[Act, ...]:
        found: list[Act] = []
        for each in self.items(node, MOST_ACTS, "script"):
            if isinstance(each, Mapping):
                self.problems.add("act-is-a-map", each.place, hint="act")
                continue
            scalar = self.scalar(each)
            if scalar is not None and (act := self.act(scalar)) is not None:
                found.append(act)
        return tuple(found)

    def act(self, scalar: Scalar) -> Act | None:
        return self.parsed(scalar, scalar.value, lambda text: parse_act(text, self.names, place=scalar.place))

    # what the parts say of one another

    def settled(self, settings: dict[str, Setting], things: dict[str, Thing]) -> dict[str, Setting]:
        """Checks what fields mention; a choice takes the type of the field that it stands for."""
        for mention in self.mentions:
            if mention.what == "setting":
                self.refer(mention, settings, things)
            elif mention.what == "thing" and mention.name not in things:
                self.unknown("unknown-thing", mention.name, mention.place, things)
            elif mention.what == "port":
                self.port_of(mention, things)
        return settings

    def standing(self, things: dict[str, Thing], settings: dict[str, Setting]) -> dict[str, Thing]:
        """The things with what makes them stand."""
        return {name: self.made_to_stand(thing, settings) for name, thing in things.items()}

    def made_to_stand(self, thing: Thing, settings: dict[str, Setting]) -> Thing:
        written = self.drafts[thing.id].node.items.get("stands")
        found = self.typed(written, lambda text: terms(text, settings))
        return replace(thing, stands=found) if found else thing

    def refer(self, mention: Mention, settings: dict[str, Setting], things: dict[str, Thing]) -> None:
        setting = settings.get(mention.name)
        if setting is None:
            self.unknown("unknown-setting", mention.name, mention.place, settings)
        elif setting.type and not suits(setting, mention.field):
            self.problems.add("setting-unfit", mention.place, name=setting.name, type=setting.type,
                              field=mention.field.name, wanted=mention.field.type)  # fmt: skip
        elif setting.type == "choice" and mention.field.type in ("thing", "port"):
            self.named(setting, mention, things)
        elif setting.type == "choice" and mention.field.type in PARSERS:
            settings[setting.name] = _retyped(setting, mention)

    def named(self, setting: Setting, mention: Mention, things: dict[str, Thing]) -> None:
        """Each choice must name a thing, or a port of the mention's owner; `none` is no port."""
        what, known = mention.field.type, list(things)
        if what == "port":
            known = [*(port.name for port in things[mention.owner].ports), "none"]
        for choice in setting.choices:
            if choice.value not in known:
                self.unknown(f"unknown-{what}", str(choice.value), setting.place, known)

    def port_of(self, mention: Mention, things: dict[str, Thing]) -> None:
        thing = things.get(mention.owner)
        ports = [port.id for port in thing.ports] if thing else []
        if mention.name not in ports:
            names = [port.partition(".")[2] for port in ports]
            self.unknown("unknown-port", mention.name.partition(".")[2], mention.place, names)


def _doing(things: dict[str, Thing], script: tuple[Act, ...]) -> dict[str, Thing]:
    """The things, each with the verbs that the script does with it."""
    does: dict[str, set[str]] = {}
    for act in script:
        does.setdefault(act.args[0] if act.args else "", set()).add(act.verb)
    return {name: replace(thing, does=frozenset(does.get(name, ()))) for name, thing in things.items()}


def _retyped(setting: Setting, mention: Mention) -> Setting:
    values = {choice.value: typed(mention.field, str(choice.value)) for choice in setting.choices
              if isinstance(choice.value, str)}  # fmt: skip
    choices = tuple(replace(choice, value=values.get(choice.value, choice.value)) for choice in setting.choices)
    return replace(setting, choices=choices, default=values.get(setting.default, setting.default))
