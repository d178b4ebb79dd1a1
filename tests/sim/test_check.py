"""Claims hold of a run or say in words why they do not."""

import pytest

from vizapp.scene.model import Claim, Place, Port, Scene, Text, Thing
from vizapp.scene.problems import line
from vizapp.sim.check import check, failures, holds
from vizapp.sim.timeline import Event, Timeline
from vizapp.words import Words

MS = 1_000_000


@pytest.fixture
def scene():
    def thing(name, ip):
        return Thing(name, "vm", Text(), ports=(Port(f"{name}.eth0", name, "eth0", ip=ip),), fields={"weight": 2})

    things = {"vm1": thing("vm1", "dhcp"), "router": thing("router", "192.168.1.15/24"),
              "server": thing("server", "192.168.1.50/24")}  # fmt: skip
    return Scene("s", Text(), Text(), "own", 1, 1, 1, 10**10, things, (), expect=(Claim("no nat.drop", Place(3, 3)),))


@pytest.fixture
def timeline():
    made = Timeline()
    rows = [
        (1, 10, "connection.opened", "vm1", {"to": "server", "port": 80}),
        (2, 20, "nat.rewrite", "router", {"from": "vm1", "before": {"sport": 40001}, "after": {"sport": 40001}}),
        (3, 30, "nat.rewrite", "router", {"from": "vm1", "before": {"sport": 40001}, "after": {"sport": 43804}}),
        (4, 30, "http.answered", "vm1", {"to": "server"}),
        (6, 35, "http.failed", "vm1", {"to": "router", "reason": "refused"}),
        (7, 36, "ping.failed", "vm1", {"to": "router", "reason": "no-route"}),
        (5, 40, "connection.refused", "server", {"to": "192.168.122.101", "port": 22}),
    ]
    for number, ms, name, device, details in rows:
        made.add_event(Event(number, ms * MS, name, device, 0, device, details))
    made.track("vm1", "address").put(5 * MS, "192.168.122.101/24")
    made.track("router", "entries").put(0, 0)
    made.track("router", "entries").put(20 * MS, 2)
    made.end = 100 * MS
    return made


TRUE = [
    "first nat.rewrite at router: after.sport == before.sport",
    "last nat.rewrite: after.sport != before.sport",
    "every nat: before.sport == 40001 and device == router",
    "any nat.rewrite: after.sport > 43000",
    "first nat.rewrite from vm1 where t > 25ms: after.sport in (43804, 43805)",
    "no nat.drop",
    "count nat.rewrite == 2",
    "count nat where after.sport == before.sport < 2",
    "connection.opened before nat.rewrite before http.answered",
    "start before nat.rewrite before end",
    "value router.entries == 2",
    "value router.entries == 0 at 10ms",
    "value router.entries == 2 at nat.rewrite",
    "value router.failed == false",
    "value server.weight == 2",
    "connection vm1 -> server:80 opened",
    "connection vm1 -> 192.168.1.50 opened",
    "connection vm1 -> server.eth0:80 opened",
    "connection server -> vm1:22 refused",
    "http from vm1 to server answered and no nat.drop",
    "http from vm1 to router refused",
    "http from vm1 to 192.168.1.15 failed",
    "ping from vm1 to router unreachable",
    "any connection.refused: to in 192.168.122.0/24",
]
FALSE = [
    ("first nat.rewrite at router: after.sport == 43804", "nat.rewrite at router (0.020 s): after.sport was 40001"),
    ("every nat.rewrite: after.sport == before.sport",
     "nat.rewrite at router (0.030 s): after.sport was 43804 and before.sport was 40001"),
    ("any nat.rewrite: after.sport == 1", "none of the 2 events fits; at the first, after.sport was 40001"),
    ("first nat.drop", "this never happens: nat.drop"),
    ("no nat.rewrite", "nat.rewrite happened at router, at 0.020 s"),
    ("count nat.rewrite > 2", "2 in all of nat.rewrite"),
    ("nat.rewrite before connection.opened", "connection.opened (0.010 s) does not come after nat.rewrite (0.020 s)"),
    ("value router.entries > 5", "router.entries is 2 at 0.100 s"),
    ("value router.nothing == 5", "router.nothing is nothing at 0.100 s"),
    ("connection vm1 -> server:22 opened", "vm1 tried nothing towards server:22 (connection.opened was expected)"),
    ("connection vm1 -> server:80 refused",
     "no connection.refused from vm1 to server:80; instead: connection.opened at 0.010 s"),
    ("http from server to vm1 answered", "server tried nothing towards vm1 (http.answered was expected)"),
]  # fmt: skip


@pytest.mark.parametrize("claim", TRUE)
def test_a_true_claim_holds(scene, timeline, claim):
    found = holds(claim, scene, timeline)
    assert found.held, Words("en")(found.key, **found.values)


@pytest.mark.parametrize(("claim", "said"), FALSE, ids=[claim for claim, _ in FALSE])
def test_a_false_claim_says_why(scene, timeline, claim, said):
    found = holds(claim, scene, timeline)
    assert not found.held
    assert Words("en")(found.key, **found.values).replace("\u00a0", " ") == said


@pytest.mark.parametrize("claim", [claim for claim, _ in FALSE])
def test_a_false_claim_says_why_in_french(scene, timeline, claim):
    found = holds(claim, scene, timeline)
    assert Words("fr").has(found.key)
    assert "claim." not in Words("fr")(found.key, **found.values)


def test_every_claim_of_the_scene_is_checked(scene, timeline):
    assert [(claim.place.line, found.held) for claim, found in check(scene, timeline)] == [(3, True)]


def test_a_claim_that_fails_is_a_problem_at_its_line(scene, timeline):
    timeline.add_event(Event(9, 50 * MS, "nat.drop", "router", 0, "router", {}))
    (problem,) = failures(scene, timeline, "s.yaml")
    assert line(problem, Words("en")).replace("\u00a0", " ") == (
        "s.yaml:3:3: this does not hold: `no nat.drop` (nat.drop happened at router, at 0.050 s)"
    )


@pytest.mark.parametrize("expression", [
    'device * 999999999999999 == "x"', "(1, 2) * 999999999999 == 1", "-device == 1", 'device + "x" == "routerx"',
    "t / 0 == 1", f"{'999999999999999 * ' * 30}1.5 == 1", 'device in "10.0.0.0/33"', "device < 3", "t in 5",
])  # fmt: skip
def test_what_cannot_be_worked_out_is_not_so(scene, timeline, expression):
    assert not holds(f"any nat.rewrite: {expression}", scene, timeline).held
