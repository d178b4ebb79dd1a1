"""A moment in words: who is what, what is under way, what tables hold, what happened last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vizapp.picture import said, sentences
from vizapp.picture.ailments import of_cable, of_thing
from vizapp.picture.kinds import kind_of
from vizapp.picture.letter import letter, title
from vizapp.picture.passage import passage
from vizapp.picture.view import View
from vizapp.scene.model import Scene, Thing
from vizapp.scene.vocabulary import Kind, Show
from vizapp.sim.frame import Frame, InFlight
from vizapp.words import Words

MOST = 12  # packets told one by one; of more, the rest is counted


def describe(scene: Scene, kinds: Mapping[str, Kind], frame: Frame, words: Words) -> list[str]:
    """The moment in sentences, in the order in which one would tell it."""
    return [sentences.whole(text) for text in _sentences(scene, kinds, frame, words)]


def _sentences(scene: Scene, kinds: Mapping[str, Kind], frame: Frame, words: Words) -> Iterator[str]:
    yield words("describe.at", title=words.text(scene.title), t=frame.t)
    events = frame.events()
    if events:
        yield words("describe.last", event=sentences.sentence(events[-1], scene, words))
    absent = frame.absent(scene.things)
    for thing in (thing for thing in scene.things.values() if thing.id not in absent):
        yield from _thing(thing, scene, kinds, frame, words)
    for link in scene.links:
        if frame.cut(link.id):
            ends = [sentences.name(scene, words, port.partition(".")[0]) for port in (link.a, link.b)]
            yield words("describe.cut", a=ends[0], b=ends[1])
        for each in of_cable(frame, link.id, words):
            yield words("describe.suffers", name=sentences.about(link.id, scene, words), what=each.told)
    yield from passage(scene, kinds, frame, words)
    flights = frame.flights()
    for flight in flights[:MOST]:
        yield _flight(flight, scene, words)
    others = len(flights[MOST:]) + sum(1 for _ in frame.crowd())
    if others:
        yield words("describe.crowd", n=others)
    elif not flights:
        yield words("describe.quiet")


def _thing(thing: Thing, scene: Scene, kinds: Mapping[str, Kind], frame: Frame, words: Words) -> Iterator[str]:
    name = sentences.name(scene, words, thing.id)
    if frame.failed(thing.id):
        yield words("describe.failed", name=name, t=frame.since(thing.id, "failed") or 0)
        return
    shows = kind_of(kinds, thing).shows
    for each in of_thing(frame, thing.id, scene, words, {show.field for show in shows if show.face}):
        yield words("describe.suffers", name=name, what=each.told)
    texts = {show.field for show in shows if show.form == "text"}
    faces = [show for show in shows if show.face and not (show.form == "load" and show.field in texts)]
    told = [text for show in faces if (text := _value(show, frame.value(thing.id, show.field), words))]
    if told:
        yield words("describe.thing", name=name, values=", ".join(dict.fromkeys(told)))
    for show in shows:
        rows = frame.value(thing.id, show.field)
        if show.form == "table" and show.face and rows:
            entries = words("describe.then").join(_row(row, show, words) for row in rows)
            yield words("describe.table", table=_capital(words(show.words)), name=name, rows=entries)


def _value(show: Show, value: Any, words: Words) -> str:
    if show.form == "table" or value is None or value == "":
        return ""
    if show.form == "ring":
        return words("describe.waits", what=words(show.words)) if value else ""
    if show.form in ("load", "gauge"):
        n, most = said.share(value)
        return f"{words.number(n)} / {words.number(most)} {words(show.words)}" if most else said.count(show, n, words)
    if said.counter(show):
        key = f"{show.words}.n"
        what = words(key, n=value) if words.has(key) else words(show.words)
        return f"{words.number(value)} {what}" if isinstance(value, (int, float)) else words.say(value)
    return said.text(show, value, words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _row(row: Any, show: Show, words: Words) -> str:
    if not isinstance(row, Mapping):
        return words.say(row)
    cells = ((words(column.words), words.say(row.get(column.key))) for column in show.columns)
    return ", ".join(f"{head} {cell}" for head, cell in cells if cell)


def _flight(flight: InFlight, scene: Scene, words: Words) -> str:
    here, there = (sentences.name(scene, words, port.partition(".")[0]) for port in (flight.src, flight.dst))
    lines = letter(flight.packet, View(lang=words.lang, cards=scene.cards), words).lines
    details = ", ".join(f"{line.label} {line.value}".strip() for line in lines)
    return words("describe.flight", packet=title(flight.packet, words), a=here, b=there, details=details)
