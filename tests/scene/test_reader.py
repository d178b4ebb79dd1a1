"""The reader takes the design's scene whole, types what is written, and says all that is wrong at once."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.scene.model import Reference
from vizapp.scene.problems import line, message
from vizapp.scene.reader import read
from vizapp.words import Words

HEAD = "id: small\ntitle: Small\n"


def at(problem):
    return problem.key.removeprefix("problem."), problem.place.line, problem.place.column


def keys(problems):
    return [problem.key.removeprefix("problem.") for problem in problems]


def test_the_scene_of_the_design_reads_without_a_problem(reading, nat):
    assert reading(nat).problems == ()
    assert reading(nat).scene.id == "nat"


def test_a_mac_address_stays_a_text_and_small(reading, nat):
    things = reading(nat).scene.things
    assert things["vm1"].ports[0].mac == "52:54:00:00:30:01"
    assert things["vm2"].ports[0].mac == "52:54:00:aa:00:02"


def test_times_are_nanoseconds(reading, nat):
    scene = reading(nat).scene
    assert scene.until == 12_000_000_000
    assert scene.links[-1].delay == 200_000
    assert scene.things["router"].fields["dhcp"]["lease"] == 3_600_000_000_000


def test_a_dollar_name_is_a_reference_to_a_setting(reading, nat):
    assert reading(nat).scene.things["router"].fields["keep-port"] == Reference("same-port")


def test_a_port_of_ones_own_gets_its_full_id(reading, nat):
    assert reading(nat).scene.things["router"].fields["masquerade"] == "router.wan"


def test_absent_fields_have_their_default(reading, nat):
    fields = reading(nat).scene.things["router"].fields
    assert (fields["algorithm"], fields["allow"], fields["peer"]) == ("random", (), None)


def test_a_switch_makes_its_ports_in_the_order_of_the_links(reading, nat):
    scene = reading(nat).scene
    assert [port.id for port in scene.things["lan"].ports] == ["lan.p1", "lan.p2"]
    assert scene.links[2].id == "router.wan--lan.p1"


def test_a_plain_label_is_the_same_in_every_language(reading, nat):
    label = reading(nat).scene.things["hyp"].label
    assert label("fr") == label("en") == "KVM + libvirt"


def test_set_carries_its_value_typed_by_the_setting(reading, nat):
    act = reading(nat).scene.script[3]
    assert (act.args, act.options) == (("same-port",), {"value": False})


def test_a_link_in_the_script_becomes_its_id(reading, nat):
    assert reading(nat).scene.script[4].args == ("vm1.eth0--router.lan",)


def test_a_source_is_cited_in_both_languages(reading, nat):
    rfc, recording = reading(nat).scene.sources
    assert rfc.text("en") == "RFC 3022, §\u00a02.2"
    assert rfc.facts == ("N2-F1",)
    assert recording.text("fr") == "Enregistrement C_nat_inbound"


def test_all_problems_come_at_once_in_the_order_of_the_file(problems):
    found = problems(HEAD + "arange: row\nuntil: 3\nstage:\n  a: {kind: swich}\n  b: {kind: vm, port: {}}\n")
    assert [at(each) for each in found] == [
        ("unknown-key", 3, 1), ("duration", 4, 8), ("unknown-kind", 6, 13), ("unknown-key", 7, 17),
    ]  # fmt: skip


def test_an_unknown_key_comes_with_the_one_that_was_meant(problems):
    assert message(problems(HEAD + "arange: row\nstage: {a: {kind: vm}}")[0], Words("en")) == (
        "unknown key `arange`; did you mean `arrange`?"
    )


def test_a_problem_says_file_line_and_column(problems):
    found = problems(HEAD + "arange: row\nstage: {a: {kind: vm}}")[0]
    assert line(found, Words("fr")).startswith("scene.yaml:3:1: clé inconnue")


TWO = "[{is: 1, why: x}, {is: 2, why: x}]"
WRONG = [  # a scene's text, what is wrong with it, and the line
    ("title: Again", "doubled-key", 3),
    ("level: yes", "int", 3),
    ("level: 1:30", "int", 3),
    ("minutes: 1_000", "int", 3),
    ("level: 99", "out-of-range", 3),
    ("until: 1e9s", "duration", 3),
    ("until: 9999d", "too-long", 3),
    ("until: 0s", "no-length", 3),
    ("pace: fast", "pace", 3),
    ("cards: [ip, macs]", "unknown-choice", 3),
    ("title2: {xx: 1}", "unknown-key", 3),
    ("summary: {de: Hallo}", "unknown-key", 3),
    ("summary: {}", "no-text", 3),
    ("summary: [a]", "not-a-map", 3),
    ("requires: {a: b}", "not-a-value", 3),
    ("links: a -- b", "not-a-list", 3),
    ("links: [a - b]", "link-form", 3),
    ("links: [a -- b.eth0]", "unknown-thing", 3),
    ("links: [vm -- sw]", "which-port", 3),
    ("links: [vm.eth9 -- sw]", "unknown-port", 3),
    ("links: [none -- sw]", "unknown-thing", 3),
    ("links: [box -- sw]", "no-port", 3),
    ("links: [vm.eth0 -- vm.eth0]", "link-to-itself", 3),
    ("links: [vm.eth0 -- vm.eth1, vm.eth1 -- vm.eth0]", "doubled-link", 3),
    ("links: [{between: vm.eth0 -- sw, delay: 20s}]", "too-long", 3),
    ("script: [dance vm @ 3s]", "unknown-verb", 3),
    ("script: [http vm 10.0.0.1]", "no-time", 3),
    ("script: [http vm @ 3s]", "missing-word", 3),
    ("script: [http vm 10.0.0.1 twice @ 3s]", "extra-word", 3),
    ("script: [http mv 10.0.0.1 @ 3s]", "unknown-thing", 3),
    ("script: [http box 10.0.0.1 @ 3s]", "verb-of-others", 3),
    ("script: [http vm 10.0.0.300 @ 3s]", "ip", 3),
    ("script: [http vm 10.0.0.1 prt=80 @ 3s]", "unknown-option", 3),
    ("script: [http vm 10.0.0.1 port=0 @ 3s]", "too-small", 3),
    ("script: [http vm 10.0.0.1 port=$none @ 3s]", "unknown-setting", 3),
    ("script: [cut vm.eth0--box @ 3s]", "unknown-link", 3),
    ("script: [set none 3 @ 3s]", "unknown-setting", 3),
    ("script: [{http: vm}]", "act-is-a-map", 3),
    ("settings: {a: {type: bool}}", "missing-key", 3),
    ("settings: {a: {type: boolean, default: true}}", "unknown-type", 3),
    ("settings: {a: {type: bool, default: on}}", "bool", 3),
    ("settings: {a: {type: int, default: 9, max: 3}}", "too-large", 3),
    ("settings: {a: {type: int, default: 4, min: 5, max: 3}}", "min-over-max", 3),
    ("settings: {a: {type: rate, default: 1e9}}", "too-fast", 3),
    ("settings: {a: {type: rate, default: 20}}", "rate", 3),
    ("settings: {a: {type: choice, default: z, choices: {x: X, y: Y}}}", "unknown-choice", 3),
    ("steps: [{when: start}]", "missing-key", 3),
    ("steps: [{when: nat.rewrit, say: x}]", "unknown-event", 3),
    ("steps: [{when: nat.rewrite at nowhere, say: x}]", "unknown-thing", 3),
    ("steps: [{when: nat.rewrite at, say: x}]", "phrase-end", 3),
    ("steps: [{when: nat.rewrite where befor.x == 1, say: x}]", "unknown-detail", 3),
    ("steps: [{when: start, say: x, focus: nobody}]", "unknown-thing", 3),
    ("steps: [{when: start, say: x, table: router.wrong}]", "unknown-table", 3),
    ("questions: [{before: start, ask: x, answer: {of: t, is: 1}, options: [{is: 1, why: x}, {is: 2, why: x}]}]",
     "answer-form", 3),
    ("questions: [{before: start, ask: x, answer: {is: 1, when: end}, options: [{is: 1, why: x}, {is: 2, why: x}]}]",
     "answer-form", 3),
    (f"questions: [{{before: start, ask: x, answer: {{of: befor.x, when: nat.rewrite}}, options: {TWO}}}]",
     "unknown-detail", 3),
    (f"questions: [{{before: start, ask: x, answer: {{of: t, when: nat.rewrit}}, options: {TWO}}}]",
     "unknown-event", 3),
    ("questions: [{before: start, ask: x, answer: {is: 1}, options: [{is: 1, why: x}]}]", "too-few-options", 3),
    ("steps: [{when: start, say: 'at {rat}'}]", "unknown-value", 3),
    ("steps: [{when: start, say: 'at {nobody.ip}'}]", "unknown-thing", 3),
    ("steps: [{when: start, say: 'at {vm.eth7.ip}'}]", "unknown-port", 3),
    ("steps: [{when: start, say: 'at {router.nta}'}]", "unknown-field", 3),
    ("tasks: [{say: x, goal: no nat.rewrite}]", "no-hints", 3),
    ("tasks: [{say: x, goal: nonsense, hints: [x]}]", "phrase-expected-end", 3),
    ("expect: ['value router.nta == 3']", "unknown-field", 3),
    ("expect: ['connection vm -> router:99999 opened']", "phrase-expected-port", 3),
    ("sources: [{rfc: nat}]", "int", 3),
    ("sources: [{}]", "source-form", 3),
    ("charts: [{series: speed, of: vm}]", "unknown-series", 3),
    ("charts: [{series: rate, of: vm}]", "not-measured", 3),
    ("charts: [{series: rate}]", "missing-key", 3),
    ("bands: {of: vm}", "bands-form", 3),
    ("bands: {of: nobody, field: serves}", "unknown-thing", 3),
    ("bands: {began: boot, field: serves}", "bands-form", 3),
    ("<<: {a: b}", "merge-key", 3),
    ("? [a, b]\n: 3", "key-not-text", 3),
    ("summary: !!python/object:os.system x", "tag", 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "number"), WRONG, ids=[f"{key}-{n}" for n, (_, key, _) in enumerate(WRONG)])
def test_what_is_wrong_is_said_where_it_is(problems, text, key, number):
    stage = """
