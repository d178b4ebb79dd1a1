"""The rows of a comparison at a moment: what each side counts, what the scene asks of it, what came of what was asked.

All is computed from the runs up to that moment; nothing of what comes later is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from vizapp.compare import contrast, effects
from vizapp.compare.exchange import Asked, Exchange, in_order, tone
from vizapp.compare.side import Side, counted
from vizapp.compare.sides import Sides
from vizapp.picture import sentences, tally
from vizapp.picture.cited import shorts
from vizapp.picture.ledger import NOTHING, WAITS, Cell, Ledger, Line, Room
from vizapp.picture.letter import Letter, letter, rewriting
from vizapp.picture.view import View
from vizapp.scene import parse
from vizapp.scene.model import Act, Scene, SideRow
from vizapp.scene.phrase import Path
from vizapp.scene.vocabulary import Show
from vizapp.sim.match import Unknown, evaluate
from vizapp.sim.timeline import Event, Flight
from vizapp.words import Words

At = list[tuple[Side, int]]  # each side, and the true ns that its clock shows


def ledger(whole: Sides, show: float, words: Words, t: int | None = None, masked: tuple[str, ...] = ()) -> Ledger:
    """What is told under the sides at that show second; `t` when the clock stands just after an act. masked: fields
    that a question hides."""
    step = whole.step_at(show)
    return Ledger(
        tuple(lines(whole, show, words, t)),
        tuple(tuple((words.text(point.text), point.tone) for point in side.scene.points) for side in whole.sides),
        tuple(words.text(side.scene.sources[0].text) if side.scene.sources else "" for side in whole.sides),
        tuple(parcels(whole, show, words, t, masked)),
        of_step(whole, step, show, words, t) if step >= 0 else None,
        tuple((words.text(each.when), words.text(each.say), " · ".join(shorts(each.sources, words)))
              for each in (whole.scene.steps[step].dated if 0 <= step < len(whole.scene.steps) else ())),
    )  # fmt: skip


def room(whole: Sides) -> Room:
    """The rows that are kept for all that may be told: by what is written, so that it stays whatever happens."""
    scene, counts = whole.scene, _kept(whole)
    return Room(
        effects=len(effects.effects(whole.sides[0])) if whole.supposes else 0,
        counts=counts,
        values=sum(row.of is not None for row in scene.rows or ()),
        verdicts=_shared(whole) or int(_stacked(whole)),
        points=max(len(side.points) for side in scene.sides),
        parcel=any(side.follow for side in scene.sides) and not counts,
        sources=any(side.sources for side in scene.sides),
    )


def _kept(whole: Sides) -> int:
    """How many things are counted."""
    if whole.scene.rows is not None:
        return sum(row.count is not None for row in whole.scene.rows)
    if _stacked(whole):
        return len(tally.COUNTED)
    return len({show.words for side in whole.scene.sides for thing in side.things.values()
                for show in counted(whole.kinds[thing.kind], thing)})  # fmt: skip


def _stacked(whole: Sides) -> bool:
    """Whether a side is a stack of layers: all count the same then, in the same order."""
    return any(tally.stacked(side, whole.kinds) for side in whole.scene.sides)


def _shared(whole: Sides) -> int:
    """How many things are asked by the script of two sides at least."""
    scripts = [Counter((act.verb, act.args) for act in side.script if _asks(act, side, whole)) for side in
               whole.scene.sides]  # fmt: skip
    return sum(sorted((script[asked] for script in scripts), reverse=True)[1] for asked in set().union(*scripts))


def _asks(act: Act, side: Scene, whole: Sides) -> bool:
    """Whether an act asks something of another: its verb names an address; or a machine starts that wants one."""
    kind = whole.kinds[side.things[act.args[0]].kind] if act.args and act.args[0] in side.things else None
    verb = next((verb for verb in kind.verbs if verb.name == act.verb), None) if kind else None
    if verb is None:
        return False
    wants = any(port.ip == "dhcp" for port in side.things[act.args[0]].ports)
    return "address" in verb.args[1:] or (wants and verb.name in ("boot", "dhcp"))


# the packet that is followed


def parcels(
    whole: Sides, show: float, words: Words, t: int | None = None, masked: tuple[str, ...] = ()
) -> Iterator[Letter | None]:
    """On each side the packet that was followed last, since the step reached."""
    step = whole.step_at(show)
    since = max((m.show for m in whole.steps[: max(step, 0)] if m.comes), default=0.0)
    for number, side in enumerate(whole.sides):
        frame = side.frame(whole.t_of(number, show, t))
        flight = _last(side, frame.t, whole.t_of(number, since))
        view = View(lang=words.lang, cards=side.scene.cards, masked=masked)
        yield letter(flight.packet, view, words, rewriting(frame, flight)) if flight is not None else None


def _last(side: Side, t: int, since: int) -> Flight | None:
    """The flight that set off last among those followed, from `since` up to `t`."""
    gone = bisect_right(side.followed, t, key=attrgetter("departs"))
    flight = side.followed[gone - 1] if gone else None
    return flight if flight is not None and flight.departs >= since else None


def lines(whole: Sides, show: float, words: Words, t: int | None = None) -> Iterator[Line]:
    """Counts first, then values, then what came of each thing asked."""
    at = [(side, whole.t_of(number, show, t)) for number, side in enumerate(whole.sides)]
    if whole.scene.rows is None:
        yield from _tallied(whole, at, words) if _stacked(whole) else _counters(at, words)
    for row in sorted(whole.scene.rows or (), key=lambda row: row.count is None):
        cells = [_counted(row, side, t, words) if row.count else _valued(row, side, t, words) for side, t in at]
        yield Line.of("count" if row.count else "value", words.text(row.say), cells)
    if whole.supposes:
        yield from effects.lines(at, words)
    yield from _verdicts(whole, at, words)
    if _stacked(whole):
        yield from _under_way(at, words)


def _under_way(at: At, words: Words) -> Iterator[Line]:
    """What the act costs that stacks are about."""
    line = contrast.under_way(at, words)
    if line is not None:
        yield line


# counts


def _counters(at: At, words: Words) -> Iterator[Line]:
    """What the faces of the devices count, each side's devices together; a side that counts no such thing has 0."""
    shows: dict[str, Show] = {}
    sums = [_sums(side, t, shows) for side, t in at]
    for key, show in shows.items():
        yield Line.of("count", words(key), [_count(counts.get(key, 0), show, words) for counts in sums])


