"""The stage for screen readers: each thing, cable and packet of the picture as a child with a name, state and actions.

What is painted is invisible to assistive technology; this interface says it. See QAccessible::installFactory.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from vizapp.window.deeds import deed_name, deeds
from vizapp.window.picked import PREFIX
from vizapp.window.stage import StageView


class AccessibleThing(QAccessibleInterface):
    """One thing, cable or packet of a stage, by its id."""

    def __init__(self, stage: StageView, parent: QAccessibleInterface, name: str) -> None:
        super().__init__()
        self.stage, self.above, self.id = stage, parent, name

    def isValid(self) -> bool:
        return self.id in exposed(self.stage)

    def object(self) -> Any:
        return None

    def parent(self) -> QAccessibleInterface:
        return self.above

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem if self.id.startswith(PREFIX) else QAccessible.Role.Button

    def text(self, which: QAccessible.Text) -> str:
        if which == QAccessible.Text.Name:
            return self.stage.told(self.id)
        if which == QAccessible.Text.Description:
            return ", ".join(self.actions())
        return ""

    def setText(self, which: QAccessible.Text, text: str) -> None:
        """Names come from the scene."""

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.selectable = True
        state.selected = state.focused = self.stage.session.selected == self.id
        state.disabled = self.stage.session.run.frame(self.stage.session.t).failed(self.id)
        return state

    def rect(self) -> QRect:
        area = self.stage.area_of(self.id)
        if area is None:
            return QRect()
        where = self.stage.lens.on_widget(area).toRect()
        return QRect(self.stage.mapToGlobal(where.topLeft()), where.size())

    def actions(self) -> list[str]:
        """What may be done to it, in words."""
        words = self.stage.words
        return [deed_name(words, deed) for deed in deeds(self.stage.session, words, self.id)]

    def act(self, number: int) -> None:
        """Do the action of that number."""
        found = deeds(self.stage.session, self.stage.words, self.id)
        self.stage.session.do(found[number].act)


class AccessibleStage(QAccessibleWidget):
    """The stage with its things as children, in the order in which Tab goes through them."""

    def __init__(self, stage: StageView) -> None:
        super().__init__(stage, QAccessible.Role.Graphic, stage.accessibleName())
        self.stage = stage
        self.things: dict[str, AccessibleThing] = {}

    def childCount(self) -> int:
        return len(exposed(self.stage))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        names = exposed(self.stage)
        return self.thing(names[index]) if 0 <= index < len(names) else None

    def thing(self, name: str) -> AccessibleThing:
        """The interface of one thing; the same one each time."""
        if name not in self.things:
            self.things[name] = AccessibleThing(self.stage, self, name)
        return self.things[name]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        names = exposed(self.stage)
        name = getattr(child, "id", None)
        return names.index(name) if name in names else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        for name in reversed(exposed(self.stage)):
            if self.thing(name).rect().contains(x, y):
                return self.thing(name)
        return None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        selected = self.stage.session.selected
        return self.thing(selected) if selected in exposed(self.stage) and self.stage.hasFocus() else None


def exposed(stage: StageView) -> list[str]:
    """What a screen reader hears of: things, cables, and the packets under way."""
    frame = stage.session.run.frame(stage.session.t)
    packets = dict.fromkeys(f"{PREFIX}{flight.packet.id}" for flight in frame.flights())
    return [*stage.reachable, *packets]


_made: dict[int, AccessibleStage] = {}


def _factory(class_name: str, what: Any) -> QAccessibleInterface | None:
    if class_name != StageView.__name__ or not isinstance(what, StageView):
        return None
    key = id(what)
    if key not in _made:
        _made[key] = AccessibleStage(what)
        what.destroyed.connect(lambda *_: _made.pop(key, None))
    return _made[key]


_installed = False


def install() -> None:
    """Make every stage speak; once is enough."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed = True
