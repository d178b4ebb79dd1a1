"""Following a packet: which one is meant, and going from stop to stop of its journey."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from vizapp.sim.trail import Stop, trail
from vizapp.window import keys
from vizapp.window.picked import picked
from vizapp.window.session import Session
from vizapp.words import Words

LATEST = 200  # flights that are looked back at


def meant(session: Session) -> int | None:
    """The packet to follow: the picked one; else one under way, first of those that the scene follows; else the last
    that set off."""
    number = picked(session.selected)
    if number is not None:
        return number
    frame, follows = session.run.frame(session.t), session.run.follows_flight
    flying = sorted(frame.flights(), key=lambda flight: not follows(flight))
    departed = frame.departed(LATEST)
    gone = [flight for flight in departed if follows(flight)] or departed
    return flying[0].packet.id if flying else gone[-1].packet.id if gone else None


def offer(menu: QMenu, session: Session, words: Words, packet: int | None) -> None:
    """Following a packet, or not any more, as an entry of its menu."""
    if packet is None:
        return
    followed = session.followed == packet
    action = menu.addAction(f"{words('command.follow')}\t{keys.labels(keys.command('follow'), words)}")
    action.setCheckable(True)
    action.setChecked(followed)
    action.triggered.connect(lambda: session.follow(None if followed else packet))


def stop_beside(session: Session, by: int) -> Stop | None:
    """The stop before (`by` = -1) or after (1) the one where the followed or picked packet is, as far as was seen."""
    number = session.followed if session.followed is not None else picked(session.selected)
    if number is None:
        return None
    now = trail(session.run.frame(session.t), number)
    seen = trail(session.run.frame(max(session.fog_t, session.t)), number)
    place = -1 if now is None else now.latest().number
    if seen is None or not 0 <= place + by < len(seen.stops):
        return None
    return seen.stops[place + by]
