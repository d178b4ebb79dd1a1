"""What makes a server out of service and fit again: HAProxy's active checks and nginx's passive ones."""

from __future__ import annotations

SECOND = 1_000_000_000


class Health:
    """HAProxy's counter (check.c): in service while `value >= rise`. A success fills it once it has risen that far; a
    failure takes one off, and the one that would take it below `rise` empties it: `fall` failures in a row set a server
    aside, `rise` successes in a row bring it back. It begins at `rise`: before any success, one failure is enough."""

    __slots__ = ("fall", "rise", "value")

    def __init__(self, rise: int, fall: int) -> None:
        self.rise = rise
        self.fall = fall
        self.value = rise

    @property
    def up(self) -> bool:
        return self.value >= self.rise

    @property
    def full(self) -> bool:
        return self.value == self.rise + self.fall - 1

    @property
    def failures(self) -> int:
        """Failures in a row while it is still in service."""
        return self.rise + self.fall - 1 - self.value

    def passed(self) -> bool:
        """A check succeeded; True when that brings the server back."""
        was = self.up
        self.value += 1
        if self.up:
            self.value = self.rise + self.fall - 1
        return self.up and not was

    def failed(self) -> bool:
        """A check failed; True when that sets the server aside."""
        was = self.up
        self.value = self.value - 1 if self.value > self.rise else 0
        return was and not self.up

    def retuned(self, rise: int, fall: int) -> Health:
        """The same server under other limits."""
        health = Health(rise, fall)
        if self.up:
            health.value = max(rise, rise + fall - 1 - self.failures)
        else:
            health.value = min(self.value, rise - 1)
        return health


def detection(inter: int, fall: int) -> tuple[int, int]:
    """The least and most true ns from a crash that is refused at once until the server is set aside."""
    return (fall - 1) * inter, fall * inter


def detection_hung(inter: int, fall: int) -> tuple[int, int]:
    """The same for a server that stays silent: each check takes an interval to fail, and the next waits for another."""
    return (2 * fall - 1) * inter, 2 * fall * inter


class Passive:
    """nginx's passive check: `max_fails` failed requests within `fail_timeout` set a server aside for `fail_timeout`;
    then one request tries it again. nginx counts in whole seconds of its clock (`phase`: ns of it at time 0)."""

    __slots__ = ("accessed", "checked", "fails", "max_fails", "phase", "timeout")

    def __init__(self, max_fails: int, timeout: int, phase: int = 0) -> None:
        self.max_fails = max_fails
        self.timeout = timeout
        self.phase = phase
        self.fails = 0
        self.accessed = 0
        self.checked = 0

    def _seconds(self, t: int) -> int:
        return (t + self.phase) // SECOND

    def available(self, t: int) -> bool:
        """Whether a request may be sent to it at true ns `t`."""
        spent = self.max_fails > 0 and self.fails >= self.max_fails
        return not spent or (self._seconds(t) - self.checked) * SECOND > self.timeout

    def chosen(self, t: int) -> None:
        if (self._seconds(t) - self.checked) * SECOND > self.timeout:
            self.checked = self._seconds(t)

    def failed(self, t: int) -> bool:
        """A request to it failed; True when that sets it aside."""
        self.fails += 1
        self.accessed = self.checked = self._seconds(t)
        return self.max_fails > 0 and self.fails >= self.max_fails

    def answered(self) -> None:
        """A request was answered: what failed before the last trial is forgotten."""
        if self.accessed < self.checked:
            self.fails = 0
