"""For how long nobody takes the requests of a crowd, as the crowd finds out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vizapp.devices.balancing.clients import Clients
    from vizapp.devices.balancing.request import Request

NOTICE = 200_000_000  # ns without an accepted connection, from which a service is taken for gone
EVERY = 100_000_000  # ns between two values of the outage that is shown
AWAY = ("balancer-refused", "nobody-serves", "no-server", "arp-failed", "no-route")  # of all, not of one request


class Absence:
    """It begins with the birth of the first request that nobody accepts, and ends when one that was born since is
    answered. A request whose server is slow was accepted: it is no absence."""

    def __init__(self, clients: Clients) -> None:
        self.clients = clients
        self.since: int | None = None  # true ns
        self.lost = 0  # requests that came to nothing since
        self.said = 0
        self.latest = -1  # true ns of the last answer

    def unanswered(self, request: Request, reason: str = "") -> None:
        """Nobody has accepted it, or it failed for a reason that holds for all."""
        if (reason and reason not in AWAY) or request.born < self.latest:
            return
        if self.since is None:
            self.since, self.lost = request.born, 0
            self.clients.world.agenda.cause = self.clients.way.why() or self.clients.world.agenda.cause
            self.clients.event("outage.began", since=self.since, **self._ends())
        if self.clients.now >= self.said + EVERY:
            self.said = self.clients.now
            self._say("outage.now", lasts=self.clients.now - self.since)

    def failed(self) -> None:
        """A request came to nothing."""
        self.lost += 1

    def answered(self, request: Request, by: str) -> None:
        """An answer came."""
        self.latest = self.clients.now
        if self.since is None or request.born < self.since:
            return
        since, self.since = self.since, None
        lasted = self.clients.now - since
        self.clients.event("outage.ended", since=since, lasted=lasted, lost=self.lost, **self._ends(by))
        self._say("outage.was", lasted=lasted)

    def _ends(self, to: str | None = None) -> dict[str, Any]:
        return {"from": self.clients.id, "to": to, "address": self.clients.called or self.clients.get("target")}

    def _say(self, words: str, **values: int) -> None:
        self.clients.show("outage", {"words": words, **values})
