"""Who serves when, and for how long nobody did."""

from vizapp.scene.model import Bands
from vizapp.sim.serving import Band, Outage, bands, outages, services, unbroken
from vizapp.sim.timeline import Answers, Event, Timeline

S = 1_000_000_000


def story(*events, end=20, tracks=()):
    """A timeline of (second, name, device) and of tracks (device, field, [(second, value)])."""
    made = Timeline()
    for number, (second, name, device, *details) in enumerate(events, 1):
        made.add_event(Event(number, round(second * S), name, device, 0, device, details[0] if details else {}))
    for device, field, values in tracks:
        for second, value in values:
            made.track(device, field).put(round(second * S), value)
    made.end = end * S
    return made


def elected(second, device, ip="10.0.0.10"):
    return [(second, "vrrp.active", device, {"ip": ip}), (second, "address.added", device, {"ip": f"{ip}/24"})]


ELECTION = story(
    *elected(3, "a"), (8, "act.fail", "a"), *elected(11.6, "b"),
    tracks=[("a", "failed", [(8, True)])],
)  # fmt: skip


def spans(found):
    return [(band.start / S, band.end / S, band.who) for band in found]


def test_the_elected_one_serves_until_it_fails_and_another_is_elected():
    assert spans(bands(ELECTION, 20 * S)) == [(0, 3, ()), (3, 8, ("a",)), (8, 11.6, ()), (11.6, 20, ("b",))]


def test_before_anyone_served_it_is_no_outage():
    assert [band.first for band in bands(ELECTION, 20 * S)] == [True, False, False, False]
    assert outages(ELECTION, 20 * S) == [Outage(8 * S, 11_600_000_000, "")]


def test_bands_end_where_one_looks():
    assert spans(bands(ELECTION, 9 * S)) == [(0, 3, ()), (3, 8, ("a",)), (8, 9, ())]
    assert outages(ELECTION, 9 * S) == [Outage(8 * S, None, "")]


def test_two_at_once_are_both_told():
    lost = (9, "address.removed", "b", {"ip": "10.0.0.10/24"})
    split = story(*elected(1, "a"), *elected(5, "b"), lost, end=12)
    assert spans(bands(split, 12 * S)) == [(0, 1, ()), (1, 5, ("a",)), (5, 9, ("a", "b")), (9, 12, ("a",))]


def test_one_whose_daemon_is_killed_keeps_its_address():
    killed = story(*elected(1, "a"), (4, "vrrp.stopped", "a", {"because": "kill"}), *elected(7, "b"), end=9)
    assert spans(bands(killed, 9 * S)) == [(0, 1, ()), (1, 7, ("a",)), (7, 9, ("a", "b"))]


def test_each_address_is_a_service_of_its_own():
    two = story(*elected(1, "a"), *elected(2, "b", "10.0.0.11"), end=4)
    found = services(two, 4 * S)
    assert {name: spans(each) for name, each in found.items()} == {
        "10.0.0.10": [(0, 1, ()), (1, 4, ("a",))], "10.0.0.11": [(0, 2, ()), (2, 4, ("b",))],
    }  # fmt: skip


def test_an_election_without_an_end_has_no_one_yet():
    assert bands(story((1, "vrrp.backup", "a")), 2 * S) == [Band(0, 2 * S, (), first=True)]


def test_a_field_tells_who_serves_while_its_thing_works():
    told = story(tracks=[("a", "serves", [(0, True), (6, False)]), ("b", "serves", [(7, True)]),
                         ("b", "failed", [(9, True)])], end=10)  # fmt: skip
    assert spans(bands(told, 10 * S)) == [(0, 6, ("a",)), (6, 7, ()), (7, 9, ("b",)), (9, 10, ())]


def test_a_scene_may_say_which_events_tell_it():
    rule = Bands(of=("a",), began=("address.added",), ended=("address.removed",))
    told = story((1, "address.added", "a"), (2, "address.added", "b"), (4, "address.removed", "a"), end=5)
    assert spans(bands(told, 5 * S, rule)) == [(0, 1, ()), (1, 4, ("a",)), (4, 5, ())]


def test_nothing_tells_where_nothing_is_recorded():
    assert bands(story(end=3), 3 * S) == []
    assert outages(story(end=3), 3 * S) == []


def test_answers_tell_who_serves_a_client_that_watches():
    made = story(end=4)
    answers = made.answers["client"] = Answers(results=["answered", "no-reply"])
    for tenth, server in enumerate(["a", "a", "", "", "b"]):
        t = (tenth + 1) * S // 2
        answers.add(t, S // 10, server, "answered" if server else "no-reply", tenth)
    assert spans(bands(made, 4 * S)) == [(0, 0.5, ()), (0.5, 1.4, ("a",)), (1.4, 2.5, ()), (2.5, 4, ("b",))]


def test_an_outage_that_was_watched_is_parted_where_it_was_noticed():
    watched = story(
        (8.1, "outage.began", "client", {"since": 8 * S}), *elected(11, "b"),
        (11.5, "outage.ended", "client", {"since": 8 * S, "lasted": 3_500_000_000}),
    )  # fmt: skip
    assert outages(watched, 20 * S) == [Outage(8 * S, 11_500_000_000, "client", 11 * S)]
    assert outages(watched, 10 * S) == [Outage(8 * S, None, "client")]


def crowd(*rows):
    made = story(end=10)
    answers = made.answers["lb"] = Answers(servers=["a", ""], results=["answered"])
    for number, (second, result) in enumerate(rows):
        answers.add(round(second * S), 1, "a" if result == "answered" else "", result, number)
    return made


GONE = crowd((1, "answered"), (2, "answered"), (2.2, "no-server"), (4, "no-server"), (6, "answered"), (6.1, "late"),
             (6.2, "answered"))  # fmt: skip


def test_a_crowd_is_away_from_its_last_answer_to_the_next():
    assert outages(GONE, 10 * S, "lb") == [Outage(2 * S, 6 * S, "lb")]
    assert outages(GONE, 5 * S, "lb") == [Outage(2 * S, None, "lb")]


def test_a_failure_among_answers_is_no_outage():
    assert outages(crowd((1, "answered"), (1.1, "late"), (1.2, "answered")), 10 * S) == []


def test_a_crowd_is_served_but_for_its_outages():
    assert unbroken(GONE, 10 * S, "lb") == [
        Band(S, 2 * S, ("lb",)), Band(2 * S, 6 * S, ()), Band(6 * S, 10 * S, ("lb",)),
    ]  # fmt: skip
