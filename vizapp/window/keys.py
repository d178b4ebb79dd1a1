"""The one table of commands: menus, tooltips, the `?` sheet and the palette are made from it, and keys look it up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt

from vizapp.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

HOME, SCENE, SHOW = "home", "scene", "show"
EVERYWHERE = frozenset((HOME, SCENE, SHOW))
WINDOW = frozenset((HOME, SCENE))
PLAYED = frozenset((SCENE, SHOW))
GROUPS = ("file", "play", "ask", "act", "show", "view", "help")


class Command(NamedTuple):
    """Something that can be asked for. keys: the first is shown first; where AZERTY lacks it, a twin follows.

    scope: where it means something. run: called with the window (`Shell`) and the key that was pressed, or "".
    icon: its outline. menu: whether menus and the palette offer it (a digit is only ever typed).
    """

    id: str
    group: str
    keys: tuple[str, ...]
    scope: frozenset[str]
    run: Callable[[Any, str], object]
    icon: str = ""
    menu: bool = True
    shown: tuple[str, ...] = ()  # instead of `keys`, where they are many

    @property
    def words(self) -> str:
        return f"command.{self.id}"


# The unshifted digits of an AZERTY keyboard, in the order of 1 to 5 (6 is `-`, which slows down).
DIGITS = {"&": "1", "É": "2", '"': "3", "'": "4", "(": "5"}

COMMANDS: tuple[Command, ...] = (
    Command("open", "file", ("Ctrl+O",), WINDOW, lambda w, _: w.open_file(), "folder-open"),
    Command("home", "file", ("Alt+Home", "Ctrl+H"), frozenset((SCENE,)), lambda w, _: w.go_home(), "home"),
    Command("reload", "file", ("Ctrl+R",), frozenset((SCENE,)), lambda w, _: w.reload(), "refresh"),
    Command("compare", "file", ("Ctrl+B",), WINDOW, lambda w, _: w.compare_more(), "compare"),
    Command("export", "file", ("Ctrl+E",), PLAYED, lambda w, _: w.export(), "export"),
    Command("settings", "file", ("Ctrl+,",), WINDOW, lambda w, _: w.settle(), "settings"),
    Command("quit", "file", ("Ctrl+Q",), WINDOW, lambda w, _: w.close(), "power"),

    Command("play", "play", ("Space",), PLAYED, lambda w, _: w.beat(), "play"),
    Command("next-step", "play", ("PgDown",), PLAYED, lambda w, _: w.onward(), "step-forward"),
    Command("previous-step", "play", ("PgUp",), PLAYED, lambda w, _: w.session.previous_step(), "step-back"),
    Command("forward", "play", ("Right", "Down"), PLAYED, lambda w, _: w.forward(), "next"),
    Command("back", "play", ("Left", "Up"), PLAYED, lambda w, _: w.back(), "previous"),
    Command("start", "play", ("Home",), PLAYED, lambda w, _: w.session.seek(0.0), "first"),
    Command("end", "play", ("End",), PLAYED, lambda w, _: w.to_the_end(), "last"),
    Command("slower", "play", ("-",), PLAYED, lambda w, _: w.session.faster(-1), "speed"),
    Command("faster", "play", ("+", "="), PLAYED, lambda w, _: w.session.faster(1), "speed"),
    Command("follow", "play", ("P",), PLAYED, lambda w, _: w.follow_packet(), "packet"),
    Command("previous-stop", "play", ("Ctrl+Left",), PLAYED, lambda w, _: w.stop(-1), "chevron-left"),
    Command("next-stop", "play", ("Ctrl+Right",), PLAYED, lambda w, _: w.stop(1), "chevron-right"),
    Command("go-to", "play", ("G",), PLAYED, lambda w, _: w.go_to(), "target"),

    Command("ask", "ask", ("Q",), PLAYED, lambda w, _: w.session.ask(), "question"),
    Command("reveal", "ask", ("R",), PLAYED, lambda w, _: w.session.reveal(), "eye"),
    Command("digit", "ask", (*"1234567890", *DIGITS), PLAYED, lambda w, key: w.digit(DIGITS.get(key, key)),
            menu=False, shown=("1", "…", "9")),
    Command("enter", "ask", ("Return", "Enter"), frozenset((SHOW,)), lambda w, _: w.enter(), menu=False,
            shown=("Return",)),
    Command("explain", "ask", ("E",), PLAYED, lambda w, _: w.explain(), "hint"),
    Command("why", "ask", ("Y",), PLAYED, lambda w, _: w.why(), "question"),
    Command("cite", "ask", ("C",), PLAYED, lambda w, _: w.cite(), "book"),
    Command("source-line", "ask", ("Shift+C",), PLAYED, lambda w, _: w.toggle_source_line(), "book"),
    Command("difference", "ask", ("M",), EVERYWHERE, lambda w, _: w.difference(), "compare"),
    Command("fog", "ask", ("V",), PLAYED, lambda w, _: w.lift_fog(), "eye-off"),

    Command("break", "act", ("X",), PLAYED, lambda w, _: w.break_or_repair(), "bolt"),
    Command("faults", "act", ("Shift+X",), PLAYED, lambda w, _: w.faults(), "warning"),
    Command("offer", "act", ("A",), PLAYED, lambda w, _: w.offer(), "send"),
    Command("what-if", "act", ("I",), PLAYED, lambda w, _: w.what_if(), "compare"),
    Command("undo", "act", ("Ctrl+Z",), PLAYED, lambda w, _: w.session.undo(), "undo"),
    Command("redo", "act", ("Ctrl+Shift+Z", "Ctrl+Y"), PLAYED, lambda w, _: w.session.redo(), "redo"),
    Command("table", "act", ("T",), PLAYED, lambda w, _: w.toggle_table(), "table"),

    Command("present", "show", ("F5",), EVERYWHERE, lambda w, _: w.present(), "present"),
    Command("present-here", "show", ("Shift+F5",), frozenset((SCENE,)), lambda w, _: w.present(here=True), "screens"),
    Command("black", "show", ("B", "."), frozenset((SHOW,)), lambda w, _: w.show_screen.blank("black"), "moon"),
    Command("white", "show", ("W",), frozenset((SHOW,)), lambda w, _: w.show_screen.blank("white"), "sun"),
    Command("swap", "show", ("S",), frozenset((SHOW,)), lambda w, _: w.show_screen.swap(), "screens"),
    Command("leave", "show", ("Esc",), frozenset((SHOW,)), lambda w, _: w.show_screen.leave(), "close"),

    Command("find", "view", ("Ctrl+K", "/"), EVERYWHERE, lambda w, _: w.find_anything(), "search"),
    Command("fullscreen", "view", ("F11",), EVERYWHERE, lambda w, _: w.full_screen(), "fullscreen"),
    Command("fit", "view", ("Ctrl+0", "Ctrl+À"), frozenset((SCENE,)), lambda w, _: w.fit(), "fit"),
    Command("peel", "view", ("O",), PLAYED, lambda w, _: w.peel(), "chevron-down"),
    Command("put-back", "view", ("Shift+O",), PLAYED, lambda w, _: w.peel(back=True), "chevron-up"),
    Command("fold", "view", ("K",), PLAYED, lambda w, _: w.fold(), "chevron-right"),
    Command("fold-others", "view", ("Shift+K",), PLAYED, lambda w, _: w.fold(others=True), "stack"),
    Command("zoom", "view", ("Z",), PLAYED, lambda w, _: w.zoom(), "zoom-in"),
    Command("theme", "view", ("Ctrl+D",), EVERYWHERE, lambda w, _: w.next_theme(), "contrast"),
    Command("language", "view", ("Ctrl+L",), EVERYWHERE, lambda w, _: w.next_language(), "language"),

    Command("keys", "help", ("?", "F1"), EVERYWHERE, lambda w, _: w.keys(), "keyboard"),
)  # fmt: skip


@cache
def command(name: str) -> Command:
    """The command called `name`."""
    return next(each for each in COMMANDS if each.id == name)


@cache
def bound(scope: str) -> dict[str, Command]:
    """Key → command, where one is."""
    return {key: each for each in COMMANDS if scope in each.scope for key in each.keys}


def spell(event: QKeyEvent) -> str:
    """The key of an event as the table writes it. Shift that only serves to reach a sign (`?`, `.` on AZERTY) and
    the keypad do not count."""
    from PySide6.QtCore import QKeyCombination
    from PySide6.QtGui import QKeySequence

    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.GroupSwitchModifier
    key = Qt.Key(event.key())
    sign = 0x21 <= key < 0x100 and not chr(key).isalpha()
    if sign:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)


def find(event: QKeyEvent, scope: str) -> tuple[Command, str] | None:
    """The command that a key means there, and the key."""
    key = spell(event)
    found = bound(scope).get(key)
    return (found, key) if found else None


def writes(event: QKeyEvent) -> bool:
    """Whether a key by itself writes or moves in a text, so that a field wants it."""
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    turning = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape)
    return not (event.modifiers() & chord or function or turning)


NAMED = ("Space", "PgDown", "PgUp", "Left", "Right", "Up", "Down", "Home", "End", "Return", "Enter", "Esc", "Ctrl",
         "Shift", "Alt")  # fmt: skip


def label(key: str, words: Words) -> str:
    """A key as people call it: `Ctrl+Maj+Z`, `PgSuiv`."""
    if key in ("+", "…"):
        return key
    parts = [*key[:-2].split("+"), "+"] if key.endswith("++") else key.split("+")
    return "+".join(words(f"key.{part.lower()}") if part in NAMED else part for part in parts)


def labels(each: Command, words: Words) -> str:
    """The first key of a command, as a tooltip says it; nothing when it has none."""
    return label(each.keys[0], words) if each.keys else ""


def tip(name: str, words: Words) -> str:
    """What a button that runs a command says of itself, its key behind."""
    each = command(name)
    key = labels(each, words)
    return f"{words(each.words)}  ·  {key}" if key else words(each.words)


def offered(scope: str, among: Iterable[Command] = COMMANDS) -> list[Command]:
    """What menus and the palette offer there."""
    return [each for each in among if scope in each.scope and each.menu]
