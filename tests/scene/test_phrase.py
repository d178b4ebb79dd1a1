"""Phrases print as they are written, and what they print is read as the same thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.scene import parse, phrase
from vizapp.scene.phrase import Binary, Follow, Group, Literal, Path, Pattern, Unary
from vizapp.scene.tokens import PhraseError


@pytest.mark.parametrize("text", ["start", "end", "4.2s", "nat.rewrite", "nat.rewrite at router from vm2 to server",
                                  "dhcp.offer where lease > 1h and to == vm1"])  # fmt: skip
def test_a_pattern_prints_as_written(text):
    assert str(parse.pattern(text)) == text


def test_a_pattern_keeps_its_parts():
    assert parse.pattern("nat.rewrite at router from vm2") == Pattern("nat.rewrite", "router", "vm2")
    assert parse.pattern("4.2s").time == 4_200_000_000


def test_what_is_followed_keeps_its_parts():
    assert parse.follow("tcp of vm2 to server") == Follow("tcp", "vm2", None, "server")


def test_a_wait_has_a_beginning_and_an_end():
    assert list(map(str, parse.wait("fail at a until vrrp.master at b"))) == ["fail at a", "vrrp.master at b"]
    assert parse.wait("dhcp.offer")[1] is None


@pytest.mark.parametrize(("text", "expected"), [
    ("a == b or c and not d", "a == b or c and not d"),
    ("(a or b) and c", "(a or b) and c"),
    ("a - (b - c)", "a - (b - c)"),
    ("(a - b) - c", "a - b - c"),
    ("x in (a, b)", "x in (a, b)"),
    ("-(a + 1)", "-(a + 1)"),
    ("t >= 1500ms", "t >= 1.5s"),
    ("share < 12.5%", "share < 12.5%"),
    ("to == 192.168.1.50", "to == 192.168.1.50"),
    ("mac == 52:54:00:aa:00:01", 'mac == "52:54:00:aa:00:01"'),
])  # fmt: skip
def test_an_expression_prints_with_the_parentheses_it_needs(text, expected):
    assert str(parse.expression(text)) == expected


@pytest.mark.parametrize("text", [
    "first nat.rewrite at router: after.sport == before.sport",
    "every lb.pick: server in (web1, web2)",
    "no nat.drop from vm1",
    "no connection at vm2",
    "count nat.rewrite at router >= 2",
    "dhcp.discover before dhcp.offer before dhcp.ack",
    "value lb.failed == 0 at 10s",
    "value lb.failed == 0 at health.down from web1",
    "connection lan1 -> router:22 refused",
    "connection vm1 -> 192.168.1.50 timeout",
    "http from lan1 to vm1 answered",
    "first a where x == 1 and y == 2 and no b and http from c to d failed",
])  # fmt: skip
def test_a_claim_prints_as_written(text):
    assert str(parse.claim(text)) == text


def test_a_mac_may_stand_before_a_colon():
    assert str(parse.claim("first a where mac == 52:54:00:aa:00:01: x == 1")).endswith(": x == 1")


def test_and_joins_claims_only_where_one_begins():
    joined = parse.claim("first a: x == 1 and y == 2 and no b")
    assert isinstance(joined, phrase.Both)
    assert str(joined.claims[0]) == "first a: x == 1 and y == 2"


@pytest.mark.parametrize(("text", "key", "column"), [
    ("first", "phrase-end", 5), ("first a:", "phrase-end", 8), ("a", "phrase-expected-end", 1),
    ("connection a b", "phrase-expected", 13), ("connection a -> b broken", "phrase-expected", 18),
    ("first a ! b", "phrase-character", 8), ("no a b", "phrase-extra", 5),
    ("count a > and", "phrase-expected-value", 10),
])  # fmt: skip
def test_a_wrong_claim_says_where(text, key, column):
    with pytest.raises(PhraseError) as caught:
        parse.claim(text)
    assert (caught.value.key, caught.value.column) == (key, column)


def unary(op, of):
    """What the parser makes of it: a negative number is a value like another."""
    return Literal(-of.value) if op == "-" and isinstance(of, Literal) and of.kind == "number" else Unary(op, of)


NAMES = st.sampled_from(["a", "vm1", "after.sport", "nat.rewrite", "same-port", "x_1", "web1.eth0"])
LITERALS = st.one_of(
    st.integers(-(10**6), 10**6).map(Literal),
    st.floats(0.001, 1000, allow_nan=False).map(lambda x: Literal(round(x, 3))),
    st.integers(0, 10**13).map(lambda ns: Literal(ns, "duration")),
    st.integers(0, 1000).map(lambda x: Literal(float(x), "rate")),
    st.booleans().map(lambda x: Literal(x, "truth")),
    st.sampled_from(["192.168.1.1", "10.0.0.0/8"]).map(lambda x: Literal(x, "address")),
    st.sampled_from(["", "two words", 'say "x"', "52:54:00:aa:00:01"]).map(lambda x: Literal(x, "text")),
)
EXPRS = st.recursive(
    LITERALS | NAMES.map(Path),
    lambda inner: (
        st.builds(Binary, st.sampled_from(["or", "and", "==", "<", "in", "+", "-", "*", "/"]), inner, inner)
        | st.builds(unary, st.sampled_from(["not", "-"]), inner)
        | st.lists(inner, min_size=1, max_size=3).map(lambda items: Group(tuple(items)))
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(expr=EXPRS)
def test_every_expression_reads_back_as_itself(expr):
    assert parse.expression(str(expr)) == expr


@settings(max_examples=100, deadline=None)
@given(text=st.lists(st.sampled_from([*"ab.:()<>=-, 0123s'\"/*", " and ", " not ", " at ", "first "])).map("".join))
def test_any_text_is_a_claim_or_an_explained_error(text):
    try:
        claim = parse.claim(text)
    except PhraseError as error:
        wrong = error
    else:
        assert parse.claim(str(claim)) == claim
        return
    assert 0 <= wrong.column <= len(text)
