"""What may be asked of a run in the window: what if, of each act that has been seen, and of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QMenu

from vizapp.compare.whatif import Told
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import Theme
from vizapp.scene.alternatives import alternatives, settings
from vizapp.scene.model import Act, Text
from vizapp.scene.whatif import nothing, offered
from vizapp.sim.instead import in_effect
from vizapp.sim.timeline import Event
from vizapp.window import glyphs, keys
from vizapp.window.palette import Finding
from vizapp.window.session import Session
from vizapp.words import Words


@dataclass(frozen=True, slots=True)
class Supposition:
    """Something that might have been done. say: the question, where the scene asks it; name, of: as a list tells it."""

    act: Act
    name: str
    of: str
    say: Text | None = None

    def found(self, go: Callable[[], object]) -> Finding:
        return Finding(self.name, self.of, "question" if self.say else "compare", go)


def suppositions(session: Session, words: Words, about: Act | None = None) -> list[Supposition]:
    """What the scene asks, then the alternatives of what was done last and before; of one act, its own alone."""
    done = _seen(session)
    acts = done if about is None else [act for act in done if act == about]
    scene, told = session.run.scene, Told(session.run.scene, session.run.kinds, words)
    found = [*_asked(session, acts, words, about), *_computed(session, acts, words)]
    if about is None:
        return [*found, *(_said(act, told) for act in settings(scene))]
    return [replace(each, of="") for each in found]


def _seen(session: Session) -> list[Act]:
    """The acts that the fog lets be told, the last first."""
    script, acts = in_effect(session.run.scene.script, session.run.acts)
    known = [act for act in (*script, *acts) if act.at <= session.fog_t]
    return sorted(known, key=lambda act: (act.at > session.t, -act.at))


# the ways to it


def offer(menu: QMenu, session: Session, words: Words, theme: Theme, act: Act | None) -> None:
    """What if, of an act, as an entry of its menu."""
    if act is not None and session.alone:
        text = f"{words('command.what-if')}\t{keys.labels(keys.command('what-if'), words)}"
        action = menu.addAction(glyphs.icon("compare", theme.muted, 18), text)
        action.triggered.connect(lambda: session.pondered.emit(act))


def done_to(session: Session, target: str | None) -> Act | None:
    """The last change that was made to a thing or a cable, as far as one has seen."""
    tries = session.run.tries
    return next((act for act in _seen(session) if act.args and act.verb not in tries
                 and target in (act.args[0], act.args[0].partition(".")[0])), None)  # fmt: skip


def question_of(session: Session, words: Words, target: str | None) -> Supposition | None:
    """What a button beside a thing asks: the scene's own question of what was done to it, else what if at all."""
    act = done_to(session, target) if session.alone else None
    if act is None:
        return None
    own = next(_asked(session, [act], words, act), None)
    return own or Supposition(nothing(act), words("command.what-if"), "")


def told_by(session: Session, event: Event | None) -> Act | None:
    """The act that an event tells of; what a person does applies one ns later."""
    if event is None or not event.name.startswith("act."):
        return None
    verb, args = event.name.removeprefix("act."), list(event.details.get("args", ()))
    return next((act for act in _seen(session) if (act.verb, list(act.args)) == (verb, args)
                 and event.t - act.at in (0, 1)), None)  # fmt: skip


def _asked(session: Session, acts: Sequence[Act], words: Words, about: Act | None) -> Iterator[Supposition]:
    """What the scene itself asks."""
    scene, told = session.run.scene, Told(session.run.scene, session.run.kinds, words)
    for whatif in scene.whatif:
        act = offered(whatif, acts)
        if act is not None and (about is None or act.of is not None):
            yield Supposition(act, words.text(whatif.say), told.was(act), whatif.say)


def _computed(session: Session, acts: Sequence[Act], words: Words) -> Iterator[Supposition]:
    """What follows from the vocabulary; what only tries something comes after what changes something."""
    scene, tries = session.run.scene, session.run.tries
    told = Told(scene, session.run.kinds, words)
    for act in sorted(acts, key=lambda act: act.verb in tries):
        before = session.run.frame(max(act.at - 1, 0))
        for other in alternatives(act, scene, VOCABULARY, before.value):
            yield _said(other, told)


def _said(act: Act, told: Told) -> Supposition:
    return Supposition(act, told.would(act), told.said("whatif.instead-of", act=told.was(act)))
