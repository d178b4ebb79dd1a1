"""The charts under the stage, for scenes that measure something; they know nothing beyond the fog."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from vizapp.compare.measured import Measured
from vizapp.picture.glance import SECOND
from vizapp.picture.theme import Theme
from vizapp.scene.model import Chart
from vizapp.window import glyphs, look
from vizapp.window.chart_view import ChartView
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words

LEAST = 300  # pixels that a chart is wide, at least


class ChartsPanel(QWidget):
    """The charts of the scene side by side: those that it names, or others of what it measures that are chosen from a
    menu. As many are shown as there is room for, the last chosen first."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("bar")
        self.charts = Measured(session.run)
        self.known, self.chosen = self.charts.known, list(self.charts.first)
        self.views: dict[int, ChartView] = {}  # by the place of its chart among those known
        self._placed: list[ChartView] = []
        self.heading = look.text("section")
        self.fold = look.icon_button("chevron-down", 18, "muted")
        self.pick = look.icon_button("tune", 18, "muted")
        self.pick.clicked.connect(self._offer)
        self.body = QWidget()
        self.row = QHBoxLayout(self.body)
        self.row.setContentsMargins(0, 8, 8, 6)
        self.row.setSpacing(28)
        self._arrange()
        self.pulse = Pulse(session, self, period=0.25)
        self.pulse.beat.connect(self.refresh)
        session.moved.connect(self._moved)

    def _arrange(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = QVBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.fold)
        buttons.addWidget(self.pick)
        buttons.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(24, 3, 8, 0)
        whole.addWidget(self.heading, 1)
        whole.addWidget(self.body, 1)
        whole.addLayout(buttons)

    @property
    def measured(self) -> bool:
        """Whether there is something to show."""
        return bool(self.known)

    @property
    def shown(self) -> list[Chart]:
        """Those that there is room for, in their order."""
        room = max(1, (self.width() - 80) // LEAST)
        return [chart for chart in self.known if chart in self.chosen[-room:]]

    def choose(self, chart: Chart, on: bool) -> None:
        """Show a chart, or leave it out; one stays."""
        self.chosen = [each for each in self.chosen if each != chart] + ([chart] if on else [])
        self.chosen = self.chosen or [chart]
        self.refresh()

    def _offer(self) -> None:
        menu = self.menu()
        menu.exec(self.pick.mapToGlobal(QPoint(0, self.pick.height())))

    def menu(self) -> QMenu:
        """All that is measured, with a tick at what is shown."""
        menu, shown = QMenu(self), self.shown
        for chart in self.known:
            action = menu.addAction(self.charts.title(chart, self.words))
            action.setCheckable(True)
            action.setChecked(chart in shown)
            action.toggled.connect(lambda on, which=chart: self.choose(which, on))
        return menu

    def _view(self, chart: Chart) -> ChartView:
        number = self.known.index(chart)
        if number not in self.views:
            self.views[number] = ChartView(self.words, self.theme, self.body)
            self.views[number].sought.connect(self._seek)
        return self.views[number]

    def _seek(self, second: float) -> None:
        """Within what has been seen: the fog does not lift by a click on a chart."""
        session = self.session
        session.pause()
        session.seek_true(min(round(second * 1e9), session.fog_t))

    def set_folded(self, folded: bool) -> None:
        self.body.setVisible(not folded)
        self.heading.setVisible(folded)
        self.pick.setVisible(not folded and len(self.known) > 1)
        self.setMaximumHeight(42 if folded else 16_777_215)
        self.setMinimumHeight(42 if folded else 150)
        glyphs.wear(self.fold, "chevron-up" if folded else "chevron-down", "muted", 18)
        glyphs.put(self.fold, self.theme)
        self._name_buttons()
        self.refresh()

    def _name_buttons(self) -> None:
        what = self.words("panel.charts")
        look.call(self.fold, self.words("panel.unfold" if self.body.isHidden() else "panel.fold", what=what))
        look.call(self.pick, self.words("chart.choose"))

    def set_words(self, words: Words) -> None:
        self.words = words
        self.heading.setText(words("panel.charts"))
        self._name_buttons()
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.refresh()

    def refresh(self) -> None:
        if not self.body.isVisible() or not self.known:
            return
        shown, session = self.shown, self.session
        self._place(shown)
        for chart in shown:
            view = self._view(chart)
            said = self.charts.said(chart, session.fog_t, session.t, self.words, self.theme, session.masked)
            view.put(said, self.words, self.theme)
            view.look_at(session.t / SECOND)

    def _place(self, shown: list[Chart]) -> None:
        """Views in their order, as many as are shown."""
        wanted = [self._view(chart) for chart in shown]
        if wanted != self._placed:
            self._placed = wanted
            for view in self.views.values():
                self.row.removeWidget(view)
                view.setVisible(view in wanted)
            for view in wanted:
                self.row.addWidget(view, 1)

    def _moved(self) -> None:
        """The line of now goes with the clock; what the charts say follows at its own pace."""
        if self.body.isVisible():
            for view in self.views.values():
                view.look_at(self.session.t / SECOND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()
