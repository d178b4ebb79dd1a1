"""Charts measure what was seen: they end at the fog, follow the clock and move it, and cost nothing where none is."""

import subprocess
import sys
from itertools import pairwise

import pytest

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


def ends(panel):
    """The last time on each line of each chart, true seconds."""
    curves = [curve for chart in panel.charts[:2] for curve in chart.plot._curves.values()]
    return [curve.getData()[0][-1] for curve in curves if curve.getData()[0] is not None and len(curve.getData()[0])]


def test_lines_end_where_the_fog_begins(panel):
    session = panel.session
    session.seek_true(12_000_000_000)
    assert ends(panel)
    assert max(ends(panel)) <= 12.0
    session.seek_true(5_000_000_000)
    assert 11.0 <= max(ends(panel)) <= 12.0


def test_failures_are_marked_once_they_were_seen(panel):
    panel.session.seek_true(9_000_000_000)
    assert panel.charts[0].plot._marks == []
    panel.session.seek_true(16_000_000_000)
    assert [round(float(mark.value()), 1) for mark in panel.charts[0].plot._marks] == [10.0, 14.9]


def test_the_line_of_now_follows_the_clock_and_moves_it(panel):
    panel.session.seek_true(12_000_000_000)
    plot = panel.charts[1].plot
    assert float(plot.cursor_line.value()) == pytest.approx(12.0)
    plot.sought.emit(4.0)
    assert panel.session.t == pytest.approx(4_000_000_000, abs=2)


def test_a_chart_does_not_lift_the_fog(panel):
    panel.session.seek_true(6_000_000_000)
    panel.charts[0].plot.sought.emit(30.0)
    assert panel.session.t <= 6_000_000_001


def test_shares_add_up_and_the_counters_are_told(panel):
    panel.session.seek_true(18_000_000_000)
    share = panel.charts[2]
    assert sum(bar.share for bar in share.bars) == pytest.approx(1.0)
    assert [bar.label for bar in share.bars] == ["web1", "web2", "web3"]
    assert ": " in share.counters.text()
    assert "web1" in share.accessibleDescription()


def test_each_line_is_named_with_its_value_and_differs_by_more_than_colour(panel):
    panel.session.seek_true(12_000_000_000)
    entries = panel.charts[0].legend.entries
    assert [name for name, _, _ in entries] == ["web1", "web2", "web3"]
    assert len({pen.style() for _, pen, _ in entries}) == 3
    assert [name for name, _, _ in panel.charts[1].legend.entries] == ["median", "95% in less than"]


def test_each_line_is_named_where_it_ends_and_no_name_hides_another(panel):
    panel.session.seek_true(12_000_000_000)
    ends = panel.charts[0].plot._ends
    assert {label: end.toPlainText() for label, end in ends.items()} == {
        each: each for each in ("web1", "web2", "web3")
    }
    per = panel.charts[0].plot.getPlotItem().vb.viewPixelSize()[1]
    places = sorted(end.pos().y() / per for end in ends.values())
    assert all(b - a > 12 for a, b in pairwise(places))


def test_axes_begin_at_nought(panel):
    panel.session.seek_true(12_000_000_000)
    for chart in panel.charts[:2]:
        for axis in (chart.plot.left, chart.plot.bottom):
            assert axis._tickLevels[0][0][0] == 0.0


@pytest.mark.parametrize(("until", "width", "step"), [(32, 340, 10), (32, 900, 5), (120, 340, 50), (0.5, 600, 0.1)])
def test_ticks_of_time_are_round_and_apart(panel, until, width, step):
    from vizapp.window.plot import interval

    assert interval(until, width) == pytest.approx(step)


def test_a_counter_is_told_with_its_name(panel):
    panel.session.seek_true(12_000_000_000)
    assert "failed in flight: 3" in told(panel.session, EN, "lb")


def test_it_changes_language_and_theme_while_shown(panel):
    panel.session.seek_true(12_000_000_000)
    panel.set_words(Words("fr"))
    panel.set_theme(NIGHT)
    assert panel.charts[0].title.text() == "Requêtes servies par seconde"
    assert not panel.grab().isNull()


def test_folded_it_leaves_its_heading(panel):
    panel.set_folded(True)
    assert not panel.body.isVisible()
    assert panel.maximumHeight() < 60
    assert panel.heading.isVisible()
    assert panel.fold.accessibleName() == "Unfold: Measurements"


def test_the_library_of_charts_is_not_imported_for_a_scene_without_charts():
    code = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tests.window.toy import session
from vizapp.picture.theme import DAY
from vizapp.window.scene_screen import SceneScreen
from vizapp.words import Words
screen = SceneScreen(session(), Words("en"), DAY)
screen.resize(1200, 800)
screen.show()
app.processEvents()
print("pyqtgraph" in sys.modules, "numpy" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=places.PACKAGE.parent)
    assert told.stdout.split() == ["False", "False"], told.stderr


def test_a_chart_that_would_answer_the_open_question_is_blank(panel: ChartsPanel) -> None:
    panel.session.seek_true(12_000_000_000)
    panel.session.ask(0)
    panel.refresh()
    assert panel.session.masked == ("lb",)
    assert all(bar.share == 0 for bar in panel.charts[-1].bars)
    panel.session.reveal()
    panel.refresh()
    assert any(bar.share > 0 for bar in panel.charts[-1].bars)
