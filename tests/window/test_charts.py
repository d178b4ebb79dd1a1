"""Charts measure what was seen: they end at the fog, follow the clock and move it, and cost nothing where none is."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY, NIGHT
from vizapp.run import Run
from vizapp.scene import reader
from vizapp.window.charts import ChartsPanel
from vizapp.window.session import Session
from vizapp.window.told import told
from vizapp.words import Words

EN = Words("en")


@pytest.fixture(scope="module")
def run():
    scene = reader.read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    return Run(scene, VOCABULARY.kinds).complete()


@pytest.fixture
def panel(qtbot, run):
    made = ChartsPanel(Session(run), EN, DAY)
    qtbot.addWidget(made)
    made.set_words(EN)
    made.resize(1300, 300)
    made.show()
    return made


def views(panel):
    return [panel._view(chart) for chart in panel.shown]


def ends(panel):
    """The last time on each line of each chart, true seconds."""
    charts = [view.chart for view in views(panel) if view.chart.form == "lines"]
    return [curve.xs[-1] for chart in charts for curve in chart.body if curve.xs]


def test_lines_end_where_the_fog_begins(panel):
    session = panel.session
    session.seek_true(12_000_000_000)
    assert ends(panel)
    assert max(ends(panel)) <= 12.0
    session.seek_true(5_000_000_000)
    assert 11.0 <= max(ends(panel)) <= 12.0


def test_failures_and_verdicts_are_marked_by_name_once_they_were_seen(panel):
    panel.session.seek_true(9_000_000_000)
    assert views(panel)[0].chart.flags == ()
    panel.session.seek_true(16_000_000_000)
    flags = views(panel)[0].chart.flags
    assert [(round(flag.t, 1), flag.text) for flag in flags] == [(10.0, "web3 crashes"), (14.9, "web3 set aside")]


def test_the_line_of_now_follows_the_clock_and_moves_it(panel, qtbot):
    panel.session.seek_true(12_000_000_000)
    view = views(panel)[1]
    assert view.now == pytest.approx(12.0)
    plane = view.drawn.plane
    at = QPoint(round(plane.x(4.0)), round(plane.area.middle[1]))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert panel.session.t == pytest.approx(4_000_000_000, abs=100_000_000)
    assert views(panel)[0].now == pytest.approx(panel.session.t / 1e9)


def test_a_chart_does_not_lift_the_fog(panel):
    panel.session.seek_true(6_000_000_000)
    views(panel)[0].sought.emit(30.0)
    assert panel.session.t <= 6_000_000_001


def test_the_pointer_is_told_the_values_there_and_nothing_in_the_fog(panel):
    panel.session.seek_true(12_000_000_000)
    view = views(panel)[0]
    plane = view.drawn.plane
    there = view.told_at(QPointF(plane.x(8.2), plane.area.middle[1])).splitlines()
    assert there[0] == "8.2\u00a0s"
    assert [line.split()[0] for line in there[1:]] == ["web1", "web2", "web3"]
    assert len(view.told_at(QPointF(plane.x(25.0), plane.area.middle[1])).splitlines()) == 1


def test_shares_add_up_and_the_counters_are_told(panel):
    panel.session.seek_true(18_000_000_000)
    share = views(panel)[2]
    assert sum(bar.share for bar in share.chart.body) == pytest.approx(1.0)
    assert [bar.name for bar in share.chart.body] == ["web1", "web2", "web3"]
    assert ": " in share.chart.foot
    assert "web1" in share.accessibleDescription()


def test_each_line_is_named_with_its_value_and_differs_by_more_than_colour(panel):
    panel.session.seek_true(12_000_000_000)
    rate, response = (view.chart.body for view in views(panel)[:2])
    assert [curve.name for curve in rate] == ["web1", "web2", "web3"]
    assert len({curve.dash for curve in rate}) == 3
    assert all(curve.value.isdigit() for curve in rate)
    assert [curve.name for curve in response] == ["median", "95%", "99%"]


def test_others_of_what_is_measured_can_be_chosen(panel):
    panel.session.seek_true(12_000_000_000)
    queue = next(chart for chart in panel.known if chart.series == "queue")
    assert queue not in panel.shown
    panel.choose(queue, True)
    assert queue in panel.shown
    assert panel._view(queue).isVisible()
    panel.choose(queue, False)
    assert not panel._view(queue).isVisible()


def test_where_there_is_no_room_the_last_chosen_is_shown(panel):
    for chart in panel.known:
        panel.choose(chart, True)
    panel.resize(700, 300)
    assert panel.shown == panel.known[-2:]
    assert [action.isChecked() for action in panel.menu().actions()].count(True) == 2


def test_a_counter_is_told_with_its_name(panel):
    panel.session.seek_true(12_000_000_000)
    assert "failed in flight: 3" in told(panel.session, EN, "lb")


def test_it_changes_language_and_theme_while_shown(panel):
    panel.session.seek_true(12_000_000_000)
    panel.set_words(Words("fr"))
    panel.set_theme(NIGHT)
    assert views(panel)[0].chart.title == "Requêtes servies par seconde"
    assert not panel.grab().isNull()


def test_folded_it_leaves_its_heading(panel):
    panel.set_folded(True)
    assert not panel.body.isVisible()
    assert panel.maximumHeight() < 60
    assert panel.heading.isVisible()
    assert panel.fold.accessibleName() == "Unfold: Measurements"


def test_a_chart_that_would_answer_the_open_question_is_blank(panel: ChartsPanel) -> None:
    panel.session.seek_true(12_000_000_000)
    panel.session.ask(0)
    panel.refresh()
    assert panel.session.masked == ("lb",)
    assert all(bar.share == 0 and bar.value == "?" for bar in views(panel)[-1].chart.body)
    assert views(panel)[0].chart.body == ()
    panel.session.reveal()
    panel.refresh()
    assert any(bar.share > 0 for bar in views(panel)[-1].chart.body)
    assert views(panel)[0].chart.body != ()