def _tallied(whole: Sides, at: At, words: Words) -> Iterator[Line]:
    """What is counted of every stack; where there is no such thing, nothing is said."""
    several = [tally.counts(side.scene, whole.kinds, side.frame(t)) for side, t in at]
    for same in zip(*several, strict=True):
        cells = [Cell(words.number(each.n) if each.n is not None else NOTHING, "plain" if each.n else "none",
                      each.label(words)) for each in same]  # fmt: skip
        differs = len({each.n for each in same} - {None}) > 1
        yield Line("count", words(f"tally.{same[0].key}", n=2), tuple(cells), differs)


def _sums(side: Side, t: int, shows: dict[str, Show]) -> dict[str, int]:
    frame = side.frame(t)
    counts: dict[str, int] = {}
    for thing, show in side.counters:
        shows.setdefault(show.words, show)
        value = frame.value(thing, show.field, 0)
        counts[show.words] = counts.get(show.words, 0) + (value if isinstance(value, int) else 0)
    return counts


def _count(n: int, show: Show, words: Words) -> Cell:
    key = f"{show.words}.n"
    return Cell(words.number(n), "plain" if n else "none", words(key, n=n) if words.has(key) else words(show.words))


def _counted(row: SideRow, side: Side, t: int, words: Words) -> Cell:
    n = len(_so_far(row.count or "", side, t))
    said = words.text(row.one if row.one is not None and words.singular(n) else row.say)
    return Cell(words.number(n), "plain" if n else "none", said)


def _so_far(pattern: str, side: Side, t: int) -> list[Event]:
    """The events up to `t` that a pattern means."""
    events = side.meant(pattern)
    return events[: bisect_right(events, t, key=attrgetter("t"))]


# values


def _valued(row: SideRow, side: Side, t: int, words: Words) -> Cell:
    value = _worth(row, side, t)
    if isinstance(value, str) and value in side.scene.things:
        value = sentences.name(side.scene, words, value)
    text = words.say(value)
    return Cell(text) if text else Cell(NOTHING, "none")


def _worth(row: SideRow, side: Side, t: int) -> Any:
    """What is asked for; None while there is no such thing."""
    event = None
    if row.last is not None:
        told = _so_far(row.last, side, t)
        if not told:
            return None
        event = told[-1]
    expr = parse.expression(row.of or "")
    try:
        value = evaluate(expr, side.timeline, event, event.t if event else t)
    except Unknown:
        return None
    return None if isinstance(expr, Path) and value == expr.name else value


