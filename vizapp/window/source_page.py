"""Statements and where they come from, as a small page of rich text and as plain text to be copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from vizapp.compare.stated import Statement
from vizapp.picture.cited import Citation, Known, citations, told
from vizapp.picture.theme import Theme
from vizapp.window.pages import muted
from vizapp.words import Words


def page(statements: Sequence[Statement], words: Words, theme: Theme) -> str:
    """Each statement, then its citations: short form, what is stated there, how that is known, and in full."""
    return "".join(part for each in statements for part in _statement(each, words, theme))


def plain(statements: Sequence[Statement], words: Words) -> str:
    """The same as lines."""
    lines: list[str] = []
    for each in statements:
        lines += ["", each.text, *(line for cited in citations(each.sources, words) for line in told(cited, words))]
    return "\n".join(lines[1:])


def _statement(said: Statement, words: Words, theme: Theme) -> Iterator[str]:
    yield f'<p style="margin:2px 0 8px 0;color:{theme.accent};font-weight:600">{escape(said.text)}</p>'
    if not said.own:
        yield f'<p style="margin:0 0 6px 0">{muted(words("source.inherited"), theme)}</p>'
    for cited in citations(said.sources, words):
        yield from _citation(cited, theme)


def _citation(cited: Citation, theme: Theme) -> Iterator[str]:
    short = _linked(cited.short, cited.at, theme) if cited.at else escape(cited.short)
    yield f'<p style="margin:8px 0 2px 0;font-weight:600">{short}</p>'
    for known in cited.known:
        yield from _known(known, theme)
    if cited.how:
        yield f'<p style="margin:0 0 4px 14px">{muted(cited.how, theme)}</p>'


def _known(known: Known, theme: Theme) -> Iterator[str]:
    yield f'<p style="margin:0 0 1px 14px">{escape(known.claim)}</p>'
    references = "<br>".join(
        _linked(each.text, each.at, theme) if each.at else muted(each.text, theme) for each in known.references)
    how = muted(f"{known.how} ({known.id})", theme)
    yield f'<p style="margin:0 0 8px 14px">{how}<br>{references}</p>'


def _linked(text: str, at: str, theme: Theme) -> str:
    return f'<a href="{escape(at)}" style="color:{theme.accent}">{escape(text)}</a>'
