"""The card of a question on a page of its own, for a file: nothing moves there, so nothing is reserved; once revealed,
every item is told below."""

from __future__ import annotations

from vizapp.picture.measure import wrap
from vizapp.picture.puzzle import LEADING, PLAIN, Laying, Said, Sizes, Text, fitting
from vizapp.picture.puzzled import card
from vizapp.picture.shapes import Layer, Picture, moved
from vizapp.picture.view import View

TALL = 1080  # the height that the sizes are meant for
PAGE = Sizes(40, 30, 30, 24, 34, 12, 0)
LARGEST = 1.6  # of these sizes, where the card leaves so much room
LEAST_ROWS = 2  # of items, for which an empty bin has room


def page(said: Said, view: View) -> Picture:
    """The card by itself in the middle of a picture."""
    width, height = view.size
    edge = 0.03 * height
    laid = fitting(Page, said, width - 2 * edge, height - 2 * edge, PAGE.times(LARGEST * height / TALL))
    made = card(laid, view.theme)
    top = (height - laid.height) / 2
    layers = tuple(Layer(tuple(moved(shape, edge, top) for shape in layer.shapes)) for layer in made.layers)
    background = None if view.transparent else view.theme.canvas
    return Picture(width, height, background, layers, said.ask, " ".join(said.lines()), view.lang)


class Page(Laying):
    def _panel_height(self) -> float:
        """The tray, while there is something in it."""
        lies = self.said.kind == "sort" and any(True for _ in self.said.held_by(None))
        return self._tray_height() + self.sizes.item if lies else 0.0

    def _depth(self) -> float:
        width = self._column - 2 * self.gap
        held = [list(self.said.held_by(place)) for place in range(len(self.said.bins))]
        row = self.sizes.item * LEADING + 0.35 * self.sizes.item + self.gap
        return max(LEAST_ROWS * row, *(self._deep(width, items) for items in held)) + 1.5 * self.gap

    def _foot(self, y: float) -> float:
        """Item by item where it belongs, why, and the source of that."""
        if self.said.verdicts is None or self.said.kind == "choice":
            return 0.0
        top, sizes = y, self.sizes
        y += 0.3 * sizes.edge
        for line in list(self.said.lines())[1 + len(self.said.bins) :]:
            lines = tuple(wrap(line, PLAIN, sizes.small, self.inner))
            self.texts.append(Text(sizes.edge, y, lines, PLAIN, sizes.small))
            y += len(lines) * sizes.small * LEADING
        return y - top
