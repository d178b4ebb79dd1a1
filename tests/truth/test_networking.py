"""Our frames, tables and results agree with the recordings of networks A to D, as they are and under other names."""

from itertools import permutations

import pytest

from tests.truth import tables
from tests.truth.agreement import agreements, compare, rebuilt
from tests.truth.cases import CASES, NEIGHBOURS, phases
from tests.truth.rebuilt import Play, Rebuilt
from tests.truth.recording import HERE, Recording, elsewhere, exclusions

VARIANTS = {"as-recorded": False, "elsewhere": True}
CALLS = ("ping", "http")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("case", CASES)
def test_every_frame_table_and_result_agrees(case: str, variant: str) -> None:
    found = {f"{each.place} {each.what}": each.differences for each in agreements(case, VARIANTS[variant])}
    assert {place: differences for place, differences in found.items() if differences} == {}


@pytest.mark.parametrize("case", CASES)
def test_every_recorded_interface_and_result_is_compared(case: str) -> None:
    found = Recording(case).found
    assert {each.place for each in agreements(case) if each.what == "frames"} == set(found["captures"])
    asked = {name.partition(".")[0] for name in rebuilt(case).play.asked}
    assert asked == {name for name, value in found.items() if _is_result(value)}


def _is_result(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return bool({"ok", "received"} & set(value)) or any(map(_is_result, value.values()))


def test_every_recording_of_a_network_is_here() -> None:
    assert {path.stem for path in HERE.glob("[A-D]_*.json")} == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_every_exclusion_quotes_its_recording(case: str) -> None:
    found = Recording(case).found
    said = found["nondeterministic"] + found["observations"]
    for rule in exclusions(case):
        assert any(rule["quote"] in sentence for sentence in said), rule


@pytest.mark.parametrize("case", CASES)
def test_the_comparison_finds_a_wrong_value_at_any_interface(case: str) -> None:
    recording = Recording(case)
    run = Rebuilt(recording, CASES[case](Recording(case)))
    for frames in recording.captures.values():
        if frames:
            frames[-1]["eth_src"] = "00:00:00:00:00:01"
    found = {each.place for each in compare(run) if each.what == "frames" and each.differences}
    assert found == {place for place, frames in recording.captures.items() if frames}


# other orders


@pytest.mark.parametrize("order", [*permutations(("plain", "promisc", "nosniffer"))], ids="-".join)
@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("B_promiscuous_vm")])
def test_what_a_guest_receives_and_displays_does_not_depend_on_what_was_before(
    case: str, order: tuple[str, ...]
) -> None:
    recording = Recording(case)
    analyser = {"plain": "plain", "promisc": "promiscuous", "nosniffer": "off"}
    firsts = {"plain": 1, "promisc": 5, "nosniffer": 9}
    script = list(NEIGHBOURS)
    for place, mode in zip(firsts.values(), order, strict=True):
        script.append(f"set vm3.analyser {analyser[mode]} @ {recording.step(place) - 50}")
        script += phases(recording, firsts[mode], place)
    moments = {mode: recording.step(place) for place, mode in zip(firsts.values(), order, strict=True)}
    run = Rebuilt(recording, Play(script, {"vm3": {"analyser": "off"}}, moments=moments))
    for table in tables.recorded(run):
        assert table.simulated == table.rows, table.name


PARTS = [(case, name) for case in ("A_bridged", "C_nat_flows", "C_nat_inbound", "D_hostonly")
         for name in rebuilt(case).play.asked]  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("case", "name"), PARTS)
def test_a_step_alone_on_a_fresh_network_comes_out_as_recorded(case: str, name: str, variant: str) -> None:
    """With the settings of that moment, but without the calls and pings before it."""
    play = CASES[case](Recording(case))
    play.script = list(_alone(play, name))
    recording = Recording(case, elsewhere(case)) if VARIANTS[variant] else Recording(case)
    run = Rebuilt(recording, play)
    assert [each.differences for each in compare(run) if each.what == f"result {name}"] == [[]]
    paths = [table for table in tables.recorded(run) if table.name == f"of {name.removeprefix('result_')}"]
    assert [table.simulated for table in paths] == [table.rows for table in paths]


def _alone(play: Play, name: str) -> list[str]:
    """The acts of one step, and those before it that only prepare."""
    _, start = play.asked[name]
    stop = min((t for _, t in play.asked.values() if t > start), default=float("inf"))
    timed = [(float(line.rpartition("@")[2]), line) for line in play.script]
    return [line for t, line in timed if t < stop and (t >= start or line.split()[0] not in CALLS)]


@pytest.mark.parametrize("seed", range(12))
def test_the_first_keeps_its_port_and_the_second_never_gets_the_next_one(seed: int) -> None:
    recording = Recording("C_nat_pat_collision")
    port = recording.found["repeats_outside_ports"]["first_source_port"] + seed
    script = [f"connect vm1 srv port={port} @ 0", f"connect vm2 srv port={port} @ 300"]
    rows = Rebuilt(recording, Play(script, seed=seed)).value("nat", "nat", 500)
    first, second = (int(row["outside"].partition(":")[2]) for row in rows)
    assert first == port
    assert second not in (port, port + 1)
    assert 1024 <= second <= 65535
