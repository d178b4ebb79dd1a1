"""A budget of memory: how many instances of each technique a machine holds, N = floor(R / (A + O)).

R: memory of the machine; A: what an application needs; O: what a technique adds to each instance. All are numbers of
the scene, illustrative unless a part of O is cited. A technique says too whether each instance has a kernel of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import Any

from vizapp.scene.vocabulary import Event, Field, Kind, Show
from vizapp.sim.behaviour import Behaviour

MIB = 1024  # in a GiB
SLACK = 1e-9  # relative: what binary fractions may lack of a whole number of instances


class Budget(Behaviour):
    """It counts anew whenever a number changes."""

    wired = False
    passes = False

    def start(self) -> None:
        self._count()

    def configure(self, name: str, value: Any) -> None:
        self._count()

    def _count(self) -> None:
        memory, application = MIB * float(self.get("memory")), float(self.get("application"))
        rows = [_row(each, memory, application) for each in self.get("rows")]
        counts, kernels, lost = ({row["id"]: row[name] for row in rows} for name in ("n", "kernels", "lost"))
        ratio = _ratio(counts, tuple(self.get("compares")))
        for name, n in counts.items():
            self.show(name, n)
        self.show("ratio", ratio)
        self.show("rows", {"memory": memory, "application": application, "rows": rows, "ratio": significant(ratio),
                           "compares": tuple(self.get("compares"))})  # fmt: skip
        self.event("budget.counted", memory=self.get("memory"), application=self.get("application"), counts=counts,
                   kernels=kernels, lost=lost, ratio=ratio, shown=significant(ratio))  # fmt: skip


def _row(written: Mapping[str, Any], memory: float, application: float) -> dict[str, Any]:
    """One technique: overhead in MiB, instances, kernels that run for them, and what one kernel takes with it."""
    overhead = sum(float(part["size"]) for part in written["overhead"])
    n = instances(memory, application, overhead)
    own = bool(written["own-kernel"])
    return {
        "id": written["id"], "name": written["name"], "role": written["role"], "overhead": overhead, "n": n,
        "kernels": n if own else min(n, 1), "lost": min(n, 1) if own else n,
        "parts": tuple({"name": part["name"], "size": float(part["size"]), "source": part["source"]}
                       for part in written["overhead"]),
    }  # fmt: skip


def instances(memory: float, application: float, overhead: float) -> int:
    """How many fit, each with its application and its overhead (same unit)."""
    each = application + overhead
    return floor(memory / each * (1 + SLACK)) if each > 0 else 0


def _ratio(counts: Mapping[str, int], compares: tuple[str, ...]) -> float | None:
    more, less = (counts.get(name, 0) for name in compares) if len(compares) == 2 else (0, 0)
    return more / less if less else None


def significant(ratio: float | None) -> float | None:
    """Two significant digits: 21.3 is 21, 5.83 is 5.8, 140.9 is 140."""
    return None if ratio is None else round(ratio, 1 - floor(log10(ratio))) if ratio > 0 else 0.0


KIND = Kind(
    "budget",
    "The memory of one machine, and how many instances of each technique fit in: each takes what its application needs "
    "and what the technique adds. Numbers are illustrative, but for those parts that name their source.",
    role="network",
    icon="memory",
    behaviour=Budget,
    fields=(
        Field("memory", "number", "R: usable memory of the machine, in GiB.", required=True, minimum=0.001),
        Field("application", "number", "A: what an application needs, in MiB.", required=True, minimum=0),
        Field("compares", "list", "The ids of two rows: how many times more of the first fit than of the second.",
              of=(Field("row", "text", ""),)),
        Field("rows", "list", "The techniques, in their order.", required=True, of=(Field("row", "map", "", of=(
            Field("id", "text", "Its name in claims and texts: `budget.vm`.", required=True),
            Field("name", "text", "What it is called.", required=True),
            Field("role", "choice", "Its colours.", "hypervisor",
                  choices=("hardware", "hypervisor", "host", "guest", "runtime", "application")),
            Field("own-kernel", "bool", "Each instance has a kernel of its own; else all share the host's.", False),
            Field("overhead", "list", "O, part by part.", of=(Field("part", "map", "", of=(
                Field("name", "text", "What it is.", required=True),
                Field("size", "number", "How much, in MiB.", required=True, minimum=0),
                Field("source", "text", "Who measured it; without, it is illustrative."),
            )),)),
        )),)),
    ),
    shows=(Show("rows", "budget", "show.budget", given=("rows",)),),
    events=(
        Event("budget.counted", "The instances were counted anew, by row. ratio: of those that it `compares`, exact; "
              "shown: with two significant digits; kernels: how many run; lost: what a crash of one of them stops.",
              ("memory", "application", "counts", "kernels", "lost", "ratio", "shown")),
    ),
    example="budget: {kind: budget, memory: 64, application: 20, rows: [{id: vm, name: VM, overhead: [{name: VM, size: "
    "512}]}]}",
)  # fmt: skip
