"""A link in the world: whole or cut, and what it does to what crosses it."""

from __future__ import annotations

from vizapp.scene.model import Link
from vizapp.sim.timeline import Flight


class Cable:
    """The packets and the rows of the crowd on a link, and what it suffers.

    lasts: true ns that a crossing takes, its added `delay` included. loss, duplicate: shares (0 to 1) of what sets off.
    why: the act that made it what it is.
    """

    __slots__ = ("cut", "delay", "duplicate", "lasts", "link", "loss", "rows", "under_way", "why")

    def __init__(self, link: Link) -> None:
        self.link = link
        self.cut = False
        self.loss = 0.0
        self.duplicate = 0.0
        self.delay = 0
        self.lasts = link.delay
        self.under_way: dict[int, Flight] = {}
        self.rows: set[int] = set()
        self.why = 0

    def far_end(self, port: str) -> str:
        """The port at the other end than that one."""
        return self.link.b if self.link.a == port else self.link.a

    @property
    def ails(self) -> bool:
        """Whether it is cut, or loses or doubles some of what crosses it."""
        return self.cut or self.loss > 0 or self.duplicate > 0
