"""The network settings of a machine: its cards, its gateway, its routes and what it does with packets, as they stand at
the clock; each change is an act like any other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vizapp.devices import VOCABULARY
from vizapp.devices.failure.tables import Tables
from vizapp.devices.net import remarks
from vizapp.devices.net.remarks import Remark
from vizapp.picture import sentences
from vizapp.picture.theme import Theme
from vizapp.scene.acts import read_act
from vizapp.scene.model import Act, Port, Problem, Thing
from vizapp.scene.names import Names
from vizapp.scene.problems import beside_field
from vizapp.window import glyphs, look
from vizapp.window.card_form import CardForm
from vizapp.window.deeds import LIVE
from vizapp.window.live_field import live_field
from vizapp.window.session import Session
from vizapp.window.written_field import Judged, WrittenField
from vizapp.words import Words


class NetworkPage(QWidget):
    """It is built anew for another machine. `left`: back to what the device shows."""

    left = Signal()

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.names = Names.of(session.run.scene, VOCABULARY)
        self.thing: Thing | None = None
        self.back = QPushButton()
        self.back.setProperty("look", "link")
        self.back.clicked.connect(self.left)
        self.state = look.text("wrong", wrap=True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 4, 6, 8)
        self.rows.setSpacing(10)
        self.body = QWidget()

    # what it is made of

    def put(self, thing: str) -> None:
        """Be about that machine, as it stands now."""
        found = self.session.run.scene.things[thing]
        if self.thing is None or found.id != self.thing.id:
            self.thing = found
            self._build(found)
        self.refresh()

    def set_words(self, words: Words) -> None:
        self.words = words
        self._again()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._again()

    def _again(self) -> None:
        if self.thing is not None:
            self._build(self.thing)
            self.refresh()

    def _build(self, thing: Thing) -> None:
        self.rows.removeWidget(self.body)
        self.body.deleteLater()
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        kind = self.session.run.kinds[thing.kind]
        verbs = {verb.name for verb in kind.verbs}
        self.cards = [CardForm(self, port) for port in thing.ports] if "address" in verbs else []
        self.gateway = WrittenField(self._judge_gateway, self.do) if "gateway" in verbs else None
        self.route_rows = QVBoxLayout()
        self.new_route = WrittenField(self._judge_route, self._add_route) if "route" in verbs else None
        fields = sorted((field for field in kind.fields if field.name in LIVE), key=lambda each: LIVE.index(each.name))
        self.live = [made for field in fields if (made := live_field(self, field)) is not None]
        self._routes_shown: object = None
        for widget in (*self.cards, self.gateway):
            if widget is not None:
                inside.addWidget(widget)
        if self.new_route is not None:
            inside.addWidget(self._heading("network.routes"))
            inside.addLayout(self.route_rows)
            inside.addWidget(self.new_route)
        if self.live:
            inside.addWidget(self._heading("network.behaviour"))
            for each in self.live:
                inside.addWidget(each)
        inside.addStretch()
        if self.rows.count() == 0:
            self.rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
            self.rows.addWidget(self.state)
        self.rows.addWidget(self.body, 1)
        self._name()
        glyphs.dress(self, self.theme)

    def _heading(self, key: str) -> QLabel:
        made = look.text("strong")
        made.setText(self.words(key))
        return made

    def _name(self) -> None:
        words = self.words
        self.setAccessibleName(words("network.title"))
        self.back.setText(f"‹ {words('network.back')}")
        for card in self.cards:
            card.set_words(words)
        if self.gateway is not None:
            self.gateway.name(words("network.gateway"), words("network.apply"), words, words("network.no-gateway"))
        if self.new_route is not None:
            example = words("network.new-route", example="192.168.9.0/24 via 192.168.1.9")
            self.new_route.name("", words("network.add"), words, example)

    # as it stands

    @property
    def tables(self) -> Tables:
        return Tables(self.session.run.scene, self.session.run.timeline, self.session.t)

    def refresh(self) -> None:
        """Follow the clock."""
        thing, tables = self.thing, self.tables
        if thing is None:
            return
        failed, on = tables.frame.failed(thing.id), tables.runs(thing.id)
        self.state.setText(self.words("network.down" if failed else "network.off"))
        self.state.setVisible(not on)
        self.body.setEnabled(on)
        for card in self.cards:
            card.put(tables)
        if self.gateway is not None:
            self.gateway.put(next((way.via or "" for way in tables.routes(thing.id) if way.to == "default"), ""))
        self._put_routes(tables)
        for each in self.live:
            each.put(tables.frame.live(thing, each.field.name))

    def _put_routes(self, tables: Tables) -> None:
        """Each route that was given, with a button that takes it away; those of its own networks only told."""
        assert self.thing is not None
        routes = [(way.to, way.via, way.port.partition(".")[2]) for way in tables.routes(self.thing.id)]
        if routes == self._routes_shown:
            return
        self._routes_shown = routes
        while (item := self.route_rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for to, via, card in routes:
            self.route_rows.addWidget(self._route(to, via, card))
        glyphs.dress(self, self.theme)

    def _route(self, to: str, via: str | None, card: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        text = look.text("value", wrap=True)
        text.setText(f"{to} via {via}" if via else f"{to} dev {card}")
        row.addWidget(text, 1)
        if via is not None:
            remove = look.icon_button("close", 14, "muted")
            look.call(remove, self.words("network.remove", route=f"{to} via {via}"))
            remove.clicked.connect(partial(self._remove_route, f"{to} via {via}"))
            row.addWidget(remove)
        return made

    # acts

    def do(self, acts: Sequence[Act]) -> None:
        """One after the other, now; what asks DHCP is watched."""
        for act in acts:
            self.session.attempt(act)

    def read(self, line: str) -> Act | str:
        """The act that a line means, or what is wrong with it in words."""
        found = read_act(line, self.names)
        return beside_field(found, self.words) if isinstance(found, Problem) else found

    def said(self, found: Sequence[Remark]) -> list[tuple[str, str]]:
        """Remarks in words."""
        return [(each.tone, self._say(each)) for each in found]

    def _say(self, remark: Remark) -> str:
        scene = self.session.run.scene
        named = {key: sentences.name(scene, self.words, value) if isinstance(value, str) else value
                 for key, value in remark.values.items()}  # fmt: skip
        text = self.words(remark.key, **named)
        return text[:1].upper() + text[1:] if remark.key.startswith("reason.") else text

    @property
    def others(self) -> bool:
        """Whether what only other machines know may be told: not while a fault is hidden."""
        return not self.session.hunting

    def _judge_gateway(self, text: str) -> Judged:
        assert self.thing is not None
        act = self.read(f"gateway {self.thing.id} {text or 'none'}")
        if isinstance(act, str):
            return Judged(remarks=[("wrong", act)])
        found = remarks.on_gateway(self.tables, self.thing.id, text, others=self.others) if text else []
        return Judged([] if any(each.tone == "wrong" for each in found) else [act], self.said(found))

    def _judge_route(self, text: str) -> Judged:
        assert self.thing is not None
        if not text:
            return Judged()
        act = self.read(f'set {self.thing.id}.static-route "{text}"')  # typed as a route
        if isinstance(act, str) or act.options["value"] == "none":
            return Judged(remarks=[("wrong", act)] if isinstance(act, str) else [])
        route = str(act.options["value"])
        found = remarks.on_gateway(self.tables, self.thing.id, route.split()[2], others=self.others)
        wrong = any(each.tone == "wrong" for each in found)
        return Judged([] if wrong else [Act("route", (self.thing.id, route))], self.said(found))

    def _add_route(self, acts: Sequence[Act]) -> None:
        self.do(acts)
        if self.new_route is not None:
            self.new_route.present = ""
            self.new_route.field.clear()

    def _remove_route(self, route: str, _: bool = False) -> None:
        assert self.thing is not None
        self.do([Act("route", (self.thing.id, route, "del"))])

    def judge_address(self, port: Port, text: str) -> Judged:
        """What giving that address to that card would do."""
        act = self.read(f"address {port.id} {text}")
        if isinstance(act, str):
            return Judged(remarks=[("wrong", act)])
        tables, cidr = self.tables, act.args[1]
        found = remarks.on_address(tables, port.id, cidr, others=self.others)
        if any(each.tone == "wrong" for each in found):
            return Judged(remarks=self.said(found))
        kept = remarks.kept_gateway(tables, port.id, cidr)
        options = {"gateway": kept} if kept else {}
        found += remarks.lost_routes(tables, port.id, cidr)
        return Judged([Act("address", (port.id, cidr), options)], self.said(found))

