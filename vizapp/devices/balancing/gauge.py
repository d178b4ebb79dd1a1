"""How long clients wait, measured since the load last changed, beside what theory expects of one server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vizapp.devices.balancing import theory
from vizapp.sim.windows import quantile

if TYPE_CHECKING:
    from vizapp.devices.balancing.clients import Clients

SECOND = 1_000_000_000
MILLISECOND = 1_000_000
LONG = 10 * SECOND  # true ns of one load after which its measures are told


class Gauge:
    """Shows `load`, `felt` and `expected` of some clients every second, and tells once what a load came to."""

    def __init__(self, clients: Clients) -> None:
        self.clients = clients
        self.key: tuple[float, int, int] | None = None
        self.since = 0
        self.told = False
        self.lasts: list[int] = []
        self._tick(None)

    def note(self, lasts: int) -> None:
        """A request was answered, `lasts` ns after it was sent."""
        self._follow()
        self.lasts.append(lasts)

    def _load(self) -> tuple[float, int, int]:
        """Requests a second, ns of work in each, cores."""
        clients, servers = self.clients, self.clients.servers()
        slowest = max((getattr(server, "slowness", 1.0) for server in servers), default=1.0)
        cores = sum(server.get("cores") or 0 for server in servers)
        return clients.rate, round(clients.get("demand") * slowest), cores

    @property
    def _fits(self) -> bool:
        """Whether theory speaks of this: one queue, all left to chance."""
        clients = self.clients
        chance = (clients.get("arrivals"), clients.get("work")) == ("poisson", "exponential")
        return chance and len(clients.servers()) == 1

    def _follow(self) -> None:
        """Another load: what was measured so far says nothing of it."""
        key = self._load()
        if key != self.key:
            self.key, self.since, self.told = key, self.clients.now, False
            self.lasts.clear()

    def _tick(self, _: Any) -> None:
        self.clients.of_itself()
        self._follow()
        self._say()
        self.clients.after(SECOND, self._tick)

    def _say(self) -> None:
        assert self.key is not None
        clients, (rate, demand, cores) = self.clients, self.key
        load = rate * demand / SECOND / cores if cores else 0.0
        mean, late = self._measured()
        expected, most = self._expected(cores, load, demand)
        clients.show("load", {"words": "clients.load", "load": load})
        clients.show("felt", "" if mean is None else _words("felt", mean, late))
        clients.show("expected", _words("expected", expected, most) if expected is not None
                     else {"words": "clients.no-balance"} if load >= 1 else "")  # fmt: skip
        if not self.told and mean is not None and clients.now - self.since >= LONG:
            self.told = True
            clients.event("clients.measured", load=load, cores=cores, n=len(self.lasts), mean=mean, late=late,
                          expected=expected, most=most)  # fmt: skip

    def _measured(self) -> tuple[int | None, int | None]:
        """Mean time (ns), and what 95 % did not exceed; nothing before the first answer."""
        ordered = sorted(self.lasts)
        return (sum(ordered) // len(ordered), quantile(ordered, 95)) if ordered else (None, None)

    def _expected(self, cores: int, load: float, demand: int) -> tuple[int | None, int | None]:
        """The same as theory has it, where it can tell."""
        if load >= 1 or not cores or not self._fits:
            return None, None
        return round(theory.response(cores, load, demand)), round(theory.quantile(cores, load, demand, 0.95))


def _words(name: str, mean: int, late: int | None) -> dict[str, Any]:
    """To be said in whole milliseconds."""
    whole = [round((each or 0) / MILLISECOND) * MILLISECOND for each in (mean, late)]
    return {"words": f"clients.{name}", "mean": whole[0], "late": whole[1]}
