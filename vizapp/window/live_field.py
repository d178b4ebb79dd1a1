"""A live field of a device as a control: a switch, a choice or a line; a change is an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from vizapp.scene.model import Act
from vizapp.scene.vocabulary import Field
from vizapp.window import look
from vizapp.window.settings_panel import Switch
from vizapp.window.written_field import Judged, WrittenField

if TYPE_CHECKING:
    from vizapp.window.network_page import NetworkPage

class LiveField(QWidget):
    """Its name and its control. Each kind of control fills in `put`."""

    def __init__(self, page: NetworkPage, field: Field) -> None:
        super().__init__()
        self.page, self.field = page, field
        words = page.words
        self.label = look.text(wrap=True)
        name = words(f"knob.{field.name}")
        self.label.setText(name[:1].upper() + name[1:])

    def put(self, value: Any) -> None:
        """As it stands now."""

    def set(self, value: Any) -> None:
        thing = self.page.thing
        if thing is not None:
            self.page.do([Act("set", (f"{thing.id}.{self.field.name}",), {"value": value})])


class Truth(LiveField):
    def __init__(self, page: NetworkPage, field: Field) -> None:
        super().__init__(page, field)
        self.switch = Switch(page.theme)
        self.switch.setAccessibleName(self.label.text())
        self.switch.clicked.connect(lambda on: self.set(bool(on)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.switch)

    def put(self, value: Any) -> None:
        self.switch.setChecked(bool(value))
        self.switch.update()


class Choice(LiveField):
    """One of several words; of a port, one of the machine's or none."""

    def __init__(self, page: NetworkPage, field: Field) -> None:
        super().__init__(page, field)
        self.box = QComboBox()
        self.box.setAccessibleName(self.label.text())
        words, thing = page.words, page.thing
        if field.type == "port" and thing is not None:
            options = [(f"{thing.id}.none", words("network.nothing")), *((port.id, port.name) for port in thing.ports)]
        else:
            keys = {each: f"knob.{field.name}.{each}" for each in field.choices}
            options = [(each, words(key) if words.has(key) else each) for each, key in keys.items()]
        for value, text in options:
            self.box.addItem(text, value)
        self.box.activated.connect(lambda: self.set(self.box.currentData()))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addWidget(self.label)
        rows.addWidget(self.box)

    def put(self, value: Any) -> None:
        name = str(value or "none")
        found = self.box.findData(name) if self.field.type != "port" else max(
            (number for number in range(self.box.count())
             if str(self.box.itemData(number)).partition(".")[2] == (name.partition(".")[2] or name)), default=0
        )  # fmt: skip
        self.box.setCurrentIndex(max(found, 0))


class Line(LiveField):
    """A text that is checked as it is typed, by its type."""

    def __init__(self, page: NetworkPage, field: Field) -> None:
        super().__init__(page, field)
        self.line = WrittenField(self._judge, page.do)
        self.line.name(self.label.text(), page.words("network.apply"), page.words, page.words("network.nothing"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.line)

    def put(self, value: Any) -> None:
        said = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")
        self.line.put("" if said == "none" else said)

    def _judge(self, text: str) -> Judged:
        thing = self.page.thing
        assert thing is not None
        if self.field.type == "list" and not text:
            return Judged([Act("set", (f"{thing.id}.{self.field.name}",), {"value": ()})])
        act = self.page.read(f'set {thing.id}.{self.field.name} "{text or "none"}"')
        return Judged(remarks=[("wrong", act)]) if isinstance(act, str) else Judged([act])


def live_field(page: NetworkPage, field: Field) -> LiveField | None:
    """The control of a field; None for one that has no name to be called by."""
    if not page.words.has(f"knob.{field.name}"):
        return None
    controls: dict[str, type[LiveField]] = {"bool": Truth, "choice": Choice, "port": Choice}
    return controls.get(field.type, Line)(page, field)

