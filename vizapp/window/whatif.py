"""What may be asked of a run in the window: what if, of each act that has been seen, and of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vizapp.compare.whatif import was, would
from vizapp.devices import VOCABULARY
from vizapp.scene.alternatives import alternatives, settings
from vizapp.scene.model import Act, Scene, Text
from vizapp.scene.whatif import offered
from vizapp.sim.instead import in_effect
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
    scene = session.run.scene
    found = [*_asked(scene, acts, words, about), *_computed(session, acts, words)]
    if about is None:
        found += [_said(act, scene, words) for act in settings(scene)]
    return found


def _seen(session: Session) -> list[Act]:
    """The acts that the fog lets be told, the last first."""
    script, acts = in_effect(session.run.scene.script, session.run.acts)
    known = [act for act in (*script, *acts) if act.at <= session.fog_t]
    return sorted(known, key=lambda act: (act.at > session.t, -act.at))


def _asked(scene: Scene, acts: Sequence[Act], words: Words, about: Act | None) -> Iterator[Supposition]:
    """What the scene itself asks."""
    for whatif in scene.whatif:
        act = offered(whatif, acts)
        if act is not None and (about is None or act.of is not None):
            yield Supposition(act, words.text(whatif.say), was(act, scene, words), whatif.say)


def _computed(session: Session, acts: Sequence[Act], words: Words) -> Iterator[Supposition]:
    """What follows from the vocabulary; what only tries something comes after what changes something."""
    scene, tries = session.run.scene, session.run.tries
    for act in sorted(acts, key=lambda act: act.verb in tries):
        for other in alternatives(act, scene, VOCABULARY):
            yield _said(other, scene, words)


def _said(act: Act, scene: Scene, words: Words) -> Supposition:
    return Supposition(act, would(act, scene, words), words("whatif.instead-of", act=was(act, scene, words)))
