"""What is told under the sides of a comparison: rows that line up, so that one sees where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vizapp.picture.letter import Letter

Form = Literal["effect", "count", "value", "verdict"]
NOTHING = "–"  # in a cell that has nothing to say
WAITS = "…"  # in one whose outcome is still to come


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side says. tone: plain, good, bad, none (nothing yet, or a count of 0), waits. label: what a count
    counts, in the form that its number asks for."""

    text: str
    tone: str = "plain"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row over all sides. differs: two of them are known to say something else."""

    form: Form
    label: str
    cells: tuple[Cell, ...]
    differs: bool = False

    @classmethod
    def of(cls, form: Form, label: str, cells: list[Cell]) -> Line:
        known = {cell.text for cell in cells if cell.tone not in ("none", "waits")}
        differs = len({cell.text for cell in cells}) > 1 if form == "count" else len(known) > 1
        return cls(form, label, tuple(cells), differs)


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows are kept for each sort, whatever comes. parcel: also for the packet that is followed."""

    effects: int = 0
    counts: int = 0
    values: int = 0
    verdicts: int = 0
    points: int = 0
    parcel: bool = False
    sources: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """lines: the rows. now: that of the step reached. points: of each side, what holds of it (text and tone).
    sources, parcels: of each side; the packet that was followed last. dated: when, what and by whom, told instead."""

    lines: tuple[Line, ...]
    points: tuple[tuple[tuple[str, str], ...], ...] = ()
    sources: tuple[str, ...] = ()
    parcels: tuple[Letter | None, ...] = ()
    now: Line | None = None
    dated: tuple[tuple[str, str, str], ...] = ()

    def some(self, form: Form) -> list[Line]:
        return [line for line in self.lines if line.form == form]
