"""A server: so many cores, each busy with one request at a time, and a queue of those that wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from vizapp.devices import faults
from vizapp.devices.balancing import hosting
from vizapp.devices.balancing.crossing import Crossing
from vizapp.devices.balancing.hosted import Hosted
from vizapp.devices.balancing.request import CHECK, Attempt, Probe
from vizapp.scene.model import Act, Thing
from vizapp.scene.vocabulary import Field, Kind, Show
from vizapp.sim.behaviour import Behaviour, Impossible
from vizapp.sim.way import Way
from vizapp.sim.world import World

if TYPE_CHECKING:
    from vizapp.devices.balancing.balancer import Balancer


class Server(Hosted):
    """Its program gone, its kernel refuses at once; hung, it accepts and never answers; its machine gone, it is silent.
    `fail` takes the machine away where it has addresses, else the program."""

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        self.due: dict[str, int] = {}  # when each balancer will check it
        self.verdicts: dict[str, bool] = {}  # whether each balancer sends it requests
        self.used: bool | None = None  # whether one does

    def begin(self) -> None:
        timeline = self.world.timeline
        self.cores: int = self.get("cores")
        self.slowness: float = self.get("slowness")
        self.busy: dict[Attempt, int] = {}  # what a core is working on, until when (true ns)
        self.queue: deque[Attempt] = deque()
        self.inside: dict[Attempt, None] = {}
        self.probes: list[Probe] = []  # checks that a hung program has not answered yet
        self.hung = False
        came = self.now if getattr(self, "gone", None) is not None else getattr(self, "back", None)
        self.back: int | None = came  # when it last came back
        self.gone: int | None = None  # since when (true ns) it answers nothing
        self.ways: dict[str, Way | Crossing] = {}
        self.served: int = getattr(self, "served", 0)
        self.loads: list[dict[str, Any]] = []  # what to show of each number in progress, made once
        self.load = timeline.track(self.id, "in_progress")
        self.total = timeline.track(self.id, "served", "I")
        self.total.put(self.now, self.served)
        self._say()
        self._say_faults()

    def _say_faults(self) -> None:
        faults.say(self, self.hung, self.slowness)

    def _say(self) -> None:
        self.show("size", {"words": "server.size", "n": self.cores, "weight": self.get("weight")})
        self.loads = []
        self._count()

    def _count(self) -> None:
        """Show how many requests it has, out of how many it can work on at once."""
        n, loads = len(self.inside), self.loads
        while len(loads) <= n:
            loads.append({"words": "server.in-progress", "n": len(loads), "of": self.cores})
        self.load.put(self.world.agenda.now, loads[n])

    def quit(self) -> None:
        for attempt in self.inside:
            self._back(attempt.balancer).carry(attempt.request.number, balancer(attempt).broken, attempt)
        self.crash()

    def crash(self) -> None:
        self.gone = self.now
        self.inside.clear()
        self.busy.clear()
        self.queue.clear()
        self.probes.clear()
        self._count()

    def configure(self, name: str, value: Any) -> None:
        super().configure(name, value)
        if name == "cores":
            self.cores = value
            if self.running:
                self._next()
        elif name == "slowness":
            self.slowness = value
            self._say_faults()
        elif name == "weight":
            for device in self.world.devices.values():
                if getattr(device, "balances", False) and self.id in device.get("servers") and not device.failed:
                    cast("Balancer", device).weigh(self.id)
        self._say()

    # requests

    def accept(self, entry: tuple[int, Attempt]) -> None:
        """A request is there: a core takes it, or it waits."""
        row, attempt = entry
        if self.failed:
            self._refuse(row, attempt)
            return
        attempt.accepted = True
        if attempt.over:
            return  # the balancer gave up while it was on its way
        attempt.late = self.hung
        self.inside[attempt] = None
        self._count()
        if self.hung or len(self.busy) >= self.cores:
            self.queue.append(attempt)
        else:
            self._work(attempt, round(attempt.request.demand * self.slowness))

    def _refuse(self, row: int, attempt: Attempt) -> None:
        self.world.timeline.crowd.end(row, self.now, "connection-refused")
        self.world.agenda.cause = self.why
        self._back(attempt.balancer).carry(attempt.request.number, balancer(attempt).refused, attempt)

    def _work(self, attempt: Attempt, lasts: int) -> None:
        self.busy[attempt] = self.now + lasts
        self.after(lasts, self._done, attempt)

    def _done(self, attempt: Attempt) -> None:
        del self.busy[attempt]
        del self.inside[attempt]
        self._count()
        if not attempt.over:
            self.served += 1
            self.total.put(self.now, self.served)
            self._back(attempt.balancer).carry(attempt.request.number, balancer(attempt).answered, attempt)
        self._next()

    def _next(self) -> None:
        while self.queue and len(self.busy) < self.cores and not self.hung:
            attempt = self.queue.popleft()
            self._work(attempt, round(attempt.request.demand * self.slowness))

    def forget(self, attempt: Attempt) -> None:
        """The balancer hung up: what only waits is dropped; what a core is at, it finishes for nobody."""
        if attempt in self.inside and (attempt not in self.busy or self.hung):
            del self.inside[attempt]
            self.busy.pop(attempt, None)
            if attempt in self.queue:
                self.queue.remove(attempt)
            self._count()

    def _back(self, device: Behaviour) -> Way | Crossing:
        way = self.ways.get(device.id)
        if way is None:
            way = self.ways[device.id] = self.way_to(device.id)
        return way

    # health checks

    def check(self, entry: tuple[int, Probe]) -> None:
        """A health check is there."""
        row, probe = entry
        if self.failed:
            self.world.timeline.crowd.end(row, self.now, "connection-refused")
            self.world.agenda.cause = self.why
            self._back(probe.balancer).carry(CHECK, cast("Balancer", probe.balancer).check_refused, probe)
        elif self.hung:
            self.probes.append(probe)
        else:
            self._pass(probe)

    def _pass(self, probe: Probe) -> None:
        self.world.agenda.cause = self.why
        self._back(probe.balancer).carry(CHECK, cast("Balancer", probe.balancer).check_passed, probe)

    # faults

    def do_hang(self, act: Act, options: Mapping[str, Any]) -> None:
        """The program stops answering; its kernel still accepts."""
        if self.hung:
            raise Impossible("already-hung", device=self.id)
        self.hung = True
        self.gone = self.now
        self.why = self.world.agenda.cause
        self.epoch += 1  # what it was at stands still
        self.busy = {attempt: end - self.now for attempt, end in self.busy.items()}
        self._say_faults()

    def do_resume(self, act: Act, options: Mapping[str, Any]) -> None:
        """It goes on where it had stopped, and answers what waits."""
        if not self.hung:
            raise Impossible("not-hung", device=self.id)
        self.hung = False
        self.gone, self.back = None, self.now
        self.why = self.world.agenda.cause
        self._say_faults()
        for attempt, left in list(self.busy.items()):
            self._work(attempt, left)
        for probe in self.probes:
            self._pass(probe)
        self.probes.clear()
        self._next()

    def do_slow(self, act: Act, options: Mapping[str, Any]) -> None:
        """From now on every request takes it `factor` times as long; its weight does not follow."""
        self.slowness = options.get("factor", 4.0)
        self._say_faults()

    # what a balancer says of it

    def judged(self, by: str, up: bool) -> None:
        """A balancer set it aside, or takes it back. What is shown is the verdict of all: it is out of service when
        none of them sends it anything."""
        self.verdicts[by] = up
        self._say_verdict()

    def left(self, by: str) -> None:
        """That balancer is gone: what it thought counts no more, unless it was the only one."""
        self.due.pop(by, None)
        if len(self.verdicts) > 1:
            del self.verdicts[by]
            self._say_verdict()

    def _say_verdict(self) -> None:
        used = any(self.verdicts.values())
        if used != self.used:
            self.used = used
            self.show("up", used)
            self.show("state", "" if used else {"words": "server.set-aside", "at": self.now})

    def expect(self, by: str, due: int | None) -> None:
        """That balancer's next check is due at true ns `due`; None: it is on its way. The next of all is shown."""
        self.due.pop(by, None)
        if due is not None:
            self.due[by] = due
        coming = [t for t in self.due.values() if t > self.now]
        self.show("check", min(coming) - self.now if coming else 0)


