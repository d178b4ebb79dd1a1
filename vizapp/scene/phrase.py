"""The little language of a scene: when something happens, what to follow, what must hold. Parsed to plain data.

Everything prints as it would be written, and what it prints parses to the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from vizapp.scene import units

WORD = re.compile(r"[A-Za-z_]\w*(?:[.-]\w+)*")


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: number, duration (ns), rate (per second), size (bytes), percent (ratio), address, text, truth."""

    value: Any
    kind: str = "number"

    def __str__(self) -> str:
        return _write(self.value, self.kind)


def _write(value: Any, kind: str) -> str:
    match kind:
        case "duration":
            return units.write_duration(value)
        case "rate":
            return f"{_plain(value)}/s"
        case "percent":
            return f"{_plain(round(value * 100, 10))}%"
        case "size":
            return f"{value}B"
        case "truth":
            return "true" if value else "false"
        case "text":
            quote = "'" if '"' in value else '"'
            return f"{quote}{value}{quote}"
        case "number":
            return _plain(value)
        case _:
            return str(value)


def _plain(value: float) -> str:
    """A number without exponent, as short as it stays exact."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{value:.17f}".rstrip("0")


@dataclass(frozen=True, slots=True)
class Path:
    """A dotted name: a detail of the event (`after.sport`), a field of a device (`lb.failed`), or else a bare word."""

    name: str
    column: int = field(default=0, compare=False)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.name.split("."))

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Binary:
    """left op right; op: + - * / == != < <= > >= in and or."""

    op: str
    left: Expr
    right: Expr

    def __str__(self) -> str:
        level = LEVEL[self.op]
        # comparisons do not chain, so both sides of one are wrapped; - and / lean left
        left = _wrap(self.left, level + 1 if level == LEVEL["=="] else level)
        return f"{left} {self.op} {_wrap(self.right, level + 1)}"


@dataclass(frozen=True, slots=True)
class Unary:
    """not x, or -x."""

    op: str
    of: Expr

    def __str__(self) -> str:
        return f"not {_wrap(self.of, LEVEL['not'])}" if self.op == "not" else f"-{_wrap(self.of, 7)}"


@dataclass(frozen=True, slots=True)
class Group:
    """Several values, for `in`: (a, b, c)."""

    items: tuple[Expr, ...]

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.items))}{',' if len(self.items) == 1 else ''})"


Expr = Literal | Path | Binary | Unary | Group

LEVEL = {"or": 1, "and": 2, "not": 3, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4, "+": 5, "-": 5,
         "*": 6, "/": 6}  # fmt: skip


def _wrap(expr: Expr, least: int) -> str:
    """The expression, in parentheses when it binds less than `least`."""
    if isinstance(expr, Binary):
        level = LEVEL[expr.op]
    elif isinstance(expr, Unary):
        level = LEVEL["not"] if expr.op == "not" else 7
    else:
        level = 8
    return f"({expr})" if level < least else str(expr)


@dataclass(frozen=True, slots=True)
class Pattern:
    """An event: `NAME [at DEV] [from DEV] [to DEV] [where EXPR]`, or a moment: `start`, `end`, a time (true ns)."""

    name: str = ""
    at: str | None = None
    src: str | None = None
    dst: str | None = None
    where: Expr | None = None
    time: int | None = None
    column: int = field(default=0, compare=False)

    @property
    def moment(self) -> bool:
        return self.time is not None or self.name in ("start", "end")

    def __str__(self) -> str:
        if self.time is not None:
            return units.write_duration(self.time)
        ends = _ends(at=self.at, src=self.src, dst=self.dst)
        return f"{self.name}{ends}{f' where {self.where}' if self.where is not None else ''}"


@dataclass(frozen=True, slots=True)
class Follow:
    """What stretches time: `tcp of vm2`, `dhcp`, `nat.rewrite from vm1`. of: on whose behalf it goes; where: what
    holds of the details of an event, of the header fields of a packet."""

    name: str
    of: str | None = None
    src: str | None = None
    dst: str | None = None
    where: Expr | None = None
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        ends = f"{f' of {self.of}' if self.of else ''}{_ends(src=self.src, dst=self.dst)}"
        return f"{self.name}{ends}{f' where {self.where}' if self.where is not None else ''}"


def _ends(at: str | None = None, src: str | None = None, dst: str | None = None) -> str:
    return "".join(f" {word} {name}" for word, name in (("at", at), ("from", src), ("to", dst)) if name)


@dataclass(frozen=True, slots=True)
class Says:
    """`first PATTERN: EXPR`: the first (last, every, any) such event is there and the expression holds of it."""

    which: str
    pattern: Pattern
    expr: Expr | None = None

    def __str__(self) -> str:
        return f"{self.which} {self.pattern}{f': {self.expr}' if self.expr is not None else ''}"


@dataclass(frozen=True, slots=True)
class Never:
    """`no PATTERN`."""

    pattern: Pattern

    def __str__(self) -> str:
        return f"no {self.pattern}"


@dataclass(frozen=True, slots=True)
class Count:
    """`count PATTERN OP EXPR`."""

    pattern: Pattern
    op: str
    expr: Expr

    def __str__(self) -> str:
        return f"count {self.pattern} {self.op} {_wrap(self.expr, 5)}"


@dataclass(frozen=True, slots=True)
class Order:
    """`PATTERN before PATTERN`: each first one comes after the one named before it."""

    patterns: tuple[Pattern, ...]

    def __str__(self) -> str:
        return " before ".join(map(str, self.patterns))


@dataclass(frozen=True, slots=True)
class Value:
    """`value DEV.FIELD OP EXPR [at PATTERN]`: at the end of the run, or at a moment."""

    path: Path
    op: str
    expr: Expr
    when: Pattern | None = None

    def __str__(self) -> str:
        moment = f" at {self.when}" if self.when is not None else ""
        return f"value {self.path} {self.op} {_wrap(self.expr, 5)}{moment}"


@dataclass(frozen=True, slots=True)
class Connection:
    """`connection A -> B[:PORT] opened`."""

    a: str
    b: str
    port: int | None
    outcome: str
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        port = "" if self.port is None else f":{self.port}"
        return f"connection {self.a} -> {self.b}{port} {self.outcome}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """`http from A to B answered`."""

    protocol: str
    a: str
    b: str
    outcome: str
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.protocol} from {self.a} to {self.b} {self.outcome}"


@dataclass(frozen=True, slots=True)
class Both:
    """Several claims, all of which must hold."""

    claims: tuple[Claim, ...]

    def __str__(self) -> str:
        return " and ".join(map(str, self.claims))


Claim = Says | Never | Count | Order | Value | Connection | Exchange | Both

CONNECTION = ("opened", "refused", "timeout", "unreachable")
REASONS = ("refused", "timeout", "unreachable")  # of an exchange that failed
DONE = ("answered", "connected", "opened", "resolved")  # each says that it came about, in the word of its protocol
EXCHANGE = (*DONE, "failed", *REASONS)
