"""The facade of a comparison: what a Run is for one scene, this is for its sides together."""

from __future__ import annotations

import re
from dataclasses import replace

from vizapp.compare import look
from vizapp.compare.sides import Sides
from vizapp.picture import sentences
from vizapp.picture.shapes import Picture
from vizapp.picture.stage import Stage
from vizapp.picture.view import View
from vizapp.scene.model import Text
from vizapp.words import Words

VALUE = re.compile(r"\{([\w-]+)\.([\w.-]+(?::[\w.]+)?)\}")  # of one side, in a text


class Comparison(Sides):
    """The sides of a scene, looked at together at any show second of the whole."""

    def picture(self, show: float, view: View, t: int | None = None) -> Picture:
        """What that show second looks like, all sides on one board; `t` when the clock stands just after an act."""
        return look.picture(self, show, view, t)

    def still(self, show: float, view: View) -> Picture:
        """That show second for a file, with the sentence of its step; at level `show` with its focus."""
        number, words = self.step_at(show), Words(view.lang)
        step = self.scene.steps[number] if number >= 0 else None
        seen = replace(
            view,
            folded=view.folded or (step.fold if step else ()),
            focus=step.focus if step and view.level == "show" else (),
            caption=self.fill(step.say, self.pace.true(show), words) if step else None,
        )
        return self.picture(show, seen)

    def laid(self, view: View, t: int = 0) -> Stage:
        """Where everything of the first side is."""
        return self.sides[0].laid(view, t)

    def fill(self, text: Text | None, t: int, words: Words) -> str:
        """A text of the scene with the values of that moment: `{nat.vm1.address}` of a side, else of the first."""
        show = self.pace.show_end(t)

        def one(found: re.Match[str]) -> str:
            number = next((n for n, side in enumerate(self.sides) if side.scene.id == found.group(1)), None)
            if number is None:
                return found.group(0)
            side = self.sides[number]
            return sentences.fill(f"{{{found.group(2)}}}", side.frame(self.t_of(number, show)), side.scene, words)

        return sentences.fill(VALUE.sub(one, words.text(text)), self.frame(t), self.sides[0].scene, words)
