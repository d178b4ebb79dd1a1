"""The Problems of a scene: gathered all at once, in the order of the file, and said in either language."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from vizapp.scene.model import Place, Problem
from vizapp.words import Words

MOST = 200  # further ones would only repeat what is wrong


class Problems:
    """Gathers what is wrong while the reader walks on."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[tuple[Any, ...], Problem] = {}

    def add(self, key: str, place: Place, *, hint: str | None = None, near: Iterable[str] = (), **values: Any) -> None:
        """Notes a problem: `problem.<key>` and, to mend it, `hint.<hint>`.

        near: names that may have been meant; when one resembles `name`, the hint proposes it.
        """
        guess = suggestion(str(values.get("name", "")), near)
        if guess is not None:
            values["guess"], hint = guess, "did-you-mean"
        elif hint == "did-you-mean":
            hint = None
        problem = Problem(self.file, place, f"problem.{key}", values, f"hint.{hint}" if hint else None)
        if len(self._found) < MOST:
            self._found.setdefault((place.line, place.column, key), problem)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.all())

    def all(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._found.values(), key=lambda problem: (problem.place.line, problem.place.column)))


def suggestion(name: str, among: Iterable[str]) -> str | None:
    """The name that was probably meant, if one resembles it."""
    if not name or len(name) > 60:
        return None
    near = difflib.get_close_matches(name, [str(each) for each in among], n=1, cutoff=0.6)
    return near[0] if near and near[0] != name else None


def message(problem: Problem, words: Words) -> str:
    """What is wrong and how to mend it, in one language."""
    said = words(problem.key, **_shown(problem))
    if problem.hint_key is None:
        return said
    return f"{said}{words('problem.then')}{words(problem.hint_key, **_shown(problem))}"


def beside_field(problem: Problem, words: Words) -> str:
    """The same for a form: without the marks that set off what is written in a file."""
    return message(problem, words).replace("`", "")


def line(problem: Problem, words: Words) -> str:
    """`file:line:column: message`, as compilers write it and editors read it."""
    return f"{problem.file}:{problem.place.line}:{problem.place.column}: {message(problem, words)}"


def _shown(problem: Problem) -> dict[str, Any]:
    """The values as they may be printed: one line, not too long, no control characters."""
    return {name: _printable(value) if isinstance(value, str) else value for name, value in problem.values.items()}


def _printable(text: str) -> str:
    clean = "".join(each if each.isprintable() else " " for each in text)
    return clean if len(clean) <= 80 else f"{clean[:77]}..."
