"""What travels: one file a protocol, its fields with their place in the bytes, packing and reading true bytes."""

from vizapp.protocols.arp import Arp
from vizapp.protocols.dhcp import Dhcp
from vizapp.protocols.dns import Dns
from vizapp.protocols.ethernet import Ethernet
from vizapp.protocols.header import Data, Header, Message
from vizapp.protocols.http import Http
from vizapp.protocols.icmp import Icmp
from vizapp.protocols.igmp import Igmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.rdp import Rdp
from vizapp.protocols.ssh import Ssh
from vizapp.protocols.tcp import Tcp
from vizapp.protocols.udp import Udp
from vizapp.protocols.vnc import Vnc
from vizapp.protocols.vrrp import Vrrp
from vizapp.protocols.wire import PROTOCOLS, locate, pack, read

__all__ = [
    "Arp", "Data", "Dhcp", "Dns", "Ethernet", "Header", "Http", "Icmp", "Igmp", "Ipv4", "Message", "PROTOCOLS",
    "Rdp", "Ssh", "Tcp", "Udp", "Vnc", "Vrrp", "locate", "pack", "read",
]  # fmt: skip
