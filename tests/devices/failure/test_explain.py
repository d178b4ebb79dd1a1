"""Why it failed: each way in which a request or its answer may end, told from what was recorded."""

import pytest

from tests.devices.net.lab import LAN, LAN_LINKS, NAT, NAT_LINKS, Lab
from vizapp.devices.failure.explain import explain
from vizapp.devices.failure.explanation import Explanation
from vizapp.picture import explained
from vizapp.words import Words

SECOND = 10**9
HOST_ONLY = """
  host: {kind: host, label: Host, forwarding: %s,
         ports: {vb: {ip: 192.168.56.1/24}, lan: {ip: 192.168.1.15/24, gateway: 192.168.1.1}}}
  vm1: {kind: vm, label: VM 1, ports: {eth0: {ip: 192.168.56.10/24, gateway: 192.168.56.1}}}
  sw: {kind: switch, label: Switch}
  lan1: {kind: machine, label: LAN machine, ports: {eth0: {ip: 192.168.1.60/24, gateway: 192.168.1.1}}}
  gw: {kind: router, label: Gateway, ports: {eth0: {ip: 192.168.1.1/24}}}
"""
HOST_ONLY_LINKS = "vm1 -- host.vb, host.lan -- sw, lan1 -- sw, gw -- sw"


def lan(*script: str) -> Lab:
    return Lab(LAN, LAN_LINKS, *script)


def host_only(*script: str, forwarding: bool = True) -> Lab:
    """A VM behind its host; nobody on the LAN knows the way back."""
    return Lab(HOST_ONLY % str(forwarding).lower(), HOST_ONLY_LINKS, *script)


def nat(*script: str, fields: str = "input: accept") -> Lab:
    return Lab(NAT % fields, NAT_LINKS, *script)


def why(lab: Lab, verb: str = "ping", number: int = 0) -> Explanation | None:
    """The explanation of the first such act of the script, or of a later one."""
    return explain(lab.scene, lab.timeline, lab.events(f"act.{verb}")[number])


def keys(found: Explanation | None) -> list[str]:
    assert found is not None
    return [said.key.removeprefix("explain.") for said in found.told]


def told(lab: Lab, verb: str = "ping", number: int = 0) -> list[str]:
    found = why(lab, verb, number)
    assert found is not None
    return explained.told(found, lab.scene, Words("en"))


# the request


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (["gateway vm1 none @ 1s"], ["no-gateway"]),
        (["address vm1 none @ 1s"], ["no-own-address"]),
        (["address vm1 192.168.56.10/16 gateway=192.168.56.1 @ 1s"], ["asks-near", "elsewhere"]),
        (["gateway vm1 192.168.56.9 @ 1s"], ["asks-router", "nobody"]),
        (["address host.vb 192.168.56.2/24 @ 1s"], ["asks-router", "nobody"]),
        (["cut vm1 @ 1s"], ["asks-router", "cut"]),
        (["fail host @ 1s"], ["asks-router", "owner-down"]),
        (["shutdown host @ 1s"], ["asks-router", "owner-off"]),
        (["set host.forwarding false @ 1s"], ["not-mine"]),
        (["address host.lan none @ 1s"], ["received-no-route"]),
        (["shutdown lan1 @ 1s"], ["no-next", "owner-off"]),
        (["fail lan1 @ 1s"], ["no-next", "owner-down"]),
        (["fail sw @ 1s"], ["no-next", "in-between-down"]),
        (["cut lan1 @ 1s"], ["no-next", "cut"]),
        (["cut host.lan @ 1s"], ["no-next", "cut"]),
        (["address lan1 192.168.1.61/24 @ 1s"], ["no-next", "nobody"]),
    ],
)  # fmt: skip
def test_where_a_request_ends_and_why(script, said) -> None:
    assert keys(why(host_only(*script, "ping vm1 192.168.1.60 @ 2s"))) == said


