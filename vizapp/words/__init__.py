"""Every text on the screen, by key and language: `Words("fr")("step.title", n=3)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from vizapp.words import numbers
from vizapp.words.store import Entry, languages, load

__all__ = ["Words", "languages"]

FALLBACK = "en"
PLACEHOLDER = re.compile(r"\{(\w+)(?::([\w.]+))?\}")
Pseudo = Literal["doubled", "rtl"]
FORMATS = ("number", "duration", "clock", "percent", "size", "rate")


class Words:
    """The words of one language. Calling it with a key says that text; a key that is nowhere says itself.

    In a text, `{name}` is replaced by a value: a string as it is, an integer by its digits (so that a port stays
    `40001`), another number as the language writes it, a mapping `{"words": key, …}` by that text. `{name:number}`
    groups thousands; so do `{name:duration}` and `{name:clock}` (ns), `percent` (a ratio), `size` (bytes), `rate` (per
    second); `{name:.2}` asks for two decimals. A text with `one` and `other` chooses by the value `n`.
    """

    def __init__(self, lang: str, pseudo: Pseudo | None = None) -> None:
        self.lang = lang if lang in languages() else FALLBACK
        self.mode = pseudo
        self._entries = load(self.lang)

    @classmethod
    def pseudo(cls, mode: Pseudo) -> Words:
        """English made longer (`doubled`) or right to left (`rtl`): shows which labels would be cut."""
        return cls(FALLBACK, mode)

    def __call__(self, key: str, **values: Any) -> str:
        entry = self._entries.get(key)
        if entry is None:
            entry = load(FALLBACK).get(key, key)
        return self._disguise(self.fill(self._form(entry, values), values))

    def has(self, key: str) -> bool:
        return key in self._entries

    def counts(self, key: str) -> bool:
        """Whether a text has its forms by number."""
        return not isinstance(self._entries.get(key, ""), str)

    def text(self, text: Mapping[str, str] | None) -> str:
        """A text of a scene in this language, or in the one that is there."""
        if not text:
            return ""
        return self._disguise(text.get(self.lang) or next(iter(text.values())))

    def say(self, value: Any) -> str:
        """A shown value: a string, a number, a text by language or `{"words": key, **values}`."""
        if isinstance(value, Mapping):
            if "words" in value:
                return self(value["words"], **{str(k): v for k, v in value.items() if k != "words"})
            return self.text(value)
        if isinstance(value, bool):
            return self("common.yes" if value else "common.no")
        if isinstance(value, float):
            return self.number(value)
        if isinstance(value, (tuple, list)):
            return self.join([self.say(each) for each in value])
        return "" if value is None else str(value)

    def fill(self, template: str, values: Mapping[str, Any]) -> str:
        """The template with its placeholders replaced; one without a value stays as it is written."""

        def one(found: re.Match[str]) -> str:
            name, form = found.group(1), found.group(2)
            if name not in values:
                return found.group(0)
            return self._formed(values[name], form) if form else self.say(values[name])

        return PLACEHOLDER.sub(one, template)

    def join(self, items: list[str], last: str = "common.and") -> str:
        """Items as a sentence lists them: `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self(last)} {items[-1]}"

    def singular(self, n: int) -> bool:
        """Whether this language says the singular of what there is `n` of."""
        return numbers.plural(n, self.lang) == "one"

    def number(self, value: float, decimals: int | None = None) -> str:
        return numbers.number(value, self.lang, decimals)

    def duration(self, ns: int) -> str:
        return numbers.duration(ns, self.lang)

    def clock(self, ns: int, decimals: int = 3) -> str:
        return numbers.clock(ns, self.lang, decimals)

    def percent(self, ratio: float, decimals: int | None = None) -> str:
        return numbers.percent(ratio, self.lang, decimals)

    def size(self, count: int) -> str:
        return numbers.size(count, self.lang)

    def rate(self, per_second: float) -> str:
        return numbers.rate(per_second, self.lang)

    def _formed(self, value: Any, form: str) -> str:
        if not isinstance(value, (int, float)):
            return self.say(value)
        if form.startswith("."):
            return self.number(value, int(form[1:]))
        if form not in FORMATS:
            return self.say(value)
        said: str = getattr(self, form)(value)
        return said

    def _form(self, entry: Entry, values: Mapping[str, Any]) -> str:
        if isinstance(entry, str):
            return entry
        return entry.get(numbers.plural(values.get("n", 0), self.lang)) or entry["other"]

    def _disguise(self, text: str) -> str:
        if self.mode == "doubled":
            return f"{text} {text}" if text else text
        if self.mode == "rtl":
            return f"\u202e{text}\u202c" if text else text
        return text


@lru_cache(maxsize=8)
def words(lang: str) -> Words:
    """The words of a language, made once."""
    return Words(lang)
