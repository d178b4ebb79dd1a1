"""What network devices are made of: card, ARP cache, bridge, routes, IP stack, TCP, ICMP, DHCP, address translation."""
