"""The command line: what each command prints, how it ends, and what it says of wrong input."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vizapp.cli import main

Call = Callable[..., tuple[int, str, str]]
LINE = re.compile(r"[^\n]+?:\d+:\d+: [^\n]+")  # file:line:column: message

OWN = """
id: own
title: {fr: Le mien, en: Mine}
until: 3s
stage: {a: {kind: machine}, b: {kind: vm}}
script: [boot b @ 1s]
steps: [{when: vm.booted, say: up}, {when: dhcp.nak, say: never}]
"""


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command; (status, what it printed, what it complained of)."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = main(words)
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    return path


def test_the_list_is_an_array_with_both_titles(call: Call) -> None:
    status, out, _ = call("list", "--json")
    rows = json.loads(out)
    assert status == 0
    assert {"hardware-assisted", "nat", "load-balancing"} <= {row["id"] for row in rows}
    assert all(set(row) == {"id", "chapter", "title", "steps", "minutes"} for row in rows)
    assert all(row["title"]["fr"] and row["title"]["en"] for row in rows)


@pytest.mark.parametrize("words", [
    ("simulate", "{scene}", "--set", "nope=1"), ("simulate", "{scene}", "--set", "nope"),
    ("simulate", "{scene}", "--do", "dance a"), ("simulate", "{scene}", "--do", "fail c @ 1s"),
    ("simulate", "{scene}", "--do", "fail a @ soon"), ("simulate", "{scene}", "--until", "soon"),
    ("describe", "{scene}", "--at", "soon"), ("describe", "{scene}", "--at", "9s"),
    ("describe", "{scene}", "--step", "0"), ("describe", "{scene}", "--step", "99"),
    ("describe", "{scene}", "--step", "2"), ("check", "nope"), ("nope.yaml",), ("present", "nope"),
])  # fmt: skip
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_wrong_input_ends_with_1_and_a_line_that_says_where(
    call: Call, scene: Path, words: tuple[str, ...], lang: str
) -> None:
    status, out, err = call(*(word.format(scene=scene) for word in words), "--lang", lang)
    assert (status, out) == (1, "")
    assert all(LINE.fullmatch(line) for line in err.splitlines()), err


@pytest.mark.parametrize("words", [
    ("simulate",), ("simulate", "nat", "--seed", "x"), ("simulate", "nat", "--nope"), ("list", "--lang", "de"),
    ("export", "nat"), ("export", "nat", "-o", "a.xyz"), ("export", "nat", "-o", "a"), ("describe", "nat", "--step"),
    ("export", "nat", "-o", "a.png", "--scale", "nan"), ("export", "nat", "-o", "a.png", "--scale", "0"),
    ("export", "nat", "-o", "a.pcapng", "--all-steps"), ("export", "nat", "-o", "a.png", "--interface", "vm1.eth0"),
    ("export", "nat", "-o", "a.png", "--size", "big"), ("describe", "nat", "--at", "1s", "--step", "1"),
])  # fmt: skip
def test_wrong_usage_ends_with_2_and_prints_nothing(call: Call, words: tuple[str, ...]) -> None:
    status, out, err = call(*words)
    assert (status, out) == (2, "")
    assert err


def test_a_file_that_cannot_be_written_ends_with_3(call: Call, scene: Path, tmp_path: Path) -> None:
    status, _, err = call("export", str(scene), "-o", str(tmp_path / "none" / "a.svg"))
    assert status == 3
    assert "a.svg" in err


def test_an_existing_file_is_kept_unless_forced(call: Call, scene: Path, tmp_path: Path) -> None:
    made = tmp_path / "a.svg"
    made.write_text("mine")
    assert call("export", str(scene), "-o", str(made))[0] == 3
    assert made.read_text() == "mine"
    assert call("export", str(scene), "-o", str(made), "--force")[0] == 0
    assert made.read_text().startswith("<")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("scene", "name", "said"), [
    ("nat", "vm1.eht0", "vm1.eth0"), ("nat", "host", "vm1.eth0, vm2.eth0"),
    ("load-balancing", "lb.front", "load-balancing"),
])  # fmt: skip
def test_what_cannot_be_captured_ends_with_1(
    call: Call, tmp_path: Path, scene: str, name: str, said: str, lang: str
) -> None:
    made = tmp_path / "a.pcapng"
    status, out, err = call("export", scene, "-o", str(made), "--interface", name, "--lang", lang)
    assert (status, out, made.exists()) == (1, "", False)
    assert LINE.fullmatch(err.strip())
    assert said in err


def test_a_capture_ends_at_the_moment_asked_for(call: Call, tmp_path: Path) -> None:
    sizes = []
    for more in (["--at", "0s"], ["--step", "3"], ["--at", "4s"], []):
        made = tmp_path / f"{len(sizes)}.pcapng"
        assert call("export", "nat", "-o", str(made), "--interface", "vm1", *more)[0] == 0
        sizes.append(made.stat().st_size)
    assert sizes == sorted(set(sizes))


def test_a_capture_is_of_the_run_that_the_options_ask_for(call: Call, tmp_path: Path) -> None:
    made = [tmp_path / f"{number}.pcapng" for number in range(3)]
    options = [], ["--set", "vm2-port=40002"], ["--do", "cut vm2 @ 1s"]
    for path, more in zip(made, options, strict=True):
        assert call("export", "nat", "-o", str(path), "--interface", "router.wan", *more)[0] == 0
    assert len({path.read_bytes() for path in made}) == 3


def test_a_scene_that_stops_early_says_why(call: Call, tmp_path: Path) -> None:
    ring = tmp_path / "ring.yaml"
    ring.write_text("id: ring\ntitle: ring\nstage:\n  a: {kind: machine, ports: {e: {ip: 10.0.0.1/24}}}\n"
                    "  s1: {kind: switch}\n  s2: {kind: switch}\nlinks: [a -- s1, s1 -- s2, s1 -- s2]\n"
                    "script: [arp a 10.0.0.2 @ 1s]\n")  # fmt: skip
    status, _, err = call("check", str(ring), "--lang", "en")
    assert status == 1
    assert LINE.fullmatch(err.strip())
    assert "runaway" not in err


@pytest.mark.parametrize("name", ["pipe.yaml", "folder.yaml"])
def test_what_is_no_file_is_said_so(call: Call, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.startswith("pipe"):
        os.mkfifo(path)
    else:
        path.mkdir()
    status, _, err = call("simulate", str(path), "--lang", "en")
    assert (status, err) == (1, f"{path}:1:1: this is not a file\n")


def test_scenes_in_a_folder_are_checked_whatever_their_suffix(call: Call, scene: Path) -> None:
    scene.with_suffix(".yml").write_text("id: [")
    assert call("check", str(scene.parent))[0] == 1


def start(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-X", "importtime", "-m", "vizapp", *words], capture_output=True,
                          env={**os.environ, **environment}, timeout=60, check=False)  # fmt: skip


@pytest.mark.parametrize("words", [
    ("list",), ("check", "nat"), ("schema",), ("simulate", "nat", "--json"), ("describe", "nat", "--step", "2"),
    ("export", "nat", "--step", "1", "-o", "{folder}/a.svg"), ("export", "nat", "-o", "{folder}/a.pcapng"),
])  # fmt: skip
def test_no_qt_is_imported_where_none_is_needed(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = start(*(word.format(folder=tmp_path) for word in words))
    assert done.returncode == 0
    assert b"PySide6" not in done.stderr


def test_a_terminal_that_lacks_letters_gets_others(tmp_path: Path) -> None:
    done = start("describe", "nat", "--step", "2", "--lang", "fr", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0


def test_json_is_utf8_whatever_the_terminal(tmp_path: Path) -> None:
    done = start("list", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "assistée" in done.stdout.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
def test_output_to_a_full_disk_ends_with_3(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "vizapp", "list"], stdout=full, stderr=subprocess.PIPE,
                              timeout=60, check=False)  # fmt: skip
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="where Qt needs a display server")
def test_without_a_screen_the_window_says_so(tmp_path: Path) -> None:
    done = start("nat", "--lang", "en", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="", LC_ALL="C")
    assert done.returncode == 3
    assert b"screen" in done.stderr.splitlines()[-1]


def test_simulate_tells_why_what_was_tried_failed(capsys):
    assert main(["simulate", "nat", "--explain", "--lang", "en"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "↳" in line]
    assert "nobody listens on port 8080 there" in told[0]
    assert len(told) == 3


def test_describe_tells_why_the_last_thing_tried_failed(capsys):
    assert main(["describe", "nat", "--at", "9.5s", "--lang", "en"]) == 0
    assert "its filter does not let it in (INPUT)" in capsys.readouterr().out


# side by side

BOTH = """
id: both
title: {fr: Les deux, en: Both}
compare: {one: {}, two: {stage: {b: {off: true}}}}
until: 3s
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
links: [a.eth0 -- b.eth0]
script: [ping a b timeout=1s @ 1s]
steps: [{when: ping, say: Said, differ: true}]
expect: [{one: ping from a to b answered}, {two: ping from a to b failed}]
"""


@pytest.fixture
def both(tmp_path: Path) -> Path:
    path = tmp_path / "both.yaml"
    path.write_text(BOTH)
    return path


def test_a_comparison_is_simulated_side_by_side(call: Call, both: Path) -> None:
    _, out, _ = call("simulate", str(both), "--json")
    record = json.loads(out)
    assert [side["side"] for side in record["sides"]] == ["one", "two"]
    ends = [[e["name"] for e in side["events"] if e["name"].startswith("ping.")] for side in record["sides"]]
    assert ends == [["ping.answered"], ["ping.failed"]]


def test_a_line_of_a_comparison_names_its_side(call: Call, both: Path) -> None:
    _, out, _ = call("simulate", str(both), "--lang", "en")
    assert any(re.search(r"s +two +.*no echo", line) for line in out.splitlines())


def test_a_comparison_is_checked_side_by_side(call: Call, both: Path) -> None:
    assert call("check", str(both))[0] == 0
    both.write_text(BOTH.replace("{two: ping from a to b failed}", "{two: ping from a to b answered}"))
    status, _, err = call("check", str(both), "--lang", "en")
    assert (status, "on the side `two`" in err) == (1, True)


def test_with_puts_a_scene_beside_another(call: Call, scene: Path, both: Path) -> None:
    other = scene.with_name("other.yaml")
    other.write_text(OWN.replace("Mine", "Theirs"))
    status, out, _ = call("describe", str(scene), "--with", str(other), "--lang", "en")
    assert status == 0
    assert out.startswith("Mine · Theirs: Mine and Theirs side by side.")


def test_with_a_setting_alone_puts_the_scene_beside_itself(call: Call) -> None:
    status, out, _ = call("describe", "nat", "--with", "vm2-port=40002", "--lang", "en", "--step", "2")
    assert status == 0
    assert "the same as VM 1 and its own side by side" in out


@pytest.mark.parametrize("beside", ["nowhere", "vm2-port=1", "nat,nothing=1"])
def test_with_what_is_not_there_is_wrong_input(call: Call, beside: str) -> None:
    assert call("describe", "nat", "--with", beside)[0] == 1


@pytest.mark.parametrize("words", [("open", "--with", "nat"), ("present", "nat", "--with", "vm3-port=1")])
def test_what_the_window_cannot_put_side_by_side_is_wrong_input(call: Call, words: tuple[str, ...]) -> None:
    status, _, err = call(*words, "--lang", "en")
    assert status == 1
    assert "--with" in err


def test_a_comparison_is_not_put_beside_another_scene(call: Call, both: Path) -> None:
    assert call("describe", "nat", "--with", str(both))[0] == 1


def test_more_than_five_sides_are_too_many(call: Call) -> None:
    assert call("describe", "nat", *["--with", "vm2-port=40002"] * 5)[0] == 1


def test_describe_tells_the_journey_of_a_packet_by_its_number_or_by_a_phrase(capsys):
    assert main(["describe", "nat", "--packet", "syn of lan1", "--lang", "en"]) == 0
    by_phrase = capsys.readouterr().out
    assert by_phrase.startswith("TCP SYN · 3 stops:\n")
    assert "Nobody listens on port 8080: refused." in by_phrase
    assert main(["simulate", "nat", "--json"]) == 0
    flights = json.loads(capsys.readouterr().out)["flights"]
    number = next(f["packet"] for f in flights if f["name"] == "SYN" and f["from"] == "lan1.eth0")
    assert main(["describe", "nat", "--packet", str(number), "--lang", "en"]) == 0
    assert capsys.readouterr().out == by_phrase


def test_a_journey_ends_at_the_moment_that_is_asked_for(capsys):
    assert main(["describe", "nat", "--packet", "syn of vm1", "--at", "3.0002s", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "On its way from Physical card to Switch."


@pytest.mark.parametrize("asked", ["99999", "syn of nobody", "of of", "syn of vm1 @ 3s"])
def test_a_packet_that_is_none_is_refused(asked, capsys):
    assert main(["describe", "nat", "--packet", asked, "--at", "1s"]) == 1
    assert "--packet:1:1: " in capsys.readouterr().err


def test_an_export_folds_what_is_named(call: Call, tmp_path: Path) -> None:
    whole, folded = tmp_path / "whole.svg", tmp_path / "folded.svg"
    for path, more in ((whole, ()), (folded, ("--fold", "host"))):
        assert call("export", "nat", "--step", "1", "-o", str(path), "--fonts", "none", *more)[0] == 0
    assert "VM 1" in whole.read_text(encoding="utf-8")
    assert "VM 1" not in folded.read_text(encoding="utf-8")


def test_an_export_zooms_into_what_is_named(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    assert call("export", "hardware-assisted", "-o", str(path), "--fonts", "none", "--zoom", "hypervisor")[0] == 0
    told = path.read_text(encoding="utf-8")
    assert ("VMCS" in told, "Guest application<" in told) == (True, False)


def test_an_export_that_folds_what_is_not_there_is_refused(call: Call, tmp_path: Path) -> None:
    status, _, err = call("export", "nat", "-o", str(tmp_path / "a.svg"), "--fold", "hst")
    assert (status, "hst" in err) == (1, True)


def test_stacks_are_compared_as_data(call: Call) -> None:
    status, out, _ = call("compare", "hardware-assisted", "ept=false", "--json")
    told = json.loads(out)
    assert (status, len(told["sides"])) == (0, 2)
    assert {"cost-cr3", "cost-page-fault"} <= {row["about"] for row in told["differ"]}


@pytest.mark.parametrize(("words", "status"), [
    (("compare", "hardware-assisted", "nat"), 1), (("compare", "hardware-assisted"), 2),
    (("describe", "hardware-assisted", "--difference"), 2),
])  # fmt: skip
def test_what_is_no_pair_of_stacks_is_refused(call: Call, words: tuple[str, ...], status: int) -> None:
    assert call(*words)[0] == status


def test_the_answer_is_exported_as_a_picture(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    asked = ("export", "hardware-assisted", "--with", "ept=false", "--difference", "--lang", "en")
    assert call(*asked, "-o", str(path), "--fonts", "none")[0] == 0
    assert "CR3 write" in path.read_text(encoding="utf-8")


def test_a_comparison_is_exported_as_one_picture(call: Call, both: Path) -> None:
    status, out, _ = call("export", str(both), "-o", str(both.with_suffix(".svg")), "--size", "1366x768")
    written = Path(out.strip()).read_text(encoding="utf-8")
    assert status == 0
    assert all(f'id="{name}' in written for name in ("one.a", "two.a", "one.b", "two.b"))


def test_all_steps_of_a_comparison_are_pages(call: Call, both: Path) -> None:
    _, out, _ = call("export", str(both), "-o", str(both.with_suffix(".svg")), "--all-steps")
    assert [Path(name).name for name in out.split()] == ["both-01.svg"]


def test_a_capture_is_of_one_run(call: Call, both: Path) -> None:
    assert call("export", str(both), "-o", str(both.with_suffix(".pcapng")))[0] == 2


def test_describe_says_why_the_event_of_a_step_happened(capsys):
    assert main(["describe", "load-balancing", "--step", "6", "--why", "--lang", "en"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Why was web3 set aside at ")
    assert [line.split("  ")[-1] for line in said[-3:]] == ["web3 crashes", "3 failed checks", "web3 set aside"]


def test_an_event_is_named_as_in_a_claim(capsys):
    assert main(["describe", "load-balancing", "--at", "14s", "--why", "check.failed at lb", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("2 failed checks")


@pytest.mark.parametrize("asked", ["balancer.down", "why not"])
def test_what_has_not_happened_has_no_reason(asked, capsys):
    assert main(["describe", "load-balancing", "--at", "1s", "--why", asked]) == 1
    assert "--why:1:1: " in capsys.readouterr().err


def test_a_picture_says_why_under_its_stage(tmp_path, capsys):
    file = tmp_path / "why.svg"
    asked = ["export", "load-balancing", "--step", "6", "--why", "--lang", "en", "--size", "1366x768", "-o", str(file)]
    assert main([*asked, "--fonts", "none"]) == 0
    text = file.read_text(encoding="utf-8")
    assert "Why was web3 set aside at" in text
    assert 'viewBox="0 0 1366 768"' in text


def test_the_sources_of_a_moment_are_told_after_it(call: Call) -> None:
    _, plain, _ = call("describe", "bridged", "--step", "2", "--lang", "en")
    status, out, _ = call("describe", "bridged", "--step", "2", "--lang", "en", "--sources")
    assert status == 0
    assert out.startswith(plain)
    assert "VirtualBox Manual" in out[len(plain) :]


def test_a_picture_with_its_sources_keeps_its_size(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    wished = ("--step", "2", "--lang", "en", "--size", "800x600", "--fonts", "none")
    assert call("export", "bridged", "-o", str(path), "--sources", *wished)[0] == 0
    text = path.read_text()
    assert 'width="800"' in text
    assert "VirtualBox Manual" in text


ASKED = """
questions:
  - before: vm.booted
    ask: Sort
    sort:
      bins: {one: One, two: Two}
      items: [{say: a, is: one, why: because a}, {say: b, is: two, why: because b}]
  - {before: dhcp.nak, ask: Never, order: [{say: x, is: 1}, {say: y, is: 2}]}
