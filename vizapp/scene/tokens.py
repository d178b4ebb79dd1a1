"""The tokens of the phrases in a scene: words, numbers with units, addresses, quoted texts, signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vizapp.scene import units

MOST_LENGTH = 2_000  # characters of one phrase
MOST_TOKENS = 200

PATTERN = re.compile(
    r"""
    (?P<space>[ \t\n\u00a0]+)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<mac>[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?!\w|:[0-9a-fA-F]))
  | (?P<address>\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w.]))
  | (?P<rate>\d+(?:\.\d+)?/(?:s|min|h)(?![\w.-]))
  | (?P<size>\d+(?:\.\d+)?(?:B|[kMGT]B|[KMGT]iB)(?!\w))
  | (?P<duration>\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|min|s|h|d)(?!\w))
  | (?P<percent>\d+(?:\.\d+)?%)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.]))
  | (?P<word>\$?[A-Za-z_]\w*(?:[.-]\w+)*)
  | (?P<sign>->|==|!=|<=|>=|[<>+\-*/():,])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """kind: word, text, number, duration, rate, size, address, sign or end. column: in the phrase, from 0."""

    kind: str
    text: str
    column: int
    value: Any = None


class PhraseError(ValueError):
    """A phrase that cannot be understood: the key of a problem, its values, and where in the phrase it lies."""

    def __init__(self, key: str, column: int, hint: str | None = None, **values: Any) -> None:
        super().__init__(key)
        self.key, self.column, self.hint, self.values = key, column, hint, values


def tokens(text: str) -> list[Token]:
    """The tokens of a phrase, an `end` last."""
    if len(text) > MOST_LENGTH:
        raise PhraseError("phrase-too-long", 0, most=MOST_LENGTH)
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = PATTERN.match(text, at)
        if match is None:
            raise PhraseError("phrase-character", at, value=text[at])
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(_token(kind, match.group(), at))
        at = match.end()
    if len(found) > MOST_TOKENS:
        raise PhraseError("phrase-too-long", 0, most=MOST_LENGTH)
    return [*found, Token("end", "", len(text))]


def _token(kind: str, text: str, column: int) -> Token:
    try:
        if kind == "text":
            return Token("text", text, column, text[1:-1])
        if kind == "mac":
            return Token("text", text, column, text.lower())
        if kind == "duration":
            return Token(kind, text, column, units.duration(text))
        if kind == "rate":
            return Token(kind, text, column, units.rate(text))
        if kind == "size":
            return Token(kind, text, column, units.size(text))
        if kind == "percent":
            return Token(kind, text, column, units.number(text[:-1]) / 100)
        if kind == "number":
            return Token(kind, text, column, units.number(text))
        if kind == "address":
            return Token(kind, text, column, units.cidr(text) if "/" in text else units.ip(text))
    except units.WrongValueError as wrong:
        raise PhraseError(wrong.key, column, wrong.hint, **wrong.values) from None
    return Token(kind, text, column, text)