@pytest.mark.parametrize("verb", ["ping", "http", "resolve"])
def test_of_a_name_that_nobody_can_be_asked_about_it_is_said_that_it_was_not_found(verb) -> None:
    (said,) = told(host_only(f"{verb} vm1 nowhere.example @ 2s"), verb)
    assert "nowhere.example" in said
    assert "no DNS server" in said


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ([], ["answers-default", "received-no-route"]),
        (["gateway lan1 none @ 1s"], ["no-way-back"]),
        (["gateway lan1 192.168.1.99 @ 1s"], ["wants-to-answer", "asks-router", "nobody"]),
        (["address lan1 192.168.1.60/16 @ 1s"], ["wants-to-answer", "asks-near", "elsewhere"]),
        (['route lan1 "192.168.56.0/24 via 192.168.1.1" @ 1s'], ["answers-by", "received-no-route"]),
        (['route lan1 "192.168.56.0/24 via 192.168.1.15" @ 1s', "cut vm1 @ 2000750us"],
         ["answers-by", "no-next", "cut"]),
    ],
)  # fmt: skip
def test_where_an_answer_ends_and_why(script, said) -> None:
    assert keys(why(host_only(*script, "ping vm1 lan1 @ 2s"))) == said


def test_a_way_there_and_back_leaves_nothing_to_explain() -> None:
    assert why(host_only('route lan1 "192.168.56.0/24 via 192.168.1.15" @ 1s', "ping vm1 lan1 @ 2s")) is None


def test_the_sentences_name_the_devices_and_the_addresses() -> None:
    assert told(host_only("ping vm1 lan1 @ 2s")) == [
        (
            "LAN machine receives the request; knowing no route to 192.168.56.10, it hands its answer to its gateway, "
            "192.168.1.1."
        ),
        "Gateway receives the answer, but knows no route to 192.168.56.10: the answer stops there.",
    ]


def test_a_cable_is_named_by_what_it_joins() -> None:
    assert told(host_only("cut lan1 @ 1s", "ping vm1 lan1 @ 2s"))[1] == (
        "The question does not reach LAN machine: the cable LAN machine – Switch is cut."
    )


def test_a_router_that_found_nobody_is_explained_before_it_gives_up() -> None:
    lab = host_only("ping vm1 192.168.1.77 timeout=1s @ 1s")
    found = why(lab)
    assert keys(found) == ["no-next", "nobody"]
    assert found is not None
    assert found.outcome.t == 2 * SECOND  # ping waits one second, ARP three


def test_a_request_that_waits_for_the_arp_of_another_is_explained_too() -> None:
    lab = lan("ping a 10.0.0.77 @ 1s", "ping a 10.0.0.77 @ 1100ms")
    assert [keys(why(lab, number=number)) for number in (0, 1)] == [["asks-near", "nobody"]] * 2


# TCP


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (["http a b:81 @ 1s"], ["closed-port"]),
        (["fail b @ 1500ms", "http a b @ 2s"], ["asks-near", "owner-down"]),
        (["ping a b @ 500ms", "fail b @ 1500ms", "http a b @ 2s"], ["device-failed"]),
        (["ping a b @ 500ms", "cut b @ 1500ms", "http a b @ 2s"], ["lost-on"]),
    ],
)  # fmt: skip
def test_a_page_that_does_not_come(script, said) -> None:
    assert keys(why(lan(*script), "http")) == said


def test_a_refusal_that_does_not_get_back_says_so() -> None:
    lab = host_only("gateway lan1 none @ 1s", "http vm1 lan1 @ 2s")
    assert keys(why(lab, "http")) == ["closed-port", "refusal-stays"]


@pytest.mark.parametrize(("fields", "target", "said"), [("input: drop", "nat", ["filtered-in"]),
                                                        ("forward: stateful", "vm1", ["filtered"])])  # fmt: skip
def test_a_filter_is_told_by_its_chain(fields, target, said) -> None:
    lab = nat('route out "10.0.0.0/24 via 172.16.0.5" @ 500ms', f"connect out {target} @ 1s", fields=fields)
    assert keys(why(lab, "connect")) == said


def test_the_first_of_several_that_fared_alike_is_shown() -> None:
    found = why(lan("ping a b @ 500ms", "fail b @ 1500ms", "http a b @ 2s"), "http")
    assert found is not None
    assert found.stop.t < 2.1 * SECOND


# one address twice: the first to answer has it

TWINS = "a -- sw, {between: b -- sw, delay: 2ms}, c -- sw"


def test_the_wrong_one_of_two_with_one_address_is_named() -> None:
    lab = Lab(LAN, TWINS, "address c 10.0.0.2/24 @ 500ms", "http a b @ 1s")
    assert keys(why(lab, "http")) == ["twins", "closed-port"]
    assert told(lab, "http")[0] == "10.0.0.2 is the address of both c and b; c got the request."


