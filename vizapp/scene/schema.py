"""The JSON schema of a scene (draft 2020-12), built from the vocabulary: editors complete and check with it."""

from __future__ import annotations

from typing import Any

from vizapp.scene.catalog import CHAPTERS
from vizapp.scene.citing import FACT
from vizapp.scene.compare import ALONE, INLINE, KEYS, REFERRED
from vizapp.scene.knobs import TYPES
from vizapp.scene.lesson import TONES
from vizapp.scene.model import CARDS
from vizapp.scene.phrase import CONNECTION, EXCHANGE
from vizapp.scene.puzzle import LEAST, MOST_BINS, MOST_ORDERED, MOST_SORTED, PUZZLES
from vizapp.scene.sides import LEAST_SIDES, MOST_SIDES, PAIRINGS
from vizapp.scene.stage import ARRANGE, ROLES
from vizapp.scene.units import SERVICES
from vizapp.scene.vocabulary import Field, Kind, Vocabulary
from vizapp.words import languages

Schema = dict[str, Any]

ID = r"^[A-Za-z]\w*(-\w+)*$"
REFERENCE = {"type": "string", "pattern": r"^\$[A-Za-z]\w*(-\w+)*$", "description": "The value of a setting."}
DURATION = r"^(0|(\d+(\.\d+)?[ \u00a0]?(ns|us|µs|ms|s|min|h|d) ?)+)$"
IPV4 = r"\d{1,3}(\.\d{1,3}){3}"
SCALARS: dict[str, Schema] = {
    "text": {"$ref": "#/$defs/text"},
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "number": {"type": "number"},
    "duration": {"$ref": "#/$defs/duration"},
    "rate": {"$ref": "#/$defs/rate"},
    "size": {"type": "string", "pattern": r"^\d+(\.\d+)? ?([kKMGT]?i?B)$", "examples": ["1500B", "2GiB"]},
    "ip": {"type": "string", "pattern": f"^{IPV4}$", "examples": ["192.168.122.10"]},
    "cidr": {"type": "string", "pattern": f"^{IPV4}/\\d{{1,2}}$", "examples": ["192.168.122.1/24"]},
    "mac": {"$ref": "#/$defs/mac"},
    "range": {"type": "string", "pattern": f"^{IPV4} ?- ?{IPV4}$", "examples": ["192.168.122.100-192.168.122.150"]},
    "route": {"type": "string", "examples": ["192.168.122.0/24 via 192.168.1.15", "none"]},
    "forward": {"type": "string", "examples": ["2222 -> 192.168.122.100:22", "none"]},
    "service": {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 65535},
            {"type": "string", "pattern": f"^({'|'.join(SERVICES)})(:\\d+)?$"},
        ],
        "examples": [80, "ssh", "ssh:2222"],
    },
    "port": {"type": "string", "description": "One of its own ports."},
    "thing": {"type": "string", "description": "The id of a thing of the stage."},
    "pattern": {"$ref": "#/$defs/pattern"},
    "expression": {"type": "string", "examples": ["lasted"]},
    "address": {"type": "string", "description": "The id of a thing of the stage, or an IPv4 address."},
}
TEXT = {"$ref": "#/$defs/text"}
PHRASE = {"$ref": "#/$defs/pattern"}
CLAIM = {"$ref": "#/$defs/claim"}
SOURCES = {"$ref": "#/$defs/sources"}
PUZZLE = {kind: {"$ref": f"#/$defs/{kind}"} for kind in PUZZLES}


