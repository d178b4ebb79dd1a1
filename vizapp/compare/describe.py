"""A comparison in words: what is the same, what differs, then each side."""

from __future__ import annotations

from collections.abc import Iterator

from vizapp.compare.comparison import Comparison
from vizapp.compare.rows import lines
from vizapp.picture import sentences
from vizapp.picture.describe import describe as describe_frame
from vizapp.picture.ledger import Line
from vizapp.words import Words


def describe(whole: Comparison, show: float, words: Words) -> list[str]:
    """The moment in sentences, in the order in which one would tell it."""
    return [sentences.whole(text) for text in _sentences(whole, show, words)]


def _sentences(whole: Comparison, show: float, words: Words) -> Iterator[str]:
    labels = [words.text(side.scene.title) for side in whole.sides]
    yield words("describe.sides", title=words.text(whole.scene.title), sides=words.join(labels))
    step = whole.step_at(show)
    said = whole.fill(whole.scene.steps[step].say, whole.pace.true(show), words) if step >= 0 else ""
    if said:
        yield words("describe.step", n=step + 1, say=said)
    for line in lines(whole, show, words):
        yield from _line(line, labels, words)
    for number, side in enumerate(whole.sides):
        yield from describe_frame(side.scene, side.kinds, side.frame(whole.t_of(number, show)), words)


def _line(line: Line, labels: list[str], words: Words) -> Iterator[str]:
    if line.form != "count" and not line.differs and len({cell.text for cell in line.cells}) == 1:
        yield words("describe.same", what=line.label, said=line.cells[0].text)
        return
    told = [words("describe.on-side", side=side, said=cell.text)
            for side, cell in zip(labels, line.cells, strict=True)]  # fmt: skip
    key = "describe.differ" if line.differs else "describe.each"
    yield words(key, what=line.label, sides=words("describe.then").join(told))
