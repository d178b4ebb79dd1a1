"""From the words of the command line to a run: finding the scene, its settings, acts and times."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from vizapp import places
from vizapp.cli import stop
from vizapp.cli.stop import WRONG_INPUT, WRONG_USAGE, Stop
from vizapp.compare import Comparison, Played, play
from vizapp.compare.battery import compared, stacks
from vizapp.compare.whatif import Otherwise, otherwise
from vizapp.devices import VOCABULARY
from vizapp.scene import problems as said
from vizapp.scene import units
from vizapp.scene.acts import read_act, read_setting
from vizapp.scene.beside import free, variation
from vizapp.scene.catalog import SUFFIXES, catalog, scene_files
from vizapp.scene.model import Problem, Scene
from vizapp.scene.names import Names
from vizapp.scene.problems import suggestion
from vizapp.scene.reader import read
from vizapp.scene.sides import LEAST_SIDES, MOST_SIDES
from vizapp.scene.whatif import offered, read_whatif
from vizapp.sim.instead import in_effect
from vizapp.words import Words

T = TypeVar("T")


def shipped() -> list[Path]:
    return scene_files(places.shipped_scenes())


def find(name: str, words: Words) -> Path:
    """The file of a scene: a path that is there, or the id of a shipped scene or of one's own."""
    path = Path(name)
    if path.is_file() or (path.suffix in SUFFIXES and path.exists()):  # of the latter, the reader says what it is
        return path
    files = {one.id: one.path for one in sorted(catalog(), key=lambda one: not one.own)}
    if name in files:
        return files[name]
    guess = suggestion(name, files)
    key = "cli.unknown-scene-near" if guess else "cli.unknown-scene"
    raise stop.wrong(name, words(key, name=name, guess=guess or "", known=", ".join(sorted(files))))


def open_scene(name: str, words: Words) -> Scene:
    """The scene, or all its problems."""
    reading = read(find(name, words), VOCABULARY)
    if reading.scene is None:
        raise wrong(reading.problems, words)
    return reading.scene


def wrong(problems: Iterable[Problem], words: Words) -> Stop:
    return Stop(WRONG_INPUT, *(said.line(problem, words) for problem in problems))


def moment(text: str, option: str, words: Words) -> int:
    """True ns of `4.2s`, `200ms` or a bare number of seconds."""
    try:
        return units.duration(text if text[-1:].isalpha() else f"{text}s", units.MOST_UNTIL)
    except units.WrongValueError:
        raise stop.wrong(option, words("cli.wrong-time", value=text)) from None


def make_run(arguments: Namespace, words: Words) -> Played:
    """The run that the options ask for, simulated whole."""
    scene = asked_for(arguments, words)
    names = Names.of(scene, VOCABULARY)
    settings = _all([read_setting(text, names) for text in arguments.settings], words)
    acts = _all([read_act(text, names) for text in arguments.acts], words)
    until = None if arguments.until is None else moment(arguments.until, "--until", words)
    run = play(scene, VOCABULARY.kinds, seed=arguments.seed, settings=dict(settings), acts=acts, until=until)
    return (run if arguments.whatif is None else _otherwise(run, arguments.whatif, names, words)).complete()


def _otherwise(run: Played, asked: str, names: Names, words: Words) -> Otherwise:
    """The run beside itself as `--what-if` says."""
    if isinstance(run, Comparison):
        raise stop.wrong("--what-if", words("cli.whatif-of-sides"))
    (whatif,) = _all([read_whatif(asked, names)], words)
    done = [act for acts in in_effect(run.scene.script, run.acts) for act in acts]
    other = offered(whatif, done)
    if other is None:
        raise stop.wrong("--what-if", words("problem.whatif-nothing"))
    say = next((each.say for each in run.scene.whatif if offered(each, done) == other), None)
    return otherwise(run, other, say)


def asked_for(arguments: Namespace, words: Words) -> Scene:
    """The scene that is named; with `--with`, the comparison with those."""
    if arguments.difference:
        return under_battery(arguments, words)
    scene = open_scene(arguments.scene, words)
    if not arguments.beside:
        return scene
    sides = [scene, *(beside(text, scene, words) for text in arguments.beside)]
    for each in sides:
        if each.sides:
            raise stop.wrong("--with", words("cli.with-compares", name=each.id))
    if len(sides) > MOST_SIDES:
        raise stop.wrong("--with", words("cli.with-many", n=len(sides), least=LEAST_SIDES, most=MOST_SIDES))
    return free(sides)


def under_battery(arguments: Namespace, words: Words) -> Scene:
    """The stacks that are named, side by side under the same acts."""
    if not arguments.beside:
        raise Stop(WRONG_USAGE, words("cli.difference-alone"))
    first = _stack(arguments.scene, None, words)
    found = [first, *(_stack(text, first, words) for text in arguments.beside)]
    if len(found) > MOST_SIDES:
        raise stop.wrong("--with", words("cli.with-many", n=len(found), least=LEAST_SIDES, most=MOST_SIDES))
    return compared(found, VOCABULARY.kinds)


def _stack(text: str, first: Scene | None, words: Words) -> Scene:
    """A stack as it is named: a scene, a side of one (`type-2:virtualbox`), or one of these at other settings."""
    name, _, side = ("", "", "") if "=" in text.partition(",")[0] else text.partition(",")[0].partition(":")
    scene = open_scene(name, words) if name and not Path(text).is_file() else first or open_scene(text, words)
    known = stacks(scene, VOCABULARY.kinds) if name or first is None else [scene]
    found = next((each for each in known if side in ("", each.id)), None)
    if found is None:
        raise stop.wrong(text, words("cli.no-stack", name=text))
    values = [part for part in text.split(",") if "=" in part]
    names = Names.of(found, VOCABULARY)
    return variation(found, dict(_all([read_setting(value, names, "--with") for value in values], words)))


def beside(text: str, scene: Scene, words: Words) -> Scene:
    """What `--with` names: a scene, a scene at other settings (`nat,vm2-port=40002`), or the same at others."""
    name, *values = text.split(",") if "=" not in text.partition(",")[0] else ("", *text.split(","))
    other = open_scene(name, words) if name else scene
    names = Names.of(other, VOCABULARY)
    return variation(other, dict(_all([read_setting(value, names, "--with") for value in values], words)))


def _all(read: Sequence[T | Problem], words: Words) -> list[T]:
    problems = [each for each in read if isinstance(each, Problem)]
    if problems:
        raise wrong(problems, words)
    return [each for each in read if not isinstance(each, Problem)]
