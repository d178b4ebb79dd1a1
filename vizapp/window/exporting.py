"""Ctrl+E: the moment, a step or all steps as pictures, or what was captured until then. What cannot be is said in one
clear line, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vizapp.compare.measured import Measured
from vizapp.compare.stated import sourced
from vizapp.export import (
    FORMATS,
    ExportError,
    Format,
    Past,
    PictureFormat,
    RunFormat,
    capture,
    charts,
    export,
    export_run,
    format_of,
)
from vizapp.picture.shapes import Picture
from vizapp.picture.theme import THEMES, Theme, theme
from vizapp.picture.view import View
from vizapp.run import Run
from vizapp.window.port_list import PortList
from vizapp.window.session import Session
from vizapp.words import Words, languages

SIZES = ((1920, 1080), (3840, 2160), (1280, 720), (1600, 1200), (1024, 768))
SCALES = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
NOW, STEP, ALL = "now", "step", "all"
LEVELS = ("explore", "show")
DRAWN = ("pixels", "scale", "level", "theme", "transparent", "sources")  # what only pictures have


class ExportDialog(QDialog):
    """tell: says the outcome in the window once the dialog is closed. place: a device or a port where frames are to be
    captured."""

    def __init__(
        self,
        session: Session,
        words: Words,
        look: Theme,
        tell: Callable[[str], None],
        parent: QWidget | None = None,
        *,
        place: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self.words, self.tell = session, words, tell
        self.captured = session.run if isinstance(session.run, Run) else None  # a comparison is drawn, not captured
        self.measured = bool(Measured(session.run).known)
        self.made: tuple[Path, ...] = ()
        self.setWindowTitle(words("exporting.title"))
        self.form = QFormLayout()
        self.form.setSpacing(11)
        self.what = self._box("what", [(each, words(f"exporting.{each}")) for each in (NOW, STEP, ALL)])
        self.number = self._box("number", [(step + 1, str(step + 1)) for step in range(len(session.run.steps))])
        self.number.setCurrentIndex(max(0, session.step))
        self.format = self._box("format", [(each.suffix, words(each.words)) for each in self._formats()])
        self.pixels = self._box("size", [(size, f"{size[0]} × {size[1]}") for size in SIZES])
        self.scale = self._box("scale", [(scale, f"{words.number(scale)} ×") for scale in SCALES])
        self.scale.setCurrentIndex(self.scale.findData(1.0))
        self.level = self._box("level", [(each, words(f"exporting.level-{each}")) for each in LEVELS])
        self.theme = self._box("theme", [(each.name, words(f"theme.{each.name}")) for each in THEMES])
        self.theme.setCurrentIndex(self.theme.findData(look.name))
        self.language = self._box("language", [(each, words(f"language.{each}")) for each in languages()])
        self.language.setCurrentIndex(self.language.findData(words.lang))
        self.transparent = QCheckBox(words("exporting.transparent"))
        self.form.addRow(self.transparent)
        self.charts = QCheckBox(words("exporting.charts"))
        self.form.addRow(self.charts)
        self.sources = QCheckBox(words("exporting.sources"))
        self.sources.setChecked(session.exports_sources)
        self.form.addRow(self.sources)
        self.ports = self._row("ports", PortList(self.captured, words))
        self._file()
        self.wrong = QLabel()
        self.wrong.setProperty("look", "bad")
        self.wrong.setWordWrap(True)
        self.replace = QCheckBox(words("exporting.replace"))
        self.replace.hide()
        self.go = QPushButton(words("exporting.go"))
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addLayout(self.form)
        for widget in (self.wrong, self.replace, self.go):
            column.addWidget(widget)
        self.what.currentIndexChanged.connect(self._chosen)
        self.format.currentIndexChanged.connect(self._chosen)
        self.path.textChanged.connect(lambda: self._say(""))
        if place is not None:
            self._listen(place)
        self._chosen()
        self.setMinimumWidth(520)

    def _formats(self) -> list[Format]:
        """Those that this scene can be exported to."""
        tabled = self.measured and self.captured is not None
        framed = self.captured is not None and bool(capture.ports(self.captured))
        return [each for each in FORMATS
                if isinstance(each, PictureFormat) or (framed if each.listens else tabled)]  # fmt: skip

    def _listen(self, place: str) -> None:
        """Begin with what passes there."""
        self.ports.choose(place)
        self.format.setCurrentText(self.words("export.format.pcapng"))
        written = Path(self.path.text())
        self.path.setText(str(written.with_stem(f"{written.stem}-{place}")))

    def _row(self, name: str, widget: Any) -> Any:
        label = QLabel(self.words(f"exporting.{name}"))
        label.setBuddy(widget)
        widget.setAccessibleName(label.text())
        self.form.addRow(label, widget)
        return widget

    def _box(self, name: str, options: list[tuple[Any, str]]) -> QComboBox:
        box = QComboBox()
        for value, text in options:
            box.addItem(text, value)
        return self._row(name, box)

    def _file(self) -> None:
        self.path = QLineEdit()
        self.path.setAccessibleName(self.words("exporting.path"))
        browse = QPushButton(self.words("exporting.browse"))
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        self.form.addRow(QLabel(self.words("exporting.path")), row)
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        home = pictures if pictures.is_dir() else Path.home()
        self.path.setText(str(home / f"{self.session.run.scene.id}{FORMATS[0].suffix}"))

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.words("exporting.title"), self.path.text(), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            self.path.setText(name)

    def _chosen(self) -> None:
        """What was chosen decides what else can be, and how the file is called."""
        form = next(each for each in FORMATS if each.suffix == self.format.currentData())
        drawn = isinstance(form, PictureFormat)
        heeds = form.options if isinstance(form, PictureFormat) else ()
        self.number.setEnabled(self.what.currentData() == STEP)
        self.scale.setEnabled("scale" in heeds)
        self.transparent.setEnabled("transparent" in heeds)
        for name in DRAWN:
            self.form.setRowVisible(getattr(self, name), drawn)
        self.form.setRowVisible(self.charts, drawn and self.measured)
        self.form.setRowVisible(self.ports, isinstance(form, RunFormat) and form.listens)
        for place, name in enumerate((NOW, STEP, ALL)):
            self.what.setItemText(place, self.words(f"exporting.{name if drawn else f'until-{name}'}"))
        written = Path(self.path.text())
        if written.name:
            self.path.setText(str(written.with_suffix(form.suffix)))
        self.adjustSize()

    def _say(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setAccessibleName(text)

    # making

    def shows(self) -> list[float]:
        """The show seconds to draw."""
        session = self.session
        if self.what.currentData() == NOW:
            return [session.show]
        steps = session.run.steps
        if self.what.currentData() == STEP and steps:
            moment = steps[self.number.currentData() - 1]
            return [moment.show] if moment.comes else []
        return [moment.show for moment in steps if moment.comes]

    def picture(self, show: float) -> Picture:
        """The picture of one moment, as it is wished."""
        view = View(
            size=self.pixels.currentData(),
            lang=self.language.currentData(),
            theme=theme(self.theme.currentData()),
            level=self.level.currentData(),
            transparent=self.transparent.isChecked(),
            folded=self.session.folds.during(self.session.run.step_at(show)),
            entered=self.session.folds.entered,
        )
        run = self.session.run

        def draw(seen: View) -> Picture:
            return charts.picture(run, show, seen) if self.charts.isChecked() else run.still(show, seen)

        return sourced(run, show, view, draw) if self.sources.isChecked() else draw(view)

    def past(self) -> Past:
        """What was captured until the moment that is chosen."""
        session, run, ports = self.session, self.captured, self.ports.chosen()
        if run is None:
            raise ExportError("cli.capture-of-sides", 2)
        if self.ports.isVisibleTo(self) and not ports and capture.chosen(run, ports):
            raise ExportError("exporting.no-port", 2)
        t = session.t if self.what.currentData() == NOW else run.timeline.end
        if self.what.currentData() == STEP:
            number = self.number.currentData()
            step = run.steps[number - 1]
            if step.t is None:
                raise ExportError("cli.step-never-comes", 1, step=number)
            t = max(step.t, run.pace.true(step.show))
        return Past(run, t, Words(self.language.currentData()), ports)

    def accept(self) -> None:
        """Make the files; whatever is in the way is said, and the dialog stays."""
        path = Path(self.path.text()).expanduser()
        try:
            drawn = isinstance(format_of(path), PictureFormat)
            self.made = self._draw(path) if drawn else export_run(self.past(), path, force=self.replace.isChecked())
        except ExportError as wrong:
            self._say(self.words(wrong.key, **wrong.values))
            self.replace.setVisible(wrong.key == "export.exists")
            return
        form = format_of(path)
        recorded = "exporting.captured" if isinstance(form, RunFormat) and form.listens else "exporting.measured"
        key = "exporting.done" if drawn else recorded
        self.tell(self.words(key, n=len(self.made), file=str(self.made[0])))
        super().accept()

    def _draw(self, path: Path) -> tuple[Path, ...]:
        self.session.exports_sources = self.sources.isChecked()
        pictures = [self.picture(show) for show in self.shows()]
        several = self.what.currentData() == ALL or not pictures
        return export(
            pictures if several else pictures[0], path, scale=self.scale.currentData(),
            transparent=self.transparent.isChecked(), force=self.replace.isChecked(),
        )  # fmt: skip