def balancer(attempt: Attempt) -> Balancer:
    return cast("Balancer", attempt.balancer)


SERVER = Kind(
    "server",
    "A server of requests: cores that each work on one, and a queue.",
    role="machine",
    icon="server",
    behaviour=Server,
    fields=(
        Field("cores", "int", "Requests that it works on at once.", default=4, minimum=1, maximum=256),
        Field("weight", "int", "Its weight, fixed by the administrator (0 to 256); 0: nothing new is sent to it.", 1,
              minimum=0, maximum=256),
        Field("slowness", "number", "How many times longer than usual each request takes it.", 1.0, minimum=0.1),
        Field("address", "text", "`ip:port`, which the consistent hash of nginx reads."),
        *hosting.FIELDS,
    ),
    shows=(
        *hosting.SHOWS,
        Show("in_progress", "text", "show.in_progress", longest="server.in-progress.longest"),
        Show("size", "text", "show.size", longest="server.size.longest"),
        Show("state", "text", "show.state", longest="server.set-aside.longest"),
        Show("in_progress", "load", "show.in_progress", longest="10"),
        Show("check", "ring", "show.check"),
        *faults.BADGES,
        Show("served", "text", "show.served", longest="888888", face=False),
    ),
    verbs=(*hosting.VERBS, *faults.VERBS),
    events=(*hosting.EVENTS, *faults.EVENTS),
    example="web1: {kind: server, cores: 8, weight: 2}",
)  # fmt: skip
