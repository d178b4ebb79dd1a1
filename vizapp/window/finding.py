"""What Ctrl+K can find: scenes, the steps that the fog does not hide, the devices of the stage, and commands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from vizapp.window import keys
from vizapp.window.library import ICONS, chapter_name, chapter_of
from vizapp.window.palette import Finding


def findings(shell: Any) -> list[Finding]:
    """Everything that can be gone to or done from where one is."""
    found = []
    if shell.scope != keys.HOME:
        found += [*_steps(shell), *_things(shell)]
    return [*found, *_scenes(shell), *_commands(shell)]


def _steps(shell: Any) -> Iterator[Finding]:
    from vizapp.window.steps_panel import steps_seen

    words, session = shell.words, shell.session
    for index, seen in enumerate(steps_seen(session, words)):
        number = words("steps.coming", n=seen.number)
        name = seen.title if seen.title != number else number
        yield Finding(name, number, "flag", partial(session.go_to_step, index), also=str(seen.number))


def _things(shell: Any) -> Iterator[Finding]:
    words, session = shell.words, shell.session
    for thing in session.run.scene.things.values():
        name = words.text(thing.label) or thing.id
        yield Finding(name, words("palette.device"), "target", partial(session.select, thing.id), also=thing.id)


def _scenes(shell: Any) -> Iterator[Finding]:
    for header in shell.library.headers:
        chapter = chapter_of(header)
        name = shell.words.text(header.title) or header.path.name
        also = " ".join((header.id, *header.title.values(), *header.summary.values()))
        yield Finding(name, chapter_name(chapter, shell.words), ICONS[chapter], partial(shell.open, header.path), also)


def _commands(shell: Any) -> Iterator[Finding]:
    for each in keys.offered(shell.scope):
        sort = f"{shell.words('palette.command')}   {keys.labels(each, shell.words)}"
        yield Finding(shell.words(each.words), sort, each.icon, partial(shell.run, each), each.id)
