"""Pictures in pixels: the only room that turns a Picture into calls of QPainter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vizapp.paint.canvas import Cache, image, paint

__all__ = ["Cache", "image", "paint"]


def __getattr__(name: str) -> Any:
    """The painter itself is imported when first used: the window starts with fonts and icons alone."""
    if name in __all__:
        from vizapp.paint import canvas

        return getattr(canvas, name)
    raise AttributeError(name)
