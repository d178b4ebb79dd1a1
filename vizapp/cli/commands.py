"""The commands that need no picture: open, list, check, schema, simulate."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vizapp.cli import screen, stop
from vizapp.cli.language import words_of
from vizapp.cli.record import record, record_sides
from vizapp.cli.scene import asked_for, find, make_run, shipped, wrong
from vizapp.cli.stop import WRONG_INPUT, Stop
from vizapp.compare import Comparison, play
from vizapp.devices import VOCABULARY
from vizapp.picture import explained
from vizapp.picture.sentences import sentence
from vizapp.run import Run
from vizapp.scene.catalog import catalog, scene_files
from vizapp.scene.model import Scene
from vizapp.scene.reader import read
from vizapp.words import Words


def open_window(arguments: Namespace) -> int:
    scene = _to_open(arguments, words_of(arguments))
    screen.needed()
    from vizapp.window.app import start

    return start(scene, present=arguments.present, lang=arguments.lang, theme=arguments.theme)


def _to_open(arguments: Namespace, words: Words) -> Path | Scene | None:
    """The file of a scene, or the comparison that `--with` makes of it."""
    if arguments.scene is None and arguments.beside:
        raise stop.wrong("--with", words("cli.with-what"))
    if arguments.beside:
        return asked_for(arguments, words)
    return find(arguments.scene, words) if arguments.scene else None


def list_scenes(arguments: Namespace) -> int:
    words = words_of(arguments)
    scenes = [one for one in catalog() if not one.broken]
    if arguments.json:
        rows = [{"id": s.id, "chapter": s.chapter, "title": {lang: s.title(lang) for lang in ("fr", "en")},
                 "steps": s.steps, "minutes": s.minutes} for s in scenes]  # fmt: skip
        _print_json(rows, indent=2)
    else:
        width = max((len(scene.id) for scene in scenes), default=0)
        for scene in scenes:
            print(f"{scene.id:{width}}  {words.text(scene.title)}")
    return 0


def check(arguments: Namespace) -> int:
    words = words_of(arguments)
    paths = [file for name in arguments.paths for file in _files(name, words)] if arguments.paths else shipped()
    lines = [line for path in paths for line in check_file(path, words)]
    if lines:
        raise Stop(WRONG_INPUT, *lines)
    print(words("cli.checked", n=len(paths)))
    return 0


def _files(name: str, words: Words) -> list[Path]:
    folder = Path(name)
    return scene_files(folder) if name and folder.is_dir() else [find(name, words)]


def check_file(path: Path, words: Words) -> list[str]:
    """What is wrong with a file: its problems, or the claims that its run does not keep."""
    from vizapp.compare import puzzles
    from vizapp.compare.check import failures as failures_of_sides
    from vizapp.sim.check import failures
    from vizapp.sim.parting import whatif_problems
    from vizapp.sim.trial import task_problems

    reading = read(path, VOCABULARY)
    if reading.scene is None:
        return list(wrong(reading.problems, words).lines)
    run = play(reading.scene, VOCABULARY.kinds).complete()
    if run.timeline.stopped is not None:
        said = words(f"event.{run.timeline.stopped}")
        return [f"{path}:1:1: {said}"]
    if isinstance(run, Comparison):
        return list(wrong(failures_of_sides(run, str(path)), words).lines)
    found = [
        *failures(reading.scene, run.timeline, str(path)),
        *task_problems(reading.scene, run.kinds, str(path)),
        *whatif_problems(reading.scene, run.kinds, run.timeline, str(path)),
        *puzzles.failures(run, str(path)),
    ]
    return list(wrong(found, words).lines)


def compare(arguments: Namespace) -> int:
    """What the difference is, in lines or as JSON: costs are integers of these runs."""
    from vizapp.compare.contrast import contrast, plain
    from vizapp.picture.contrasted import lines

    words = words_of(arguments)
    run = make_run(arguments, words)
    assert isinstance(run, Comparison)
    told = contrast(run, words)
    if arguments.json:
        _print_json(plain(run, told))
    else:
        print(*lines(told, words), sep="\n")
    return 0


def schema(arguments: Namespace) -> int:
    from vizapp.scene.schema import schema as build

    _print_json(build(VOCABULARY), indent=2)
    return 0


def _print_json(content: Any, indent: int | None = None) -> None:
    """JSON is UTF-8 wherever it goes (RFC 8259, section 8.1)."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=indent))


def describe(arguments: Namespace) -> int:
    from vizapp.cli import look

    return look.describe(arguments)


def export_scene(arguments: Namespace) -> int:
    from vizapp.cli import look

    return look.export_scene(arguments)


def simulate_scene(arguments: Namespace) -> int:
    words = words_of(arguments)
    run = make_run(arguments, words)
    if arguments.json:
        _print_json(record_sides(run, words) if isinstance(run, Comparison) else record(run, words))
    else:
        why = arguments.explain
        for t, line in _told_sides(run, words, why) if isinstance(run, Comparison) else _told(run, words, why):
            print(f"{words.clock(t):>12}  {line}")
    return 0


def _told(run: Run, words: Words, explains: bool) -> Iterator[tuple[int, str]]:
    """The run in sentences; below what tells that something failed, why it did."""
    why: dict[int, list[str]] = {}
    for found in run.explanations() if explains else ():
        told = explained.told(found, run.scene, words)
        why.setdefault(found.outcome.t, []).append(f"↳ {explained.title(found, run.scene, words)}. {' '.join(told)}")
    for event in run.timeline.events:
        for t in [t for t in why if t < event.t]:
            yield from ((t, line) for line in why.pop(t))
        yield event.t, sentence(event, run.scene, words)
    for t, lines in why.items():
        yield from ((t, line) for line in lines)


def _told_sides(whole: Comparison, words: Words, explains: bool) -> Iterator[tuple[int, str]]:
    """Each side's own sentences at its own clock, in order of time, with its name before them."""
    width = max(len(side.scene.id) for side in whole.sides)
    told = [(t, f"{side.scene.id:{width}}  {line}")
            for side in whole.sides for t, line in _told(side, words, explains)]  # fmt: skip
    yield from sorted(told, key=lambda each: each[0])
