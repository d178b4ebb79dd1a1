"""Takes the outlines of the icons we use out of the Material Design Icons font (Apache 2.0).

Give it a folder that holds the font and its charmap, for example the unpacked wheel of `qtawesome`:

    python scripts/make_icons.py FOLDER

The outlines land in resources/icons/icons.json under names of our own, on a box of 24 × 24 with y downwards, with
absolute M, L, Q, C and Z commands only, so that no painter has to parse SVG.
"""

import json
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "resources" / "icons" / "icons.json"
BOX = 24

OURS = {
    # the program
    "app": "layers-triple",
    "home": "home",
    "search": "magnify",
    "settings": "cog",
    "help": "help-circle",
    "info": "information",
    "export": "camera",
    "present": "presentation",
    "menu": "menu",
    "more": "dots-vertical",
    "close": "close",
    "filter": "filter-variant",
    "copy": "content-copy",
    "keyboard": "keyboard",
    "language": "translate",
    "moon": "weather-night",
    "sun": "white-balance-sunny",
    "printer": "printer",
    "contrast": "contrast-circle",
    "fullscreen": "fullscreen",
    "fullscreen-exit": "fullscreen-exit",
    "fit": "fit-to-page-outline",
    "zoom-in": "magnify-plus-outline",
    "zoom-out": "magnify-minus-outline",
    "folder-open": "folder-open",
    "pencil": "pencil",
    "list": "format-list-bulleted",
    "journal": "text-box-outline",
    "table": "table",
    "chart": "chart-line",
    "compare": "view-dashboard",
    "tune": "tune",
    "panel-left": "dock-left",
    "panel-right": "dock-right",
    "chevron-right": "chevron-right",
    "chevron-left": "chevron-left",
    "chevron-down": "chevron-down",
    "chevron-up": "chevron-up",
    "arrow-right": "arrow-right",
    "arrow-left": "arrow-left",
    "pointer": "laser-pointer",
    "screens": "monitor-multiple",
    "snowflake": "snowflake",
    # playing
    "play": "play",
    "pause": "pause",
    "previous": "skip-previous",
    "next": "skip-next",
    "step-back": "step-backward",
    "step-forward": "step-forward",
    "first": "page-first",
    "last": "page-last",
    "play-circle": "play-circle",
    "undo": "undo",
    "redo": "redo",
    "refresh": "restore",
    "speed": "speedometer",
    "timer": "timer-outline",
    "clock": "clock-outline",
    # teaching
    "question": "help-circle",
    "hint": "lightbulb-on-outline",
    "book": "book-open-variant",
    "school": "school",
    "target": "target",
    "trophy": "trophy",
    "success": "check-decagram",
    "check": "check",
    "check-circle": "check-circle",
    "circle": "circle-outline",
    "cross": "close-thick",
    "warning": "alert",
    "error": "alert-octagon",
    "flag": "flag",
    "eye": "eye",
    "eye-off": "eye-off",
    "lock": "lock",
    "lock-open": "lock-open-variant",
    # what one does to things
    "power": "power",
    "power-off": "power-plug-off",
    "repair": "wrench",
    "bolt": "flash",
    "cut": "scissors-cutting",
    "mend": "link-variant",
    "cable": "ethernet-cable",
    "send": "send",
    "lost": "email-off",
    "doubled": "email-multiple",
    "wall": "wall",
    "hung": "pause-octagon",
    "slow": "speedometer-slow",
    # things
    "server": "server",
    "vm": "penguin",
    "desktop": "desktop-classic",
    "host": "desktop-tower-monitor",
    "hypervisor": "layers",
    "router": "router-network",
    "nat": "swap-horizontal",
    "switch": "lan",
    "network": "sitemap",
    "bridge": "bridge",
    "nic": "expansion-card",
    "port": "ethernet",
    "stack": "transit-connection-variant",
    "client": "laptop",
    "clients": "account-group",
    "person": "account",
    "balancer": "scale-balance",
    "browser": "web",
    "internet": "earth",
    "cloud": "cloud",
    "application": "application",
    "kernel": "cog-box",
    "library": "bookshelf",
    "processor": "cpu-64-bit",
    "instruction": "chip",
    "memory": "memory",
    "disk": "harddisk",
    "database": "database",
    "file": "file-document-outline",
    "image": "disc",
    "snapshot": "camera-outline",
    "firewall": "wall-fire",
    "security": "shield-check",
    "dhcp": "card-account-details-outline",
    "dns": "dns",
    "heartbeat": "heart-pulse",
    "vip": "star",
    "docker": "docker",
    "kubernetes": "kubernetes",
    "package": "package-variant-closed",
    "packet": "email-outline",
    "broadcast": "bullhorn",
    "linux": "linux",
    "windows": "microsoft-windows",
    "terminal": "console",
}


class Outline(BasePen):  # type: ignore[misc]
    """Draws a glyph into path commands on the 24 × 24 box."""

    def __init__(self, glyphs: Any, scale: float, ascent: float) -> None:
        super().__init__(glyphs)
        self.scale, self.ascent = scale, ascent
        self.commands: list[str] = []

    def add(self, letter: str, *points: tuple[float, float]) -> None:
        """Appends one command, with y turned downwards."""
        numbers = [value for x, y in points for value in (x * self.scale, (self.ascent - y) * self.scale)]
        self.commands.append(" ".join([letter, *(f"{round(value, 2) + 0:g}" for value in numbers)]))

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.add("M", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.add("L", pt)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:
        self.add("Q", pt1, pt2)

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
        self.add("C", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self.add("Z")


def main(folder: Path) -> None:
    """Rewrites resources/icons/icons.json."""
    font = TTFont(next(folder.rglob("materialdesignicons6-webfont-*.ttf")))
    charmap = json.loads(next(folder.rglob("materialdesignicons6-webfont-charmap-*.json")).read_text())
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    paths = {}
    for ours, theirs in sorted(OURS.items()):
        pen = Outline(glyphs, BOX / font["head"].unitsPerEm, font["hhea"].ascent)
        glyphs[names[int(charmap[theirs], 16)]].draw(pen)
        paths[ours] = " ".join(pen.commands)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(paths, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/make_icons.py FOLDER")
    main(Path(sys.argv[1]))
