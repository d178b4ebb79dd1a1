"""What a bench says: rows of a measure, its budget and whether it is kept, printed as one table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """value: as measured, in `unit` (× is a ratio within the same run); budget: its limit, None where there is none;
    least: the limit is a floor. said: what the value was made of."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    least: bool = False
    said: str = ""

    @property
    def kept(self) -> bool:
        if self.budget is None:
            return True
        return self.value >= self.budget if self.least else self.value <= self.budget


def show(rows: Iterable[Row]) -> bool:
    """Prints each row as soon as it is measured; whether all budgets are kept."""
    kept = True
    for row in rows:
        kept &= row.kept
        limit = verdict = ""
        if row.budget is not None:
            limit = f"{'≥' if row.least else '≤'} {row.budget:g} {row.unit}"
            verdict = "kept" if row.kept else "NOT KEPT"
        print(f"{row.name:52} {row.value:9.2f} {row.unit:5} {limit:10} {verdict:8}  {row.said}".rstrip(), flush=True)
    return kept