stage:
  box: {kind: host}
  sw: {kind: switch}
  vm: {kind: vm, ports: {eth0: {}, eth1: {}}}
  router: {kind: nat-router}
"""
    found = problems(f"{HEAD}{text}{stage}")
    assert (key, number) in [(name, row) for name, row, _ in map(at, found)], [at(each) for each in found]


WRONG_THING = [
    ("{kind: vm, inside: {b: {kind: vm}}}", "no-container"),
    ("{kind: host, inside: {a: {kind: vm}}}", "doubled-id"),
    ("{kind: vm, arrange: line}", "unknown-choice"),
    ("{kind: vm, table: fdb}", "unknown-choice"),
    ("{kind: vm, icon: laptop}", "unknown-choice"),
    ("{label: X}", "missing-kind"),
    ("{kind: vm, ports: {eth0: {ip: 10.0.0.1}}}", "no-mask"),
    ("{kind: vm, ports: {eth0: {ip: 10.0.0.0/24}}}", "network-address"),
    ("{kind: vm, ports: {eth0: {ip: 10.0.0.256/24}}}", "cidr"),
    ("{kind: vm, ports: {eth0: {ip: 10.0.0.2/24, gateway: 10.0.1.1}}}", "gateway-outside"),
    ("{kind: vm, ports: {eth0: {mac: '52:54:00:aa:00'}}}", "mac"),
    ("{kind: vm, ports: {eth0: {mac: '53:54:00:aa:00:01'}}}", "mac-group"),
    ("{kind: vm, ports: {0: {mac: '52:54:00:aa:00:01'}}}", "bad-id"),
    ("{kind: vm, ports: {a: {mac: '52:54:00:aa:00:01'}, b: {mac: '52:54:00:aa:00:01'}}}", "same-mac"),
    ("{kind: vm, ports: {eth0: {promiscuous: yes}}}", "bool"),
    ("{kind: nat-router, rate: 1e9}", "too-fast"),
    ("{kind: nat-router, rate: 1e9/s}", "too-fast"),
    ("{kind: nat-router, size: 3 apples}", "size"),
    ("{kind: nat-router, tries: 0}", "too-small"),
    ("{kind: nat-router, tries: $none}", "unknown-setting"),
    ("{kind: nat-router, algorithm: randm}", "unknown-choice"),
    ("{kind: nat-router, peer: nobody}", "unknown-thing"),
    ("{kind: nat-router, masquerade: wan}", "unknown-port"),
    ("{kind: nat-router, dhcp: {lease: 1h}}", "missing-key"),
    ("{kind: nat-router, dhcp: {range: 10.0.0.9-10.0.0.1}}", "range-backwards"),
    ("{kind: nat-router, ports: {l: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.1.5-10.0.1.9}}", "range-outside"),
]


@pytest.mark.parametrize(("thing", "key"), WRONG_THING, ids=[f"{key}-{n}" for n, (_, key) in enumerate(WRONG_THING)])
def test_a_wrong_thing_is_said_on_its_line(problems, thing, key):
    found = problems(f"{HEAD}stage:\n  a: {thing}\n")
    assert (key, 4) in [(name, row) for name, row, _ in map(at, found)], [at(each) for each in found]


def test_a_setting_must_suit_the_field_that_follows_it(problems):
    text = HEAD + "settings: {fast: {type: bool, default: true}}\nstage: {r: {kind: nat-router, tries: $fast}}"
    assert keys(problems(text)) == ["setting-unfit"]


def test_a_choice_takes_the_type_of_the_field_that_follows_it(reading):
    text = HEAD + "settings: {n: {type: choice, default: 2, choices: {2: Two, 3: Three}}}\n"
    scene = reading(text + "stage: {r: {kind: nat-router, tries: $n}}").scene
    assert [choice.value for choice in scene.settings["n"].choices] == [2, 3]
    assert scene.settings["n"].default == 2


FOLLOW = "id: s\ntitle: s\nstage:\n  r: {kind: nat-router, FIELD, ports: {lan: {}, wan: {}}}\nsettings: {s: SETTING}\n"


@pytest.mark.parametrize(("field", "setting", "key"), [
    ("dhcp: $s", "{type: choice, default: x, choices: {x: x}}", "setting-unfit"),
    ("peer: $s", "{type: choice, default: r, choices: {r: r, q: q}}", "unknown-thing"),
    ("masquerade: $s", "{type: choice, default: wan, choices: {wan: w, none: n, dmz: d}}", "unknown-port"),
    ("allow: $s", "{type: int, default: 3}", "setting-unfit"),
    ("algorithm: $s", "{type: choice, default: 9, choices: {random: r}}", "unknown-choice"),
])  # fmt: skip
def test_a_setting_that_cannot_stand_there_is_refused(problems, field, setting, key):
    found = problems(FOLLOW.replace("FIELD", field).replace("SETTING", setting))
    assert [problem.key for problem in found] == [f"problem.{key}"]


def test_a_setting_alone_stands_for_a_list_of_one(reading):
    setting = "{type: choice, default: 1.2.3.4/8, choices: {1.2.3.4/8: a}}"
    text = FOLLOW.replace("FIELD", "allow: $s").replace("SETTING", setting)
    assert reading(text).scene.things["r"].fields["allow"] == (Reference("s"),)


def test_every_problem_is_said_in_both_languages(problems, words):
    stage = "\nstage:\n  vm: {kind: vm, ports: {eth0: {}, eth1: {}}}\n"
    for text, _, _ in WRONG:
        for problem in problems(f"{HEAD}{text}{stage}"):
            said = message(problem, words)
            assert "problem." not in said
            assert "hint." not in said
            assert not re.search(r"\{(?!fr|is|of|clé|key|eth)\w+", said), said


YAML_BITS = st.lists(
    st.sampled_from([
        "id: x", "title: T", "stage:", "  a: {kind: vm}", "links:", "  - a -- b", "\t", "- ", "? ", ": ", "{", "}", "[",
        "]", "&a ", "*a", "!!set", "|", ">", "'", '"', "#", "%TAG", "---", "...", "<<: *a", "steps: [", "when: start",
        "script: [fail a @ 3s]", "é", "\u2028", "\x00", "settings: {a: {type: int}}", "\n", "\n  ", ",", "$a", "@",
    ]),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(text=YAML_BITS | st.text(max_size=200))
def test_whatever_is_written_gives_a_scene_or_problems_with_a_line(vocabulary, text):
    reading = read(text, vocabulary)
    assert (reading.scene is None) == bool(reading.problems)
    assert all(each.place.line >= 1 and each.place.column >= 1 for each in reading.problems)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_whatever_bytes_a_file_holds_give_a_scene_or_problems(vocabulary, tmp_path_factory, data):
    path = tmp_path_factory.mktemp("scenes") / "any.yaml"
    path.write_bytes(data)
    reading = read(path, vocabulary)
    assert (reading.scene is None) == bool(reading.problems)


@settings(max_examples=150, deadline=None)
@given(cut=st.integers(0, 4000), insert=st.sampled_from(["", " ", ":", "{", "- ", "'", "\n", "x", "$", "&a ", "*a "]),
       lost=st.integers(0, 40))  # fmt: skip
def test_a_damaged_scene_gives_a_scene_or_problems(vocabulary, nat, cut, insert, lost):
    reading = read(nat[:cut] + insert + nat[cut + lost :], vocabulary)
    assert (reading.scene is None) == bool(reading.problems)


FOLDED = HEAD + "stage: {vm1: {kind: vm}}\nsteps: [{when: start, say: A, fold: [NAME]}]\n"


@pytest.mark.parametrize(("name", "found"), [("vm1", []), ("vm2", ["unknown-thing"])])
def test_a_step_folds_things_that_are_there(reading, name, found):
    assert keys(reading(FOLDED.replace("NAME", name)).problems) == found
