"""The DHCP clients of a machine, one for each card that asks for its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.devices.net.dhcp_client import DhcpClient, Manner
from vizapp.devices.net.nic import Interface
from vizapp.protocols.dhcp import CLIENT_PORT
from vizapp.sim.behaviour import Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack


class DhcpClients:
    """The DHCP clients of a machine, by the name of the card that each asks for. They hear what comes to port 68."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.by_card: dict[str, DhcpClient] = {}

    def open(self, interface: Interface, manner: Manner) -> DhcpClient:
        """A client for that card, which does not ask yet."""
        client = self.by_card[interface.name] = DhcpClient(self, interface, manner)
        self.stack.udp.by_port[CLIENT_PORT] = self
        return client

    def close(self, card: str) -> None:
        """That card asks no more; the address that it has at present stays."""
        client = self.by_card.pop(card, None)
        if client is not None:
            client.stop()

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        client = self.by_card.get(interface.name)
        return client.datagram(interface, packet) if client is not None else ignored("nobody-listens")

    def show(self) -> None:
        """Record the leases as they stand."""
        self.stack.device.show("lease", [client.row() for client in self.by_card.values()])

    def show_wait(self, lasts: int | None) -> None:
        """Record that a client waits for so many ns from now on."""
        self.stack.device.show("dhcp-wait", None)  # so that an equal wait is another one
        self.stack.device.show("dhcp-wait", lasts)
