"""The menu of what may be done to a thing or a cable: have it try something, settle it, switch it, break it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QMenu

from vizapp.picture.theme import Theme
from vizapp.scene.model import Act, Thing
from vizapp.scene.vocabulary import Verb
from vizapp.window import glyphs, keys
from vizapp.window.deeds import GLYPHS, Deed, deed_name, deeds, has_settings, needed, verb_name, verbs_of
from vizapp.window.fault_menu import FaultMenu
from vizapp.window.session import Session
from vizapp.window.whatif import done_to, offer
from vizapp.words import Words

FIRST = ("ping", "http", "arp", "dhcp", "resolve")  # what is tried most, in this order
SETTLED = ("address", "gateway", "route")  # verbs of the page of network settings


def fill_menu(menu: QMenu, session: Session, words: Words, theme: Theme, target: str | None) -> None:
    """Everything that may be done to the target, what only tries first; several ways of one verb share a submenu."""
    _Filling(menu, session, words, theme).fill(target)


class _Filling:
    def __init__(self, menu: QMenu, session: Session, words: Words, theme: Theme) -> None:
        self.menu, self.session, self.words, self.theme = menu, session, words, theme
        self.found: dict[str, list[Deed]] = {}

    def fill(self, target: str | None) -> None:
        for deed in deeds(self.session, self.words, target):
            self.found.setdefault(deed.verb, []).append(deed)
        thing = self.session.run.scene.things.get(target or "")
        shown = [] if thing is None or self.session.run.frame(self.session.t).failed(thing.id) else self._verbs(thing)
        own = {verb.name for verb in shown}
        self._part(thing, sorted((verb for verb in shown if verb.tries), key=_use))
        self._settings(thing)
        self._part(thing, sorted((verb for verb in shown if not verb.tries), key=lambda verb: not needed(verb)))
        if not self.menu.isEmpty():
            self.menu.addSeparator()
        for verb, group in self.found.items():
            if verb not in own:
                for deed in group:
                    self._do(self.menu, deed, deed_name(self.words, deed))
        offer(self.menu, self.session, self.words, self.theme, done_to(self.session, target))
        self._faults(target)

    def _faults(self, target: str | None) -> None:
        """What it can suffer besides, and the palette of all that."""
        known = len(self.menu.actions())
        rest = FaultMenu(self.session, self.words, self.theme, self.session.do)
        rest.fill(self.menu, target, without=("fail", "cut", "kill", "stop"))
        if target is not None and len(self.menu.actions()) > known:
            key = keys.labels(keys.command("faults"), self.words)
            action = self.menu.addAction(f"{self.words('command.faults')}…\t{key}")
            action.triggered.connect(lambda: self.session.faulting.emit(target, None))

    def _verbs(self, thing: Thing) -> list[Verb]:
        """Those of its verbs that a menu offers; gateways and routes have a page of their own."""
        return [verb for verb in verbs_of(self.session, thing) if verb.name not in SETTLED]

    def _part(self, thing: Thing | None, verbs: Iterable[Verb]) -> None:
        if thing is None:
            return
        if not self.menu.isEmpty():
            self.menu.addSeparator()
        for verb in verbs:
            self._verb(thing, verb, self.found.get(verb.name, []))

    def _settings(self, thing: Thing | None) -> None:
        """The door to the page of network settings."""
        if thing is None or not has_settings(self.session, thing):
            return
        self.menu.addSeparator()
        icon = glyphs.icon("tune", self.theme.muted, 18)
        action = self.menu.addAction(icon, f"{self.words('network.title')}…")
        action.triggered.connect(lambda: self.session.wished.emit("address", thing.id))

    def _verb(self, thing: Thing, verb: Verb, group: list[Deed]) -> None:
        rest = needed(verb)
        if not rest and len(group) == 1:
            self._do(self.menu, group[0], deed_name(self.words, group[0]))
        elif group or (verb.aims and len(rest) == 1):
            inside = self.menu.addMenu(verb_name(self.words, verb.name))
            inside.setIcon(self._icon(verb.name))
            self._ways(inside, thing, verb, group)
        elif rest:
            self._type(self.menu, thing, verb, f"{verb_name(self.words, verb.name)}…")

    def _ways(self, inside: QMenu, thing: Thing, verb: Verb, group: list[Deed]) -> None:
        """Its target on the stage, from the list, or typed."""
        if verb.aims:
            action = inside.addAction(glyphs.icon("target", self.theme.accent, 18), self.words("deed.point"))
            action.triggered.connect(lambda: self.session.take_aim(thing.id, verb.name))
            inside.addSeparator()
        for deed in group:
            self._do(inside, deed, deed.says)
        if verb.aims:
            inside.addSeparator()
            self._type(inside, thing, verb, self.words("deed.type"))

    def _type(self, menu: QMenu, thing: Thing, verb: Verb, text: str) -> None:
        action = menu.addAction(glyphs.icon("keyboard", self.theme.muted, 18), text)
        action.triggered.connect(lambda: self.session.wished.emit(verb.name, thing.id))

    def _do(self, menu: QMenu, deed: Deed, text: str) -> None:
        action = menu.addAction(self._icon(deed.verb, deed.tone), text)
        action.triggered.connect(partial(_attempt, self.session, deed.act))

    def _icon(self, verb: str, tone: str = ""):  # type: ignore[no-untyped-def]
        tint = {"bad": self.theme.bad, "good": self.theme.good}.get(tone, self.theme.muted)
        return glyphs.icon(GLYPHS.get(verb, "send"), tint, 18)


def _use(verb: Verb) -> int:
    """How soon a verb is looked for."""
    return FIRST.index(verb.name) if verb.name in FIRST else len(FIRST)


def _attempt(session: Session, act: Act, _: bool = False) -> None:
    session.attempt(act)
