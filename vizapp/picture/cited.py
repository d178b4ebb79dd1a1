"""Sources in words: each in its short form, with what is stated there, how that is known, and the full references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizapp.scene.citing import JOINT
from vizapp.scene.facts import DEDUCED, Fact, Passage, behind, facts
from vizapp.scene.model import Source
from vizapp.words import Words


@dataclass(frozen=True, slots=True)
class Reference:
    """A work in full: `G. Popek, R. Goldberg, “Formal Requirements …”, CACM 17(7), 1974`. at: its address, or empty."""

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact: its id, what it says, how that is known in plain words, and where it was read."""

    id: str
    claim: str
    how: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A source. known: the facts behind it; how: how it is known, where it names none. at: its address, or empty."""

    short: str
    known: tuple[Known, ...] = ()
    how: str = ""
    at: str = ""


def citations(sources: Sequence[Source], words: Words) -> list[Citation]:
    """Each source once."""
    return list(dict.fromkeys(_citation(source, words) for source in sources))


def shorts(sources: Sequence[Source], words: Words) -> list[str]:
    """Their short forms, each once."""
    said = (part for source in sources for part in words.text(source.text).split(JOINT))
    return list(dict.fromkeys(said))


def told(citation: Citation, words: Words) -> Iterator[str]:
    """A citation as lines of text."""
    yield _addressed(citation.short, citation.at)
    for known in citation.known:
        yield f"  {known.claim}"
        yield f"  {known.how} ({known.id})"
        yield from (f"  {_addressed(each.text, each.at)}" for each in known.references)
    if citation.how:
        yield f"  {citation.how}"


def _addressed(text: str, at: str) -> str:
    return f"{text} <{at}>" if at else text


def _citation(source: Source, words: Words) -> Citation:
    known = tuple(_known(facts()[each], words) for each in source.facts)
    how = "" if known else words("source.recorded" if source.kind == "recording" else "source.named")
    return Citation(words.text(source.text), known, how, source.at)


def _known(fact: Fact, words: Words) -> Known:
    references = dict.fromkeys(_reference(passage, words) for passage in behind(fact))
    return Known(fact.id, words.text(fact.text), _how(fact, words), tuple(references))


def _how(fact: Fact, words: Words) -> str:
    said = words(f"known.{fact.status.lower()}")
    if fact.status == DEDUCED and fact.follows:
        premises = [words.text(facts()[each].text).rstrip(".") for each in fact.follows]
        said = words("source.follows", facts=words("source.premise").join(premises))
    return f"{said} {words.text(fact.note)}" if fact.note else said


def _reference(passage: Passage, words: Words) -> Reference:
    work, place = passage.work, words.text(passage.place)
    parts = [work.by, words("source.paper", title=work.title), work.where, place, work.year]
    return Reference(", ".join(dict.fromkeys(filter(None, parts))), work.at)
