"""One machine's part in the election of VRRP: who is active, who waits (keepalived 2.2.7, `vrrp.c`; RFC 9568 § 6.4).

A backup waits for adverts until its timer runs out: then it is active itself. An active machine that hears a higher
priority gives up; one that hears a lower one speaks up at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.announcing import AFTER_ADVERT, AGAIN, Voice
from vizapp.devices.net.silencing import silenced
from vizapp.devices.net.terms import Terms
from vizapp.protocols.header import ip_number
from vizapp.protocols.ipv4 import Ipv4, is_multicast
from vizapp.protocols.vrrp import OWNER, STOPPING, TTL, Vrrp
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.running import Running

ACTIVE, BACKUP, FAULT, STOPPED = "active", "backup", "fault", "stopped"
AT_ONCE = 1_000  # ns that the owner of the address waits


@dataclass(frozen=True, slots=True)
class Heard:
    """The last advert that counted: when (true ns), from which device, with which priority."""

    t: int
    origin: str
    priority: int


class Election:
    """state: one of the above. due: true ns at which the timer runs out; down: for how long it was set."""

    def __init__(self, voice: Voice, terms: Terms) -> None:
        self.voice, self.terms = voice, terms
        self.state = STOPPED
        self.priority = terms.priority
        self.learned = terms.interval  # that of the active machine, by which its silence is measured
        self.down = self.due = self.planned = 0
        self.since = 0  # true ns since which it waits
        self.heard: Heard | None = None
        self.discarded = False  # it has heard a lower priority since the last advert that counted
        self.patience: int | None = None  # true ns until which a lower priority is let be (`preempt-delay`)
        self.rival: str | None = None  # whose lower priority it has discarded
        self.set: tuple[int, str] = (0, "")  # when the timer runs out, and in which state it was set

    @property
    def device(self) -> Running:
        return self.voice.stack.device

    def _event(self, name: str, **details: Any) -> int:
        return self.device.event(name, **details, **{"from": self.device.id})

    # states

    def begin(self, trouble: str | None) -> None:
        """The program starts. What an earlier run left on the card is taken away. trouble: why it can't be active."""
        self.voice.release()
        if trouble is not None:
            self.fault(trouble)
        else:
            self._wait("start")
            if self.terms.priority == OWNER:
                self._arm(AT_ONCE)

    def _wait(self, because: str, *, to: str | None = None) -> None:
        """Be a backup from now on."""
        self.state, self.heard, self.discarded, self.patience = BACKUP, None, False, None
        self.since = self.device.now
        self._event("vrrp.backup", because=because, priority=self.priority, to=to)
        self._show({"words": "vrrp.backup", "since": self.device.now})
        self._arm(self.terms.down(self.priority, self.learned))

    def _activate(self, because: str) -> None:
        details = {
            "after": self.device.now - self.since, "down": self.down, "interval": self.learned,
            "skew": self.terms.skew(self.priority, self.learned), "missed": self._missed(because), "because": because,
            "to": self._before(),
        }  # fmt: skip
        self.device.world.agenda.cause = silenced(self) or self.device.world.agenda.cause
        self._event("vrrp.expired", **details)
        self.state = ACTIVE
        taken = self._event("vrrp.active", **details, priority=self.priority, ip=self.terms.ips[0])
        self._show({"words": "vrrp.active", "since": self.device.now, "tone": "good"})
        self.voice.advert(self.priority)
        self.voice.take()
        self.device.world.agenda.cause = taken
        self.voice.gratuitous(AFTER_ADVERT)
        self.device.wait(AGAIN, self._again)
        self._arm(self.terms.interval)

    def _before(self) -> str | None:
        """Who was active, as far as it knows."""
        return self.rival if self.discarded else self.heard.origin if self.heard else None

    def _missed(self, because: str) -> int:
        """How many adverts should have come since the last one."""
        return (self.device.now - self.since) // self.learned if because == "no-advert" else 0

    def _again(self, _: None) -> None:
        """Not when it is active no more."""
        if self.state == ACTIVE:
            self.voice.gratuitous(quiet=True)

    def _yield(self, to: str) -> None:
        """Somebody with a higher priority is active too."""
        self._wait("higher-priority", to=to)
        self.voice.release()

    def fault(self, reason: str) -> None:
        """The card has no link, or what is tracked has failed."""
        if self.state == ACTIVE and reason != "no-carrier":  # once on leaving, once on taking the addresses away
            self.voice.advert(STOPPING)
            self.voice.advert(STOPPING)
        if self.state == ACTIVE:
            self.voice.release()
        self.state = FAULT
        self._event("vrrp.fault", reason=reason)
        self._show({"words": "vrrp.fault", "tone": "bad"})
        self._disarm()

    def recover(self) -> None:
        """Back from a fault."""
        self.learned = self.terms.interval
        self._wait("recovered")

    def stop(self, *, clean: bool) -> None:
        """The program ends: cleanly it says so and takes the addresses away; killed it can do neither."""
        if clean and self.state == ACTIVE:
            self.voice.advert(STOPPING)
            self.voice.release()
        self.state = STOPPED
        self._event("vrrp.stopped", because="stop" if clean else "kill")
        self._show({"words": "vrrp.stopped"} if clean else {"words": "vrrp.killed", "tone": "bad"})
        self._disarm()

    def change(self, terms: Terms, priority: int) -> None:
        """The configuration was read again: an active machine speaks at once, a backup waits afresh."""
        if self.voice.terms.ips != terms.ips or self.voice.terms.virtual_mac != terms.virtual_mac:
            self.voice.release()
        self.terms = self.voice.terms = terms
        self.priority, self.learned = priority, terms.interval
        if self.state == ACTIVE:
            self.voice.take()
            self.voice.advert(self.priority)
            self._arm(terms.interval)
        elif self.state == BACKUP:
            self._arm(terms.down(priority, self.learned))

    def weigh(self, priority: int) -> None:
        """What is tracked changes the priority: a backup waits longer or shorter by the difference."""
        if priority == self.priority:
            return
        before = self.terms.down(self.priority, self.learned)
        self.priority = priority
        self._event("vrrp.priority", priority=priority)
        if self.state == BACKUP:
            later = self.terms.down(priority, self.learned) - before
            self._arm(max(self.due + later - self.device.now, 0))

    # timers

    def _arm(self, delay: int) -> None:
        """Set the timer; one that runs out at that very moment already is left as it is, cause and all."""
        due = self.device.now + delay
        if (due, self.state) == self.set:
            return
        self.planned += 1
        self.due, self.down, self.set = due, delay, (due, self.state)
        self.device.wait(delay, self._ran_out, self.planned)
        self._ring("advert" if self.state == ACTIVE else "down", delay)

    def _disarm(self) -> None:
        self.planned += 1
        self.due, self.set = 0, (0, "")
        self._ring(None, 0)

    def _ran_out(self, number: int) -> None:
        if number != self.planned:
            return
        if self.state == ACTIVE:
            self.device.of_itself()
            self.voice.advert(self.priority)
            self._arm(self.terms.interval)
        elif self.state == BACKUP:
            self._activate(self._because())

    def _because(self) -> str:
        if self.heard is None:
            return "preempts" if self.discarded else "nobody"
        if self.heard.priority == STOPPING:
            return "priority-zero"
        return "preempts" if self.discarded else "no-advert"

    # adverts

    def hear(self, ip: Ipv4, advert: Vrrp, packet: Packet) -> None:
        """An advert of this group came in by the card."""
        wrong = self._wrong(ip, advert)
        if self.state == BACKUP:
            self._hear_waiting(wrong, ip, advert, packet)
        elif self.state == ACTIVE:
            self._hear_active(wrong, ip, advert, packet)

    def _wrong(self, ip: Ipv4, advert: Vrrp) -> str | None:
        """Why keepalived takes no notice of it (`vrrp_check_packet`); None: nothing is wrong."""
        terms = self.terms
        if ip.ttl != TTL and not terms.peers:
            return "vrrp-ttl"
        if advert.version != terms.version:
            return "vrrp-version"
        if terms.version == 2 and advert.interval != terms.interval:
            return "vrrp-interval"
        if set(advert.addresses) != set(terms.ips):
            return "vrrp-addresses"
        return "vrrp-cast" if is_multicast(ip.dst) == bool(terms.peers) else None

    def _hear_waiting(self, wrong: str | None, ip: Ipv4, advert: Vrrp, packet: Packet) -> None:
        if wrong is None and advert.priority == STOPPING:
            self._note(advert, packet)
            self._arm(self.terms.skew(self.priority, self.learned))
        elif wrong is None and self._counts(advert.priority):
            if advert.version == 3:
                self.learned = advert.interval
            self._note(advert, packet)
            self._weigh_delay(advert.priority)
            self._arm(self.terms.down(self.priority, self.learned))
        else:
            if wrong is None:
                self.discarded, self.rival = True, packet.origin
            self._discard(wrong or "vrrp-lower", advert, packet)

    def _counts(self, priority: int) -> bool:
        """Whether an advert of that priority keeps this machine waiting."""
        patient = self.terms.delay and (self.patience is None or self.patience > self.device.now)
        return not self.terms.preempt or priority >= self.priority or bool(patient)

    def _weigh_delay(self, priority: int) -> None:
        """The delay before one preempts begins with the first lower priority that is heard."""
        if not self.terms.delay or priority >= self.priority:
            self.patience = None
        elif self.patience is None:
            self.patience = self.device.now + self.terms.delay

    def _note(self, advert: Vrrp, packet: Packet) -> None:
        self.since, self.discarded = self.device.now, False
        self._hears("vrrp.heard", advert, packet)
        self.heard = Heard(self.device.now, packet.origin, advert.priority)

    def _hears(self, name: str, advert: Vrrp, packet: Packet, **more: Any) -> None:
        details = {"priority": advert.priority, "ip": advert.addresses[0] if advert.addresses else None, **more}
        self.device.event(name, **details, **{"from": packet.origin, "to": self.device.id})

    def _discard(self, reason: str, advert: Vrrp, packet: Packet) -> None:
        self._hears("vrrp.discarded", advert, packet, reason=reason, own=self.priority)

    def _hear_active(self, wrong: str | None, ip: Ipv4, advert: Vrrp, packet: Packet) -> None:
        """Whatever it is, the next advert of its own waits a whole interval again (`vrrp_dispatcher_read`)."""
        own = self.priority, ip_number(self.voice.interface.ip or "0.0.0.0")
        if wrong is not None:
            self._discard(wrong, advert, packet)
        elif advert.priority == STOPPING:
            self._hears("vrrp.heard", advert, packet)
            self.voice.advert(self.priority)
        elif (advert.priority, ip_number(ip.src)) < own:
            self._discard("vrrp-lower", advert, packet)
            self.voice.advert(self.priority)
            self.voice.gratuitous(AFTER_ADVERT)
            self.device.wait(AGAIN, self._again)
        else:
            self.learned = advert.interval if advert.version == 3 else self.learned
            self._hears("vrrp.heard", advert, packet)
            self._yield(packet.origin)
            return
        self._arm(self.terms.interval)

    # shows

    def _show(self, role: Any) -> None:
        self.device.show("vrrp", role)
        self.device.show("vrrp-state", self.state)

    def _ring(self, name: str | None, lasts: int) -> None:
        """Each ring with the moment from which it runs down, because it may be set again to the same length."""
        for each in ("advert", "down"):
            self.device.show(f"vrrp-{each}", [self.device.now, lasts] if each == name else None)