"""


@pytest.fixture
def asking(tmp_path: Path) -> str:
    path = tmp_path / "asking.yaml"
    path.write_text(OWN + ASKED)
    return str(path)


def test_a_question_is_described_without_its_answer_unless_that_is_wanted(call: Call, asking: str) -> None:
    status, said, _ = call("describe", asking, "--question", "1", "--lang", "en")
    assert (status, said.splitlines()[:3]) == (0, ["Sort", "1. One", "2. Two"])
    assert "because" not in said
    assert "– a → One – because a" in call("describe", asking, "--question", "1", "--reveal", "--lang", "en")[1]


def test_a_question_is_exported_without_its_answer_unless_that_is_wanted(
    call: Call, asking: str, tmp_path: Path
) -> None:
    for more, told in ((), False), (("--reveal",), True):
        file = tmp_path / f"{told}.svg"
        assert call("export", asking, "--question", "1", "--fonts", "none", "-o", str(file), *more)[0] == 0
        assert ("because" in file.read_text()) is told


@pytest.mark.parametrize(("number", "said"), [("3", "there is no question 3"), ("2", "question 2 is not asked")])
def test_a_question_that_is_not_there_is_wrong_input(call: Call, asking: str, number: str, said: str) -> None:
    status, _, complaint = call("describe", asking, "--question", number, "--lang", "en")
    assert status == 1
    assert said in complaint


def test_check_tells_an_item_that_the_run_says_nothing_of(call: Call, asking: str) -> None:
    path = Path(asking)
    path.write_text(path.read_text().replace("is: one", "is: {of: device, when: dhcp.nak}"))
    status, _, complaint = call("check", asking, "--lang", "en")
    assert status == 1
    assert "asking.yaml:14:15: the run does not tell of this item: `dhcp.nak` never comes" in complaint
