"""The wake of the picked packet: the cables that it came along so far, calmly lit, and a cross where it was lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizapp.picture import motion
from vizapp.picture.packets import place
from vizapp.picture.shapes import Icon, Line, Rect, Shape
from vizapp.picture.stage import Point, Stage, Way
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.sim.frame import Frame, InFlight
from vizapp.sim.timeline import Flight
from vizapp.sim.trail import Trail

SAMPLES = 24  # points of a cable that is gone along in part
WIDTH, OPACITY = 5.0, 0.34  # of the wake: strokes, and how much it covers


def wake(frame: Frame, stage: Stage, view: View) -> Iterator[Shape]:
    """The hops of `view.trail` up to the moment, the one under way as far as it is."""
    if view.trail is None:
        return
    hops = [hop for hop in frame.timeline.index.hops(view.trail) if hop.departs <= frame.t]
    of = f"packet:{view.trail}"
    gone: dict[str, tuple[Flight, Way]] = {}
    for hop in hops:
        way = stage.ways.get(hop.link)
        if way is not None and (hop.link not in gone or hop.outcome_at(frame.t) != "in_flight"):
            gone[hop.link] = hop, way
    for hop, way in gone.values():
        colour = view.theme.packet(hop.packet.protocol)
        width = WIDTH * stage.sizes.stroke
        yield Line(_course(hop, way, frame.t), colour, width, (), stage.sizes.corner, OPACITY)  # the cable is picked
    for hop, way in gone.values():
        if hop.outcome_at(frame.t) == "dropped":
            yield from _cross(_end(hop, way, frame.t), stage, view.theme, of)


def _course(hop: Flight, way: Way, t: int) -> tuple[Point, ...]:
    """The corners that it went by, or a part of them while it is under way, or where it was lost."""
    part = _part(hop, t)
    if part >= 1.0:
        return way.points
    start, sign = (0.0, 1.0) if hop.src == way.a else (1.0, -1.0)
    return tuple(way.at(start + sign * part * step / SAMPLES) for step in range(SAMPLES + 1))


def _part(hop: Flight, t: int) -> float:
    """How far along its cable a hop is, or ended."""
    lasts = max(hop.arrives - hop.departs, 1)
    until = t if hop.ended is None else min(hop.ended, t)
    return motion.ease(min((until - hop.departs) / lasts, 1.0))


def _end(hop: Flight, way: Way, t: int) -> Point:
    part = _part(hop, t)
    return way.at(part if hop.src == way.a else 1.0 - part)


def _cross(at: Point, stage: Stage, theme: Theme, of: str) -> Iterator[Shape]:
    """The mark that stays where it was lost."""
    x, y = at
    radius = 0.62 * stage.sizes.pill
    yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, theme.panel, theme.bad, 1.4, of=of)
    side = 1.2 * radius
    yield Icon(x - side / 2, y - side / 2, side, "cross", theme.bad, of=of)


def spot(trail: Trail, frame: Frame, stage: Stage) -> Point | None:
    """Where a packet is on the stage: on its cable, or at the door by which it came in; None where nothing is drawn.

    Of several copies it is the one that goes on to the device that is meant, or else the first."""
    flying = sorted(trail.flying, key=lambda hop: hop.dst.partition(".")[0] != trail.packet.to)
    for hop in flying:
        way = stage.ways.get(hop.link)
        if way is not None:
            lasts = max(hop.arrives - hop.departs, 1)
            progress = (frame.t - hop.departs) / lasts
            return place(way, InFlight(hop.id, hop.packet, hop.link, hop.src, hop.dst, hop.departs, progress, ""), 0.0)
    return _door(trail, stage)


def _door(trail: Trail, stage: Stage) -> Point | None:
    stop = trail.latest()
    way = stage.ways.get(stop.came.link) if stop.came is not None else None
    if way is not None and stop.came is not None:
        return _ends(way, stop.came.dst)
    box = stage.boxes.get(stop.device)
    return box.area.middle if box is not None else None


def _ends(way: Way, port: str) -> Point:
    ends: Sequence[Point] = way.points
    return ends[0] if port == way.a else ends[-1]
