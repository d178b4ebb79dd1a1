"""The facts that scenes may rest on, and the works that they were read in: `resources/sources`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vizapp import places
from vizapp.scene.model import Text
from vizapp.words import french, languages
from vizapp.words.numbers import NBSP
from vizapp.words.store import kept, plain

VERIFIED, SECONDARY, DEDUCED, UNVERIFIED = "V", "S", "D", "U"
STATUSES = (VERIFIED, SECONDARY, DEDUCED, UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Work:
    """Something that was read. short: its form on the screen; where: what it stands in; at: its address, or empty."""

    key: str
    short: str
    title: str
    by: str = ""
    where: str = ""
    year: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a work: `§ 6.1`, by language; empty for the whole."""

    work: Work
    place: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement. status: how it is known, of STATUSES. follows: the facts that it is deduced from. note: what of it
    was not verified, or was read elsewhere."""

    id: str
    text: Text
    status: str
    passages: tuple[Passage, ...] = ()
    follows: tuple[str, ...] = ()
    note: Text | None = None

    @property
    def topic(self) -> str:
        """`H5` of `H5-F1`."""
        return self.id.partition("-")[0]


@lru_cache(maxsize=1)
def works() -> Mapping[str, Work]:
    """Every work, by key."""
    return {key: _work(key, node) for key, node in _shipped("works").items()}


@lru_cache(maxsize=1)
def facts() -> Mapping[str, Fact]:
    """Every fact, by id; those that were not verified too, so that one who cites them can be told."""
    return {id_: _fact(id_, node) for id_, node in _shipped("facts").items()}


def behind(fact: Fact) -> Iterator[Passage]:
    """Where a fact was read; of one that only follows from others, where these were."""
    yield from fact.passages
    if not fact.passages:
        for each in fact.follows:
            yield from behind(facts()[each])


def _shipped(name: str) -> dict[str, Any]:
    return kept(places.resources() / "sources" / f"{name}.yaml", f"sources-{name}", plain)


def _work(key: str, node: dict[str, str]) -> Work:
    return Work(key, node["short"], node["title"], node.get("by", ""), node.get("in", ""), node.get("year", ""),
                node.get("at", ""))  # fmt: skip


def _fact(id_: str, node: dict[str, Any]) -> Fact:
    note = _text(node["note"]) if "note" in node else None
    passages = tuple(_passage(each) for each in node.get("works", ()))
    return Fact(id_, _text({lang: node[lang] for lang in languages() if lang in node}), node["status"], passages,
                tuple(node.get("follows", ())), note)  # fmt: skip


def _passage(node: str | dict[str, Any]) -> Passage:
    """`KEY`, or `{KEY: place}`."""
    if isinstance(node, str):
        return Passage(works()[node], Text())
    (key, place), = node.items()
    return Passage(works()[key], _text(dict.fromkeys(languages(), place) if isinstance(place, str) else place))


def _text(node: Mapping[str, str]) -> Text:
    """A text whose spaces do not break where they must not: `§ 6.1`."""
    whole = {lang: said.replace("§ ", f"§{NBSP}") for lang, said in node.items()}
    return Text({lang: french.spaces(said) if lang == "fr" else said for lang, said in whole.items()})
