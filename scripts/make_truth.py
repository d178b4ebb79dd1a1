"""Writes docs/truth.md: the frame beside this script, filled by comparing runs with recordings. `--check` compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.truth import failover
from tests.truth.agreement import Agreement, agreements
from tests.truth.cases import CASES
from tests.truth.recording import Recording, exclusions

FRAME = Path(__file__).with_name("truth.md")
TARGET = Path(__file__).parents[1] / "docs" / "truth.md"


def document() -> str:
    """The whole document."""
    recordings = [*(_recording(case) for case in CASES), *(_failover(case) for case in failover.CASES)]
    values = {"summary": _summary(), "recordings": "\n\n".join(recordings), "failover": _failover_rules()}
    text = FRAME.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [heads, tuple("---" if n == 0 else "---:" for n in range(len(heads))), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _summary() -> str:
    rows = [_totals(case, agreements(case)) for case in CASES]
    rows += [_totals(case, failover.agreements(case)) for case in failover.CASES]
    total = ("**all**", *(sum(int(str(row[n])) for row in rows) for n in range(1, 8)))
    heads = ("recording", "interfaces", "frames", "table rows", "results", "values compared", "agree", "not compared")
    return _table(heads, [*((f"`{row[0]}`", *row[1:]) for row in rows), total])


def _totals(case: str, found: list[Agreement]) -> tuple[object, ...]:
    frames, results = _of(found, "frames"), _of(found, "result")
    tables = [each for each in found if each not in frames and each not in results]
    compared = sum(each.fields for each in found)
    return (
        case, len(frames), _sum(frames), _sum(tables), _sum(results), compared,
        compared - sum(len(each.differences) for each in found), sum(each.excluded for each in found),
    )  # fmt: skip


def _of(found: list[Agreement], what: str) -> list[Agreement]:
    return [each for each in found if each.what.partition(" ")[0] == what]


def _sum(found: Iterable[Agreement]) -> int:
    return sum(each.count for each in found)


def _recording(case: str) -> str:
    parts = [f"### {case}", f"{Recording(case).found['description']}.", _places(agreements(case)), *_rules(case)]
    return "\n\n".join(parts)


def _failover(case: str) -> str:
    said = failover.played(case).found["description"]
    return "\n\n".join([f"### {case}", f"{said}.", _places(failover.agreements(case))])


def _failover_rules() -> str:
    """What is not compared to the letter in the recordings of keepalived, and why."""
    return "\n".join(f"- {said}. “{quote}”" for said, quote in failover.RULES)


def _places(found: list[Agreement]) -> str:
    frames = _of(found, "frames")
    rows: list[tuple[object, ...]] = [
        (f"`{each.place}`", each.count, each.fields, _said(each), each.excluded) for each in frames
    ]
    others: dict[str, list[Agreement]] = {}
    for each in found:
        if each not in frames:
            others.setdefault(_group(each.what), []).append(each)
    rows += [_merged(name, group) for name, group in others.items()]
    return _table(
        ("interface, or what else was recorded", "recorded", "values compared", "agree", "not compared"), rows
    )


def _group(what: str) -> str:
    first, _, rest = what.partition(" ")
    kinds = {"of": "paths", "timeline": "adverts, gratuitous ARPs and changes of address", "formula": "formulas",
             "result": "results", "routes": "routes", "address": "addresses"}  # fmt: skip
    return kinds.get(first) or {"arp": "ARP caches", "fdb": "MAC tables"}.get(rest or first, what)


def _merged(name: str, group: list[Agreement]) -> tuple[object, ...]:
    whole = Agreement(name, name, _sum(group), sum(e.fields for e in group), sum(e.excluded for e in group),
                      [difference for each in group for difference in each.differences])  # fmt: skip
    return name, whole.count, whole.fields, _said(whole), whole.excluded


def _said(found: Agreement) -> str:
    wrong = len(found.differences)
    return "all" if not wrong else f"{found.fields - wrong}"


def _rules(case: str) -> Iterator[str]:
    """What is not compared to the letter, and why."""
    rules = exclusions(case)
    if rules:
        yield "\n".join(f"- {_rule(rule)}" for rule in rules)


def _rule(rule: dict[str, object]) -> str:
    if rule.get("order"):
        said = "Order only within a conversation"
    else:
        fields = rule["fields"]
        assert isinstance(fields, list)
        names = ", ".join(f"`{name}`" for name in fields)
        if "within" in rule:
            said = f"{names}: compared to within {rule['within']} ms"
        elif rule.get("random"):
            said = f"{names}: a replaced one must be replaced, by whatever number"
        else:
            said = f"{names}: not compared{_where(rule)}"
    reason = f"; {rule['reason']}" if "reason" in rule else ""
    return f"{said}{reason}. “{rule['quote']}”"


def _where(rule: dict[str, object]) -> str:
    where = rule.get("where")
    if not isinstance(where, dict):
        return ""
    conditions = (
        f"`{key}` is not {wanted[1:]}" if str(wanted).startswith("!") else f"`{key}` is {wanted}"
        for key, wanted in where.items()
    )
    return f" where {' and '.join(conditions)}"


def main() -> int:
    """Writes the document, or says whether it is true."""
    text = document()
    if "--check" in sys.argv:
        return int(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
