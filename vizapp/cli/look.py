"""The commands that look at a moment: describe it, export it."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from pathlib import Path

from vizapp.cli.language import words_of
from vizapp.cli.scene import make_run, moment
from vizapp.cli.stop import WRONG_USAGE, Stop, wrong
from vizapp.compare import Comparison, Played
from vizapp.export import ExportError, export, format_of
from vizapp.picture.describe import describe as describe_frame
from vizapp.picture.shapes import Picture
from vizapp.picture.theme import theme
from vizapp.words import Words

SIZE = re.compile(r"(\d{2,5})x(\d{2,5})")


def describe(arguments: Namespace) -> int:
    words = words_of(arguments)
    run = make_run(arguments, words)
    show = _show(run, arguments, words)
    for line in _sentences(run, show, words):
        print(line)
    return 0


def _sentences(run: Played, show: float, words: Words) -> list[str]:
    if isinstance(run, Comparison):
        from vizapp.compare.describe import describe as describe_sides

        return describe_sides(run, show, words)
    return describe_frame(run.scene, run.kinds, run.frame(run.pace.true(show)), words)


def export_scene(arguments: Namespace) -> int:
    words = words_of(arguments)
    path = Path(arguments.output)
    try:
        form = format_of(path)
        size = _size(arguments.size, words)
        run = make_run(arguments, words)
        if form.qt:
            _start_qt()
        shows = _shows(run, arguments, words)
        pictures = [_picture(run, show, size, arguments, words) for show in shows]
        made = export(pictures if arguments.all_steps else pictures[0], path, scale=arguments.scale,
                      transparent=arguments.transparent, fonts=arguments.fonts, force=arguments.force)  # fmt: skip
    except ExportError as error:
        raise Stop(error.status, words(error.key, **error.values)) from error
    for file in made:
        print(file)
    return 0


def _picture(run: Played, show: float, size: tuple[int, int], arguments: Namespace, words: Words) -> Picture:
    return run.still(show, size=size, lang=words.lang, theme=theme(arguments.theme), level=arguments.level,
                     transparent=arguments.transparent)  # fmt: skip


def _shows(run: Played, arguments: Namespace, words: Words) -> list[float]:
    """The show seconds to draw: of every step that comes, or of the one moment asked for."""
    if not arguments.all_steps:
        return [_show(run, arguments, words)]
    return [step.show for step in run.steps if step.comes]


def _show(run: Played, arguments: Namespace, words: Words) -> float:
    """The show second that --step or --at means; without either, the end."""
    if arguments.step is not None:
        count = len(run.steps)
        if not 1 <= arguments.step <= count:
            raise wrong("--step", words("cli.no-step", step=arguments.step, count=count))
        step = run.steps[int(arguments.step) - 1]
        if not step.comes:
            raise wrong("--step", words("cli.step-never-comes", step=arguments.step))
        return step.show
    if arguments.at is None:
        return run.pace.length
    t = moment(arguments.at, "--at", words)
    if t > run.timeline.end:
        raise wrong("--at", words("cli.after-the-end", value=arguments.at, end=run.timeline.end))
    return run.pace.show_end(t)


def _size(text: str, words: Words) -> tuple[int, int]:
    found = SIZE.fullmatch(text)
    if found is None or not all(64 <= int(side) <= 16_384 for side in found.groups()):
        raise Stop(WRONG_USAGE, words("cli.wrong-size", value=text))
    return int(found.group(1)), int(found.group(2))


def _start_qt() -> None:
    """Text can be painted without a screen, but not without an application; everywhere the same one."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _kept.append(QGuiApplication(["vizapp"]))


_kept: list[object] = []
