"""What may be written of the machine under a program of the crowd, and what it shows: only with an address."""

from __future__ import annotations

from dataclasses import replace

from vizapp.devices import machine
from vizapp.scene.vocabulary import Event, Field, Show, Verb

WRITTEN = ("routes", "static-route", "keepalived")
OFFERED = ("boot", "shutdown", "ping", "arp", "neighbour", "flush", "stop", "kill", "start")
SHOWN = ("address", "boot", "arp", "routes")

FIELDS: tuple[Field, ...] = tuple(field for field in machine.FIELDS if field.name in WRITTEN)
VERBS: tuple[Verb, ...] = tuple(verb for verb in machine.VERBS if verb.name in OFFERED)
SHOWS: tuple[Show, ...] = tuple(
    replace(show, given=("addressed",)) if show.field in SHOWN else show
    for show in machine.SHOWS
    if show.field in SHOWN or "keepalived" in show.given
)
EVENTS: tuple[Event, ...] = machine.EVENTS
