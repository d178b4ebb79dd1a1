"""Where the sides part: the first moment at which they are known to differ, and the devices that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vizapp.compare.exchange import tone
from vizapp.compare.rows import lines, step_exchanges
from vizapp.compare.sides import Sides
from vizapp.run import EDGE
from vizapp.sim.frame import Frame
from vizapp.sim.parting import parting
from vizapp.words import words


def first(whole: Sides) -> float | None:
    """The show second at which two sides are first known to differ: in a verdict or a value at any moment, in a count
    where all have come to a step; of one run as it happened and otherwise, in anything. None when they never do."""
    if whole.supposes:
        t = parting(whole.sides[0].timeline, whole.sides[1].timeline)
        return None if t is None else whole.pace.show_end(t)
    steps = [moment.show for moment in whole.steps if moment.comes]
    for show in sorted({*steps, *_outcomes(whole)}):
        counted = any(abs(show - step) < EDGE for step in steps)
        if any(line.differs and (counted or line.form != "count") for line in lines(whole, show, words("en"))):
            return show
    return None


def _outcomes(whole: Sides) -> set[float]:
    """When something that was asked ends, on any side."""
    return {
        whole.pairing.whole(number, side.pace.show_end(event.t))
        for number, side in enumerate(whole.sides)
        for exchange in side.exchanges
        for event in exchange.outcomes
        if event.t <= side.timeline.end
    }


def marked(whole: Sides, show: float, t: int | None = None) -> list[tuple[str, ...]]:
    """For each side the devices that tell how it differs in the step reached: where what was asked failed, and what
    shows something else than on another side since the step began."""
    step = whole.step_at(show)
    before = max((m.show for m in whole.steps[: max(step, 0)] if m.comes), default=0.0)
    found: list[list[str]] = []
    failed = [_failed(whole, number, step, show, t) for number in range(len(whole.sides))]
    apart = len(set(failed)) > 1
    focus = whole.scene.steps[step].focus if step >= 0 and not whole.supposes else ()
    frames = [side.frame(whole.t_of(n, show, t)) for n, side in enumerate(whole.sides)]
    for number, side in enumerate(whole.sides):
        own = [name] if apart and (name := failed[number]) in side.scene.things else []
        found.append(own)
        own += _broken(whole, frames, number)
        then, now = side.frame(whole.t_of(number, before)), frames[number]
        for thing, field in side.faces:
            if focus and thing not in focus:
                continue
            value = _told(now.value(thing, field))
            if value != _told(then.value(thing, field)) and _else(whole, frames, number, thing, field, value):
                own.append(thing)
    return [tuple(dict.fromkeys(own)) for own in found]


def _broken(whole: Sides, frames: Sequence[Frame], number: int) -> list[str]:
    """The devices that have failed on one side and work on another."""
    down = [{thing for thing in side.scene.things if frame.failed(thing)}
            for frame, side in zip(frames, whole.sides, strict=True)]  # fmt: skip
    there = [side.scene.things.keys() for side in whole.sides]
    return [thing for thing in whole.sides[number].scene.things
            if len({thing in failed for failed, has in zip(down, there, strict=True) if thing in has}) > 1]  # fmt: skip


def _else(whole: Sides, frames: Sequence[Frame], number: int, thing: str, field: str, value: Any) -> bool:
    """Whether that device shows something else on another side that has it."""
    others = [frame for n, frame in enumerate(frames) if n != number and thing in whole.sides[n].scene.things]
    return any(_told(frame.value(thing, field)) != value for frame in others)


def _told(value: Any) -> Any:
    """What a value tells beside its numbers, in which two crowds differ at any time."""
    if not isinstance(value, dict) or "words" not in value:
        return value
    return {key: each for key, each in value.items() if not isinstance(each, (int, float))}


def _failed(whole: Sides, number: int, step: int, show: float, t: int | None) -> str:
    """The device at which what the step is about came to nothing on that side; empty where it did not, or not yet."""
    exchange = step_exchanges(whole, step)[number] if step >= 0 else None
    now = whole.t_of(number, show, t)
    event = exchange.at(now) if exchange is not None else None
    if exchange is None or event is None or tone(event) != "bad":
        return ""
    lost = exchange.lost_at(now)
    if event.details.get("reason") in (None, "timeout") and lost is not None:
        return lost.dst.partition(".")[0]
    return str(event.details.get("by") or event.device)
