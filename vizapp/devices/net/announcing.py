"""What keepalived does to the network: adverts, the shared addresses, and the gratuitous ARPs that tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.devices.net.nic import Extra, Interface
from vizapp.devices.net.terms import Terms
from vizapp.protocols.arp import Arp
from vizapp.protocols.ethernet import BROADCAST
from vizapp.protocols.ipv4 import CONTROL, Ipv4, group_mac
from vizapp.protocols.vrrp import GROUP, TTL, Vrrp, virtual_mac

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

REPEAT = 5  # gratuitous ARPs at once (garp_master_repeat)
AGAIN = 5_000_000_000  # ns after which there are as many once more (garp_master_delay)
AFTER_ADVERT = 200_000  # ns from the advert of a take-over to the first of them: the address is added in between
BETWEEN = 50_000  # ns between two of them; recorded: 30 µs to 4 ms


class Voice:
    """Speaks by one card for one group of machines. holder: the card that has the addresses, mostly the same."""

    def __init__(self, stack: Stack, interface: Interface, holder: Interface, terms: Terms) -> None:
        self.stack, self.interface, self.holder, self.terms = stack, interface, holder, terms
        self.last: int | None = None  # true ns of the last advert

    @property
    def mac(self) -> str | None:
        """The MAC of the group, where it has one of its own (`use_vmac`)."""
        return virtual_mac(self.terms.router_id) if self.terms.virtual_mac else None

    # adverts

    def advert(self, priority: int) -> None:
        """Say that this machine is active; with priority 0, that it gives up."""
        terms, device = self.terms, self.stack.device
        message = Vrrp(terms.version, terms.router_id, priority, terms.interval, terms.ips)
        details = {"from": device.id, "priority": priority, "interval": terms.interval, "ip": terms.ips[0]}
        notes = (("vrrp.advert", details),)
        self.last = device.now
        if not terms.peers:
            ip = Ipv4(self.interface.ip or "0.0.0.0", GROUP, "vrrp", TTL, CONTROL)
            self.stack.send_raw(self.interface, group_mac(GROUP), (ip, message), "VRRP", None, notes, eth_src=self.mac)
            return
        for peer in terms.peers:
            self.stack.send((message,), peer, "VRRP", to=self.stack.owner(peer), ttl=TTL, notes=notes)

    # addresses

    def take(self) -> None:
        """Add the shared addresses to the card."""
        for cidr in self.terms.addresses:
            ip, _, bits = cidr.partition("/")
            self.stack.add_address(self.holder, Extra(ip, int(bits), self.mac))

    def release(self) -> None:
        for ip in self.terms.ips:
            self.stack.remove_address(self.holder, ip)

    # gratuitous ARP

    def gratuitous(self, wait: int = 0, *, quiet: bool = False) -> None:
        """Tell everybody who has the addresses: requests that ask for what they tell, as recorded. wait: ns; quiet: all
        of them are mere repetitions, as all but the first are."""
        for ip in self.terms.ips:
            self._gratuitous(ip, wait, quiet)

    def _gratuitous(self, ip: str, wait: int, quiet: bool) -> None:
        device, mac = self.stack.device, self.mac or self.holder.mac
        before = device.world.agenda.cause
        device.event("arp.gratuitous", ip=ip, mac=mac, count=REPEAT, **{"from": device.id})
        for number in range(REPEAT):
            told = (Arp("request", mac, ip, BROADCAST, ip),)
            self.stack.send_raw(self.holder, BROADCAST, told, "gratuitous ARP", None, (), eth_src=mac,
                                wait=wait + number * BETWEEN, quiet=quiet or number > 0)  # fmt: skip
        device.world.agenda.cause = before
