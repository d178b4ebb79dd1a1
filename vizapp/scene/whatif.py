"""What if something else had been done: `fail web3 @ 8s => hang web3`, `fail web3 => none`, `cut lan.p1 @ 4s`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vizapp.scene.acts import ARROW, NONE, parse_act
from vizapp.scene.model import Act, Place, Problem, Text, WhatIf
from vizapp.scene.names import Names
from vizapp.scene.problems import Problems
from vizapp.scene.tokens import PhraseError

NOTHING = ""  # the verb of an act in whose place nothing is done
ANYTIME = -1  # the time of an act that is the time of another


def nothing(act: Act) -> Act:
    """That it is not done at all."""
    return Act(NOTHING, (), at=act.at, of=act)


def parse_instead(text: str, names: Names, *, of: Act | None, place: Place | None = None) -> Act:
    """What is done instead: `none`, or an act at the time of `of` if it does not say another. Without `of` a setting
    is set from the start, and anything else must say its time. PhraseError says what is wrong."""
    if text.strip() == NONE and of is not None:
        return Act(NOTHING, (), at=ANYTIME, place=place or Place())
    if of is not None:
        return parse_act(text, names, at=ANYTIME, place=place)
    return parse_act(text, names, at=0 if text.split()[:1] == ["set"] else None, place=place)


def read_whatif(text: str, names: Names, file: str = "--what-if") -> WhatIf | Problem:
    """The question that `OLD => NEW` means, or `NEW` alone; or what is wrong with it."""
    before, arrow, after = text.partition(ARROW)
    start = len(before) + len(arrow) if arrow else 0
    try:
        of = parse_act(before, names, at=ANYTIME) if arrow else None
    except PhraseError as wrong:
        return _problem(wrong, 0, file)
    try:
        return WhatIf(Text(), parse_instead(after if arrow else before, names, of=of), of)
    except PhraseError as wrong:
        return _problem(wrong, start, file)


def _problem(wrong: PhraseError, start: int, file: str) -> Problem:
    problems = Problems(file)
    problems.add(wrong.key, Place(1, start + wrong.column + 1), hint=wrong.hint, **wrong.values)
    return problems.all()[0]


def offered(whatif: WhatIf, acts: Sequence[Act]) -> Act | None:
    """What a question means in a run in which these acts are done; None where it makes no sense there."""
    if whatif.of is None:
        return whatif.instead
    of = next((act for act in acts if _means(whatif.of, act)), None)
    if of is None:
        return None
    return replace(whatif.instead, at=of.at if whatif.instead.at == ANYTIME else whatif.instead.at, of=of)


def _means(written: Act, act: Act) -> bool:
    """Whether an act is the written one; options and a time that are not written may be any."""
    options = all(act.options.get(name) == value for name, value in written.options.items())
    return (written.verb, written.args) == (act.verb, act.args) and options and written.at in (ANYTIME, act.at)
