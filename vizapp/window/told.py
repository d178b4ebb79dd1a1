"""How a session is looked at and told: the View of its moment, and a thing, a cable or a packet in a few words."""

from __future__ import annotations

from dataclasses import replace

from vizapp.picture import said, sentences
from vizapp.picture.ailments import of_cable, of_thing
from vizapp.picture.letter import title
from vizapp.picture.peel import table_of
from vizapp.picture.sizes import Level
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.window.picked import picked
from vizapp.window.session import Session
from vizapp.words import Words


def told(session: Session, words: Words, thing: str | None) -> str:
    """Its name, its state, what its face shows at the clock; nothing for None."""
    run = session.run
    if thing is None:
        return ""
    number = picked(thing)
    if number is not None:
        return _packet(session, words, number)
    if thing in run.scene.things:
        return _thing(session, words, thing)
    link = next((each for each in run.scene.links if each.id == thing), None)
    if link is None:
        return ""
    ends = [sentences.name(run.scene, words, port.partition(".")[0]) for port in (link.a, link.b)]
    cut = run.frame(session.t).cut(thing)
    suffers = [each.told for each in of_cable(run.frame(session.t), thing, words)]
    parts = [words("stage.link", a=ends[0], b=ends[1]), *([words("stage.cut")] if cut else []), *suffers]
    return " · ".join(parts)


def subject(session: Session) -> str | None:
    """The thing that the step reached is about: the one whose table it names, else where it happened, else the first
    in its focus that has a table."""
    run = session.run
    if not run.scene.steps:
        return None
    number = max(session.step, 0)
    step, event = run.scene.steps[number], run.steps[number].event if session.step >= 0 else None
    if step.table:
        return step.table.partition(".")[0]
    if event is not None and event.device in (step.focus or run.scene.things):
        return event.device
    kinds = {name: run.kinds[run.scene.things[name].kind] for name in step.focus}
    telling = [name for name, kind in kinds.items() if any(show.form == "table" for show in kind.shows)]
    return next(iter([*telling, *step.focus]), None)


def _packet(session: Session, words: Words, number: int) -> str:
    scene, frame = session.run.scene, session.run.frame(session.t)
    flight = next((each for each in frame.flights() if each.packet.id == number), None)
    if flight is None:
        gone = next(iter(frame.timeline.index.hops(number)), None)
        return title(gone.packet, words) if gone is not None and gone.departs <= frame.t else ""
    ends = [sentences.name(scene, words, port.partition(".")[0]) for port in (flight.src, flight.dst)]
    return words("stage.packet", name=flight.packet.name, a=ends[0], b=ends[1])


def _thing(session: Session, words: Words, thing: str) -> str:
    run, frame = session.run, session.run.frame(session.t)
    parts = [sentences.name(run.scene, words, thing)]
    if frame.failed(thing):
        parts.append(words("stage.failed"))
    shows = run.kinds[run.scene.things[thing].kind].shows
    parts += [each.told for each in of_thing(frame, thing, run.scene, words, {show.field for show in shows})]
    for show in shows:
        value = frame.value(thing, show.field)
        if show.face and said.counter(show) and isinstance(value, int):
            parts.append(words("chart.counter", name=words(show.words), n=value))
        elif show.face and show.form in ("text", "badge") and value not in (None, False, ""):
            parts.append(said.text(show, value, words))
    return " · ".join(parts)


def looked(
    session: Session, words: Words, theme: Theme, level: Level, size: tuple[float, float], table_shown: bool | None
) -> View:
    """The View of a session's moment. table_shown: None as the step says: in a show its table, else none."""
    run, show = session.run, level == "show"
    steps = run.scene.steps
    step = steps[session.step] if 0 <= session.step < len(steps) else None
    caption = None
    if show and step is not None and session.asking is None:
        caption = run.fill(step.say, session.t, words)
    table = step.table if step is not None and (show if table_shown is None else table_shown) else None
    entered = session.folds.entered
    if entered is not None and (table is None or not table.startswith(f"{entered}.")):
        table = table_of(run.scene, run.kinds, entered, run.frame(session.t)) if table_shown is not False else None
    seen = View(
        size=size,
        lang=words.lang,
        theme=theme,
        level=level,
        focus=step.focus if show and step is not None else (),
        folded=session.folds.now,
        entered=entered,
        selected=session.selected,
        table=table,
        caption=caption,
        cards=run.scene.cards,
        masked=session.masked,
        followed=run.follows_flight,
        trail=session.followed if session.followed is not None else picked(session.selected),
    )
    return chained(session, seen)


def chained(session: Session, seen: View) -> View:
    """The View, with all dimmed but the chain of causes that is shown, if one is."""
    why = session.inquiry.shown
    if why is None:
        return seen
    link = min(session.inquiry.place, len(why.chain.links) - 1)
    return replace(seen, focus=why.chain.places, selected=None, table=None, caption=None, trail=None,
                   chain=why.chain, link=link)  # fmt: skip
