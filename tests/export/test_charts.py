"""Charts in files: below the stage or alone, the same points as in the window, and as a table."""

import csv
import io

import pytest

from vizapp import places
from vizapp.compare import play
from vizapp.compare.measured import Measured
from vizapp.devices import VOCABULARY
from vizapp.export import ExportError, Past, charts
from vizapp.picture import charted
from vizapp.picture.chart import Sight, draw
from vizapp.picture.glance import Glance
from vizapp.picture.shapes import Label, Line
from vizapp.picture.stage import Area
from vizapp.picture.theme import DAY
from vizapp.picture.view import View
from vizapp.run import Run
from vizapp.scene import reader
from vizapp.sim.series import Series
from vizapp.words import Words

EN = Words("en")
S = 1_000_000_000


@pytest.fixture(scope="module")
def run():
    scene = reader.read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    return Run(scene, VOCABULARY.kinds).complete()


def made(run, show, names=(), only=False, size=(1920, 1080), **look):
    return charts.picture(run, show, View(size=size, **look), names, only=only)


def texts(picture):
    return [shape.text for shape in picture.shapes if isinstance(shape, Label)]


def test_without_a_name_the_charts_of_the_scene_are_shown(run):
    assert [chart.series for chart in charts.chosen(Measured(run))] == ["rate", "response", "share"]


def test_a_series_that_nothing_measures_is_refused_and_those_there_are_named(run):
    with pytest.raises(ExportError) as wrong:
        charts.chosen(Measured(run), ["speed"])
    assert "queue" in wrong.value.values["known"]


def test_charts_take_their_place_below_the_stage(run):
    picture = made(run, 18.0)
    assert (picture.width, picture.height) == (1920, 1080)
    assert {"Requests served per second", "web3 crashes"} <= set(texts(picture))
    assert any(shape.of == "lb" for shape in picture.shapes)


def test_charts_alone_leave_the_stage_out(run):
    assert not any(shape.of == "lb" for shape in made(run, 18.0, ["queue"], only=True).shapes)


def test_nothing_lies_beyond_the_clock(run):
    assert "web3 crashes" not in texts(made(run, 9.0, only=True))
    picture = made(run, 9.0, ["rate"], only=True, size=(1000, 600))
    curves = [shape for shape in picture.shapes if isinstance(shape, Line) and len(shape.points) > 4]
    lines = [shape for shape in picture.shapes if isinstance(shape, Line) and shape.stroke == DAY.accent]
    cursor = max(line.points[0][0] for line in lines)
    assert len(curves) == 3
    assert all(curve.points[-1][0] <= cursor + 0.1 for curve in curves)


def test_nothing_leaves_the_picture(run):
    for size in ((1920, 1080), (1366, 768), (800, 600)):
        names = ["rate", "response", "queue", "share", "errors", "availability"]
        picture = made(run, 28.0, names, only=True, size=size)
        for shape in picture.shapes:
            if isinstance(shape, Line):
                assert all(-1 <= x <= size[0] + 1 and -1 <= y <= size[1] + 1 for x, y in shape.points)


def test_the_points_drawn_are_those_of_the_table(run):
    rows = list(csv.DictReader(io.StringIO(charts.make(Past(run, 18 * S, EN)).decode())))
    at = Glance(run.scene, run.kinds, Series(run.timeline), 18 * S, 18 * S, run.until, EN, DAY)
    drawn = charted.chart(run.scene.charts[0], at)
    for curve in drawn.body:
        told = [(float(row["t"]), float(row["value"])) for row in rows
                if row["series"] == "rate" and row["line"] == curve.name]  # fmt: skip
        assert told == list(zip(curve.xs, curve.ys, strict=True))


def test_the_table_has_every_series_in_true_seconds(run):
    rows = list(csv.DictReader(io.StringIO(charts.make(Past(run, 18 * S, EN)).decode())))
    assert {row["series"] for row in rows} >= {"rate", "response", "queue", "share", "errors"}
    assert all(0 <= float(row["t"]) <= 18 for row in rows)
    assert {row["unit"] for row in rows if row["series"] == "response"} == {"ms"}


def test_a_scene_that_measures_nothing_says_so():
    scene = reader.read(places.shipped_scenes() / "nat.yaml", VOCABULARY).scene
    still = Run(scene, VOCABULARY.kinds)
    with pytest.raises(ExportError, match=r"export\.no-charts"):
        charts.chosen(Measured(still))
    with pytest.raises(ExportError, match=r"export\.no-charts"):
        charts.make(Past(still, 0, EN))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width", [300, 420, 620])
def test_no_text_of_a_chart_leaves_it(run, lang, width):
    from vizapp.picture.measure import Face, advance

    words = Words(lang)
    at = Glance(run.scene, run.kinds, Series(run.timeline), 28 * S, 28 * S, run.until, words, DAY)
    for chart in charts.chosen(Measured(run), ["rate", "response", "queue", "share", "availability"]):
        for shape in draw(charted.chart(chart, at), Sight(Area(0, 0, width, 190), 14, DAY, words)).shapes:
            if isinstance(shape, Label):
                wide = advance(shape.text, Face("JetBrains Mono" if shape.mono else "Inter", shape.weight), shape.size)
                left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
                assert left >= -0.5, shape.text
                assert left + wide <= width + 0.5, shape.text


def test_sides_are_measured_beside_each_other():
    scene = reader.read(places.shipped_scenes() / "balancing-algorithms.yaml", VOCABULARY).scene
    whole = play(scene, VOCABULARY.kinds, until=6 * S).complete()
    measured = Measured(whole)
    assert [chart.series for chart in measured.first] == ["rate", "response", "queue"]
    said = measured.said(measured.first[0], 4 * S, 4 * S, EN, DAY)
    assert [curve.name for curve in said.body] == [side.scene.title["en"] for side in whole.sides]
    for side, curve in zip(whole.sides, said.body, strict=True):
        lines = Series(side.timeline).rate("lb", 4 * S)
        assert list(curve.ys) == [sum(column) for column in zip(*(line.ys for line in lines), strict=True)]
    assert "Requests served per second" in texts(made(whole, 4.0, only=True))


def test_sides_that_go_step_by_step_have_no_common_axis():
    scene = reader.read(places.shipped_scenes() / "network-modes.yaml", VOCABULARY).scene
    assert Measured(play(scene, VOCABULARY.kinds)).known == []


def test_what_ends_a_fault_of_a_degree_is_told_as_a_repair():
    scene = reader.read(places.shipped_scenes() / "balancing-algorithms.yaml", VOCABULARY).scene
    whole = play(scene, VOCABULARY.kinds, until=16 * S).complete()
    measured = Measured(whole)
    slow, usual = measured.said(measured.first[0], 16 * S, 16 * S, EN, DAY).flags
    assert (slow.t, usual.t) == (8.0, 15.0)
    assert usual.tint != slow.tint
