"""Comparisons: two to five sides in one file, each a variation of what the file has in common or a scene of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from vizapp.scene import nodes
from vizapp.scene.beside import beside
from vizapp.scene.catalog import SUFFIXES
from vizapp.scene.knobs import setting_value
from vizapp.scene.model import Place, Scene, Setting, Step
from vizapp.scene.names import Names
from vizapp.scene.nodes import Mapping, Node, Scalar, overlaid
from vizapp.scene.nodes import Sequence as List
from vizapp.scene.problems import Problems
from vizapp.scene.reader import KEYS as SCENE
from vizapp.scene.reader import Reading, SceneReader, read
from vizapp.scene.sides import LEAST_SIDES, MOST_SIDES, PAIRINGS, STEP, TIME
from vizapp.scene.together import TogetherReader
from vizapp.scene.vocabulary import Vocabulary

ALONE = ("whatif",)  # what only one scene by itself may have
KEYS = (*(key for key in SCENE if key not in ALONE), "compare", "pairing", "rows")
VARIED = (
    "seed", "until", "limit", "pace", "arrange", "cards", "stage", "links", "settings", "script", "follow", "felt",
)  # fmt: skip
OWN = ("label", "caption", "points", "set", "seed", "sources")  # what every side may say of itself
INLINE = (*OWN, *VARIED[4:])
REFERRED = (*OWN, "scene")
STAGED = ("stage", "links", "settings", "arrange")  # what only variations of the file take from it
REPLACED = ("script", "follow", "felt", "until", "limit", "pace")  # of a scene that is a side, where the file says so
ABOUT = ("script", "follow", "felt")  # lists whose lines may be about a thing that a side lacks
NOWHERE = "none"  # the moment of a step in which a side takes no part: an event that nothing is called


class ComparisonReader(TogetherReader, SceneReader):
    """Reads the sides first, then what is told of them together: names may be those of any side."""

    def __init__(self, problems: Problems, vocabulary: Vocabulary, path: Path | None) -> None:
        super().__init__(problems, vocabulary)
        self.path = path
        self._read: dict[Path, Reading] = {}

    def comparison(self, root: Mapping) -> Scene:
        """The whole, as far as it could be read; a side that could not be found leaves what refers to it unread."""
        items = self.mapping(root, KEYS).items
        for key in ("id", "title"):
            self.missing(root, key)
        head, sides = self.head(root, self.path), self.sides(items["compare"], items)
        pairing = self.pairing(items.get("pairing"), sides)
        for key in STAGED:
            if key in items and sides and all(side is None or side.file for side in sides.values()):
                self.problems.add("no-side-takes", root.keys[key], name=key)
        read = [side for side in sides.values() if side is not None]
        if len(read) < len(sides) or not read:
            return head
        whole = beside(head, read, pairing)
        self.ids, self.names = list(sides), Names.of(whole, self.vocabulary)
        return self.told(whole, items)

    def told(self, whole: Scene, items: dict[str, Node]) -> Scene:
        """With the steps, questions, tasks and claims of the whole; without written steps, the sides keep theirs."""
        steps = self.steps(items.get("steps"))
        if steps:
            sides = [replace(side, steps=tuple(self._seen(side, steps))) for side in whole.sides]
            whole = replace(whole, steps=steps, sides=tuple(sides))
        return replace(
            whole,
            questions=self.questions(items.get("questions")),
            tasks=self.tasks(items.get("tasks")),
            expect=self.expect(items.get("expect")),
            rows=self.rows(items["rows"]) if "rows" in items else None,
        )

    def _seen(self, side: Scene, steps: Sequence[Step]) -> Iterator[Step]:
        for step, whens in zip(steps, self.whens, strict=True):
            yield replace(step, when=whens.get(side.id, NOWHERE)) if whens else step

    # sides

    def sides(self, node: Node, common: dict[str, Node]) -> dict[str, Scene | None]:
        """By id; None for a scene that could not be read."""
        written = self._written(node)
        if isinstance(node, (Mapping, List)) and not LEAST_SIDES <= len(written) <= MOST_SIDES:
            self.problems.add("sides", node.place, n=len(written), least=LEAST_SIDES, most=MOST_SIDES)
        having = {name: self._having(each, common) for name, (_, each) in written.items()}
        anywhere = set().union(*having.values())
        found: dict[str, Scene | None] = {}
        for name, (place, each) in written.items():
            if self.identifier(name, place):
                found[name] = self.side(name, each, applicable(common, anywhere - having[name]))
        return found

    def _having(self, node: Node, common: dict[str, Node]) -> set[str]:
        """The ids of what stands on a side, as far as it can be read."""
        items = node.items if isinstance(node, Mapping) else {}
        said = items.get("scene")
        if not isinstance(said, Scalar):
            return {*_ids(common.get("stage")), *_ids(items.get("stage"))}
        paths = [self.path.parent / f"{said.value}{suffix}" for suffix in SUFFIXES] if self.path else []
        path = next((each for each in paths if each.is_file()), None)
        scene = self._reading(path).scene if path is not None and not _compares(path) else None
        return set(scene.things) if scene is not None else set()

    def _reading(self, path: Path) -> Reading:
        """What came of a file, read once."""
        if path not in self._read:
            self._read[path] = read(path, self.vocabulary)
        return self._read[path]

    def _written(self, node: Node) -> dict[str, tuple[Place, Node]]:
        """A map of sides; or a list of ids, which are those of scenes."""
        if not isinstance(node, List):
            written = self.mapping(node)
            return {name: (written.keys[name], each) for name, each in written.items.items()}
        found: dict[str, tuple[Place, Node]] = {}
        for each in node.items:
            scalar = self.scalar(each)
            if scalar is not None and scalar.value in found:
                self.problems.add("doubled-key", each.place, name=scalar.value, first=found[scalar.value][0].line)
            elif scalar is not None:
                found[scalar.value] = each.place, Mapping(each.place, items={"scene": each}, keys={"scene": each.place})
        return found

    def side(self, name: str, node: Node, common: dict[str, Node]) -> Scene | None:
        referred = isinstance(node, Mapping) and "scene" in node.items
        own = self.mapping(node, REFERRED if referred else INLINE)
        scene = self.referred(own, common) if referred else self.varied(name, own, common)
        return None if scene is None else self._set(self._labelled(scene, name, own), own)

    def varied(self, name: str, own: Mapping, common: dict[str, Node]) -> Scene:
        """The file with what the side says itself: maps are merged, lists grow, anything else is replaced."""
        items: dict[str, Node] = {"id": Scalar(own.place, value=name), "title": Scalar(own.place, value=name)}
        for key in VARIED:
            both = [each for each in (common.get(key), own.items.get(key)) if each is not None]
            if both:
                items[key] = both[0] if len(both) == 1 else overlaid(*both)
        merged = Mapping(own.place, items=items, keys=dict.fromkeys(items, own.place))
        return SceneReader(self.problems, self.vocabulary).scene(merged, None)

    def referred(self, own: Mapping, common: dict[str, Node]) -> Scene | None:
        """A scene of the same folder, with the script of the comparison where that has one."""
        node = own.items["scene"]
        said = self.string(node) or ""
        path = self.file_of(said, node.place) if said else None
        if path is None:
            return None
        if _compares(path):
            self.problems.add("side-compares", node.place, name=said)
            return None
        reading = self._reading(path)
        if reading.scene is None:
            self.problems.add("side-wrong", node.place, hint="check-side", name=said, n=len(reading.problems))
            return None
        reader = SceneReader(self.problems, self.vocabulary)
        reader.names = Names.of(reading.scene, self.vocabulary)
        return reader.altered(reading.scene, {key: common[key] for key in REPLACED if key in common})

    def file_of(self, name: str, place: Place) -> Path | None:
        folder = self.path.parent if self.path else None
        found = [folder / f"{name}{suffix}" for suffix in SUFFIXES] if folder else []
        path = next((each for each in found if each.is_file()), None)
        if path is None:
            there = [each.stem for each in sorted(folder.iterdir()) if each.suffix in SUFFIXES] if folder else []
            self.unknown("unknown-scene", name, place, there)
        return path

    def _labelled(self, scene: Scene, name: str, own: Mapping) -> Scene:
        items = own.items
        seed = self.number(items.get("seed"), 0, 2**63)
        return replace(
            scene,
            id=name,
            title=self.text(items.get("label")) or scene.title,
            caption=self.text(items.get("caption")) or scene.caption,
            points=self.points(items.get("points")) or scene.points,
            sources=self.sources(items.get("sources")) or scene.sources,
            seed=scene.seed if seed is None else seed,
        )

    def _set(self, scene: Scene, own: Mapping) -> Scene:
        """With other defaults of its settings."""
        settings = dict(scene.settings)
        written = self.mapping(own.items.get("set"))
        for name, each in written.items.items():
            setting = settings.get(name)
            if setting is None:
                self.unknown("unknown-setting", name, written.keys[name], settings)
            else:
                settings[name] = self._defaulting(setting, each)
        return replace(scene, settings=settings)

    def _defaulting(self, setting: Setting, node: Node) -> Setting:
        value = self.typed(node, lambda text: setting_value(setting, text))
        return setting if value is None else replace(setting, default=value)

    def pairing(self, node: Node | None, sides: dict[str, Scene | None]) -> str:
        """If nothing is written: step by step where every side is a scene of its own."""
        said = self.one_of(node, PAIRINGS)
        return said or (STEP if all(side and side.file for side in sides.values()) else TIME)


def applicable(common: dict[str, Node], lacking: Collection[str]) -> dict[str, Node]:
    """What the sides have in common, for one of them: without what is about a thing that it lacks and another has."""
    return {key: List(node.place, items=[each for each in node.items if not _names(each, lacking)])
            if key in ABOUT and isinstance(node, List) else node for key, node in common.items()}  # fmt: skip


def _names(node: Node, things: Collection[str]) -> bool:
    """Whether a line names one of these things, or a port of it."""
    words = node.value.partition("@")[0].split() if isinstance(node, Scalar) else []
    return any(re.split(r"[.:]", word)[0] in things for word in words)


def _ids(stage: Node | None) -> Iterator[str]:
    """The ids of all things of a stage, as written."""
    for name, node in (stage.items if isinstance(stage, Mapping) else {}).items():
        yield name
        yield from _ids(node.items.get("inside") if isinstance(node, Mapping) else None)


def _compares(path: Path) -> bool:
    """Whether a file is a comparison, which may name this one: it is not read further."""
    root = nodes.load(path, Problems(str(path)))
    return isinstance(root, Mapping) and "compare" in root.items
