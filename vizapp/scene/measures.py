"""What is measured with a scene: its charts, and what tells who serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vizapp.scene import nodes
from vizapp.scene.meaning import PhraseReader
from vizapp.scene.model import Bands, Chart, Scene, Text, Thing
from vizapp.scene.nodes import Node, Scalar
from vizapp.scene.vocabulary import SERVICE, Kind

CHART = ("series", "of", "title")
BANDS = ("of", "began", "ended", "field", "labels")
OTHERS = ("nobody", "first")  # labels of bands that are no thing's
FIRST = ("rate", "response", "share")  # what a balancer shows where a scene names no charts
MOST = 100
KEPT_ALIVE = "keepalived"  # the field of a machine that shares an address with others


def measured(scene: Scene, kinds: Mapping[str, Kind]) -> tuple[Chart, ...]:
    """Every chart that the scene could show."""
    found = [Chart(series, thing.id) for thing in scene.things.values() for series in _measures(thing, kinds)]
    whole = [Chart(series) for series in SERVICE] if serves(scene) else []
    return (*found, *whole)


def charts(scene: Scene, kinds: Mapping[str, Kind]) -> tuple[Chart, ...]:
    """The charts of a scene: those that it names, or else what there usually is to see."""
    if scene.charts is not None:
        return scene.charts
    return tuple(chart for chart in measured(scene, kinds) if chart.of is None or chart.series in FIRST)


def _measures(thing: Thing, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    kind = kinds.get(thing.kind)
    if kind is None:
        return ()
    return kind.measures + (kind.measures_on_network if any(port.ip for port in thing.ports) else ())


def serves(scene: Scene) -> bool:
    """Whether something of the scene tells who serves, beside its balancers."""
    watched = any(act.verb == "watch" for act in scene.script)
    return scene.bands is not None or watched or any(may_serve(thing, scene) for thing in scene.things.values())


def may_serve(thing: Thing, scene: Scene) -> bool:
    """Whether a thing is named as one that serves, or shares an address with others."""
    named = () if scene.bands is None else (*scene.bands.of, *scene.bands.labels)
    return thing.id in named or bool(thing.fields.get(KEPT_ALIVE))


class MeasureReader(PhraseReader):
    """Reads `charts` and `bands`."""

    def charts(self, node: Node | None) -> tuple[Chart, ...] | None:
        """None where nothing is written: the usual ones. `none` or an empty list: no chart."""
        if node is None:
            return None
        if isinstance(node, Scalar) and node.value == "none":
            return ()
        return tuple(self.chart(self.mapping(each, CHART)) for each in self.items(node, MOST, "charts"))

    def chart(self, node: nodes.Mapping) -> Chart:
        items = node.items
        series = "" if self.missing(node, "series") else self.string(items["series"]) or ""
        of, known = self.string(items.get("of")), self.names.vocabulary.series
        if series and known and series not in known:
            self.unknown("unknown-series", series, items["series"].place, known)
        elif of is None and series and series not in SERVICE:
            self.missing(node, "of")  # what is not of a service is of a thing
        elif of is not None and of not in self.names.things:
            self.unknown("unknown-thing", of, items["of"].place, self.names.things)
        elif of is not None and series:
            self._measurable(series, self.names.things[of], items["of"])
        return Chart(series, of, self.text(items.get("title")) or Text())

    def _measurable(self, series: str, thing: Thing, node: Node) -> None:
        """A thing must measure what is asked of it."""
        kinds = self.names.vocabulary.kinds
        if series in SERVICE or series in _measures(thing, kinds):
            return
        known = [f"`{each.id}`" for each in self.names.things.values() if series in _measures(each, kinds)]
        self.problems.add("not-measured", node.place, hint="known" if known else None, known=known, of=thing.id,
                          series=series)  # fmt: skip

    def bands(self, node: Node | None) -> Bands | None:
        """`{began: PATTERN, ended: [PATTERN, …]}` or `{field: NAME}`; `of` and `labels` as wished."""
        if node is None:
            return None
        written = self.mapping(node, BANDS)
        items = written.items
        field, began = self.string(items.get("field")), tuple(self._patterns(items.get("began")))
        if (field is None) == (not began) and isinstance(node, nodes.Mapping):
            self.problems.add("bands-form", node.place, hint="bands-form")
        return Bands(tuple(self._things(items.get("of"))), began, tuple(self._patterns(items.get("ended"))),
                     self._labels(items.get("labels")), field)  # fmt: skip

    def _patterns(self, node: Node | None) -> Iterator[str]:
        for each in self.items(node, MOST, "bands", lone=True):
            scalar = self.scalar(each)
            if scalar is not None:
                self.when(scalar)
                yield scalar.value

    def _things(self, node: Node | None) -> Iterator[str]:
        for each in self.items(node, MOST, "of", lone=True):
            name = self.string(each)
            if name is not None and name not in self.names.things:
                self.unknown("unknown-thing", name, each.place, self.names.things)
            if name is not None:
                yield name

    def _labels(self, node: Node | None) -> dict[str, Text]:
        if node is None:
            return {}
        items = self.mapping(node, (*self.names.things, *OTHERS)).items
        return {name: self.text(each) or Text() for name, each in items.items()}
