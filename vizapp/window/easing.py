"""How a stage goes from one layout to the next: eased where its structure changed, at once where it was resized."""

from __future__ import annotations

from time import monotonic

from vizapp.picture import motion
from vizapp.picture.eased import structure
from vizapp.picture.stage import Stage


class Easing:
    """It has no timer: where things are follows from how long ago the structure changed (monotonic seconds)."""

    def __init__(self) -> None:
        self.laid: Stage | None = None  # as it was laid out last
        self.before: Stage | None = None  # what is left behind
        self.since = 0.0

    def of(self, stage: Stage, now: float | None = None) -> tuple[Stage, float] | None:
        """The layout that is left behind and how far one is from it, 0 to 1; None once one is there."""
        now = monotonic() if now is None else now
        if self.laid is not stage:
            changed = self.laid is not None and structure(self.laid) != structure(stage)
            self.before, self.since = (self.laid, now) if changed else (None, now)
            self.laid = stage
        part = (now - self.since) / motion.EASE
        if self.before is None or part >= 1.0:
            self.before = None
            return None
        return self.before, part

    @property
    def under_way(self) -> bool:
        """Whether there is still a way to go."""
        return self.before is not None
