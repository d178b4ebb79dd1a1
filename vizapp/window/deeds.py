"""What a person may do to a thing or a link now: break, repair, cut, mend, or have it send something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from vizapp.picture import sentences
from vizapp.picture.theme import Theme
from vizapp.scene.model import Act, Scene, Thing
from vizapp.scene.vocabulary import Verb
from vizapp.window import glyphs, look, style
from vizapp.window.session import Session
from vizapp.words import Words

TONES = {"fail": "bad", "cut": "bad", "restore": "good", "mend": "good"}
GLYPHS = {"fail": "power-off", "cut": "cut", "restore": "repair", "mend": "mend"}
COMMON = tuple(TONES)


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that makes sense now. verb: groups deeds of one verb in a menu; says: the rest of its sentence."""

    act: Act
    verb: str
    says: str

    @property
    def tone(self) -> str:
        return TONES.get(self.verb, "")


def deeds(session: Session, words: Words, target: str | None) -> list[Deed]:
    """What may be done to a thing or a link, at the moment that the clock shows."""
    scene, frame = session.run.scene, session.run.frame(session.t)
    thing = scene.things.get(target or "")
    if thing is not None:
        failed = frame.failed(thing.id)
        name = sentences.name(scene, words, thing.id)
        verb = "restore" if failed else "fail"
        found = [Deed(Act(verb, (thing.id,)), verb, name)] if _can_fail(session, thing) else []
        return found if failed else [*found, *_own(session, words, thing)]
    link = next((link for link in scene.links if link.id == target), None)
    if link is None:
        return []
    verb = "mend" if frame.cut(link.id) else "cut"
    return [Deed(Act(verb, (link.id,)), verb, link_name(scene, words, link.id))]


def link_name(scene: Scene, words: Words, link: str) -> str:
    """A cable by what it joins."""
    found = next(each for each in scene.links if each.id == link)
    ends = [sentences.name(scene, words, port.partition(".")[0]) for port in (found.a, found.b)]
    return " – ".join(ends)


def _can_fail(session: Session, thing: Thing) -> bool:
    """A thing that does something, or that holds such things."""
    if session.run.kinds[thing.kind].behaviour is not None:
        return True
    return any(_can_fail(session, session.run.scene.things[child]) for child in thing.children)


def _own(session: Session, words: Words, thing: Thing) -> Iterator[Deed]:
    """The verbs of its kind, with everything that their second word may be; and what the script has it do."""
    scene, seen = session.run.scene, set()
    scripted = [act for act in scene.script if act.args[:1] == (thing.id,)]
    for verb in session.run.kinds[thing.kind].verbs:
        if verb.name in COMMON or not verb.args or verb.args[0] != "thing":
            continue
        for act in _ways(scene, verb, thing, scripted):
            if (verb.name, act.args) not in seen:
                seen.add((verb.name, act.args))
                yield Deed(act, verb.name, _says(scene, words, act))


def _ways(scene: Scene, verb: Verb, thing: Thing, scripted: list[Act]) -> Iterator[Act]:
    for act in scripted:
        if act.verb == verb.name:
            yield replace(act, at=0)
    rest = [arg for arg in verb.args[1:] if not arg.endswith(("?", "*"))]
    if any(option.required for option in verb.options):
        return
    if not rest:
        yield Act(verb.name, (thing.id,))
    elif len(rest) == 1 and rest[0] in ("thing", "address"):
        for other in scene.things.values():
            if other.id != thing.id and any(port.ip for port in other.ports):
                yield Act(verb.name, (thing.id, other.id))
    elif len(rest) == 1 and rest[0] == "value":
        for value in verb.values:
            yield Act(verb.name, (thing.id, value))


def _says(scene: Scene, words: Words, act: Act) -> str:
    parts = [sentences.name(scene, words, arg) for arg in act.args[1:]]
    parts += [f"{key} {words.say(value)}" for key, value in act.options.items() if isinstance(value, (int, str))]
    return " · ".join(parts)


def verb_name(words: Words, verb: str) -> str:
    key = f"verb.{verb}"
    return words(key) if words.has(key) else verb


def deed_name(words: Words, deed: Deed) -> str:
    """`Break VM 1`, `HTTP request · server`."""
    key = f"deed.of.{deed.verb}"
    if words.has(key):
        return words(key, thing=deed.says)
    return " · ".join(part for part in (verb_name(words, deed.verb), deed.says) if part)


def fill_menu(menu: QMenu, session: Session, words: Words, theme: Theme, target: str | None) -> None:
    """Everything that may be done to the target; several ways of one verb share a submenu."""
    groups: dict[str, list[Deed]] = {}
    for deed in deeds(session, words, target):
        groups.setdefault(deed.verb, []).append(deed)
    for verb, group in groups.items():
        inside = menu
        if len(group) > 1:
            inside = menu.addMenu(verb_name(words, verb))
        for deed in group:
            action = inside.addAction(deed.says if len(group) > 1 else deed_name(words, deed))
            tint = {"bad": theme.bad, "good": theme.good}.get(deed.tone, theme.muted)
            action.setIcon(glyphs.icon(GLYPHS.get(verb, "send"), tint, 18))
            action.triggered.connect(lambda _=False, act=deed.act: session.do(act))


class DeedButtons(QWidget):
    """Buttons for what may be done to one target: red breaks, green repairs, the rest in a menu."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.target: str | None = None
        self.first, self.more = QPushButton(), QPushButton()
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self.menu)
        self.first.clicked.connect(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.first, 1)
        row.addWidget(self.more)
        self._shown: object = None
        self._deed: Deed | None = None

    def set_words(self, words: Words) -> None:
        self.words, self._shown = words, None

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._shown = theme, None

    def put(self, target: str | None) -> None:
        self.target = target
        found = deeds(self.session, self.words, target)
        common = [deed for deed in found if deed.tone]
        shown = (tuple(deed.act for deed in common), len(found), self.words.lang)
        if shown == self._shown:
            return
        self._shown = shown
        self._deed = common[0] if common else None
        self.first.setVisible(bool(common))
        self.more.setVisible(len(found) > len(common))
        look.say(self.more, self.words("deed.more"))
        glyphs.wear(self.more, "send", "ink", 18)
        if self._deed is not None:
            wear_deed(self.first, self._deed, self.words, self.words(f"deed.{self._deed.verb}"))
        glyphs.dress(self, self.theme)

    def _do(self) -> None:
        if self._deed is not None:
            self.session.do(self._deed.act)

    def _fill(self) -> None:
        self.menu.clear()
        fill_menu(self.menu, self.session, self.words, self.theme, self.target)


def wear_deed(button: QPushButton, deed: Deed, words: Words, text: str) -> None:
    """Names and colours a button by what it does; `text` is what it says where the rest is plain."""
    look.say(button, text)
    button.setAccessibleName(deed_name(words, deed))
    button.setToolTip(deed_name(words, deed))
    button.setProperty("look", deed.tone)
    glyphs.wear(button, GLYPHS.get(deed.verb, "send"), deed.tone or "ink", 18)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    style.restyle(button)
