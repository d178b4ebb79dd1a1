"""Translated code, kept: a block is translated the first time it is about to run, and reused from then on."""

from __future__ import annotations

from typing import Any

from vizapp.protocols.instruction import CALL, Instruction
from vizapp.scene.vocabulary import Column, Event, Show
from vizapp.sim.behaviour import Behaviour


class Blocks:
    """The translation cache of a device, keyed by layer and address; here a block ends with the instruction asked for.

    QEMU, devel/tcg (translation blocks, direct block chaining); Adams & Agesen (2006), section 3 (translation cache).
    """

    def __init__(self, owner: Behaviour) -> None:
        self.owner = owner
        self.rows: dict[tuple[str, int], dict[str, Any]] = {}
        self.reused = 0
        self._show()

    def run(self, layer: str, rip: int, instruction: Instruction, how: str) -> bool:
        """That code of a layer's is about to run. how: words key of what the translator makes of it. Returns whether it
        had to be translated."""
        row = self.rows.get((layer, rip))
        known = row["runs"] if row else 0
        entered = instruction.said if instruction.vector == CALL else instruction.vector
        code: Any = {"words": "block.entry", "code": entered} if entered else instruction.said
        label = dict(self.owner.world.scene.things[layer].label)
        self.rows[layer, rip] = {"layer": label, "rip": f"{rip:#x}", "code": code,
                                 "how": {"words": how}, "runs": known + 1}  # fmt: skip
        self.reused += known > 0
        self._show()
        self.owner.event("block.reused" if known else "block.translated", instruction=instruction.name,
                         code=code, rip=f"{rip:#x}", how={"words": how}, **{"from": layer})  # fmt: skip
        return not known

    def _show(self) -> None:
        self.owner.show("blocks", list(self.rows.values()))
        self.owner.show("translated", len(self.rows))
        self.owner.show("reused", self.reused)


SHOWS = (
    Show("translated", "text", "show.translated", longest="88"),
    Show("reused", "text", "show.reused", longest="88", face=False),
    Show("blocks", "table", "show.blocks", (
        Column("layer", "column.layer", mono=False, longest="kernel"),
        Column("rip", "column.address", longest="0xffffffff81e00040"),
        Column("code", "column.code", longest="MOV CR3"),
        Column("how", "column.how", mono=False, longest="how.replaced"),
        Column("runs", "column.runs", longest="88"),
    ), face=False, longest="6"),
)  # fmt: skip

EVENTS = (
    Event("block.translated", "A block of guest code is translated, the first time it is about to run.",
          ("instruction", "code", "rip", "how", "from")),
    Event("block.reused", "The translation that is kept of a block serves again.",
          ("instruction", "code", "rip", "how", "from")),
)  # fmt: skip
