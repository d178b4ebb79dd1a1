"""What the inspector tells of a thing, a link or a packet at one moment, as a small page of rich text.

Pages are pure functions of the session's moment: the same moment gives the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from vizapp.picture import budget, ladder, sentences
from vizapp.picture.ailments import of_cable, of_thing
from vizapp.picture.measure import Face, advance
from vizapp.picture.said import running
from vizapp.picture.said import text as saying
from vizapp.picture.theme import Theme
from vizapp.run import Run
from vizapp.scene.model import Link, Port, Thing
from vizapp.scene.vocabulary import Column, Show
from vizapp.sim.frame import CUT, FAILED, Frame
from vizapp.words import Words

FRESH = 3.0  # show seconds for which a changed row stays lit
MOST_ROWS = 60
WORD = re.compile(r"[^\W\d_]{3,}")
MONO = Face("JetBrains Mono")


@dataclass(frozen=True, slots=True)
class Moment:
    """All that a page depends on: the run at a show second, in a language, a theme and a width in pixels."""

    run: Run
    t: int
    show: float
    words: Words
    theme: Theme
    width: float
    size: int = 14

    @property
    def frame(self) -> Frame:
        return self.run.frame(self.t)

    def name(self, thing: str) -> str:
        return sentences.name(self.run.scene, self.words, thing)

    def fresh(self, since: int | None) -> bool:
        """Whether what holds since then changed a moment ago. What holds from the start is not news."""
        return since is not None and since > 0 and 0 <= self.show - self.run.pace.show(since) < FRESH


# pieces of rich text


def mono(text: str) -> str:
    return f"<span style=\"font-family:'{MONO.shipped_family}'\">{escape(text)}</span>"


def muted(text: str, theme: Theme) -> str:
    return f'<span style="color:{theme.muted}">{escape(text)}</span>'


def heading(text: str, aside: str, at: Moment) -> str:
    title = f'<b style="font-weight:600">{escape(capital(text))}</b>'
    return (
        f'<table width="100%" style="margin-top:14px"><tr><td>{title}</td>'
        f'<td align="right">{muted(aside, at.theme)}</td></tr></table>'
    )


def capital(text: str) -> str:
    """As a heading begins."""
    return text[:1].upper() + text[1:]


def pairs(rows: Iterable[tuple[str, str, bool]], at: Moment) -> str:
    """Names at the left, values at the right; a lit row is one that just changed."""
    lines = "".join(
        f'<tr{_lit(lit, at)}><td width="42%" style="padding:3px 10px 3px 4px">{muted(name, at.theme)}</td>'
        f'<td style="padding:3px 0" align="left">{value}</td></tr>'
        for name, value, lit in rows
    )
    return f'<table width="100%" cellspacing="0" cellpadding="0">{lines}</table>' if lines else ""


def _lit(lit: bool, at: Moment) -> str:
    return f' bgcolor="{at.theme.changed}"' if lit else ""


# a thing


def thing_page(at: Moment, name: str) -> str:
    """Values, badges and tables of a thing; every field that its kind shows."""
    thing = at.run.scene.things[name]
    kind = at.run.kinds[thing.kind]
    parts = [_state(at, thing)]
    plain = [show for show in kind.shows if show.form != "table"]
    parts.append(pairs(_facts(at, thing, plain), at))
    told = {step.table for step in at.run.scene.steps}  # the tables that the scene is about come first
    tables = [show for show in kind.shows if show.form == "table" and kind.gives(show, thing)]
    if thing.children and not thing.ports:  # a box around others: what it never has is not told to be empty
        tables = [show for show in tables if at.frame.value(name, show.field)]
    tables.sort(key=lambda show: f"{name}.{show.field}" not in told)
    parts += [_table(at, thing, show) for show in tables]
    parts.append(_ports(at, thing))
    if not any(parts):
        parts.append(f"<p>{muted(at.words('inspector.nothing'), at.theme)}</p>")
    if thing.children:
        inside = ", ".join(at.name(child) for child in thing.children)
        parts.append(heading(at.words("inspector.inside"), "", at) + f"<div>{escape(inside)}</div>")
    return "".join(parts)


def _state(at: Moment, thing: Thing) -> str:
    frame = at.frame
    if not frame.failed(thing.id):
        shown = {show.field for show in at.run.kinds[thing.kind].shows}
        suffers = [each.told for each in of_thing(frame, thing.id, at.run.scene, at.words, shown)]
        return f'<p style="font-weight:600">{escape(capital(" · ".join(suffers)))}</p>' if suffers else ""
    since = frame.since(thing.id, FAILED) or 0
    text = at.words("inspector.failed", since=at.words.clock(since))
    return f'<p style="color:{at.theme.role("failed").text};font-weight:600">✗ {escape(text)}</p>'


def _facts(at: Moment, thing: Thing, shows: Iterable[Show]) -> Iterable[tuple[str, str, bool]]:
    frame, told = at.frame, set()
    for show in shows:
        value = frame.value(thing.id, show.field)
        if value is None or value == "":
            continue
        if show.form == "ladder":
            yield from _rungs(at, value)
            continue
        if show.form == "budget":
            yield from _budget(at, value)
            continue
        name, said = at.words(show.words), _value(at, show, value, thing)
        if said.casefold() == escape(name).casefold():
            said = escape(at.words("common.yes"))  # a badge whose text is its name
        if (name, said) in told:  # a load and its number, say
            continue
        told.add((name, said))
        yield capital(name), said, at.fresh(frame.since(thing.id, show.field))


def _rungs(at: Moment, value: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """How long each of a ladder's rungs lasts, as far as it is known."""
    for rung in value["rungs"]:
        yield at.words.say(rung["name"]), escape(ladder.told(rung, at.words) or "–"), False


