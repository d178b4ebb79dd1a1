"""Acts as they are written, `http vm1 server port=40001 @ 3s`: for the script, for `--do`, for saved sessions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from ipaddress import IPv4Address
from typing import Any

from vizapp.scene import units
from vizapp.scene.fields import PARSERS, typed
from vizapp.scene.knobs import setting_value
from vizapp.scene.model import Act, Place, Problem, Reference
from vizapp.scene.names import Names
from vizapp.scene.problems import Problems
from vizapp.scene.tokens import PhraseError
from vizapp.scene.units import WrongValueError
from vizapp.scene.vocabulary import Field, Verb
from vizapp.scene.walk import MOST_KNOWN, REFERENCE

WORD = re.compile(r"(?:[^\s\"']+|\"[^\"]*\"|'[^']*')+")
OPTION = re.compile(r"([A-Za-z]\w*(?:-\w+)*)=(.*)", re.DOTALL)
MOST_LENGTH = 1_000
ARROW, NONE = "=>", "none"  # `fail web3 @ 8s => none`: in the place of an act, nothing
ADDRESSES = ("cidr", "ip")  # words of a verb that are typed as the fields of that name
AMOUNTS: dict[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "duration": (partial(units.duration, most=units.MOST_DELAY), units.write_duration),
    "percent": (units.percent, units.write_percent),
}  # words that are an amount: how each is read, and written


def parse_act(text: str, names: Names, *, at: int | None = None, place: Place | None = None) -> Act:
    """The act that a line means. at: when it happens if the line does not say; without, the line must.

    PhraseError says what is wrong and in which column.
    """
    if len(text) > MOST_LENGTH:
        raise PhraseError("phrase-too-long", 0, most=MOST_LENGTH)
    done, sign, moment = _split(text)
    words = [(found.group(), found.start()) for found in WORD.finditer(done)]
    if not words:
        raise PhraseError("no-verb", 0, "known", known=_listed(names.vocabulary.verbs))
    thing = names.things.get(words[1][0]) if len(words) > 1 else None
    verb = names.vocabulary.verb_of(words[0][0], thing.kind if thing else "")
    if verb is None:
        raise _unknown("unknown-verb", words[0][0], words[0][1], names.vocabulary.verbs)
    if sign:
        at = _caught(units.duration, moment.strip(), len(done) + 1, units.MOST_UNTIL)
    if at is None:
        raise PhraseError("no-time", len(text), "act-time")
    args, options = _sorted(_joined(words[1:]), verb, names)
    return Act(verb.name, args, options, at, place or Place())


def read_act(text: str, names: Names, file: str = "--do", at: int | None = 0) -> Act | Problem:
    """The act, or what is wrong with it: for the command line and the window."""
    try:
        return parse_act(text, names, at=at)
    except PhraseError as wrong:
        problems = Problems(file)
        problems.add(wrong.key, Place(1, wrong.column + 1), hint=wrong.hint, **wrong.values)
        return problems.all()[0]


def read_setting(text: str, names: Names, file: str = "--set") -> tuple[str, Any] | Problem:
    """Name and value of `NAME=VALUE`, or what is wrong with it."""
    name, equal, value = text.partition("=")
    problems = Problems(file)
    try:
        if not equal:
            raise PhraseError("set-form", 0, "set-form", value=text)
        if name not in names.settings:
            raise _unknown("unknown-setting", name, 0, names.settings)
        return name, _caught(lambda said: setting_value(names.settings[name], said), value, len(name) + 1)
    except PhraseError as wrong:
        problems.add(wrong.key, Place(1, wrong.column + 1), hint=wrong.hint, **wrong.values)
        return problems.all()[0]


def write_act(act: Act, names: Names) -> str:
    """The line that means this act: what a session file keeps, and `parse_act` reads, or `read_whatif` where it is in
    the place of another."""
    if act.of is not None:
        return f"{write_act(act.of, names)} {ARROW} {write_act(replace(act, of=None), names)}"
    if not act.verb:
        return NONE
    verb = names.vocabulary.verbs.get(act.verb)
    types = {field.name: field.type for field in verb.options} if verb else {}
    if act.verb == "set" and act.args and act.args[0] in names.settings:
        types["value"] = names.settings[act.args[0]].type  # type: ignore[assignment]
    elif act.verb == "set" and act.args:
        field = _field(act.args[0], names)
        types["value"] = field.type if field else "text"
    chosen = _chosen(act, names)
    if chosen is not None:
        return f"set {act.args[0]} value={_write('text', chosen)} @ {units.write_duration(act.at)}"
    options = [f"{name}={_write(types.get(name, 'text'), value)}" for name, value in act.options.items()]
    args = [_write("text", arg) for arg in act.args]
    return f"{' '.join([act.verb, *args, *options])} @ {units.write_duration(act.at)}"


def _chosen(act: Act, names: Names) -> str | None:
    """The word of the choice that an act sets."""
    setting = names.settings.get(act.args[0]) if act.verb == "set" and act.args else None
    found = (choice.word for choice in (setting.choices if setting else ()) if choice.value == act.options.get("value"))
    return next(found, None)


def _write(kind: str, value: Any) -> str:
    if isinstance(value, Reference):
        return f"${value.setting}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "duration":
        return units.write_duration(value)
    if kind == "rate":
        return f"{value:.12g}/s"
    if kind == "size":
        return f"{value}B"
    if isinstance(value, (tuple, list)):
        return ("-" if kind in ("range", "choice") else ",").join(_write("text", each) for each in value)
    text = str(value)
    return f'"{text}"' if re.search(r"\s", text) else text


def _split(text: str) -> tuple[str, str, str]:
    """What is done, `@`, and when; an `@` inside quotes is none."""
    for found in reversed(list(re.finditer("@", text))):
        before = text[: found.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return before, "@", text[found.end() :]
    return text, "", ""


def _joined(words: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """`a -- b` as the one word that it is."""
    row: list[tuple[str, int]] = []
    glue = False
    for word, column in words:
        if row and (word == "--" or glue):
            row[-1] = (row[-1][0] + word, row[-1][1])
        else:
            row.append((word, column))
        glue = word == "--"
    return row


def _sorted(words: list[tuple[str, int]], verb: Verb, names: Names) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Arguments and options, each checked by the verb's signature."""
    args: list[tuple[str, int]] = []
    options: dict[str, Any] = {}
    for word, column in words:
        found = OPTION.fullmatch(word)
        if found is None:
            args.append((word, column))
            continue
        name = found.group(1)
        if name in options:
            raise PhraseError("doubled-option", column, name=name)
        options[name] = (found.group(2), column)
    checked = _args(args, verb, names)
    if verb.name == "set":
        return _set(checked, args, options, names)
    return checked, _options(options, verb, names, args)


