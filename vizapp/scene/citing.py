"""Where statements come from: the `sources` of a scene and of what it tells, read and made ready to print."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vizapp.scene.facts import UNVERIFIED, Work, behind, facts
from vizapp.scene.model import Source, Text
from vizapp.scene.nodes import Mapping, Node
from vizapp.scene.walk import Walk
from vizapp.words import Words, languages

SOURCE = ("rfc", "manual", "paper", "recording", "fact", "section", "by", "year")
MAIN = ("rfc", "manual", "paper", "recording", "fact")
FACT = re.compile(r"[A-Z][A-Za-z]*\d+(?:-[A-Z]?\d+)?")
MOST_SOURCES = 100
RFC = "https://www.rfc-editor.org/rfc/rfc{}"
JOINT = " · "  # between the works of one source


class SourceReader(Walk):
    """Reads `sources`, wherever it stands: one source, or a list of them."""

    def sources(self, node: Node | None) -> tuple[Source, ...]:
        items = self.items(node, MOST_SOURCES, "sources", lone=True)
        return tuple(self.source(self.mapping(each, SOURCE)) for each in items)

    def source(self, node: Mapping) -> Source:
        items = node.items
        given = [key for key in MAIN if key in items and key != "fact"]
        if len(given) > 1 or not (given or "fact" in items):
            self.problems.add("source-form", node.place, hint="known", known=[f"`{key}`" for key in MAIN])
            return Source(Text())
        ids = [self.fact(each) for each in self.items(items.get("fact"), MOST_SOURCES, "fact", lone=True)]
        cited = tuple(each for each in ids if each)
        if not given:
            return Source(_read_in(cited), cited)
        main = given[0]
        if main == "rfc":
            self.number(items["rfc"], 1, 99_999)
        if "year" in items:
            self.number(items["year"], 1900, 2100)
        more = {key: self.string(items.get(key)) for key in ("section", "by", "year")}
        title = self.string(items[main]) or ""
        return Source(citation(main, title, **more), cited, main, RFC.format(title) if main == "rfc" else "")

    def fact(self, node: Node) -> str:
        """The id of a fact that may be cited; empty where there is none such."""
        said = self.string(node) or ""
        if not FACT.fullmatch(said):
            self.problems.add("fact-form", node.place, value=said)
        elif said not in facts():
            self.unknown("unknown-fact", said, node.place, _citable(said.partition("-")[0]) or _citable())
        elif facts()[said].status == UNVERIFIED:
            known = [f"`{each}`" for each in _citable(facts()[said].topic)]
            self.problems.add("fact-unverified", node.place, hint="known", name=said, known=known)
        else:
            return said
        return ""


def _citable(topic: str = "") -> list[str]:
    """The ids of the facts of a topic that may be cited; of all topics, without one."""
    return [fact.id for fact in facts().values() if fact.status != UNVERIFIED and topic in ("", fact.topic)]


def _read_in(ids: Iterable[str]) -> Text:
    """Where these facts were read, for short: each work once, with the places in it."""
    passages = [passage for id_ in ids for passage in behind(facts()[id_])]
    works = dict.fromkeys(passage.work for passage in passages)

    def short(work: Work, lang: str) -> str:
        places = [place for passage in passages if passage.work == work for place in passage.place(lang).split(", ")]
        return ", ".join(dict.fromkeys([work.short, *filter(None, places)]))

    return Text({lang: JOINT.join(short(work, lang) for work in works) for lang in languages()})


def citation(main: str, title: str, **more: str | None) -> Text:
    """A source as a reader would print it, in every language: `RFC 3022, § 2.2`."""
    return Text({lang: _cited(Words(lang), main, title, more) for lang in languages()})


def _cited(words: Words, main: str, title: str, more: dict[str, str | None]) -> str:
    parts = [words(f"source.{main}", title=title)]
    if more.get("by"):
        parts.insert(0, str(more["by"]))
    section = more.get("section") or ""
    if section:
        parts.append(words("source.section", section=section) if section[0].isdigit() else section)
    if more.get("year"):
        parts.append(str(more["year"]))
    return ", ".join(parts)
