"""Whether the names in phrases exist: events, devices, details, fields. Each fault a Problem at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from vizapp.scene import parse
from vizapp.scene.model import Place, Text, Thing
from vizapp.scene.names import Names
from vizapp.scene.nodes import Mapping, Scalar
from vizapp.scene.phrase import (
    DONE,
    REASONS,
    Binary,
    Both,
    Claim,
    Connection,
    Count,
    Exchange,
    Expr,
    Follow,
    Group,
    Literal,
    Never,
    Order,
    Path,
    Pattern,
    Says,
    Unary,
    Value,
)
from vizapp.scene.problems import suggestion
from vizapp.scene.walk import Walk, inside

T = TypeVar("T")

VALUE = re.compile(r"\{([\w-]+(?:\.[\w-]+)*)(?::[\w.]+)?\}")  # of the run, in a text
OF_EVENTS = ("t", "device", "name", "id", "cause", "owner")


class PhraseReader(Walk):
    """Reads the phrases of a scene and checks their names against it."""

    names: Names

    def when(self, node: Scalar) -> Pattern | None:
        found = self.parsed(node, node.value, parse.pattern)
        if found is not None:
            self.check_pattern(found, node)
        return found

    def follow(self, node: Scalar) -> Follow | None:
        found = self.parsed(node, node.value, parse.follow)
        if found is None:
            return None
        known = [*self.names.vocabulary.protocols, *self.names.events()]
        if self.names.vocabulary.protocols and found.name not in known and not self.names.fitting(found.name):
            self.unknown("unknown-protocol", found.name, inside(node, found.column), known)
        for device in (found.of, found.src, found.dst):
            self.check_device(device, node, found.column)
        if found.where is not None and self.names.fitting(found.name):
            self.check_expr(found.where, Pattern(found.name), node)
        return found

    def wait(self, node: Scalar) -> None:
        """A wait that plays as it is: from one event until another."""
        for pattern in self.parsed(node, node.value, parse.wait) or ():
            if pattern is not None:
                self.check_pattern(pattern, node)

    def claim(self, node: Scalar) -> Claim | None:
        found = self.parsed(node, node.value, parse.claim)
        if found is not None:
            self.check_claim(found, node)
        return found

    def expression(self, node: Scalar, of: Pattern | None, text: str | None = None) -> Expr | None:
        """An expression asked of an event that `of` matches."""
        found = self.parsed(node, node.value if text is None else text, parse.expression)
        if found is not None:
            self.check_expr(found, of, node, asked=True)
        return found

    def live(self, node: Mapping, key: str, *, needed: bool = True) -> Text:
        """A text that may show values of the run."""
        text = self.needed_text(node, key) if needed else self.text(node.items.get(key)) or Text()
        self.check_values(text, node.items[key].place if key in node.items else node.place)
        return text

    def phrase(self, node: Mapping, key: str, read: Callable[[Scalar], T | None]) -> T | None:
        """A phrase that must be there."""
        if self.missing(node, key):
            return None
        scalar = self.scalar(node.items[key])
        return read(scalar) if scalar else None

    # checks

    def check_claim(self, claim: Claim, node: Scalar) -> None:
        match claim:
            case Both(claims):
                for each in claims:
                    self.check_claim(each, node)
            case Says(_, pattern, expr):
                self.check_pattern(pattern, node)
                if expr is not None:
                    self.check_expr(expr, pattern, node)
            case Never(pattern):
                self.check_pattern(pattern, node)
            case Count(pattern, _, expr):
                self.check_pattern(pattern, node)
                self.check_expr(expr, None, node)
            case Order(patterns):
                for step in patterns:
                    self.check_pattern(step, node)
            case Value():
                self.check_value(claim, node)
            case Connection() | Exchange():
                self.check_talk(claim, node)

    def check_value(self, claim: Value, node: Scalar) -> None:
        self.check_path(claim.path, node)
        self.check_expr(claim.expr, None, node)
        if claim.when is not None:
            self.check_pattern(claim.when, node)

    def check_talk(self, claim: Connection | Exchange, node: Scalar) -> None:
        for device in (claim.a, claim.b):
            self.check_device(device, node, claim.column)
        what = claim.protocol if isinstance(claim, Exchange) else "connection"
        name = f"{what}.{claim.outcome}"
        meant = [f"{what}.{word}" for word in (DONE if claim.outcome == "answered" else (claim.outcome,))]
        if claim.outcome in REASONS:
            meant.append(f"{what}.failed")
        if not any(self.names.fitting(each) for each in meant):
            self.unknown("unknown-event", name, inside(node, claim.column), self.names.events())

    def check_pattern(self, pattern: Pattern, node: Scalar) -> None:
        if pattern.moment:
            return
        if not self.names.fitting(pattern.name):
            known = [*self.names.events(), "start", "end"]
            self.unknown("unknown-event", pattern.name, inside(node, pattern.column), known)
        for device in (pattern.at, pattern.src, pattern.dst):
            self.check_device(device, node, pattern.column)
        if pattern.where is not None:
            self.check_expr(pattern.where, pattern, node)

    def check_device(self, name: str | None, node: Scalar, column: int) -> None:
        """A device, a port or an address."""
        if name is None or name[0].isdigit() or name in self.names.things or name in self.names.port_ids():
            return
        if self.names.may_be_host(name):
            return
        column = max(node.value.find(name, column), 0)
        self.unknown("unknown-thing", name, inside(node, column), [*self.names.things, *self.names.port_ids()])

    def check_path(self, path: Path, node: Scalar) -> None:
        """`device.field`: the device must exist, and show or have that field."""
        device, _, field = path.name.partition(".")
        thing = self.names.things.get(device)
        if thing is None:
            if device not in self.names.settings:
                self.unknown("unknown-thing", device, inside(node, path.column), self.names.things)
            return
        self.check_field(thing, field, inside(node, path.column + len(device) + 1))

    def check_field(self, thing: Thing, field: str, place: Place) -> None:
        """A field that resembles a known one was misspelt; another may be one that the device records unshown."""
        known = self.fields_of(thing.kind)
        if field.partition(".")[0] not in known and suggestion(field, known):
            self.unknown("unknown-field", field, place, known)

    def check_values(self, text: Text | None, place: Place) -> None:
        """What a text shows of the run, `{router.wan.ip}` or `{rate:rate}`: the names must exist."""
        for said in (text or {}).values():
            for found in VALUE.finditer(said):
                self.check_value_name(found.group(1), place)

    def check_value_name(self, name: str, place: Place) -> None:
        device, _, rest = name.partition(".")
        thing = self.names.things.get(device)
        if not rest and device not in self.names.settings:
            self.unknown("unknown-value", name, place, self.names.settings)
        elif rest and thing is None:
            self.unknown("unknown-thing", device, place, self.names.things)
        elif thing is not None and rest.count(".") == 1:
            port = f"{device}.{rest.partition('.')[0]}"
            if port not in self.names.port_ids():
                self.unknown("unknown-port", port, place, [each.id for each in thing.ports])
        elif thing is not None:
            self.check_field(thing, rest, place)

    def fields_of(self, kind_name: str) -> list[str]:
        kind = self.names.vocabulary.kinds.get(kind_name)
        if kind is None:
            return []
        return [*(show.field for show in kind.shows), *(field.name for field in kind.fields), "failed"]

    def check_expr(self, expr: Expr, of: Pattern | None, node: Scalar, *, asked: bool = False) -> None:
        """asked: the whole expression is what is asked for, so that a bare word in it is a mistake."""
        for path in _paths(expr, asked):
            self.check_name(path, of, node)

    def check_name(self, path: Path, of: Pattern | None, node: Scalar) -> None:
        """A name where a value is meant: a detail of the event, a field of a device, a setting."""
        root = path.parts[0]
        if root in self.names.things and len(path.parts) > 1:
            self.check_path(path, node)
            return
        details = self.names.details(of.name) if of is not None and not of.moment else set()
        if details is None or root in details or root in self.names.settings:
            return
        if of is not None and root in OF_EVENTS:
            return
        known = sorted(details | (set(OF_EVENTS) if of is not None else set()))
        self.unknown("unknown-detail", path.name, inside(node, path.column), [*known, *self.names.things])


def _paths(expr: Expr, asked: bool) -> Iterator[Path]:
    """The names that must mean something. On the right of a comparison a name may be a bare word."""
    match expr:
        case Path():
            if asked:
                yield expr
        case Binary(op, left, right):
            if op in ("and", "or"):
                yield from _paths(left, asked)
                yield from _paths(right, asked)
            else:
                yield from _paths(left, True)
                yield from _paths(right, op in "+-*/")
        case Unary(_, of):
            yield from _paths(of, True)
        case Group(items):
            for each in items:
                yield from _paths(each, False)
        case Literal():
            return