def _budget(at: Moment, value: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """How many instances of each technique fit, and how that is reckoned."""
    for row in value["rows"]:
        yield at.words.say(row["name"]), escape(budget.told(row, value, at.words)), False


def _ports(at: Moment, thing: Thing) -> str:
    """Its ports: the addresses that they have now, or were written with."""
    rows = []
    for port in thing.ports:
        told = [text for text in _addresses(at, port) if text]
        if told:
            rows.append((port.name, "<br>".join(mono(text) for text in told), False))
    return heading(at.words("inspector.ports"), "", at) + pairs(rows, at) if rows else ""


def _addresses(at: Moment, port: Port) -> tuple[str | None, str | None]:
    """Its IP address with its mask, and its MAC address."""
    shown = at.frame.value(port.device, port.name)
    if not isinstance(shown, Mapping):
        return (port.ip if port.ip != "dhcp" else None), port.mac
    ip, network = shown.get("ip"), str(shown.get("network"))
    return (f"{ip}/{network.partition('/')[2]}" if ip else None), shown.get("mac")


def _value(at: Moment, show: Show, value: Any, thing: Thing) -> str:
    if show.form == "ring":
        since, lasts = running(value, at.frame.since(thing.id, show.field) or 0)
        return mono(at.words.clock(max(since + lasts - at.t, 0)))
    if show.form in ("load", "gauge") and isinstance(value, (tuple, list)) and len(value) == 2:
        return mono(" / ".join(at.words.say(each) for each in value))
    if show.form == "badge" and value is True:
        return f"<b>{escape(at.words('common.yes'))}</b>"
    said = saying(show, value, at.words)
    said = re.sub(rf"^{re.escape(at.words(show.words))}\s", "", said)  # its name is already said: `priority 100`
    if " · " in said:  # several values: each whole on a line of its own
        return "<br>".join(_value(at, show, part, thing) for part in said.split(" · "))
    measured = any(char.isdigit() for char in said) and len(WORD.findall(said)) < 2  # not a sentence with numbers
    return mono(said) if isinstance(value, (int, float)) or measured else escape(said)


# tables


def _table(at: Moment, thing: Thing, show: Show) -> str:
    frame = at.frame
    rows = [row for row in frame.value(thing.id, show.field, ()) or () if isinstance(row, Mapping)]
    before = frame.before(thing.id, show.field, ()) or ()
    lit = [row not in before for row in rows] if at.fresh(frame.since(thing.id, show.field)) else [False] * len(rows)
    count = at.words("inspector.entries", n=len(rows)) if rows else at.words("inspector.empty")
    title = heading(at.words(show.words), count, at)
    if not rows:
        return title
    shown = list(zip(rows, lit, strict=True))[:MOST_ROWS]
    body = _wide(at, show.columns, shown) if _fits(at, show.columns, rows) else _stacked(at, show.columns, shown)
    more = len(rows) - len(shown)
    return title + body + (f"<div>{muted(at.words('inspector.more', n=more), at.theme)}</div>" if more else "")


def _said(at: Moment, column: Column, row: Mapping[str, Any]) -> str:
    value = row.get(column.key)
    text = at.words.say(value)
    return at.name(text) if not column.mono and isinstance(value, str) else text


def _fits(at: Moment, columns: tuple[Column, ...], rows: list[Mapping[str, Any]]) -> bool:
    """Whether every column has its room side by side: an address is never shortened."""
    total = 0.0
    for column in columns:
        cells = [advance(_said(at, column, row), MONO if column.mono else Face(), at.size) for row in rows]
        total += max([advance(at.words(column.words), Face(), at.size), *cells]) + 14
    return total <= at.width


def _cell(at: Moment, column: Column, row: Mapping[str, Any]) -> str:
    said = _said(at, column, row)
    return mono(said) if column.mono else escape(said)


def _wide(at: Moment, columns: tuple[Column, ...], rows: list[tuple[Mapping[str, Any], bool]]) -> str:
    cell = '<td style="padding:4px 8px 4px 4px">'
    head = "".join(f"{cell}{muted(capital(at.words(column.words)), at.theme)}</td>" for column in columns)
    body = "".join(
        f"<tr{_lit(lit, at)}>" + "".join(f"{cell}{_cell(at, column, row)}</td>" for column in columns) + "</tr>"
        for row, lit in rows
    )
    return f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{head}</tr>{body}</table>'


def _stacked(at: Moment, columns: tuple[Column, ...], rows: list[tuple[Mapping[str, Any], bool]]) -> str:
    """Each entry as lines of its own, for a panel too narrow for the columns."""
    made = []
    for row, lit in rows:
        lines = "".join(
            f'<tr{_lit(lit, at)}><td width="34%" style="padding:2px 6px">'
            f"{muted(capital(at.words(column.words)), at.theme)}</td>"
            f'<td style="padding:2px 4px">{_cell(at, column, row)}</td></tr>'
            for column in columns
        )
        margins = "margin-top:5px;margin-bottom:5px"
        made.append(f'<table width="100%" cellspacing="0" cellpadding="0" style="{margins}">{lines}</table>')
    return "".join(made)


# a link


def end(at: Moment, port: str) -> str:
    """One end of a cable: the thing by its name, and its port."""
    thing, _, name = port.partition(".")
    return f"{escape(at.name(thing))} · {mono(name)}"


def link_page(at: Moment, link: Link) -> str:
    frame, words = at.frame, at.words
    state = words("inspector.cut" if frame.cut(link.id) else "inspector.whole")
    rows = [
        (capital(words("inspector.between")), end(at, link.a), False),
        ("", end(at, link.b), False),
        (capital(words("inspector.delay")), mono(words.duration(link.delay)), False),
        (capital(words("inspector.state")), escape(state), at.fresh(frame.since(link.id, CUT))),
        *(("", escape(each.told), False) for each in of_cable(frame, link.id, words)),
    ]
    return pairs(rows, at)
