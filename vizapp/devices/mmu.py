"""Memory translation: the tables that are walked for an access, and how many of their entries are read.

Intel SDM volume 3A, 4.5 (paging of 4 or 5 levels) and 4.10 (TLBs; MOV to CR3 empties them); volume 3C, 28.2 (with EPT
each guest-physical address on the way, the tables' own and the last one, is itself translated). QEMU, devel/tcg, "MMU
emulation". Nothing but the TLB is kept: processors keep upper levels too, so a walk may read less.
"""

from __future__ import annotations

from vizapp.devices.executor import Executor, plugs
from vizapp.devices.layer import instruction_of
from vizapp.devices.paging import OWN, Paging
from vizapp.scene.model import Port
from vizapp.scene.vocabulary import Event, Field, Kind, Show
from vizapp.sim.behaviour import DELIVERED, Behaviour, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight


class MMU(Behaviour):
    """What translates addresses for the processor, or the emulator, that it is cabled to."""

    wired = False

    def start(self) -> None:
        self.walks = self.reads = self.kept = 0
        self._show()

    def on_carrier(self, port: Port) -> None:
        self._show()

    def configure(self, name: str, value: object) -> None:
        self._show()

    @property
    def paging(self) -> Paging:
        """What is walked as things stand."""
        executor = next((plug.there for plug in plugs(self) if isinstance(plug.there, Executor)), None)
        return executor.paging() if executor is not None else OWN

    def _show(self) -> None:
        paging = self.paging
        self.show("tables", {"words": paging.tables})
        self.show("walk", {"words": "mmu.walk", "n": paging.reads(int(self.get("levels")))})
        self.show("reads", self.reads)
        self.show("tlb", self.kept)

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not packet.has("instruction"):
            return dropped("not-an-instruction")
        instruction = instruction_of(packet)
        if instruction.form.touches:
            self._walk(instruction.by, not instruction.missing)
        else:
            self._empty(instruction.by)
        return DELIVERED

    def _walk(self, by: str, found: bool) -> None:
        """No translation of a page that was not read before is in the TLB: the tables are walked."""
        paging = self.paging
        reads = paging.reads(int(self.get("levels")))
        self.walks += 1
        self.reads += reads
        self.kept += found
        self._show()
        self.event("mmu.walked", reads=reads, tables={"words": paging.tables}, found=int(found), **{"from": by})

    def _empty(self, by: str) -> None:
        """Other tables: what was kept of the old ones counts no more."""
        kept, self.kept = self.kept, 0
        self._show()
        self.event("mmu.flushed", kept=kept, **{"from": by})


KIND = Kind(
    "mmu",
    "Memory translation (MMU) of the processor or emulator that it is cabled to: which page tables are walked, how "
    "many of their entries are read, and the TLB, which a write to CR3 empties.",
    role="hardware",
    icon="processor",
    behaviour=MMU,
    fields=(Field("levels", "int", "Levels of the page tables, 4 or 5.", 4, minimum=4, maximum=5),),
    shows=(
        Show("tables", "text", "show.tables", longest="tables.shadow"),
        Show("walk", "text", "show.walk", longest="mmu.walk"),
        Show("reads", "text", "show.reads", longest="888", face=False),
        Show("tlb", "text", "show.tlb", longest="88", face=False),
    ),
    events=(
        Event("mmu.walked", "The page tables are walked for an access. reads: entries read, at most; found: 0 when the "
              "walk ends at a missing entry.", ("reads", "tables", "found", "from")),
        Event("mmu.flushed", "Other page tables: the TLB is emptied. kept: translations that were in it.",
              ("kept", "from")),
    ),
    example="mmu: {kind: mmu}",
)  # fmt: skip
