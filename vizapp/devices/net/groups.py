"""Multicast groups: which of them the cards of a machine take in, and the reports that tell the network so.

Linux reports a change twice, in case one is lost (RFC 3376 § 5.1; igmp.c: `igmp_ifc_event`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.devices.net.nic import Interface
from vizapp.protocols.igmp import JOINS, LEAVES, ROUTERS, Igmp
from vizapp.protocols.ipv4 import CONTROL, NO_ADDRESS, Ipv4, group_mac

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

SOON = (4_000_000, 12_000_000)  # ns before the first report: one to three jiffies
AGAIN = 1_000_000_000  # ns within which it is repeated (Unsolicited_Report_Interval of version 3)


class Groups:
    """Joined by programs, for one card at a time."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def join(self, interface: Interface, group: str) -> None:
        """A program wants to hear that group by that card."""
        if group_mac(group) not in interface.groups:
            interface.groups |= {group_mac(group)}
            self._tell(interface, JOINS, group)

    def leave(self, interface: Interface, group: str) -> None:
        """The program has ended, or wants no more."""
        if group_mac(group) in interface.groups:
            interface.groups -= {group_mac(group)}
            self._tell(interface, LEAVES, group)

    def _tell(self, interface: Interface, change: int, group: str) -> None:
        chance = self.stack.device.chance("igmp")
        first = chance.between(*SOON)
        for wait in (first, first + chance.between(0, AGAIN)):
            self.stack.device.after(wait, self._report, (interface, change, group))

    def _report(self, entry: tuple[Interface, int, str]) -> None:
        interface, change, group = entry
        if change != (JOINS if group_mac(group) in interface.groups else LEAVES):
            return  # it is otherwise by now
        ip = Ipv4(interface.ip or NO_ADDRESS, ROUTERS, "igmp", 1, CONTROL, alert=True)
        self.stack.send_raw(interface, group_mac(ROUTERS), (ip, Igmp(change, group)), "IGMP", None, ())
