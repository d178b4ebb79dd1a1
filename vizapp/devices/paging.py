"""The page tables that a processor walks: one stage, two, a hypervisor's shadow, or an emulator's own work.

Intel SDM volume 3A, 4.5; volume 3C, 28.2.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """What is walked: words key of the tables, and whether a second stage translates each of their addresses."""

    tables: str
    stages: int = 1

    def reads(self, levels: int) -> int:
        """Entries of tables read at most, for one address."""
        return levels if self.stages == 1 else (levels + 1) * (levels + 1) - 1


OWN, DIRECT = Paging("tables.own"), Paging("tables.direct")
SHADOW, NESTED, SOFTWARE = Paging("tables.shadow"), Paging("tables.nested", 2), Paging("tables.software")
