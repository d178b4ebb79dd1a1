"""The commands that look at a moment: describe it, export it."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from pathlib import Path
from typing import TypeGuard

from vizapp.cli.language import words_of
from vizapp.cli.scene import make_run, moment
from vizapp.cli.stop import WRONG_INPUT, WRONG_USAGE, Stop, wrong
from vizapp.compare import Comparison, Played
from vizapp.compare.asked import card
from vizapp.compare.contrast import contrast
from vizapp.compare.stated import of_step, sourced
from vizapp.export import ExportError, Past, PictureFormat, RunFormat, export, export_run, format_of
from vizapp.picture import account, explained
from vizapp.picture.account import Why
from vizapp.picture.cited import citations, told
from vizapp.picture.contrasted import contrasted
from vizapp.picture.contrasted import lines as answer_lines
from vizapp.picture.describe import describe as describe_frame
from vizapp.picture.puzzle import Said
from vizapp.picture.puzzle_page import page
from vizapp.picture.shapes import Picture
from vizapp.picture.theme import theme
from vizapp.picture.view import View
from vizapp.picture.why import journey
from vizapp.run import Run
from vizapp.scene import parse
from vizapp.scene.tokens import PhraseError
from vizapp.sim.frame import Frame
from vizapp.sim.match import followed, matches
from vizapp.sim.timeline import Event
from vizapp.sim.trail import trail
from vizapp.words import Words

SIZE = re.compile(r"(\d{2,5})x(\d{2,5})")


def describe(arguments: Namespace) -> int:
    words = words_of(arguments)
    run = make_run(arguments, words)
    if arguments.question is not None:
        print(*_question(run, arguments, words).lines(), sep="\n")
        return 0
    show = _show(run, arguments, words)
    if arguments.why is not None:
        lines = _reasons(_asked(run, show, arguments, words), run, words)
    elif arguments.packet is not None:
        lines = _journey(run, show, arguments.packet, words)
    elif _answers(run, arguments):
        lines = [*answer_lines(contrast(run, words), words)]
    else:
        lines = _sentences(run, show, words)
    if arguments.sources:
        lines += _sources(run, show, words)
    print(*lines, sep="\n")
    return 0


def _question(run: Played, arguments: Namespace, words: Words) -> Said:
    """The question of `--question`, with its answer only if that is wanted."""
    number, count = arguments.question - 1, len(run.scene.questions)
    if not 0 <= number < count:
        raise wrong("--question", words("cli.no-question", question=arguments.question, count=count))
    if not run.questions[number].comes:
        raise wrong("--question", words("cli.question-never-comes", question=arguments.question))
    return card(run, number, words, revealed=arguments.reveal)


def _sources(run: Played, show: float, words: Words) -> list[str]:
    """Where what the step says comes from, after a line that is empty."""
    said = of_step(run, run.step_at(show), run.pace.true(show), words)
    head = words("source.own" if said.own else "source.scene")
    return ["", head, *(line for each in citations(said.sources, words) for line in told(each, words))]


def _reasons(why: Why, run: Played, words: Words) -> list[str]:
    """The question, the answer, its source, and the chain of causes at its times."""
    said = (account.question(why, run.scene, words), account.told(why, run.scene, words), account.source(why, words))
    links = [f"{words.clock(link.t):>12}  {account.label(link, run.scene, words)}" for link in why.chain.links]
    return [*(line for line in said if line), *links]


def _asked(run: Played, show: float, arguments: Namespace, words: Words) -> Why:
    """Why what `--why` names happened: the last such event up to that show second, or the one of the step."""
    if isinstance(run, Comparison):
        raise Stop(WRONG_USAGE, words("cli.why-of-sides"))
    t = run.pace.true(show)
    step = run.steps[arguments.step - 1].event if arguments.step is not None and not arguments.why else None
    seen = reversed(run.frame(t).events())
    event = step or next((each for each in seen if _means(arguments.why, each, run, words)), None)
    if event is None:
        raise wrong("--why", words("cli.no-event", t=t))
    return run.because(event, t)


def _means(asked: str, event: Event, run: Run, words: Words) -> bool:
    try:
        return not asked or matches(parse.pattern(asked), event, run.timeline)
    except PhraseError:
        raise wrong("--why", words("cli.wrong-event", event=asked)) from None


def _journey(run: Played, show: float, asked: str, words: Words) -> list[str]:
    """What each device made of a packet, up to that show second."""
    if isinstance(run, Comparison):
        raise Stop(WRONG_USAGE, words("cli.packet-of-sides"))
    frame = run.frame(run.pace.true(show))
    number = _packet(frame, asked, words)
    found = trail(frame, number) if number is not None else None
    if found is None:
        raise wrong("--packet", words("cli.no-packet", packet=asked, t=frame.t))
    return journey(found, frame, run.scene, words)


def _packet(frame: Frame, asked: str, words: Words) -> int | None:
    """The number of the packet that is asked for; by a phrase, the first that it means."""
    if asked.isdigit():
        return int(asked)
    try:
        phrase = parse.follow(asked)
    except PhraseError:
        raise wrong("--packet", words("cli.wrong-packet", packet=asked)) from None
    timeline = frame.timeline
    found = (hop for hop in timeline.flights if hop.departs <= frame.t and followed(phrase, hop, timeline))
    return next((hop.packet.id for hop in found), None)


def _sentences(run: Played, show: float, words: Words) -> list[str]:
    if isinstance(run, Comparison):
        from vizapp.compare.describe import describe as describe_sides

        return describe_sides(run, show, words)
    frame = run.frame(run.pace.true(show))
    lines, found = describe_frame(run.scene, run.kinds, frame, words), run.explain(frame.t)
    if found is not None:
        lines += [f"{explained.title(found, run.scene, words)}. {' '.join(explained.told(found, run.scene, words))}"]
    return lines


def export_scene(arguments: Namespace) -> int:
    words = words_of(arguments)
    path = Path(arguments.output)
    try:
        form = format_of(path)
        made = (_record(form, path, arguments, words) if isinstance(form, RunFormat)
                else _draw(form, path, arguments, words))  # fmt: skip
    except ExportError as error:
        said = words(error.key, **error.values)
        raise (wrong(arguments.scene, said) if error.status == WRONG_INPUT else Stop(error.status, said)) from error
    for file in made:
        print(file)
    return 0


def _draw(form: PictureFormat, path: Path, arguments: Namespace, words: Words) -> tuple[Path, ...]:
    if arguments.interfaces:
        raise Stop(WRONG_USAGE, words("cli.capture-only"))
    view = View(size=_size(arguments.size, words), lang=words.lang, theme=theme(arguments.theme),
                level=arguments.level, transparent=arguments.transparent,
                folded=tuple(arguments.folded), entered=arguments.entered)  # fmt: skip
    run = make_run(arguments, words)
    for name in view.folded:
        _needed(name, "--fold", run, words)
    if view.entered is not None:
        _needed(view.entered, "--zoom", run, words)
    if form.qt:
        _start_qt()
    if arguments.question is not None:
        asked = page(_question(run, arguments, words), view)
        return export(asked, path, scale=arguments.scale, transparent=arguments.transparent, fonts=arguments.fonts,
                      force=arguments.force)  # fmt: skip
    shows = _shows(run, arguments, words)
    pictures = [_sourced(run, show, view, arguments, words) for show in shows]
    return export(pictures if arguments.all_steps else pictures[0], path, scale=arguments.scale,
                  transparent=arguments.transparent, fonts=arguments.fonts, force=arguments.force)  # fmt: skip


def _needed(name: str, option: str, run: Played, words: Words) -> None:
    """A thing that an option names must be one of the scene."""
    if name not in run.scene.things:
        raise wrong(option, words("cli.no-thing", thing=name, known=", ".join(run.scene.things)))


def _record(form: RunFormat, path: Path, arguments: Namespace, words: Words) -> tuple[Path, ...]:
    """What was recorded up to the moment asked for."""
    if arguments.interfaces and not form.listens:
        raise Stop(WRONG_USAGE, words("cli.capture-only"))
    if arguments.all_steps:
        raise Stop(WRONG_USAGE, words("cli.capture-all-steps"))
    run = make_run(arguments, words)
    if isinstance(run, Comparison):
        raise Stop(WRONG_USAGE, words("cli.capture-of-sides"))
    show = _show(run, arguments, words)
    t = run.pace.true(show) if arguments.at is None else moment(arguments.at, "--at", words)
    return export_run(Past(run, t, words, tuple(arguments.interfaces)), path, force=arguments.force)


def _sourced(run: Played, show: float, view: View, arguments: Namespace, words: Words) -> Picture:
    def draw(seen: View) -> Picture:
        return _picture(run, show, seen, arguments, words)

    return sourced(run, show, view, draw) if arguments.sources else draw(view)


def _picture(run: Played, show: float, view: View, arguments: Namespace, words: Words) -> Picture:
    if arguments.why is not None:
        why = _asked(run, show, arguments, words)
        assert isinstance(run, Run)
        return run.answered(why, show, view)
    if _answers(run, arguments):
        return contrasted(contrast(run, words), view.theme, words, view.size)
    if arguments.charts is not None or arguments.charts_only:
        from vizapp.export import charts

        names = [name.strip() for name in (arguments.charts or "").split(",") if name.strip()]
        return charts.picture(run, show, view, names, only=arguments.charts_only)
    return run.still(show, view)


def _answers(run: Played, arguments: Namespace) -> TypeGuard[Comparison]:
    """Whether it is asked what the difference is, and not how a moment looks."""
    moment_ = arguments.at is not None or arguments.step is not None or getattr(arguments, "all_steps", False)
    return isinstance(run, Comparison) and arguments.difference and not moment_


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
