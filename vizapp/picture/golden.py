"""A Picture as text, one line a shape, rounded: what a test keeps and a person can read in a diff."""

from __future__ import annotations

from collections.abc import Iterator

from vizapp.picture.shapes import Arc, Dots, Icon, Label, Line, Picture, Plain, Rect, plain


def golden(picture: Picture) -> str:
    """The picture in lines."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield f"picture {picture.width:.0f}x{picture.height:.0f} {picture.background} {picture.title!r}"
    for number, layer in enumerate(picture.layers):
        yield f"layer {number}"
        for shape in plain(layer.shapes):
            yield "  " + _line(shape)


def _line(shape: Plain) -> str:
    match shape:
        case Rect():
            said = f"rect {shape.x:.0f},{shape.y:.0f} {shape.w:.0f}x{shape.h:.0f} {shape.fill} {shape.stroke}"
            said += " dashed" if shape.dash else ""
        case Line():
            said = "line " + " ".join(f"{x:.0f},{y:.0f}" for x, y in shape.points) + f" {shape.stroke}"
            said += " dashed" if shape.dash else ""
        case Label():
            said = f"label {shape.x:.0f},{shape.y:.0f} {shape.size:.0f}px {shape.anchor} {shape.text!r} {shape.colour}"
            said += " struck" if shape.struck else ""
        case Icon():
            said = f"icon {shape.name} {shape.x:.0f},{shape.y:.0f} {shape.size:.0f}px {shape.colour}"
        case Arc():
            said = f"arc {shape.x:.0f},{shape.y:.0f} r{shape.radius:.0f} {shape.turn:.2f} {shape.stroke}"
        case Dots():
            return f"dots {len(shape.xs)} {shape.fill}"
    faint = "" if shape.opacity >= 1 else f" {shape.opacity:.2f}"
    return f"{said}{faint}" + (f" of {shape.of}" if shape.of else "")