def _args(words: list[tuple[str, int]], verb: Verb, names: Names) -> tuple[str, ...]:
    wanted = list(verb.args)
    if verb.name == "set":
        wanted = ["setting", "value?"]
    checked: list[str] = []
    for number, (word, column) in enumerate(words):
        rest = bool(wanted) and wanted[-1].endswith("*")
        if number >= len(wanted) and not rest:
            raise PhraseError("extra-word", column, "example", found=word, name=verb.name, example=_example(verb))
        what = wanted[min(number, len(wanted) - 1)].rstrip("?*")
        said = word in verb.values and what in ADDRESSES
        checked.append(word if said else _arg(what, word, column, names))
        if what == "value" and verb.values and checked[-1] not in verb.values:
            raise _unknown("unknown-choice", word, column, verb.values)
        if number == 0 and what in ("thing", "port"):
            _capable(verb, checked[0].partition(".")[0], column, names)
    needed = [each for each in wanted if not each.endswith(("?", "*"))]
    if len(words) < len(needed):
        end = words[-1][1] + len(words[-1][0]) if words else len(verb.name)
        raise PhraseError("missing-word", end, "example", name=verb.name, example=_example(verb),
                          wanted={"words": f"phrase.{needed[len(words)]}"})  # fmt: skip
    return tuple(checked)


def _example(verb: Verb) -> str:
    return verb.example or " ".join([verb.name, *(each.upper() for each in verb.args), "@ 3s"])


def _arg(what: str, word: str, column: int, names: Names) -> str:
    if what == "thing" and word not in names.things:
        raise _unknown("unknown-thing", word, column, names.things)
    if what == "port":
        return _port(word, column, names)
    if what == "link":
        return _link(word, column, names)
    if what in ADDRESSES:
        return str(_caught(PARSERS[what], word, column))
    if what in AMOUNTS:
        parse, write = AMOUNTS[what]
        return write(_caught(parse, word, column))
    if what == "address":
        _address(word, column, names)
    return word.strip("\"'") if what == "value" else word


def _port(word: str, column: int, names: Names) -> str:
    """A port by its id, or by its device when that has no other."""
    own = [port.id for port in names.things[word].ports] if word in names.things else []
    if len(own) > 1:
        raise PhraseError("which-port", column, "known", name=word, known=_listed(own))
    found = own[0] if own else word
    if found not in names.port_ids():
        raise _unknown("unknown-port", word, column, names.port_ids())
    return found


def _link(word: str, column: int, names: Names) -> str:
    found = names.link(word)
    if len(found) > 1:
        raise PhraseError("which-link", column, "known", name=word, known=_listed(link.id for link in found))
    if not found:
        raise _unknown("unknown-link", word, column, names.links)
    return found[0].id