def test_an_answer_may_go_to_the_other_one() -> None:
    lab = Lab(LAN, TWINS, "address c 10.0.0.2/24 @ 500ms", "ping a 10.0.0.2 @ 1s", "ping b a @ 3s")
    assert keys(why(lab, number=1)) == ["answers", "astray"]


# ARP and DHCP


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (["arp a 10.0.0.77 @ 1s"], ["asks", "nobody"]),
        (["shutdown b @ 500ms", "arp a b @ 1s"], ["asks", "owner-off"]),
        (["cut a @ 500ms", "arp a b @ 1s"], ["asks", "cut"]),
    ],
)  # fmt: skip
def test_an_arp_request_that_nobody_answers(script, said) -> None:
    assert keys(why(lan(*script), "arp")) == said


def test_an_arp_request_that_is_answered_is_none() -> None:
    assert why(lan("arp a b @ 1s"), "arp") is None


def test_without_a_server_there_is_no_address() -> None:
    assert keys(why(lan("address c dhcp @ 1s"), "address")) == ["no-server"]


def test_a_client_whose_cable_is_cut_is_not_heard() -> None:
    assert keys(why(lan("address c dhcp @ 1s", "cut c @ 2s", "dhcp c @ 3s"), "dhcp")) == ["lost-on"]


def test_a_server_may_have_no_address_left() -> None:
    lab = nat("address vm1 dhcp @ 1s", "address vm2 dhcp @ 2s", fields="dhcp: {range: 10.0.0.100-10.0.0.100}")
    assert why(lab, "address") is None
    assert keys(why(lab, "address", 1)) == ["exhausted"]


def test_a_lease_that_is_renewed_is_none() -> None:
    lab = nat("address vm1 dhcp @ 1s", "dhcp vm1 @ 3s", fields="dhcp: {range: 10.0.0.100-10.0.0.100}")
    assert why(lab, "dhcp") is None


# what could not be done


@pytest.mark.parametrize(("act", "reason"), [("address c 10.0.0.0/24", "network-address"),
                                             ("gateway c 10.9.9.9", "gateway-off-link"),
                                             ("dhcp c", "no-dhcp-client")])  # fmt: skip
def test_an_act_that_could_do_nothing_says_why(act, reason) -> None:
    assert [said.key for said in why(lan(f"{act} @ 1s"), act.split()[0]).told] == ["explain.void", f"reason.{reason}"]


# when it is known


@pytest.mark.parametrize("script", [["ping vm1 lan1 @ 2s"], ["http vm1 lan1 @ 2s"], ["arp vm1 192.168.56.9 @ 2s"]])
def test_it_waits_until_the_outcome_is_known(script) -> None:
    lab = host_only(*script)
    act = next(event for event in lab.timeline.events if event.name.startswith("act."))
    known = explain(lab.scene, lab.timeline, act)
    assert known is not None
    assert explain(lab.scene, lab.timeline, act, known.outcome.t - 1) is None
    assert explain(lab.scene, lab.timeline, act, known.outcome.t) is not None


def test_what_comes_later_changes_no_explanation() -> None:
    script = ["set host.forwarding false @ 1s", "ping vm1 lan1 @ 2s"]
    plain, later = (host_only(*script, *more) for more in ([], ["set host.forwarding true @ 4s", "fail gw @ 5s"]))
    assert [said[0] for said in why(plain).told] == [said[0] for said in why(later).told] == ["explain.not-mine"]


def test_what_it_speaks_of_is_named_for_the_card() -> None:
    found = why(host_only("cut lan1 @ 1s", "ping vm1 lan1 @ 2s"))
    assert {"vm1", "host", "lan1", "lan1.eth0--sw.p2"} <= set(found.about)


def test_it_says_which_table_or_field_shows_it() -> None:
    lab = host_only("set host.forwarding false @ 1s", "ping vm1 lan1 @ 2s")
    found = why(lab)
    assert explained.to_look_at(found, lab.scene, Words("en")) == "To look at: Host, forwards packets"
    assert explained.title(found, lab.scene, Words("fr")) == "Ping · VM 1 → LAN machine"
