"""What silenced the machine that was active: for what is told of a take-over, never for what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.protocols.vrrp import STOPPING

if TYPE_CHECKING:
    from vizapp.devices.net.election import Election

LOST = ("link-cut", "lost", "partition")  # what keeps a packet from arriving, by somebody's doing


def silenced(election: Election) -> int:
    """The event after which no advert came any more: its machine crashed or was switched off, its program ended, a
    cable was cut; 0: nothing of the kind, or it said itself that it gives up."""
    heard = election.heard
    if heard is None or election.discarded or heard.priority == STOPPING:
        return 0
    world = election.device.world
    daemon = getattr(world.devices.get(heard.origin), "keepalived", None)
    if daemon is not None and daemon.ended[0] >= heard.t:
        return int(daemon.ended[1])
    for flight in reversed(world.timeline.flights):
        if flight.departs < heard.t:
            return 0
        if flight.packet.origin == heard.origin and flight.packet.has("vrrp") and flight.reason in LOST:
            there = flight.dst.partition(".")[0]
            parted = world.faults.parted(heard.origin, there)
            return parted if flight.reason == "partition" else world.cables[flight.link].why
    return 0
