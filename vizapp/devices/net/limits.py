"""How often a machine may report to another one by ICMP (RFC 1812 § 4.3.2.8; the limits of Linux, which share one
account for each machine that is told)."""

from __future__ import annotations

from dataclasses import dataclass

SECOND = 1_000_000_000
COST = 1 * SECOND  # ns between two errors to one machine in the long run (icmp_ratelimit, ip_rt_error_cost)
BURST = 6  # errors that may go to it at once (XRLIM_BURST_FACTOR)
ROUTE_BURST = 5  # of those, errors about missing routes (ip_rt_error_burst)
REDIRECTS = 9  # then it does not listen (ip_rt_redirect_number)
REDIRECT_PAUSE = 20_000_000  # ns before the second redirect to it, doubled with each one (ip_rt_redirect_load)
SILENCE = 20 * SECOND  # ns after which it may listen again (ip_rt_redirect_silence)


@dataclass(slots=True)
class Account:
    """Of one machine: time not spent on errors yet and when that was counted, in ns; redirects it got."""

    unspent: int = 0
    last: int = -60 * SECOND
    redirects: int = 0

    def spend(self, now: int, burst: int) -> bool:
        """Take the time of one error, if there is enough."""
        self.unspent = min(self.unspent + now - self.last, burst * COST)
        self.last = now
        if self.unspent < COST:
            return False
        self.unspent -= COST
        return True


class Limits:
    """Who was told how often. Times in true ns."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}

    def may_tell(self, address: str, now: int, *, no_route: bool = False) -> bool:
        """Whether one more error may go there now. That there is no route is paid for twice."""
        account = self.accounts.setdefault(address, Account())
        return (not no_route or account.spend(now, ROUTE_BURST)) and account.spend(now, BURST)

    def may_redirect(self, address: str, now: int) -> bool:
        """Whether one more redirect may go there now."""
        account = self.accounts.setdefault(address, Account())
        if now > account.last + SILENCE:
            account.unspent = account.redirects = 0
        tired = account.redirects >= REDIRECTS
        soon = account.redirects and now <= account.last + (REDIRECT_PAUSE << account.redirects)
        if tired or not soon:
            account.last = now
        if tired or soon:
            return False
        account.redirects += 1
        return True
