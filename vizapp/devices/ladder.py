"""A ladder of durations on one ruler: some measured by the run as it goes, others cited, and told apart."""

from __future__ import annotations

from typing import Any

from vizapp.scene import parse
from vizapp.scene.vocabulary import Field, Kind, Show
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.match import evaluate, matches
from vizapp.sim.timeline import Event


class Ladder(Behaviour):
    """Rungs are climbed in order: each is measured at its first event after that of the rung before. One that never
    comes stays empty, and the next ones do not wait for it."""

    passes = False

    def start(self) -> None:
        self.rungs: tuple[dict[str, Any], ...] = self.get("rungs")
        self.known: list[int | None] = [None if each["when"] else each["cited"] for each in self.rungs]
        self.last = -1
        self.world.listeners.append(self)
        for number, rung in enumerate(self.rungs):
            time = parse.pattern(rung["when"]).time if rung["when"] else None
            if time is not None:
                self.after(time, self._appear, number)
        self._say()

    def _appear(self, number: int) -> None:
        """The moment of a cited rung that has a time of its own."""
        self.known[number] = self.rungs[number]["cited"]
        self._say()

    def notice(self, event: Event) -> None:
        """Something happened somewhere."""
        for number in range(self.last + 1, len(self.rungs)):
            rung = self.rungs[number]
            if rung["when"] and matches(parse.pattern(rung["when"]), event, self.world.timeline):
                value = rung["cited"] if rung["of"] is None else self._measured(rung["of"], event)
                if isinstance(value, int) and value >= 0:
                    self.known[number], self.last = value, number
                    self._say()
                return

    def _measured(self, of: str, event: Event) -> Any:
        return evaluate(parse.expression(of), self.world.timeline, event)

    def _say(self) -> None:
        rows = [{"name": rung["name"], "ns": ns, "cited": rung["of"] is None, "source": rung["source"]}
                for rung, ns in zip(self.rungs, self.known, strict=True)]  # fmt: skip
        self.show("rungs", {"rungs": rows, "least": self.get("least"), "most": self.get("most")})


KIND = Kind(
    "ladder",
    "Durations on one logarithmic ruler: measured by the run at an event, or cited from elsewhere and drawn as such.",
    role="network",
    icon="chart",
    behaviour=Ladder,
    fields=(
        Field("least", "duration", "Where the ruler begins.", default="100ms", minimum=10_000),
        Field("most", "duration", "Where it ends.", default="10min", minimum=1_000_000),
        Field("rungs", "list", "From the top.", required=True, of=(Field("rung", "map", "", of=(
            Field("name", "text", "What lasts so long.", required=True),
            Field("when", "pattern", "The event at which it is known; of a cited one, at which it appears."),
            Field("of", "expression", "Measured: an expression over that event, in ns, such as `lasted`."),
            Field("cited", "duration", "Instead: how long others say that it lasts."),
            Field("source", "text", "Of a cited one: who says so, and when."),
        )),)),
    ),
    shows=(Show("rungs", "ladder", "show.rungs", given=("rungs",)),),
    example="ladder: {kind: ladder, rungs: [{name: VRRP, when: outage.ended at clients, of: lasted}]}",
)  # fmt: skip
