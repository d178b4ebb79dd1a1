"""What is told under the sides: counts, values and verdicts of the moment, computed from the runs."""

from dataclasses import replace

import pytest

from tests.compare.conftest import MODES, comparison, played
from vizapp.compare import Comparison
from vizapp.compare.rows import ledger, lines, of_step
from vizapp.picture.ledger import Line
from vizapp.scene.model import Act, Dated, SideRow, Source, Text
from vizapp.words import Words

S = 1_000_000_000
EN = Words("en")


def told(whole: Comparison, show: float) -> dict[str, Line]:
    return {line.label: line for line in ledger(whole, show, EN).lines}


def tones(line: Line) -> list[str]:
    return [cell.tone for cell in line.cells]


def test_the_end_tells_who_reaches_whom(modes: Comparison) -> None:
    """The reachability matrix of fact N4, for a NAT network that the VMs share."""
    lines = told(modes, modes.pace.length)
    assert {label: tones(line) for label, line in lines.items() if "→" in label} == {
        "VM 1 → LAN machine": ["good", "good", "bad"],
        "VM 1 → Internet server": ["good", "good", "bad"],
        "LAN machine → VM 1": ["good", "bad", "bad"],
        "Host system → VM 1": ["good", "good", "good"],
        "VM 1 → VM 2": ["good", "good", "good"],
    }


def test_nothing_is_told_before_it_happened(modes: Comparison) -> None:
    assert "VM 1 → Internet server" not in told(modes, modes.questions[0].show)


def test_a_side_without_an_answer_yet_waits(modes: Comparison) -> None:
    failed = next(e.t for e in modes.sides[2].timeline.events if e.name == "ping.failed")
    line = told(modes, modes.pace.show_end(failed))["VM 1 → LAN machine"]
    assert tones(line) == ["waits", "waits", "bad"]
    assert not line.differs


def test_a_verdict_says_what_came_and_why(modes: Comparison) -> None:
    lines = told(modes, modes.pace.length)
    said = [cell.text for cell in lines["LAN machine → VM 1"].cells]
    assert said == ["answered, TTL 64", "network unreachable (Home router)", "network unreachable (Home router)"]


def test_rows_that_differ_say_so(modes: Comparison) -> None:
    lines = told(modes, modes.pace.length)
    assert lines["LAN machine → VM 1"].differs
    assert not lines["VM 1 → VM 2"].differs


def test_a_packet_lost_on_the_way_is_told_where(modes: Comparison) -> None:
    whole = played(comparison(MODES), Act("cut", ("lan1.eth0--lan.p1",), {}, 3 * S))
    line = told(whole, whole.pace.length)["LAN machine → VM 1"]
    assert {cell.text for cell in line.cells} >= {"no answer: cable cut (Switch)"} or tones(line) == ["bad"] * 3


def test_the_same_act_done_again_has_a_row_of_its_own() -> None:
    whole = played(comparison(MODES), Act("ping", ("vm1", "vm2"), {}, 13 * S))
    assert tones(told(whole, whole.pace.length)["VM 1 → VM 2 (2)"]) == ["good"] * 3


def test_without_rows_of_its_own_a_comparison_of_stacks_counts_what_all_of_them_count(steps: Comparison) -> None:
    line = told(steps, steps.pace.length)["VM exits"]
    assert [cell.text for cell in line.cells] == ["1", "2"]


def test_a_count_of_nothing_is_pale(steps: Comparison) -> None:
    assert tones(told(steps, 0.0)["VM exits"]) == ["none", "none"]


@pytest.mark.parametrize(("row", "said"), [
    (SideRow(Text(en="x"), of="vm1.address"), ["192.168.1.100", "192.168.122.100", "192.168.56.101"]),
    (SideRow(Text(en="x"), last="dhcp.bound at vm1", of="to"), ["Home router", "Host system", "Host system"]),
    (SideRow(Text(en="x"), last="icmp.reply at lan1", of="address"), ["192.168.1.100", "192.168.1.15", "–"]),
    (SideRow(Text(en="x"), count="ping.failed"), ["0", "1", "3"]),
])  # fmt: skip
def test_a_row_of_the_scene_is_asked_of_each_side(modes: Comparison, row: SideRow, said: list[str]) -> None:
    whole = played(replace(modes.scene, rows=(row,)))
    assert [cell.text for cell in told(whole, whole.pace.length)["x"].cells] == said


@pytest.mark.parametrize(("lang", "said"), [
    ("en", ["pings lost", "ping lost", "pings lost"]), ("fr", ["ping perdu", "ping perdu", "pings perdus"]),
])  # fmt: skip
def test_what_is_counted_agrees_with_its_number_in_each_language(modes: Comparison, lang: str, said: list[str]) -> None:
    row = SideRow(Text(en="pings lost", fr="pings perdus"), "ping.failed", one=Text(en="ping lost", fr="ping perdu"))
    whole = played(replace(modes.scene, rows=(row,)))
    (line,) = (each for each in lines(whole, whole.pace.length, Words(lang)) if each.form == "count")
    assert [cell.label for cell in line.cells] == said


def test_what_is_done_later_is_counted_too(modes: Comparison) -> None:
    whole = played(replace(modes.scene, rows=(SideRow(Text(en="x"), count="ping.answered at vm1"),)))
    before = [int(cell.text) for cell in told(whole, whole.pace.length)["x"].cells]
    whole.do(Act("ping", ("vm1", "vm2"), {}, 13 * S))
    whole.complete()
    assert [int(cell.text) for cell in told(whole, whole.pace.length)["x"].cells] == [n + 1 for n in before]


def test_a_packet_is_followed_as_long_as_it_is_watched(modes: Comparison) -> None:
    side = played(modes.scene).sides[0]
    before = side.followed
    other = next(flight for flight in side.timeline.flights if flight not in before)
    side.watch(other.packet.id)
    assert other in side.followed
    side.watch(None)
    assert side.followed == before


def test_the_line_of_a_step_is_that_of_the_act_behind_it(modes: Comparison) -> None:
    line = of_step(modes, 4, modes.pace.length, EN)
    assert line is not None
    assert line.label == "LAN machine → VM 1"
    assert of_step(modes, 0, modes.pace.length, EN) is None


def test_points_and_sources_are_those_of_each_side(steps: Comparison, modes: Comparison) -> None:
    assert ledger(steps, 0.0, EN).points == ((), (("One exit per write", "warn"),))
    assert ledger(modes, 0.0, EN).sources[1].startswith("RFC 3022")


def test_what_held_when_is_told_at_its_step_alone(steps: Comparison) -> None:
    fact = Dated(Text(en="2012"), Text(en="Hardware is ahead."), (Source(Text(en="Agesen et al.")),))
    last = replace(steps.scene.steps[-1], dated=(fact,))
    whole = played(replace(steps.scene, steps=(*steps.scene.steps[:-1], last)))
    assert ledger(whole, 0.0, EN).dated == ()
    assert ledger(whole, whole.pace.length, EN).dated == (("2012", "Hardware is ahead.", "Agesen et al."),)