def schema(vocabulary: Vocabulary) -> Schema:
    """The whole schema; what it cannot say (names that must exist, claims that must hold) the reader says."""
    kinds = vocabulary.kinds.values()
    properties = _top(vocabulary)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scene of vizapp",
        "type": "object",
        "required": ["id", "title"],
        "if": {"not": {"required": ["compare"]}},
        "then": {"required": ["stage"], "properties": {"stage": {"$ref": "#/$defs/things"}}},
        "additionalProperties": False,
        "properties": {key: properties[key] for key in (*KEYS, *ALONE)},
        "$defs": {
            **_shared(),
            **_sides(properties),
            "things": _map({"$ref": "#/$defs/thing"}),
            "thing": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"enum": [kind.name for kind in kinds]}},
                "allOf": [_when_kind(kind) for kind in kinds],
            },
            "port": _object(
                mac={"$ref": "#/$defs/mac"},
                ip={"type": "string", "pattern": f"^(dhcp|{IPV4}/\\d{{1,2}})$"},
                gateway=SCALARS["ip"],
                promiscuous={"type": "boolean"},
            ),
            **{f"kind-{kind.name}": _kind(kind) for kind in kinds},
        },
    }


def _top(vocabulary: Vocabulary) -> Schema:
    return {
        "id": {"type": "string", "pattern": ID},
        "title": TEXT,
        "summary": TEXT,
        "chapter": {"type": "string", "examples": list(CHAPTERS)},
        "level": {"type": "integer", "minimum": 1, "maximum": 9},
        "requires": _lone({"type": "string"}),
        "minutes": {"type": "integer", "minimum": 0, "maximum": 600},
        "seed": {"type": "integer", "minimum": 0},
        "until": SCALARS["duration"],
        "limit": SCALARS["duration"],
        "pace": {"anyOf": [{"const": "followed"}, {"type": "number", "exclusiveMinimum": 0}]},
        "arrange": {"enum": list(ARRANGE)},
        "cards": _lone({"enum": list(CARDS)}),
        "stage": {"type": "object", "propertyNames": {"pattern": ID}},  # of a comparison, what all sides have
        "links": _list({"anyOf": [{"$ref": "#/$defs/between"}, _object(
            "between", between={"$ref": "#/$defs/between"}, delay=SCALARS["duration"])]}),
        "settings": _map({"$ref": "#/$defs/setting"}),
        "script": _list({"type": "string", "description": _verbs(vocabulary),
                         "pattern": f"^({'|'.join(sorted(vocabulary.verbs))})\\b.*@"}),
        "follow": _lone({"type": "string", "examples": ["dhcp", "tcp of vm2"]}),
        "felt": _lone({"type": "string"}),
        "steps": _list(_object("when", "say", when={"anyOf": [PHRASE, _map(PHRASE)]}, title=TEXT, say=TEXT,
                               focus=_lone({"type": "string"}), fold=_lone({"type": "string"}), notes=TEXT,
                               dated=_list(_object("when", "say", "sources", when=TEXT, say=TEXT, sources=SOURCES)),
                               differ={"type": "boolean"}, table={"type": "string", "examples": ["router.nat"]},
                               sources=SOURCES)),
        "questions": _list({"$ref": "#/$defs/question"}),
        "tasks": _list({**_object("say", "hints", say=TEXT,
                                  goal={"anyOf": [CLAIM, {**_map(CLAIM), "maxProperties": 1}]},
                                  changes={"type": "integer", "minimum": 1}, fault=_lone({"type": "string"}),
                                  solution=_lone({"type": ["string", "integer"]}), **PUZZLE,
                                  hints={"type": "array", "items": TEXT, "minItems": 1, "maxItems": 3},
                                  sources=SOURCES),
                        "oneOf": [{"required": [each]} for each in ("goal", *PUZZLE)]}),
        "whatif": _list(_object("say", "instead", say=TEXT, of={"type": "string"}, instead={"type": "string"},
                                sources=SOURCES)),
        "expect": _list({"anyOf": [CLAIM, _map(_lone(CLAIM))]}),
        "charts": {"anyOf": [{"const": "none"}, _list(_object(
            "series", series={"enum": list(vocabulary.series)}, of={"type": "string"}, title=TEXT))]},
        "bands": {**_object(of=_lone({"type": "string"}), began=_lone(PHRASE), ended=_lone(PHRASE),
                            field={"type": "string"}, labels={"type": "object", "additionalProperties": TEXT}),
                  "oneOf": [{"required": ["began"]}, {"required": ["field"]}]},
        "sources": SOURCES,
        "caption": TEXT,
        "points": _list({"anyOf": [TEXT, {**_object(**dict.fromkeys(TONES, TEXT), sources=SOURCES),
                                          "oneOf": [{"required": [tone]} for tone in TONES]}]}),
        "compare": {"anyOf": [
            {**_map({"$ref": "#/$defs/side"}), "minProperties": LEAST_SIDES, "maxProperties": MOST_SIDES},
            {"type": "array", "items": {"type": "string"}, "minItems": LEAST_SIDES, "maxItems": MOST_SIDES}]},
        "pairing": {"enum": list(PAIRINGS)},
        "rows": _list(_object("say", say=TEXT, one=TEXT, count=PHRASE, of={"type": "string"}, last=PHRASE,
                              sources=SOURCES)),
    }  # fmt: skip


