"""A View: how one looks at a run, apart from where the clock stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vizapp.picture.sizes import Level
from vizapp.picture.stage import Stage
from vizapp.picture.theme import DAY, Theme
from vizapp.sim.chain import Chain
from vizapp.sim.frame import InFlight
from vizapp.sim.timeline import Flight


def nobody(_: InFlight | Flight) -> bool:
    """Follows no flight."""
    return False


@dataclass(frozen=True, slots=True)
class View:
    """size: of the canvas, in pixels of the picture. focus: ids of things and links; all others are dimmed.

    selected, hovered: id of a thing, of a link, or `packet:ID`. table: `device.field`, shown beside its device.
    caption: the sentence at the bottom of a show. cards: what the card of a packet tells (see `scene.model.CARDS`).
    masked: names of fields (`sport`, `router.nat`) whose values a question hides. followed: which flights open into a
    card. trail: the packet whose way so far is drawn. unit: see `sizes`. marked: devices that are another thing on
    other sides. folded: things drawn as a thin band. entered: the thing that one is in. eased: the layout that is left
    behind, and how far one is from it, 0 to 1. chain: why something happened, to be lit up; link: the place in it that
    is looked at.
    """

    size: tuple[float, float] = (1060, 750)
    lang: str = "en"
    theme: Theme = DAY
    level: Level = "explore"
    focus: tuple[str, ...] = ()
    selected: str | None = None
    hovered: str | None = None
    table: str | None = None
    caption: str | None = None
    cards: tuple[str, ...] = ("ip",)
    masked: tuple[str, ...] = ()
    reduced_motion: bool = False
    transparent: bool = False
    followed: Callable[[InFlight | Flight], bool] = nobody
    trail: int | None = None
    unit: float = 1.0
    marked: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    entered: str | None = None
    eased: tuple[Stage, float] | None = None
    chain: Chain | None = None
    link: int = 0

    def masks(self, device: str, field: str) -> bool:
        """Whether a question hides that field: named whole (`router.nat`), alone (`nat`), or by its end (`port`)."""
        return any(
            name in (field, f"{device}.{field}") or (len(name) > 3 and field.endswith(name)) for name in self.masked
        )
