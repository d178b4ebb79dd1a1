"""The nouns of a scene: plain frozen data, exactly what was written and nothing that happens later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vizapp.scene.text import Text as Text

CARDS = ("mac", "ip", "ttl", "id")
"""What the card of a packet may tell: both MAC addresses, both IP addresses with their ports, the TTL, the ICMP id."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written, for Problems. Lines and columns start at 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a scene: `file:line:column: message` and how to mend it."""

    file: str
    place: Place
    key: str  # words key of the message
    values: Mapping[str, Any] = field(default_factory=dict)
    hint_key: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A field's value that follows a setting: written `$name`."""

    setting: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: a citation ready to print, and the ids of the facts that stand behind it. kind:
    what is cited, of `citing.MAIN`; `fact` where the facts alone are. at: its address, where it follows from that."""

    text: Text
    facts: tuple[str, ...] = ()
    kind: str = "fact"
    at: str = ""


@dataclass(frozen=True, slots=True)
class Port:
    """A network port of a thing; `id` is `device.port`. mac: `aa:bb:..` or None; ip: CIDR text, `dhcp` or None."""

    id: str
    device: str
    name: str
    mac: str | None = None
    ip: str | None = None
    gateway: str | None = None
    promiscuous: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A setting that has, or has not (`equal` False), a certain value."""

    setting: str
    value: Any
    equal: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """A box of the stage. `fields` holds what its kind defines, already typed (times in ns, rates per second)."""

    id: str
    kind: str
    label: Text
    parent: str | None = None
    children: tuple[str, ...] = ()
    ports: tuple[Port, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    caption: Text | None = None
    role: str | None = None
    icon: str | None = None
    arrange: str | None = None  # row, column, grid
    place: Place = Place()
    table: str | None = None  # the one of its tables that stands in its box
    does: frozenset[str] = frozenset()  # verbs of the script whose first word it is
    stands: tuple[Term, ...] = ()  # it is there while all of these hold; see scene.standing
    folds: tuple[str, ...] | None = None  # of one drawn as a band alone (never written): what lies in it


@dataclass(frozen=True, slots=True)
class Link:
    """A cable between two ports, both ways. delay: true ns, for one way. `a` and `b` are port ids."""

    id: str
    a: str
    b: str
    delay: int = 100_000
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a setting may have. written: the word that means it, when the value is typed by a field."""

    value: Any
    label: Text
    says: Text | None = None
    written: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def word(self) -> str:
        """What `set` and `--set` call it."""
        return str(self.value) if self.written is None else self.written


@dataclass(frozen=True, slots=True)
class Setting:
    """A knob of the scene. type: bool, int, number, duration (ns), rate (per second), choice. `says` is a template."""

    name: str
    label: Text
    type: str
    default: Any
    choices: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str | None = None
    says: Text | None = None
    place: Place = Place()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A verb done at a moment: `http vm1 server port=40001 @ 3s`. Shared by script, `--do` and what a person does.

    at: true ns. args: words after the verb; options: `key=value`, typed by the verb (or a Reference). of: the act in
    whose place it is done, of the script or of a person's; without a verb, nothing is done there.
    """

    verb: str
    args: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    at: int = 0
    place: Place = field(default=Place(), compare=False)
    of: Act | None = None

    def __str__(self) -> str:
        words = [self.verb, *self.args, *(f"{k}={v}" for k, v in self.options.items())]
        said = f"{' '.join(words)} @ {self.at / 1e9:.9g}s" if self.verb else "none"
        return said if self.of is None else f"{self.of} => {said}"


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement that held at its time: when, what, and who measured it."""

    when: Text
    say: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Step:
    when: str  # an event phrase (sim.phrase), `start` or a time such as `4.2s`
    say: Text
    title: Text | None = None
    focus: tuple[str, ...] = ()
    fold: tuple[str, ...] = ()  # things drawn as a thin band
    notes: Text | None = None
    table: str | None = None  # `router.nat`: the one table that the show attaches
    place: Place = Place()
    differ: bool | None = None  # of a comparison: whether what came of it is not the same on all sides
    sources: tuple[Source, ...] = ()
    dated: tuple[Dated, ...] = ()  # of a comparison: told under the sides in place of what is counted


@dataclass(frozen=True, slots=True)
class Option:
    is_: Any
    why: Text
    say: Text | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things that a puzzle is about. is_: the bins that are right for it, or the one value that it is put
    in order by; where nothing is written the run tells: `of`, an expression over the first event that `when` names
    from the question on, or without it the moment of that event."""

    say: Text
    why: Text = field(default_factory=Text)
    is_: tuple[Any, ...] = ()
    of: str = ""
    when: str = ""
    side: str = ""  # of a comparison: the side that is asked
    sources: tuple[Source, ...] = ()
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Items to be sorted into bins (id → name), or, where there are no bins, to be put in order."""

    items: tuple[Item, ...]
    bins: Mapping[str, Text] = field(default_factory=dict)

    @property
    def sorts(self) -> bool:
        return bool(self.bins)

    @property
    def places(self) -> int:
        """How many places an item may have: bins, or positions in the order."""
        return len(self.bins) or len(self.items)


@dataclass(frozen=True, slots=True)
class Question:
    """Asked before an event. answer: an expression over that event, or over the first one of `answered` from there on,
    evaluated on the run; an option's `is_` is a literal, `same`/`next`/`other` (against the same path under `before`),
    or an expression written `= expr`."""

    before: str
    ask: Text
    answer: str
    options: tuple[Option, ...]
    point_at: str | None = None
    answered: str | None = None  # a pattern; None: the event before which it is asked
    place: Place = Place()
    side: str = ""  # of a comparison: the side that the answer is asked of
    sides: str = ""  # of a comparison: the claim whose answer is the sides on which it holds
    sources: tuple[Source, ...] = ()
    puzzle: Puzzle | None = None  # in the place of the options


@dataclass(frozen=True, slots=True)
class Task:
    """changes: at most so many. fault: acts that are done unseen when the task begins. solution: acts that reach the
    goal, for `vizapp check`. Their times are counted from where the task begins. A task with a `puzzle` has no goal
    and no acts: it is solved when all is where it belongs; `placed` says where, item by item, for `vizapp check`."""

    say: Text
    goal: str
    hints: tuple[Text, ...]
    changes: int | None = None
    fault: tuple[Act, ...] = ()
    solution: tuple[Act, ...] = ()
    place: Place = Place()
    side: str = ""  # of a comparison: the side on which it must hold; all when none is written
    sources: tuple[Source, ...] = ()
    puzzle: Puzzle | None = None
    placed: tuple[int, ...] = ()  # numbers of bins, or positions

    @property
    def begun(self) -> bool:
        """Whether it begins when the person says so, and only what comes then counts; else with the run."""
        return bool(self.fault) or self.changes is not None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question that a scene offers: what if `instead` were done in the place of `of`? A time of -1 is that of `of`;
    an `of` of that time is the first such act. Without `of` it is done as well; without a verb, nothing is."""

    say: Text
    instead: Act
    of: Act | None = None
    place: Place = Place()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    text: str
    place: Place = Place()
    side: str = ""  # of a comparison: the side on which it must hold; all when none is written


@dataclass(frozen=True, slots=True)
class Chart:
    """series: one of `scene.vocabulary.SERIES`; of: the device it is measured at, None for the whole scene. title: its
    own, or empty for that of its series."""

    series: str
    of: str | None = None
    title: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Bands:
    """What tells who serves when: `began` and `ended`, patterns of events at the thing that does, or a `field` that
    holds a value while it does. of: the things meant; none: any. labels: by thing, `nobody` and `first` (before anyone
    served)."""

    of: tuple[str, ...] = ()
    began: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """What holds of a scene, told where it is compared with others. tone: good, warn, bad or plain."""

    text: Text
    tone: str = "plain"
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class SideRow:
    """What a comparison tells of each side at the clock: how often `count` happened, or what `of` is worth, at the
    last event of `last` where that is written. one: what `say` is where it happened once."""

    say: Text
    count: str | None = None
    of: str | None = None
    last: str | None = None
    sources: tuple[Source, ...] = ()
    one: Text | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole scene. until: true ns that the run lasts. pace: fixed `true per show` factor, or None for followed.

    A comparison has `sides`, each a scene of its own whose title is the side's label; its things, links and settings
    are those of all sides together. pairing: `time` or `step`. rows: what is told of each side; None: what it counts.
    """

    id: str
    title: Text
    summary: Text
    chapter: str
    level: int
    minutes: int
    seed: int
    until: int
    things: Mapping[str, Thing]
    links: tuple[Link, ...]
    settings: Mapping[str, Setting] = field(default_factory=dict)
    requires: tuple[str, ...] = ()
    script: tuple[Act, ...] = ()
    follow: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    pace: float | None = None
    limit: int | None = None  # how far the sandbox plays on, true ns
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()
    tasks: tuple[Task, ...] = ()
    whatif: tuple[WhatIf, ...] = ()
    expect: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    charts: tuple[Chart, ...] | None = None  # None: what its things measure
    bands: Bands | None = None  # None: what its things record
    arrange: str | None = None
    cards: tuple[str, ...] = ("ip",)  # what the card of a followed packet tells, of CARDS
    file: Path | None = None
    caption: Text | None = None
    points: tuple[Point, ...] = ()
    sides: tuple[Scene, ...] = ()
    pairing: str = "time"
    rows: tuple[SideRow, ...] | None = None

    def roots(self) -> Iterator[Thing]:
        return (thing for thing in self.things.values() if thing.parent is None)

    def ports(self) -> dict[str, Port]:
        return {port.id: port for thing in self.things.values() for port in thing.ports}

    def defaults(self) -> dict[str, Any]:
        return {name: setting.default for name, setting in self.settings.items()}
