"""Pictures in pixels: the only room that turns a Picture into calls of QPainter."""

from vizapp.paint.canvas import Cache, image, paint

__all__ = ["Cache", "image", "paint"]
