"""An address of one's own choice in 169.254/16, when nobody gives one (RFC 3927)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.devices.net.nic import Interface
from vizapp.protocols.arp import Arp
from vizapp.protocols.header import ip_number, ip_text

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

SECOND = 1_000_000_000
FIRST, LAST = ip_number("169.254.1.0"), ip_number("169.254.254.255")  # § 2.1
BITS = 16
# § 9: ns, and how often
PROBE_WAIT, PROBES, PROBE_LEAST, PROBE_MOST = 1 * SECOND, 3, 1 * SECOND, 2 * SECOND
ANNOUNCE_WAIT, ANNOUNCEMENTS, BETWEEN = 2 * SECOND, 2, 2 * SECOND
CONFLICTS, SLOWER = 10, 60 * SECOND  # after so many conflicts it takes its time
DEFEND = 10 * SECOND  # one conflict is fended off, a second one within that time gives up the address
NOBODY = "0.0.0.0"


class LinkLocal:
    """Seeks such an address for one interface: chooses, asks by ARP whether anybody has it, takes it, defends it."""

    def __init__(self, stack: Stack, interface: Interface) -> None:
        self.stack = stack
        self.interface = interface
        self.address: str | None = None
        self.taken = False
        self.defended: int | None = None  # true ns
        self.conflicts = 0
        self.round = 0  # rises with each address tried: what was planned before is void

    def start(self) -> None:
        """Choose an address and ask whether anybody has it."""
        if self.address is not None:
            return
        device = self.stack.device
        self.address = ip_text(device.chance("link-local").between(FIRST, LAST))
        self.round += 1
        self.stack.arp.watchers.append(self)
        self._event("link-local.chosen")
        wait = SLOWER if self.conflicts >= CONFLICTS else device.chance("link-local-wait").between(0, PROBE_WAIT)
        device.wait(wait, self._probe, (self.round, 1))

    def stop(self) -> None:
        """Give it up: there is a better one."""
        if self.taken:
            self.stack.configure(self.interface.name, None)
        self.cease()

    def cease(self) -> None:
        """Seek and defend no more; an address that was taken stays."""
        if self.address is not None:
            self.stack.arp.watchers.remove(self)
        self.round += 1
        self.address, self.taken, self.defended = None, False, None

    def _event(self, name: str) -> None:
        self.stack.device.event(name, ip=self.address, **{"from": self.stack.device.id})

    def _probe(self, entry: tuple[int, int]) -> None:
        """An ARP request whose sender address is empty: nobody's cache may learn from it (§ 2.2.1)."""
        number, count = entry
        if number != self.round or self.address is None:
            return
        self.stack.arp.request(self.interface, self.address)
        if count < PROBES:
            wait = self.stack.device.chance("link-local-wait").between(PROBE_LEAST, PROBE_MOST)
            self.stack.device.wait(wait, self._probe, (number, count + 1))
        else:
            self.stack.device.wait(ANNOUNCE_WAIT, self._take, number)

    def _take(self, number: int) -> None:
        if number == self.round and self.address is not None:
            self.taken = True
            self.stack.configure(self.interface.name, self.address, BITS)
            self._event("link-local.taken")
            self._announce((number, 1))

    def _announce(self, entry: tuple[int, int]) -> None:
        """An ARP request for the address itself, so that all caches learn it (§ 2.4)."""
        number, count = entry
        if number != self.round or self.address is None:
            return
        self.stack.arp.request(self.interface, self.address)
        if count < ANNOUNCEMENTS:
            self.stack.device.wait(BETWEEN, self._announce, (number, count + 1))

    def heard(self, interface: Interface, arp: Arp) -> bool:
        """An ARP message came: whether it shows that somebody else has, or wants, the address (§ 2.2.1, § 2.5)."""
        has = arp.sender_ip == self.address
        wants = not self.taken and arp.sender_ip == NOBODY and arp.target_ip == self.address
        if interface is not self.interface or arp.sender_mac == self.interface.mac or not (has or wants):
            return False
        self._event("link-local.conflict")
        self.conflicts += 1
        now = self.stack.device.now
        if self.taken and (self.defended is None or now - self.defended > DEFEND):
            self.defended = now
            self._announce((self.round, ANNOUNCEMENTS))
        else:
            self.stop()
            self.start()
        return True
