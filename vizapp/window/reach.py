"""What the keyboard reaches on a stage, in which order, and where it is."""

from __future__ import annotations

from vizapp.picture.stage import Area, Stage


def reading_order(stage: Stage) -> list[str]:
    """Things line by line, then cables: what Tab goes through."""
    boxes = sorted(stage.boxes.values(), key=lambda box: (round(box.area.y / 40), box.area.x, box.depth))
    return [box.id for box in boxes] + list(stage.ways)


def area_of(stage: Stage, thing: str | None) -> Area | None:
    """Where a thing or a cable is, in units of the picture."""
    if thing in stage.boxes:
        return stage.boxes[thing].area
    if thing in stage.ways:
        xs, ys = zip(*stage.ways[thing].points, strict=True)
        return Area(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return None


def towards(stage: Stage, thing: str | None, dx: int, dy: int) -> str | None:
    """The nearest thing in a direction from another one; from the corner when there is none."""
    x, y = (area_of(stage, thing) or Area(0, 0, 0, 0)).middle
    found: list[tuple[float, str]] = []
    for box in stage.boxes.values():
        bx, by = box.area.middle[0] - x, box.area.middle[1] - y
        ahead, aside = bx * dx + by * dy, abs(bx * dy) + abs(by * dx)
        if box.id != thing and ahead > 4:
            found.append((ahead + 2 * aside, box.id))
    return min(found)[1] if found else None