def _sides(top: Schema) -> Schema:
    """One side of a comparison: a variation of the file, or a scene of its own."""
    own = {"label": TEXT, "set": {"type": "object"}, "scene": {"type": "string", "pattern": ID}}
    known = {**top, **own}
    return {
        "side": {"anyOf": [
            _object(**{key: known[key] for key in INLINE}),
            _object("scene", **{key: known[key] for key in REFERRED}),
        ]},
    }  # fmt: skip


def _shared() -> Schema:
    return {
        "text": {
            "anyOf": [
                {"type": ["string", "number", "boolean"]},
                {"type": "object", "properties": {lang: {"type": "string"} for lang in languages()},
                 "additionalProperties": False, "minProperties": 1},
            ],
            "description": "A text by language, or one that is the same in all.",
        },
        "duration": {"anyOf": [{"type": "string", "pattern": DURATION}, {"const": 0}], "examples": ["3s", "1h"]},
        "rate": {"type": "string", "pattern": r"^\d+(\.\d+)? ?/ ?(s|min|h)$", "examples": ["120/s"]},
        "mac": {"type": "string", "pattern": r"^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$"},
        "between": {"type": "string", "pattern": r"^\s*\S+\s+--\s+\S+\s*$", "examples": ["vm1.eth0 -- router.lan"]},
        "reference": REFERENCE,
        "pattern": {"type": "string", "examples": ["start", "4.2s", "nat.rewrite at router from vm2"]},
        "claim": {"type": "string", "description": f"connection … {'|'.join(CONNECTION)}; http … {'|'.join(EXCHANGE)}",
                  "examples": ["first nat.rewrite at router: after.sport == before.sport", "no nat.drop",
                               "connection lan1 -> router:22 refused", "http from lan1 to vm1 answered"]},
        "sources": _lone(_object(
            rfc={"type": "integer"}, manual={"type": "string"}, paper={"type": "string"},
            recording={"type": "string"}, fact=_lone({"type": "string", "pattern": f"^{FACT.pattern}$"}),
            section={"type": ["string", "number"]}, by={"type": "string"}, year={"type": "integer"})),
        "setting": _object(
            "type", "default", label=TEXT, type={"enum": list(TYPES)}, default={}, min={}, max={}, step={},
            unit={"type": "string"}, says=TEXT, sources=SOURCES,
            choices={"type": "object", "additionalProperties": {"anyOf": [
                TEXT, _object(label=TEXT, says=TEXT, sources=SOURCES)]}}),
        "question": {**_object(
            "before", "ask", before=PHRASE, ask=TEXT, sources=SOURCES, **{"point-at": {"type": "string"}},
            answer={"oneOf": [_object("of", of={"type": "string"}, when=PHRASE, side={"type": "string"}),
                              _object("is", **{"is": {}}), _object("sides", sides=CLAIM)]},
            options={"type": "array", "minItems": 2, "maxItems": 4, "items": _object(
                "is", "why", **{"is": {}}, say=TEXT, why=TEXT, sources=SOURCES)}, **PUZZLE),
            "oneOf": [{"required": ["answer", "options"]}, *({"required": [each]} for each in PUZZLE)]},
        **_puzzles(),
    }  # fmt: skip


