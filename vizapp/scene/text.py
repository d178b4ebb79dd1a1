"""A text in several languages. Apart from the other nouns, so that an index of scenes costs little to import."""

from __future__ import annotations


class Text(dict[str, str]):
    """A text by language. A missing language falls back to the one that is there."""

    def __call__(self, lang: str) -> str:
        return self.get(lang) or next(iter(self.values()), "")
