"""One card of a machine: its MAC address, where its address comes from, and the address with its mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from vizapp.devices.failure.tables import Tables
from vizapp.scene.model import Act, Port
from vizapp.window import look
from vizapp.window.written_field import Judged, WrittenField
from vizapp.words import Words

if TYPE_CHECKING:
    from vizapp.window.network_page import NetworkPage

BY_HAND, DHCP, NONE = "by-hand", "dhcp", "none"
SOURCES = (BY_HAND, DHCP, NONE)


class CardForm(QFrame):
    """Choosing DHCP or nothing is done at once; an address is done once it is written."""

    def __init__(self, page: NetworkPage, port: Port) -> None:
        super().__init__()
        self.page, self.port = page, port
        self.setObjectName("card")
        self.name, self.mac = look.text("strong"), look.text("faint-mono")
        self.source = QComboBox()
        for each in SOURCES:
            self.source.addItem("", each)
        self.source.activated.connect(self._chosen)
        self.address = WrittenField(self._judge, page.do)
        top = QHBoxLayout()
        top.addWidget(self.name)
        top.addStretch()
        top.addWidget(self.mac)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 10, 10)
        rows.setSpacing(6)
        rows.addLayout(top)
        rows.addWidget(self.source)
        rows.addWidget(self.address)
        self._present = BY_HAND

    def set_words(self, words: Words) -> None:
        self.name.setText(self.port.name)
        for number, each in enumerate(SOURCES):
            self.source.setItemText(number, words(f"network.{each}"))
        self.source.setAccessibleName(f"{self.port.name} · {words('network.how')}")
        self.address.name(words("network.address"), words("network.apply"), words)
        self.address.field.setAccessibleName(f"{self.port.name} · {words('network.address')}")

    def put(self, tables: Tables) -> None:
        """As the card stands then."""
        shown = tables.frame.value(self.port.device, self.port.name)
        shown = shown if isinstance(shown, dict) else {}
        self.mac.setText(str(shown.get("mac") or self.port.mac or ""))
        held = next((each for each in tables.held(self.port.device) if each.port == self.port.id), None)
        self.address.put(f"{held.ip}/{held.network.partition('/')[2]}" if held is not None else "")
        present = self._source(held is not None)
        if present != self._present or not self.address.typing:
            self._present = present
            self.source.setCurrentIndex(SOURCES.index(present))
        self.address.setVisible(self.source.currentData() != NONE)

    def _source(self, has_address: bool) -> str:
        """Where its address comes from now: as was last done, or as it is written."""
        session = self.page.session
        done = [act for act in session.run.acts if act.verb == "address" and act.args[0] == self.port.id
                and act.at < session.t]  # fmt: skip
        last = max(done, key=lambda act: act.at).args[1] if done else self.port.ip or NONE
        return last if last in (DHCP, NONE) else BY_HAND if has_address or last else NONE

    def _chosen(self) -> None:
        chosen = self.source.currentData()
        self.address.setVisible(chosen != NONE)
        if chosen != self._present and chosen != BY_HAND:
            self.page.do([Act("address", (self.port.id, chosen))])
        elif chosen == BY_HAND:
            self.address.field.setFocus()

    def _judge(self, text: str) -> Judged:
        return self.page.judge_address(self.port, text) if text else Judged()