def _address(word: str, column: int, names: Names) -> None:
    host, _, port = word.partition(":")
    if port and not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise PhraseError("phrase-expected-port", column + len(host) + 1, found=port)
    if re.fullmatch(r"[\d.]+", host):
        _caught(lambda text: str(IPv4Address(units.ip(text))), host, column)
    elif host not in names.things and host not in names.port_ids() and not names.may_be_host(host):
        raise _unknown("unknown-address", host, column, [*names.things, *names.port_ids(), *names.hosts()])


def _capable(verb: Verb, word: str, column: int, names: Names) -> None:
    """Refuses a verb of some kinds for a thing of another kind."""
    kinds = [kind for kind in names.vocabulary.kinds.values() if any(each.name == verb.name for each in kind.verbs)]
    kind = names.vocabulary.kinds.get(names.things[word].kind)
    if kinds and kind is not None and kind not in kinds:
        known = _listed(each.name for each in kinds)
        raise PhraseError("verb-of-others", column, "known", name=verb.name, kind=kind.name, thing=word, known=known)


def _options(
    options: dict[str, tuple[str, int]], verb: Verb, names: Names, args: list[tuple[str, int]]
) -> dict[str, Any]:
    fields = {field.name: field for field in verb.options}
    checked: dict[str, Any] = {}
    for name, (text, column) in options.items():
        if name not in fields:
            raise _unknown("unknown-option", name, column, fields, verb=verb.name)
        checked[name] = _option(fields[name], text, column + len(name) + 1, names)
    for field in fields.values():
        if field.required and field.name not in checked:
            end = args[-1][1] + len(args[-1][0]) if args else len(verb.name)
            raise PhraseError("missing-option", end, "example", name=field.name, verb=verb.name, example=_example(verb))
    return checked


def _option(field: Field, text: str, column: int, names: Names) -> Any:
    if field.type != "list" and (found := REFERENCE.fullmatch(text)):
        if found.group(1) not in names.settings:
            raise _unknown("unknown-setting", found.group(1), column, names.settings)
        return Reference(found.group(1))
    said = text.strip("\"'")
    if field.type == "thing" and said not in names.things:
        raise _unknown("unknown-thing", said, column, names.things)
    if field.type == "port" and said not in names.port_ids():
        raise _unknown("unknown-port", said, column, names.port_ids())
    if field.type == "list":
        of = field.of[0] if field.of else Field(field.name, "text", "")
        return tuple(_option(of, each.strip(), column, names) for each in said.split(","))
    return _caught(lambda value: typed(field, value), said, column)


def _set(
    checked: tuple[str, ...], args: list[tuple[str, int]], options: dict[str, tuple[str, int]], names: Names
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """`set same-port false`, `set router.masquerade wan` (or `value=…`): the value typed by what it is for."""
    name, column = args[0]
    if len(checked) > 1:
        text, at = checked[1], args[1][1]
    elif "value" in options:
        text, at = options["value"][0].strip("\"'"), options["value"][1] + 6
    else:
        raise PhraseError("missing-word", column + len(name), "example", name="set", example="set NAME VALUE @ 3s",
                          wanted={"words": "phrase.value"})  # fmt: skip
    if other := [each for each in options if each != "value"]:
        raise _unknown("unknown-option", other[0], options[other[0]][1], ["value"], verb="set")
    if name in names.settings:
        return (name,), {"value": _caught(lambda said: setting_value(names.settings[name], said), text, at)}
    field = _field(name, names)
    if field is None:
        raise _unknown("unknown-setting", name, column, names.settings)
    if field.type == "port" and "." not in text and text[:1] != "$":
        text = f"{name.partition('.')[0]}.{text}"
    return (name,), {"value": _option(field, text, at, names)}


def _field(name: str, names: Names) -> Field | None:
    """The field that `device.field` names; a map has no line that could say it."""
    device, _, key = name.partition(".")
    thing = names.things.get(device)
    kind = names.vocabulary.kinds.get(thing.kind) if thing else None
    return next((field for field in kind.fields if field.name == key and field.type != "map"), None) if kind else None


def _caught(parse: Any, text: str, column: int, *more: Any) -> Any:
    try:
        return parse(text, *more)
    except WrongValueError as wrong:
        raise PhraseError(wrong.key, column, wrong.hint, **wrong.values) from None


def _unknown(key: str, name: str, column: int, known: Any, **values: Any) -> PhraseError:
    names = list(known)
    return PhraseError(key, column, "known" if names else None, name=name, near=names, known=_listed(names), **values)


def _listed(names: Any) -> list[str]:
    row = [f"`{name}`" for name in names]
    return row if len(row) <= MOST_KNOWN else [*row[:MOST_KNOWN], "…"]