def _puzzles() -> Schema:
    """What is sorted into bins, and what is put in order."""
    asked = {"of": {"type": "string"}, "when": PHRASE, "side": {"type": "string"}}
    common = {"say": TEXT, "why": TEXT, "sources": SOURCES}
    bins = {**_map(TEXT), "minProperties": LEAST, "maxProperties": MOST_BINS}
    which = {"anyOf": [{"type": "string"}, _list({"type": "string"}), _object("of", "when", **asked)]}
    items = _list(_object("say", "is", "why", **common, **{"is": which}))
    ordered = {**_object("say", **common, **asked, **{"is": {"type": ["number", "string"]}}),
               "oneOf": [{"required": ["is"]}, {"required": ["when"]}]}  # fmt: skip
    return {
        "sort": _object("bins", "items", bins=bins, items={**items, "minItems": LEAST, "maxItems": MOST_SORTED}),
        "order": {**_list(ordered), "minItems": LEAST, "maxItems": MOST_ORDERED},
    }


def _when_kind(kind: Kind) -> Schema:
    return {
        "if": {"properties": {"kind": {"const": kind.name}}},
        "then": {"$ref": f"#/$defs/kind-{kind.name}"},
    }


def _kind(kind: Kind) -> Schema:
    properties: Schema = {
        "kind": {"const": kind.name},
        "label": TEXT,
        "caption": TEXT,
        "role": {"enum": list(ROLES)},
        "icon": {"type": "string"},
        "arrange": {"enum": list(ARRANGE)},
        "table": {"enum": [show.field for show in kind.shows if show.form == "table"]},
        "stands": {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": r"\$",
                                                   "examples": ["$hosted", "not $hosted", "$mode == kvm"]}]},
        "ports": _map({"anyOf": [{"$ref": "#/$defs/port"}, {"type": "null"}]}),
        **{each.name: _field(each) for each in kind.fields},
    }
    if kind.container:
        properties["inside"] = {"$ref": "#/$defs/things"}
    made = _object("kind", *(each.name for each in kind.fields if each.required), **properties)
    return {"description": kind.doc, **made}


def _field(field: Field) -> Schema:
    said = {"description": field.doc} if field.doc else {}
    if field.type == "list":
        return {**_lone(_field(field.of[0]) if field.of else {"type": "string"}), **said}
    if field.type == "map":
        if field.of and field.of[0].name == "*":
            return {"type": "object", "additionalProperties": _field(field.of[0]), **said}
        required = [each.name for each in field.of if each.required]
        made = _object(*required, **{each.name: _field(each) for each in field.of}) if field.of else {"type": "object"}
        return {**made, **said}
    written = dict({"enum": list(field.choices)} if field.type == "choice" else SCALARS[field.type])
    if field.type in ("int", "number"):
        bounds = {"minimum": field.minimum, "maximum": field.maximum}
        written |= {key: bound for key, bound in bounds.items() if bound is not None}
    return {"anyOf": [written, {"$ref": "#/$defs/reference"}], **said}


def _object(*required: str, **properties: Schema) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": list(required)} if required else {})


def _map(value: Schema) -> Schema:
    return {"type": "object", "propertyNames": {"pattern": ID}, "additionalProperties": value}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _lone(item: Schema) -> Schema:
    """A list, or a single item that stands for a list of one."""
    return {"anyOf": [{"type": "array", "items": item}, item]}


def _verbs(vocabulary: Vocabulary) -> str:
    examples = [verb.example or " ".join([verb.name, *verb.args]) for verb in vocabulary.verbs.values()]
    return "VERB words option=value @ time: " + " · ".join(examples)
