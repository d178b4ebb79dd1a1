"""What `simulate --json` prints: the form that the design promises, of every shipped scene."""

import json
from typing import Any

import pytest

from vizapp.cli.record import record
from vizapp.cli.scene import open_scene, shipped
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.words import Words

SCENES = [path.stem for path in shipped()]
FLIGHT = {"id", "packet", "cause", "protocol", "from", "to", "departs", "arrives", "ended", "outcome", "reason",
          "headers"}  # fmt: skip
LIMIT = 12_000_000_000  # true ns


@pytest.fixture(scope="module", params=SCENES)
def said(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A shipped scene, or the first side of a comparison, recorded, printed and read again."""
    scene = open_scene(request.param, Words("en"))
    scene = scene.sides[0] if scene.sides else scene
    run = Run(scene, VOCABULARY.kinds, until=min(scene.until, LIMIT)).complete()
    printed = json.dumps(record(run, Words("en")), ensure_ascii=False, allow_nan=False)
    content: dict[str, Any] = json.loads(printed)
    return content | {"ports": list(scene.ports())}


def test_something_is_told_of_every_scene(said: dict[str, Any]) -> None:
    assert said["flights"] or said["changes"]


def test_every_flight_is_told_whole(said: dict[str, Any]) -> None:
    for flight in said["flights"]:
        assert set(flight) >= FLIGHT
        assert {flight["from"], flight["to"]} <= set(said["ports"])
        assert flight["outcome"] in ("delivered", "ignored", "dropped", "in_flight")
        assert (flight["ended"] is None) == (flight["outcome"] == "in_flight")
        assert (flight["reason"] is not None) == (flight["outcome"] in ("ignored", "dropped"))


def test_ids_are_unique_and_causes_lead_to_what_was_before(said: dict[str, Any]) -> None:
    times = {each["id"]: each["t"] for each in said["events"]}
    times |= {each["id"]: each["departs"] for each in said["flights"]}
    assert len(times) == len(said["events"]) + len(said["flights"])
    for each in (*said["events"], *said["flights"]):
        assert each["cause"] == 0 or times[each["cause"]] <= each.get("t", each.get("departs"))


def test_all_lists_are_in_order_of_time(said: dict[str, Any]) -> None:
    for name, key in (("flights", "departs"), ("changes", "t"), ("events", "t")):
        times = [each[key] for each in said[name]]
        assert times == sorted(times)
        assert all(each <= said["until"] for each in times)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_reason_has_words(said: dict[str, Any], lang: str) -> None:
    reasons = {flight["reason"] for flight in said["flights"]} - {None}
    assert all(Words(lang).has(f"reason.{reason}") for reason in reasons)


def test_a_request_that_was_answered_went_each_cable_both_ways() -> None:
    run = Run(open_scene("load-balancing", Words("en")), VOCABULARY.kinds, until=2_000_000_000).complete()
    said = record(run, Words("en"))
    one = said["requests"][0]
    ways = [(f["from"], f["to"]) for f in said["flights"] if f["packet"] == -one["request"]]
    server = f"{one['server']}.eth0"
    assert ways == [
        ("clients.eth0", "lb.front"),
        ("lb.back", server),
        (server, "lb.back"),
        ("lb.front", "clients.eth0"),
    ]
