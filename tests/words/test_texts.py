"""The texts themselves: in both languages, all used, none missing, well written; those of shipped scenes too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.scene import nodes
from vizapp.scene.problems import Problems
from vizapp.words import french, languages
from vizapp.words.store import folder, parse

CODE = Path(places.PACKAGE)
PLACEHOLDER = re.compile(r"\{[\w.-]+(?::[\w.]+)?\}")

# Prefixes that the code completes at run time with a name that is a string of the code. Where it completes another
# in an f-string (`f"theme.{name}"`), the f-string itself tells its prefix.
NAMED = ("problem.", "hint.", "phrase.", "source.", "reason.")
KEY_START = re.compile(r"[a-z][a-z-]*(?:\.[a-z-]+)*\.[a-z-]*")


def entries(lang):
    return parse((folder() / f"{lang}.yaml").read_text(encoding="utf-8"))


def forms(entry):
    return [entry] if isinstance(entry, str) else list(entry.values())


def trees() -> Iterator[ast.Module]:
    for path in sorted(CODE.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def strings(node: ast.AST) -> Iterator[str]:
    return (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def branches(node: ast.AST) -> Iterator[str]:
    """The plain strings that an argument may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from branches(node.body)
        yield from branches(node.orelse)


def asked() -> Iterator[str]:
    """The keys that the code asks for by name."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and called(node) in ("words", "Words"):
                yield from (key for key in branches(node.args[0]) if "." in key)
            elif isinstance(node, ast.Call) and node.args and called(node) in ("dropped", "ignored", "Impossible"):
                yield from (f"reason.{key}" for key in branches(node.args[0]))
            elif isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                yield from (key for name, value in pairs if isinstance(name, ast.Constant) and name.value == "words"
                            for key in branches(value))  # fmt: skip


def begun() -> set[str]:
    """How the keys begin that the code completes at run time."""
    found: set[str] = set()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                start = str(node.values[0].value)
                if KEY_START.fullmatch(start) and not start.startswith(NAMED):
                    found.add(start)
    return found


def problems_asked() -> Iterator[str]:
    """The keys of problems and hints, which the reader names without their prefix."""
    faults = ("unknown", "_unknown", "PhraseError", "WrongValueError", "_refuse")
    for path in sorted((CODE / "scene").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if called(node) in faults or (called(node) == "add" and "problems" in ast.unparse(node.func)):
                yield from (f"problem.{key}" for key in branches(node.args[0]))
                yield from (
                    f"hint.{key}" for word in node.keywords if word.arg == "hint" for key in branches(word.value)
                )
            if called(node) == "WrongValueError" and len(node.args) > 1:
                yield from (f"hint.{key}" for key in branches(node.args[1]))
            if called(node) == "PhraseError" and len(node.args) > 2:
                yield from (f"hint.{key}" for key in branches(node.args[2]))


def shown() -> Iterator[str]:
    """The keys that the kinds of device ask for."""
    for kind in VOCABULARY.kinds.values():
        for show in kind.shows:
            yield show.words
            yield from (column.words for column in show.columns)
        yield from (f"event.{event.name}" for event in kind.events)


def test_every_language_has_the_same_keys():
    fr, en = entries("fr"), entries("en")
    assert sorted(set(fr) ^ set(en)) == []


def test_no_key_is_left_without_words():
    for lang in languages():
        assert [key for key, entry in entries(lang).items() if not entry] == []


def test_no_key_is_written_twice():
    for lang in languages():
        problems = Problems(lang)
        nodes.load(folder() / f"{lang}.yaml", problems)
        assert [problem.values for problem in problems if problem.key == "problem.doubled-key"] == []


def test_every_key_that_is_asked_for_is_there():
    missing = {*asked(), *problems_asked(), *shown()} - set(entries("en"))
    assert sorted(missing) == []


def test_every_key_is_used():
    """`show.exits.n`, the unit after a shown number, goes with `show.exits`."""
    literal = {text for tree in trees() for text in strings(tree)}
    data = set(shown()) | {f"event.{event}" for event in VOCABULARY.events}
    acts = {f"event.act.{verb}" for verb in VOCABULARY.verbs}
    known, starts = literal | data | acts, tuple(begun())
    unused = [
        key for key in entries("en")
        if key.removesuffix(".n") not in known and not key.startswith(starts) and not _completed(key, literal)
    ]  # fmt: skip
    assert unused == []


def _completed(key: str, literal: set[str]) -> bool:
    prefix = next((prefix for prefix in NAMED if key.startswith(prefix)), None)
    return prefix is not None and (key.removeprefix(prefix) in literal or key.startswith(("problem.yaml", "hint.yaml")))


def test_the_languages_agree_on_placeholders():
    fr, en = entries("fr"), entries("en")

    def names(entry):
        return {name for form in forms(entry) for name in PLACEHOLDER.findall(form)}

    assert {key: (fr[key], en[key]) for key in fr.keys() & en.keys() if names(fr[key]) != names(en[key])} == {}


def test_plural_texts_have_both_forms():
    for lang in languages():
        wrong = [
            key for key, entry in entries(lang).items() if isinstance(entry, dict) and set(entry) != {"one", "other"}
        ]
        assert wrong == []


# French as it is written

SPACING = {
    "an ordinary space before : ; ? ! » %": re.compile(r"[ \t][:;?!»%]"),
    "no space before ; ? !": re.compile(r"[\w)»’][;?!]"),
    "no space before :": re.compile(r"[^\W\d][:](?=\s|$)"),
    "no space inside « »": re.compile(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"),
    "a straight apostrophe": re.compile(r"[^\W\d]'[^\W\d]"),
}
GLOSSARY = {
    "hyperappel": re.compile(r"\bhypercalls?\b", re.IGNORECASE),
    "instantané": re.compile(r"\bsnapshots?\b", re.IGNORECASE),
    "sauvegarde": re.compile(r"(?<!SECOURS \()\bbackups?\b", re.IGNORECASE),
    "déroutement": re.compile(r"(?<!déroutement \()\btrap(s|pe|pé|pée)?\b", re.IGNORECASE),
    "virtualisation complète (dite totale)": re.compile(r"virtualisation totale", re.IGNORECASE),
    "tourniquet (round robin)": re.compile(r"robin robin|(?<!tourniquet \()round[- ]robin", re.IGNORECASE),
    "bascule": re.compile(r"\bfail-?overs?\b", re.IGNORECASE),
    "répartiteur": re.compile(r"load[- ]balanc", re.IGNORECASE),
    "panne brutale": re.compile(r"\bcrash", re.IGNORECASE),
    "ACTIF (MASTER)": re.compile(r"(?<!ACTIF \()\bMASTER\b"),
    "invité": re.compile(r"\bguests?\b", re.IGNORECASE),
    "hôte": re.compile(r"\bhosts?\b(?!-only)", re.IGNORECASE),  # the name of a mode in every hypervisor
}


def bare(text: str) -> str:
    """The text without what is quoted as code, placeholders and addresses."""
    return re.sub(r"`[^`]*`|\{[^}]*\}|https?://\S+", "x", text)


def faults(texts: list[tuple[str, str]]) -> list[str]:
    found = []
    for where, text in texts:
        for rules in (SPACING, GLOSSARY):
            found += [f"{where}: {what}: {text}" for what, rule in rules.items() if rule.search(bare(text))]
    return found


def french_of(node: nodes.Node | None) -> Iterator[tuple[str, str]]:
    """The French texts of a scene as the reader takes them, with their lines."""
    if isinstance(node, nodes.Mapping):
        for key, each in node.items.items():
            if key == "fr" and isinstance(each, nodes.Scalar):
                yield str(each.place.line), french.spaces(each.value)
            else:
                yield from french_of(each)
    elif isinstance(node, nodes.Sequence):
        for each in node.items:
            yield from french_of(each)


def test_french_words_are_well_written():
    assert faults([(key, form) for key, entry in entries("fr").items() for form in forms(entry)]) == []


@pytest.mark.parametrize("path", sorted(places.shipped_scenes().glob("*.yaml")), ids=lambda path: path.stem)
def test_the_french_of_a_shipped_scene_is_well_written(path):
    assert faults(list(french_of(nodes.load(path, Problems(path.name))))) == []


def test_an_author_may_type_ordinary_spaces():
    assert french.spaces("« Quoi ? » : `a : b` à 50 %.") == ("«\u00a0Quoi\u00a0?\u00a0»\u00a0: `a : b` à 50\u00a0%.")


def test_a_number_keeps_its_unit():
    assert french.spaces("après 3,6 s, `ping -i 1 s`") == "après 3,6\u00a0s, `ping -i 1 s`"


@pytest.mark.parametrize("wrong", [
    "Quoi ?", "Quoi?", "« ici »", "Voici :", "Voici: ça", "l'hôte", "un snapshot", "le backup", "un trap", "50 %",
    "la virtualisation totale", "le failover", "MASTER",
])  # fmt: skip
def test_the_rules_catch_what_they_are_for(wrong):
    assert faults([("here", wrong)]) != []


@pytest.mark.parametrize("right", [
    "Quoi\u00a0?", "«\u00a0ici\u00a0»", "ACTIF (MASTER dans keepalived)", "SECOURS (BACKUP)", "l’hôte", "à 12:30",
    "complète (dite totale)", "tourniquet (round robin)", "`trap: x`", "{t:clock}", "déroutement (trap)",
])  # fmt: skip
def test_the_rules_let_good_french_pass(right):
    assert faults([("here", right)]) == []
