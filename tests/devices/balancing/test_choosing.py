"""What decides where a request goes beside the algorithm: cookies, weights changed live; and what is told of it."""

from farm import MS, S, ends, farm, named, run

from vizapp.sim.timeline import Timeline

ONE_CLIENT = {"rate": 20.0, "demand": 5 * MS, "arrivals": "regular", "sources": ("203.0.113.7", "203.0.113.7")}


def chosen(timeline: Timeline) -> list[str]:
    return [event.details["server"] for event in named(timeline, "balancer.chose")]


def sticky(acts: tuple[str, ...] = (), **balancer: object) -> Timeline:
    return run(farm(clients=ONE_CLIENT, balancer={"cookie": True, "explain": True, **balancer}, acts=acts), 8 * S)


def test_a_client_with_a_cookie_stays_whatever_the_algorithm_says() -> None:
    assert set(chosen(sticky())) == {"s1"}


def test_only_the_first_request_of_a_client_asks_the_algorithm() -> None:
    assert [event.details["kept"] for event in named(sticky(), "balancer.chose")][:3] == [False, True, True]


def test_when_its_server_is_set_aside_a_client_gets_another_for_good() -> None:
    timeline = sticky(("fail s1 @ 1000", "restore s1 @ 4000"), inter=100 * MS, redispatch="last")
    assert len(set(chosen(timeline)[-20:])) == 1
    assert "s1" not in chosen(timeline)[-20:]


def test_a_drained_server_keeps_the_clients_that_are_bound_to_it() -> None:
    assert set(chosen(sticky(("set s1.weight 0 @ 2000",)))) == {"s1"}


def test_without_cookies_a_drained_server_gets_nothing_new_and_nothing_fails() -> None:
    timeline = run(farm(balancer={"explain": True}, acts=("set s1.weight 0 @ 2000",)), 4 * S)
    late = [e.details["server"] for e in named(timeline, "balancer.chose") if e.t > 2 * S + 1]
    assert late
    assert "s1" not in late
    assert all(result == "answered" for _, result, _ in ends(timeline).values())


def test_when_all_are_drained_there_is_no_server() -> None:
    timeline = run(farm(({"weight": 0},)), 1 * S)
    assert {e.details["reason"] for e in named(timeline, "request.failed")} == {"no-server"}


def test_nothing_is_told_of_choices_unless_asked() -> None:
    timeline = run(farm(), 1 * S)
    assert not named(timeline, "balancer.chose")
    assert ("lb", "choice") not in timeline.tracks


def test_the_scores_told_are_those_that_decide() -> None:
    weights = ({"weight": 5}, {"weight": 1}, {"weight": 1})
    timeline = run(farm(weights, balancer={"explain": True, "software": "nginx"}, clients=ONE_CLIENT), 360 * MS)
    tables = timeline.tracks[("lb", "choice")].values
    scores = [[row["count"]["n"] for row in rows] for rows in tables]
    assert scores == [[5, 1, 1], [3, 2, 2], [1, 3, 3], [6, -3, 4], [4, -2, 5], [9, -1, -1], [7, 0, 0]]


def test_nothing_is_said_of_cookies_until_there_are_some() -> None:
    timeline = sticky(("set lb.cookie 1 @ 2000",), cookie=False)
    assert [timeline.at(t).value("lb", "kept") for t in (S, 2 * S + 1)] == [None, 0]
    assert timeline.at(8 * S).value("lb", "kept") > 0
