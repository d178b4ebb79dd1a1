"""Bands by name and by colour, and the rows of an availability chart."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.picture.charted import chart, spread_of
from vizapp.picture.glance import Glance
from vizapp.picture.service import band_look, band_texts, tints_of
from vizapp.picture.theme import DAY, NIGHT, THEMES
from vizapp.run import Run
from vizapp.scene.model import Chart
from vizapp.scene.reader import read
from vizapp.sim.series import Line, Series
from vizapp.sim.serving import Band
from vizapp.words import Words

S = 1_000_000_000
EN, FR = Words("en"), Words("fr")


def farm(servers, acts=""):
    names = [f"w{number}" for number in range(servers)]
    stage = "\n".join(f"  {name}: {{kind: server, label: {name}, ports: {{eth0: {{}}}}}}" for name in names)
    links = ", ".join(f"lb.back -- {name}.eth0" for name in names)
    text = f"""
id: farm
title: Farm
until: 12s
pace: 1
stage:
  clients: {{kind: clients, ports: {{eth0: {{}}}}, target: lb, rate: 20/s}}
  lb: {{kind: balancer, label: lb, ports: {{front: {{}}, back: {{}}}}, servers: [{", ".join(names)}], first-check: 0s}}
{stage}
links: [clients.eth0 -- lb.front, {links}]
script: [{acts}]
"""
    return Run(read(text, VOCABULARY).scene, VOCABULARY.kinds).complete()


def glance(run, seen, words=EN, masked=()):
    return Glance(run.scene, run.kinds, Series(run.timeline), seen, seen, run.until, words, DAY, masked)


def test_a_band_has_a_long_and_a_short_name():
    scene = farm(2).scene
    assert band_texts(Band(0, S, ("w0",)), scene, EN) == ("w0 active", "w0")
    assert band_texts(Band(0, S, ("w0", "w1")), scene, FR) == ("w0 et w1 actifs", "w0 + w1")
    assert band_texts(Band(0, 3_400_000_000, ()), scene, FR) == ("personne\u00a0: 3,4\u00a0s", "3,4\u00a0s")
    assert band_texts(Band(0, S, (), first=True), scene, EN) == ("election",)


@pytest.mark.parametrize("theme", THEMES, ids=[theme.name for theme in THEMES])
def test_each_that_serves_has_its_own_colour_and_nobody_is_told_apart(theme):
    run = farm(2)
    served = [Band(0, S, ("w0",)), Band(S, 2 * S, ("w1",)), Band(2 * S, 3 * S, ()), Band(3 * S, 4 * S, ("w0", "w1"))]
    tints = tints_of(served, run.scene, theme)
    first, second, nobody, both = (band_look(band, tints, theme) for band in served)
    assert len({first[0], second[0], nobody[0]}) == 3
    assert (both[0], both[2]) == (first[0], second[0])
    assert first[2] is None


def test_a_row_tells_how_a_server_is_and_what_its_balancer_believes():
    run = farm(2, "fail w1 @ 3s, restore w1 @ 9500ms")
    row = chart(Chart("availability", "lb"), glance(run, 12 * S)).body[2]
    really = [(strip.start, strip.end) for strip in row.strips if not strip.thin]
    believed = [(strip.start, strip.end) for strip in row.strips if strip.thin][1:]
    assert row.name == "w1"
    assert really == [(0.0, 3.0), (3.0, 9.5), (9.5, 12.0)]
    down = next(event for event in run.timeline.events if event.name == "balancer.down")
    assert believed[0] == (0.0, down.t / S)
    assert down.t > 3 * S


def test_of_many_servers_those_that_failed_have_a_row():
    run = farm(12, "fail w7 @ 3s")
    rows = [row.name for row in chart(Chart("availability", "lb"), glance(run, 10 * S)).body]
    assert rows == ["service", "w7"]
    assert [row.name for row in chart(Chart("availability", "lb"), glance(run, 2 * S)).body] == ["service"]


def test_of_many_servers_three_lines_tell_the_rate():
    lines = [Line(str(number), [1.0, 2.0], [number, 10.0 - number]) for number in range(9)]
    assert [(line.label, line.ys) for line in spread_of(lines)] == [
        ("most", [8, 10.0]), ("middle", [4, 6.0]), ("least", [0, 2.0]),
    ]  # fmt: skip
    said = chart(Chart("rate", "lb"), glance(farm(12), 10 * S))
    assert [curve.name for curve in said.body] == ["most served", "middle", "least served"]


@pytest.mark.parametrize("series", ["rate", "response", "queue", "share", "errors", "availability", "outage"])
def test_what_a_question_asks_for_is_not_told(series):
    said = chart(Chart(series, "lb"), glance(farm(2, "fail w1 @ 3s"), 10 * S, masked=("lb",)))
    assert all(getattr(each, "value", "?") == "?" and getattr(each, "share", 0) == 0 for each in said.body)


def test_night_has_bands_that_can_be_read():
    from vizapp.picture.colours import luminance

    band = Band(0, S, ("w0",))
    fill, ink, _ = band_look(band, {"w0": NIGHT.series[0]}, NIGHT)
    light, dark = sorted((luminance(fill), luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) > 4.5
