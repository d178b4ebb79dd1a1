"""How often a machine may report to another one by ICMP (RFC 1812 § 4.3.2.8, RFC 1122; limits of Linux)."""

from __future__ import annotations

from dataclasses import dataclass

SECOND = 1_000_000_000
RATE = 1 * SECOND  # ns between two errors to one machine in the long run (icmp_ratelimit)
BURST = 6  # errors that may go to it at once (XRLIM_BURST_FACTOR)
ROUTE_BURST = 5  # of those, errors about missing routes (ip_rt_error_burst)
REDIRECTS = 9  # then it does not listen (ip_rt_redirect_number)
REDIRECT_PAUSE = 20_000_000  # ns before the second redirect to it, doubled with each one (ip_rt_redirect_load)
SILENCE = 20 * SECOND  # ns after which it may listen again (ip_rt_redirect_silence)


@dataclass(slots=True)
class Peer:
    """Another machine: unspent time for errors in ns, when it was last told; the same of redirects."""

    unspent: int = BURST * RATE
    told: int = 0
    redirects: int = 0
    redirected: int = -SILENCE


class Limits:
    """Who was told how often. Times in true ns."""

    def __init__(self) -> None:
        self.peers: dict[str, Peer] = {}

    def may_tell(self, address: str, now: int, *, no_route: bool = False) -> bool:
        """Whether one more error may go there now. That there is no route has a limit of its own, on the same time."""
        peer = self.peers.setdefault(address, Peer())
        return (not no_route or _spend(peer, now, ROUTE_BURST)) and _spend(peer, now, BURST)

    def may_redirect(self, address: str, now: int) -> bool:
        """Whether one more redirect may go there now."""
        peer = self.peers.setdefault(address, Peer())
        if now > peer.redirected + SILENCE:
            peer.redirects = 0
        if peer.redirects >= REDIRECTS:
            peer.redirected = now
            return False
        if peer.redirects and now <= peer.redirected + (REDIRECT_PAUSE << peer.redirects):
            return False
        peer.redirects += 1
        peer.redirected = now
        return True


def _spend(peer: Peer, now: int, burst: int) -> bool:
    """Take the time of one error from what is unspent, if there is enough."""
    peer.unspent = min(peer.unspent + now - peer.told, burst * RATE)
    peer.told = now
    if peer.unspent < RATE:
        return False
    peer.unspent -= RATE
    return True
