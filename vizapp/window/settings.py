"""What a person has set once and for all: kept as JSON, survived when the file is broken."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from vizapp import places
from vizapp.words import languages

log = logging.getLogger(__name__)

SYSTEM = "system"
THEMES = (SYSTEM, "day", "night", "print", "contrast")
SCALES = (0.9, 1.0, 1.15, 1.3, 1.5)
MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class Preferences:
    """language, theme: a name or `system`. text_scale: of the window's own text. show_screen: a screen's name."""

    language: str = SYSTEM
    theme: str = SYSTEM
    text_scale: float = 1.0
    reduced_motion: bool = False
    fog_lifted: bool = False
    source_line: bool = False  # whether sources stand below the stage
    show_screen: str = ""
    show_windowed: bool = False
    recent: tuple[str, ...] = ()
    chapter: str = ""
    geometry: str = ""  # of the main window, base64
    panels: dict[str, Any] = field(default_factory=dict)  # what the scene screen folds, and how wide it is


class Settings(QObject):
    """The preferences in force. `changed` tells the name of the one that changed; every change is written at once."""

    changed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path or places.config_dir() / "settings.json"
        self.set_aside: Path | None = None  # where a broken file went
        self.now = self._read()

    def set(self, name: str, value: Any) -> None:
        """Change one preference and remember it; a disk that refuses is logged, the change holds until the end."""
        if getattr(self.now, name) == value:
            return
        self.now = replace(self.now, **{name: value})
        self._write()
        self.changed.emit(name)

    def opened(self, path: Path) -> None:
        """Remember a file as the most recent one."""
        text = str(path.absolute())
        self.set("recent", (text, *(each for each in self.now.recent if each != text))[:MOST_RECENT])

    @property
    def language(self) -> str:
        """The language to speak: the one chosen, or the system's, or English."""
        wanted = self.now.language if self.now.language != SYSTEM else QLocale.system().name()[:2]
        return wanted if wanted in languages() else "en"

    def _read(self) -> Preferences:
        try:
            content = json.loads(self.path.read_bytes())
            if not isinstance(content, dict):
                raise ValueError("not a mapping")
        except FileNotFoundError:
            return Preferences()
        except (OSError, ValueError, RecursionError) as wrong:
            self._put_aside(wrong)
            return Preferences()
        return sound(content)

    def _put_aside(self, wrong: Exception) -> None:
        aside = self.path.with_suffix(".broken.json")
        log.info("%s could not be read (%s); it is kept as %s", self.path.name, wrong, aside.name)
        try:
            self.path.replace(aside)
            self.set_aside = aside
        except OSError:
            self.set_aside = None

    def _write(self) -> None:
        content = json.dumps(asdict(self.now), ensure_ascii=False, indent=1).encode()
        try:
            places.write_beside(self.path, content, force=True, parents=True)
        except OSError as wrong:
            log.info("the settings could not be kept: %s", wrong)


def sound(content: dict[str, Any]) -> Preferences:
    """Preferences out of what a file says; a value that makes no sense is left at its default."""
    defaults = asdict(Preferences())
    kept: dict[str, Any] = {}
    for each in fields(Preferences):
        value, default = content.get(each.name), defaults[each.name]
        if isinstance(default, tuple) and isinstance(value, list):
            kept[each.name] = tuple(str(item) for item in value)[:MOST_RECENT]
        elif type(value) is type(default):
            kept[each.name] = value
    if kept.get("theme") not in THEMES:
        kept.pop("theme", None)
    if kept.get("language") not in (SYSTEM, *languages()):
        kept.pop("language", None)
    if not 0.5 <= kept.get("text_scale", 1.0) <= 3.0:
        kept.pop("text_scale")
    return Preferences(**kept)
