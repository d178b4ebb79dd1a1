"""Writes docs/scene-format.md: the frame beside this script, filled from the vocabulary. `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from vizapp.devices import VOCABULARY
from vizapp.scene import fields, model, nodes, puzzle, reader, stage, units
from vizapp.scene.catalog import CHAPTERS
from vizapp.scene.knobs import TYPES
from vizapp.scene.phrase import CONNECTION, EXCHANGE
from vizapp.scene.vocabulary import Event, Field, Kind, Verb, Vocabulary

FRAME = Path(__file__).with_name("scene-format.md")
TARGET = Path(__file__).parents[1] / "docs" / "scene-format.md"


def document(vocabulary: Vocabulary) -> str:
    """The whole document."""
    text = FRAME.read_text(encoding="utf-8")
    for name, value in _values(vocabulary).items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _values(vocabulary: Vocabulary) -> dict[str, str]:
    return {
        "least": str(puzzle.LEAST),
        "most_bins": str(puzzle.MOST_BINS),
        "most_sorted": str(puzzle.MOST_SORTED),
        "most_ordered": str(puzzle.MOST_ORDERED),
        "most_rate": f"{units.MOST_RATE:,.0f}",
        "most_until": f"{units.MOST_UNTIL // units.NS['d']} days",
        "most_bytes": f"{nodes.MOST_BYTES:,}",
        "most_things": str(stage.MOST_THINGS),
        "most_links": f"{stage.MOST_LINKS:,}",
        "most_acts": f"{reader.MOST_ACTS:,}",
        "chapters": _codes(CHAPTERS),
        "arrange": _codes(stage.ARRANGE),
        "cards": _codes(model.CARDS),
        "roles": _codes(stage.ROLES),
        "series": _codes(vocabulary.series),
        "types": _codes(TYPES),
        "protocols": _codes(vocabulary.protocols),
        "connection": _codes(CONNECTION),
        "exchange": _codes(EXCHANGE),
        "verbs": _verbs(vocabulary),
        "kinds": "\n\n".join(_kinds(vocabulary)),
        "events": _events(vocabulary),
    }


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


# verbs


def _verbs(vocabulary: Vocabulary) -> str:
    rows = [
        (f"`{_form(verb)}`", _whose(verb, vocabulary), _said(verb), f"`{verb.example}`" if verb.example else "")
        for verb in vocabulary.verbs.values()
    ]
    return _table(("line", "of", "what it does", "example"), rows)


def _form(verb: Verb) -> str:
    words = [f"[{arg[:-1].upper()}]" if arg.endswith("?") else arg.replace("*", "…").upper() for arg in verb.args]
    more = ["VALUE"] if verb.name == "set" and "value" not in verb.args else []
    options = [f"{each.name}=…" if each.required else f"[{each.name}=…]" for each in verb.options]
    return " ".join([verb.name, *words, *more, *options])


def _whose(verb: Verb, vocabulary: Vocabulary) -> str:
    kinds = [kind.name for kind in vocabulary.kinds.values() if any(each.name == verb.name for each in kind.verbs)]
    return _codes(kinds) if kinds else "all"


def _said(verb: Verb) -> str:
    options = "".join(f" `{each.name}` ({each.type}): {_lowered(each.doc)}" for each in verb.options)
    values = f" Values: {_codes(verb.values)}." if verb.values else ""
    return f"{verb.doc}{options}{values}"


def _lowered(doc: str) -> str:
    return doc[:1].lower() + doc[1:]


# kinds


def _kinds(vocabulary: Vocabulary) -> Iterable[str]:
    seen: list[Kind] = []
    for kind in vocabulary.kinds.values():
        yield _kind(kind, seen)
        seen.append(kind)


def _kind(kind: Kind, seen: list[Kind]) -> str:
    parts = [f"### {kind.name}", kind.doc]
    if kind.container:
        parts.append("Holds others under `inside`.")
    if kind.open_ports:
        parts.append("Makes its ports as links need them.")
    fields_of = _fields(kind, seen)
    if fields_of:
        parts.append(fields_of)
    if kind.shows:
        shown = [f"`{show.field}` ({show.form})" for show in kind.shows]
        parts.append(f"Shows: {', '.join(dict.fromkeys(shown))}.")
    if kind.example:
        parts.append(f"```yaml\n{kind.example}\n```")
    return "\n\n".join(parts)


def _fields(kind: Kind, seen: list[Kind]) -> str:
    """The fields of a kind; those that it has from one above are named, not repeated."""
    like = max((each for each in seen if each.fields and set(map(repr, each.fields)) <= set(map(repr, kind.fields))),
               key=lambda each: len(each.fields), default=None)  # fmt: skip
    if like is not None and len(like.fields) < 3:
        like = None
    own = [each for each in kind.fields if like is None or repr(each) not in set(map(repr, like.fields))]
    said = f"The fields of [{like.name}](#{like.name}){', and:' if own else '.'}" if like is not None else ""
    table = _table(("field", "type", "if not written", "what it says"), _rows(own)) if own else ""
    return "\n\n".join(part for part in (said, table) if part)


def _rows(row: Iterable[Field], prefix: str = "") -> Iterable[tuple[str, ...]]:
    for field in row:
        yield f"`{prefix}{field.name}`", _type(field), _default(field), f"{field.doc}{_bounds(field)}"
        if field.type == "map":
            yield from _rows(field.of, f"{prefix}{field.name}.")
        elif field.type == "list" and field.of and field.of[0].type == "map":
            yield from _rows(field.of[0].of, f"{prefix}{field.name}[].")


def _type(field: Field) -> str:
    if field.type == "choice":
        return _codes(field.choices)
    if field.type == "list":
        return f"list of {_type(field.of[0])}" if field.of else "list"
    return field.type


def _default(field: Field) -> str:
    if field.required:
        return "required"
    if field.default is None or field.default == ():
        return ""
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    if isinstance(field.default, (list, tuple)):
        return f"`[{', '.join(map(str, field.default))}]`"
    shown = field.default if isinstance(field.default, str) else fields.shown(field.type, field.default)
    return f"`{shown}`" if shown != "" else ""


def _bounds(field: Field) -> str:
    low, high = (None if bound is None else fields.shown(field.type, bound) for bound in (field.minimum, field.maximum))
    if low is not None and high is not None and f"{low} to {high}" in field.doc:
        return ""
    if low is not None and high is not None:
        return f" {low} to {high}."
    if low is not None:
        return f" At least {low}."
    return f" At most {high}." if high is not None else ""


# events


def _events(vocabulary: Vocabulary) -> str:
    rows = [
        (f"`{event.name}`", event.doc, _codes(event.details), _who(event, vocabulary))
        for event in vocabulary.events.values()
    ]
    return _table(("event", "what happened", "details", "at"), rows)


def _who(event: Event, vocabulary: Vocabulary) -> str:
    kinds = [kind.name for kind in vocabulary.kinds.values() if any(each.name == event.name for each in kind.events)]
    return _codes(kinds) if kinds else "the run"


def main() -> int:
    """Writes the document, or says whether it is true."""
    wanted = document(VOCABULARY)
    if "--check" in sys.argv:
        return int(TARGET.read_text(encoding="utf-8") != wanted)
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
