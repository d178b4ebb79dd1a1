"""From text to phrases: a tokenizer and recursive descent, no eval. `PhraseError` says what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from vizapp.scene.phrase import (
    CONNECTION,
    EXCHANGE,
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
from vizapp.scene.tokens import PhraseError, Token, tokens

WHICH = ("first", "last", "every", "any")
CLAIMS = (*WHICH, "no", "count", "value", "connection")
RESERVED = {"at", "from", "to", "where", "of", "before", "until", "and", "or", "not", "in", "true", "false", *CLAIMS}
OPERATORS = ("and", "or", "not", "in", "where", "before")  # a detail may be called anything else: `to`, `count`
COMPARE = ("==", "!=", "<", "<=", ">", ">=")
MOST_NESTED = 30

T = TypeVar("T")


def pattern(text: str) -> Pattern:
    """`nat.rewrite at router from vm2`, `start`, `4.2s`."""
    return _whole(text, _Parser.pattern)


def follow(text: str) -> Follow:
    """`tcp of vm2`."""
    return _whole(text, _Parser.follow)


def wait(text: str) -> tuple[Pattern, Pattern | None]:
    """`PATTERN until PATTERN`, a wait that one should feel; without `until`, to the end of the run."""
    return _whole(text, _Parser.wait)


def expression(text: str) -> Expr:
    """`after.sport == before.sport`."""
    return _whole(text, _Parser.expression)


def claim(text: str) -> Claim:
    """`first nat.rewrite at router: after.sport == before.sport`."""
    return _whole(text, _Parser.claims)


def _whole(text: str, rule: Callable[[_Parser], T]) -> T:
    parser = _Parser(tokens(text))
    result = rule(parser)
    parser.expect_end()
    return result


class _Parser:
    def __init__(self, row: list[Token]) -> None:
        self.row = row
        self.index = 0
        self.depth = 0

    # the row of tokens

    @property
    def now(self) -> Token:
        return self.row[self.index]

    def ahead(self, by: int) -> Token:
        return self.row[min(self.index + by, len(self.row) - 1)]

    def take(self) -> Token:
        token = self.now
        if token.kind != "end":
            self.index += 1
        return token

    def take_if(self, *texts: str) -> Token | None:
        return self.take() if self.now.kind in ("word", "sign") and self.now.text in texts else None

    def expect(self, *texts: str) -> Token:
        token = self.take_if(*texts)
        if token is None:
            raise self.error("phrase-expected", wanted=" ".join(f"`{text}`" for text in texts))
        return token

    def expect_end(self) -> None:
        if self.now.kind != "end":
            raise self.error("phrase-extra")

    def error(self, key: str, **values: Any) -> PhraseError:
        if self.now.kind == "end":
            key = "phrase-expected-end" if key == "phrase-expected" else "phrase-end"
            return PhraseError(key, self.now.column, **values)
        return PhraseError(key, self.now.column, found=self.now.text, **values)

    def name(self, what: str) -> str:
        """A name that is no word of the language."""
        if self.now.kind != "word" or self.now.text in RESERVED or self.now.text.startswith("$"):
            raise self.error("phrase-expected-name", wanted={"words": f"phrase.{what}"})
        return self.take().text

    def device(self) -> str:
        """A device, one of its ports, or an address."""
        return str(self.take().value) if self.now.kind == "address" else self.name("device")

    # patterns

    def pattern(self) -> Pattern:
        column = self.now.column
        if self.now.kind == "duration" or (self.now.kind == "number" and self.now.text == "0"):
            return Pattern(time=int(self.take().value), column=column)
        # alone it means every `connection.…`; a claim that begins with the word never comes here
        name = self.take().text if self.now.text == "connection" else self.name("event")
        if name in ("start", "end"):
            return Pattern(name, column=column)
        ends: dict[str, str] = {}
        while (word := self.now.text) in ("at", "from", "to") and self.now.kind == "word" and word not in ends:
            self.take()
            ends[word] = self.device()
        where = self.expression() if self.take_if("where") else None
        return Pattern(name, ends.get("at"), ends.get("from"), ends.get("to"), where, column=column)

    def follow(self) -> Follow:
        column = self.now.column
        name = self.name("protocol")
        ends: dict[str, str] = {}
        while (word := self.now.text) in ("of", "from", "to") and self.now.kind == "word" and word not in ends:
            self.take()
            ends[word] = self.device()
        where = self.expression() if self.take_if("where") else None
        return Follow(name, ends.get("of"), ends.get("from"), ends.get("to"), where, column=column)

    def wait(self) -> tuple[Pattern, Pattern | None]:
        start = self.pattern()
        return start, self.pattern() if self.take_if("until") else None

    # expressions, from loose to tight

    def expression(self) -> Expr:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise self.error("phrase-too-deep")
        left = self.conjunction()
        while self.take_if("or"):
            left = Binary("or", left, self.conjunction())
        self.depth -= 1
        return left

    def conjunction(self) -> Expr:
        left = self.negation()
        while self.now.text == "and" and not self.starts_claim(1):
            self.take()
            left = Binary("and", left, self.negation())
        return left

    def starts_claim(self, by: int) -> bool:
        """Whether a claim begins there, so that an `and` before it joins claims and not conditions."""
        first, second = self.ahead(by), self.ahead(by + 1)
        if first.kind != "word":
            return False
        if first.text in CLAIMS:
            return second.kind in ("word", "address")
        return second.kind == "word" and second.text in ("from", "at", "to", "before", "where")

    def negation(self) -> Expr:
        negations = 0
        while self.take_if("not"):
            negations += 1
        expr = self.comparison()
        for _ in range(negations):
            expr = Unary("not", expr)
        return expr

    def comparison(self) -> Expr:
        left = self.sum()
        if token := self.take_if(*COMPARE):
            return Binary(token.text, left, self.sum())
        if self.take_if("in"):
            return Binary("in", left, self.sum())
        return left

    def sum(self) -> Expr:
        left = self.product()
        while token := self.take_if("+", "-"):
            left = Binary(token.text, left, self.product())
        return left

    def product(self) -> Expr:
        left = self.factor()
        while token := self.take_if("*", "/"):
            left = Binary(token.text, left, self.factor())
        return left

    def factor(self) -> Expr:
        minus = 0
        while self.take_if("-"):
            minus += 1
        expr = self.parenthesis() if self.take_if("(") else self.atom()
        for _ in range(minus):
            expr = self.negative(expr)
        return expr

    def atom(self) -> Expr:
        token = self.now
        if token.kind == "word" and token.text in ("true", "false"):
            return Literal(self.take().text == "true", "truth")
        if token.kind == "word" and token.text not in OPERATORS:
            return Path(self.take().text, token.column)
        if token.kind in ("word", "sign", "end"):
            raise self.error("phrase-expected-value")
        return Literal(self.take().value, token.kind)

    def negative(self, of: Expr) -> Expr:
        """-x; a negative number is a value like another."""
        if isinstance(of, Literal) and of.kind == "number":
            return Literal(-of.value)
        return Unary("-", of)

    def parenthesis(self) -> Expr:
        items = [self.expression()]
        several = False
        while self.take_if(","):
            several = True
            if self.now.text == ")":
                break
            items.append(self.expression())
        self.expect(")")
        return Group(tuple(items)) if several else items[0]

    # claims

    def claims(self) -> Claim:
        found = [self.claim()]
        while self.take_if("and"):
            found.append(self.claim())
        return found[0] if len(found) == 1 else Both(tuple(found))

    def claim(self) -> Claim:
        word = self.now.text
        if self.now.kind == "word" and word in CLAIMS:
            self.take()
            return self.keyword(word)
        if self.ahead(1).text == "from" and (exchange := self.exchange()) is not None:
            return exchange
        return self.order()

    def keyword(self, word: str) -> Claim:
        if word in WHICH:
            pattern = self.pattern()
            return Says(word, pattern, self.expression() if self.take_if(":") else None)
        if word == "no":
            return Never(self.pattern())
        if word == "count":
            return Count(self.pattern(), self.expect(*COMPARE).text, self.sum())
        if word == "value":
            return self.value()
        return self.connection()

    def value(self) -> Value:
        column = self.now.column
        path = Path(self.name("field"), column)
        op, expr = self.expect(*COMPARE).text, self.sum()
        return Value(path, op, expr, self.pattern() if self.take_if("at") else None)

    def connection(self) -> Connection:
        column = self.now.column
        a = self.device()
        self.expect("->")
        b = self.device()
        port: int | None = None
        if self.take_if(":"):
            if self.now.kind != "number" or not isinstance(self.now.value, int) or self.now.value > 65535:
                raise self.error("phrase-expected-port")
            port = self.take().value
        return Connection(a, b, port, self.outcome(CONNECTION), column)

    def exchange(self) -> Exchange | None:
        """`http from A to B answered`; None when it is the beginning of `PATTERN before …`."""
        start = self.index
        column, protocol = self.now.column, self.name("protocol")
        self.expect("from")
        a = self.device()
        if not self.take_if("to"):
            self.index = start
            return None
        b = self.device()
        if self.now.text in ("before", "where", "at"):
            self.index = start
            return None
        return Exchange(protocol, a, b, self.outcome(EXCHANGE), column)

    def outcome(self, among: Sequence[str]) -> str:
        return self.expect(*among).text

    def order(self) -> Order:
        patterns = [self.pattern()]
        self.expect("before")
        patterns.append(self.pattern())
        while self.take_if("before"):
            patterns.append(self.pattern())
        return Order(tuple(patterns))


__all__ = ["PhraseError", "claim", "expression", "follow", "pattern", "wait"]
