"""The battery: the same acts in every stack, so that any two can be compared under one script.

A stack takes part in an act when it has the thing that does it: a container has no kernel of a guest that could write
to CR3, so the act is not applicable there, and no mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vizapp.picture.tally import stacked
from vizapp.run import Run
from vizapp.scene.beside import free
from vizapp.scene.model import Act, Scene, Step, Text, Thing
from vizapp.scene.sides import STEP
from vizapp.scene.vocabulary import Kind
from vizapp.words import languages, words

SECOND = 1_000_000_000
KERNEL, HOST = "kernel", "host"  # what the kernel of a guest, and that of a host, are called in every stack
OF = " · "  # between the name of a comparison and that of its side
NOWHERE = "none"  # the moment of a step in which a stack takes no part


@dataclass(frozen=True, slots=True)
class Trial:
    """One act of the battery; key: of its words `battery.…`; needs: the hardware without which it is nothing."""

    key: str
    verb: str
    args: tuple[str, ...]
    needs: str = ""


BATTERY = (
    Trial("syscall", "execute", ("app", "SYSCALL")),
    Trial("cr3", "execute", ("kernel", "MOV-CR3")),
    Trial("cpuid", "execute", ("kernel", "CPUID")),
    Trial("popf", "execute", ("kernel", "POPF")),
    Trial("page-fault", "touch", ("app",)),
    Trial("timer", "interrupt", ("cpu",)),
    Trial("read", "read", ("app",), "disk"),
    Trial("send", "send", ("app",), "nic"),
)
VERBS = frozenset(trial.verb for trial in BATTERY)


def trial_of(act: Act) -> Trial | None:
    """The trial that an act is, if it is one."""
    return next((each for each in BATTERY if (each.verb, each.args) == (act.verb, act.args)), None)


def part(thing: Thing) -> str:
    """What a layer is in every stack: what it is called, but that the kernel of a host is no guest's."""
    return HOST if thing.id == KERNEL and thing.role == "host" else thing.id


def lacks(trial: Trial, scene: Scene) -> str:
    """What a stack lacks to do it: the part that does, or the hardware that it needs; empty when it lacks nothing."""
    thing = scene.things.get(trial.args[0])
    if thing is None or part(thing) != trial.args[0]:
        return trial.args[0]
    return "" if not trial.needs or any(each.kind == trial.needs for each in scene.things.values()) else trial.needs


def takes_part(trial: Trial, scene: Scene, kinds: Mapping[str, Kind]) -> bool:
    """Whether a stack has what does it, and that can."""
    thing = scene.things.get(trial.args[0])
    able = thing is not None and any(verb.name == trial.verb for verb in kinds[thing.kind].verbs)
    return able and not lacks(trial, scene)


def stacks(scene: Scene, kinds: Mapping[str, Kind]) -> list[Scene]:
    """The stacks of a scene: itself, or those of its sides, called after both."""
    if not scene.sides:
        return [scene] if comparable(scene, kinds) else []
    return [replace(side, title=Text({lang: f"{scene.title(lang)}{OF}{side.title(lang)}" for lang in languages()}))
            for side in scene.sides if comparable(side, kinds)]  # fmt: skip


def _named_apart(scenes: Sequence[Scene]) -> list[Scene]:
    """The stacks; those of one comparison without its name, which they share."""
    heads = {scene.title(lang).partition(OF)[0] for scene in scenes for lang in languages()[:1]}
    if len(heads) > 1 or not all(OF in scene.title(lang) for scene in scenes for lang in languages()):
        return list(scenes)
    return [replace(scene, title=Text({lang: scene.title(lang).partition(OF)[2] for lang in languages()}))
            for scene in scenes]  # fmt: skip


def comparable(scene: Scene, kinds: Mapping[str, Kind]) -> bool:
    """Whether a scene is a stack that the battery can be put to."""
    return not scene.sides and stacked(scene, kinds) and any(takes_part(each, scene, kinds) for each in BATTERY)


def compared(scenes: Sequence[Scene], kinds: Mapping[str, Kind]) -> Scene:
    """These stacks side by side under the battery, step by step."""
    start = max(_ready(scene) for scene in scenes)
    some = [trial for trial in BATTERY if any(takes_part(trial, scene, kinds) for scene in scenes)]
    trials = {trial: start + n * SECOND for n, trial in enumerate(some)}
    sides = [_under_battery(scene, kinds, trials) for scene in _named_apart(scenes)]
    return replace(free(sides), pairing=STEP)


def _ready(scene: Scene) -> int:
    """True ns from which a stack is at work: what its script does before the first trial is done by then."""
    first = next((act.at for act in scene.script if act.verb in VERBS), None)
    return first if first is not None else max((act.at for act in scene.script), default=0) + SECOND


def _under_battery(scene: Scene, kinds: Mapping[str, Kind], trials: Mapping[Trial, int]) -> Scene:
    """A stack whose script is what makes it ready, then the trials at their times, a second each; a step for each."""
    before = tuple(act for act in scene.script if act.at < _ready(scene) and act.verb not in VERBS)
    acts = tuple(Act(each.verb, each.args, at=at) for each, at in trials.items() if takes_part(each, scene, kinds))
    until = max(trials.values(), default=0) + SECOND
    own = replace(scene, script=(*before, *acts), steps=(), until=until, limit=max(scene.limit or 0, until),
                  questions=(), tasks=(), whatif=(), felt=(), charts=())  # fmt: skip
    run = Run(own, kinds).complete()
    return replace(own, steps=(Step("start", _said("start")), *_steps(run, trials)))


def _steps(run: Run, trials: Mapping[Trial, int]) -> Iterator[Step]:
    """For each act of the battery, the moment at which nothing more comes of it."""
    doing = {(act.verb, act.args) for act in run.scene.script}
    for trial, at in trials.items():
        ends = [event.t for event in run.timeline.events if at <= event.t < at + SECOND]
        when = f"{max(ends)}ns" if (trial.verb, trial.args) in doing and ends else NOWHERE
        yield Step(when, _said(trial.key))


def _said(key: str) -> Text:
    return Text({lang: words(lang)(f"battery.say-{key}") for lang in languages()})
