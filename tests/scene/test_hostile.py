"""Files made to hurt are refused with a reason, before they cost anything."""

import tracemalloc

import pytest

from vizapp.scene.reader import read

HEAD = "id: small\ntitle: Small\nstage: {a: {kind: vm}}\n"
LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 400))

HOSTILE = {
    "laughs": (LAUGHS, "too-many-aliases"),
    "chain": (CHAIN, "too-deep"),
    "itself": ("a: &a [*a]", "alias-in-itself"),
    "no-anchor": ("a: *b", "unknown-alias"),
    "brackets": ("[" * 100_000, "too-deep"),
    "braces": ("{a: " * 100_000, "too-deep"),
    "dashes": ("- " * 100_000, "too-deep"),
    "questions": ("? " * 100_000, "too-deep"),
    "many": ("[" + "a," * 200_000 + "]", "too-many-nodes"),
    "big": ("a: " + "x" * 1_000_001, "too-big"),
    "directives": ("".join(f"%TAG !a{n}! x\n" for n in range(50_000)), "directives"),
    "nul": ("id: a\0b", "not-text"),
    "surrogate": ("id: \ud800", "not-utf8"),
    "documents": ("id: a\n---\nid: b\n", "several-documents"),
    "empty": ("", "empty-file"),
    "comment": ("# nothing\n", "empty-file"),
    "bidi": (HEAD + 'summary: "\u202egnp.exe"', "hidden-character"),
    "escape": (HEAD + 'summary: "\\e[31mred"', "hidden-character"),
    "python": (HEAD + "summary: !!python/object/apply:os.system [ls]", "tag"),
    "own-tag": (HEAD + "summary: !include /etc/passwd", "tag"),
    "things": ("id: a\ntitle: b\nstage: {" + ",".join(f"a{n}: {{kind: vm}}" for n in range(600)) + "}", "too-many"),
    "steps": (HEAD + "steps: [" + "{when: start, say: x}," * 200 + "]", "too-many"),
    "acts": (HEAD + "script: [" + "boot a @ 1s," * 3000 + "]", "too-many"),
    "phrase": (HEAD + f"expect: ['first nat.rewrite: {'(' * 60}1{')' * 60}']", "phrase-too-deep"),
    "minuses": (HEAD + f"expect: ['first nat.rewrite: t == {'- ' * 150}1']", ""),
    "long-phrase": (HEAD + f"expect: ['{'x' * 5000}']", "phrase-too-long"),
    "number": (HEAD + "level: " + "9" * 5000, "int"),
    "duration": (HEAD + "until: " + "9" * 5000 + "h", "duration"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_with_a_reason(vocabulary, name):
    text, key = HOSTILE[name]
    found = [problem.key for problem in read(text, vocabulary).problems]
    assert not key or f"problem.{key}" in found, found


@pytest.mark.parametrize("name", ["laughs", "brackets", "many", "things"])
def test_refusing_takes_little_memory(vocabulary, name):
    tracemalloc.start()
    try:
        read(HOSTILE[name][0], vocabulary)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_file_of_fifty_megabytes_is_not_read_whole(vocabulary, tmp_path):
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    try:
        assert [problem.key for problem in read(path, vocabulary).problems] == ["problem.too-big"]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_another_encoding_is_refused(vocabulary, tmp_path, encoding):
    path = tmp_path / "a.yaml"
    path.write_bytes("id: é\n".encode(encoding))
    found = [problem.key for problem in read(path, vocabulary).problems]
    assert found in (["problem.not-utf8"], ["problem.not-text"])


def test_a_byte_order_mark_does_no_harm(vocabulary, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert read(path, vocabulary).problems == ()


def test_a_missing_file_and_a_folder_are_problems(vocabulary, tmp_path):
    assert [each.key for each in read(tmp_path / "none.yaml", vocabulary).problems] == ["problem.no-such-file"]
    assert [each.key for each in read(tmp_path, vocabulary).problems] == ["problem.not-a-file"]


def test_an_anchor_used_with_measure_is_fine(vocabulary):
    text = "id: a\ntitle: &t {fr: x, en: y}\nsummary: *t\nstage: {a: {kind: vm}}"
    assert read(text, vocabulary).scene.summary == {"fr": "x", "en": "y"}