# what came of what was asked


def _verdicts(whole: Sides, at: At, words: Words) -> Iterator[Line]:
    several = [side.exchanges for side, _ in at]
    done = [{each.asked: each for each in made} for made in several]
    for asked in in_order(several):
        if sum(asked in made for made in done) < 2:
            continue  # with nothing to compare it to
        line = _line(asked, [made.get(asked) for made in done], whole.scene, at, words)
        if line is not None:
            yield line


def _line(asked: Asked, told: list[Exchange | None], scene: Scene, at: At, words: Words) -> Line | None:
    """What came of one thing asked; None while nothing has, on any side."""
    outcomes = [each.at(t) if each else None for each, (_, t) in zip(told, at, strict=True)]
    shown = next((event for event in outcomes if event is not None), None)
    if shown is None:
        return None
    cells = [_verdict(each, side, t, words) for each, (side, t) in zip(told, at, strict=True)]
    return Line.of("verdict", label(asked, shown, scene, words), cells)


def of_step(whole: Sides, number: int, show: float, words: Words, t: int | None = None) -> Line | None:
    """What came, on each side, of what the step is about: the act behind its event. None where there is none."""
    told = step_exchanges(whole, number)
    asked = next((each.asked for each in told if each is not None), None)
    at = [(side, whole.t_of(n, show, t)) for n, side in enumerate(whole.sides)]
    if asked is None and _stacked(whole):
        return contrast.under_way(at, words)
    return None if asked is None else _line(asked, told, whole.scene, at, words)


def step_exchanges(whole: Sides, number: int) -> list[Exchange | None]:
    """On each side, the exchange that the step is about."""
    asked = next((found for side in whole.sides if (found := _asked_by(side, number))), None)
    return [next((each for each in side.exchanges if each.asked == asked), None) for side in whole.sides]


def _asked_by(side: Side, number: int) -> Asked | None:
    """What was asked that brought a step about."""
    return side.kept(("asked", number), lambda: _traced(side, number))


def _traced(side: Side, number: int) -> Asked | None:
    event = side.steps[number].event if number < len(side.steps) else None
    chain = side.timeline.causes(event.id) if event else []
    return next((each.asked for each in side.exchanges if chain and each.act is chain[0]), None)


def label(asked: Asked, outcome: Event, scene: Scene, words: Words) -> str:
    """Who asked whom: `VM 1 → Server`; of one alone, with the protocol: `VM 1 · DHCP`."""
    names = [sentences.about(arg, scene, words) for arg in asked.args]
    told = " → ".join(names[:2]) if len(names) > 1 else f"{names[0]} · {outcome.name.partition('.')[0].upper()}"
    return f"{told} ({asked.turn + 1})" if asked.turn else told


def _verdict(exchange: Exchange | None, side: Side, t: int, words: Words) -> Cell:
    if exchange is None:
        return Cell(NOTHING, "none")
    event = exchange.at(t)
    if event is None:
        return Cell(WAITS, "waits")
    return Cell(verdict(exchange, event, t, side.scene, words), tone(event) or "plain")


def verdict(exchange: Exchange, event: Event, t: int, scene: Scene, words: Words) -> str:
    """What came of it, in a few words: `answered, TTL 63`, `no route (Host)`, `no answer: filtered (Router)`."""
    outcome, reason = event.name.rpartition(".")[2], event.details.get("reason")
    details = {key: sentences.name(scene, words, each) if isinstance(each, str) else each
               for key, each in event.details.items()}  # fmt: skip
    if tone(event) == "good":
        key = f"verdict.{event.name}"
        return words(key if words.has(key) else f"verdict.{outcome}", **details)
    lost = exchange.lost_at(t) if reason in (None, "timeout") else None
    if lost is not None and lost.reason is not None:
        where = sentences.name(scene, words, lost.dst.partition(".")[0])
        return words("verdict.lost", reason=_why(lost.reason, words), by=where)
    why = _why(str(reason or outcome), words)
    by = event.details.get("by")
    return words("verdict.by", reason=why, by=sentences.name(scene, words, by)) if by else why


def _why(reason: str, words: Words) -> str:
    """A reason in two or three words where there are such, else as it is told everywhere."""
    key = f"verdict.why.{reason}"
    return words(key) if words.has(key) else words(f"reason.{reason}")
