"""Exporting from the window: files whole or not at all, and one clear line when it cannot be."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.export.reading import recording
from tests.window.shelf import write_scene
from vizapp import places
from vizapp.compare import play
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.window.exporting import ALL, STEP, ExportDialog
from vizapp.window.session import Session
from vizapp.words import Words, languages


@pytest.fixture
def told():
    return []


@pytest.fixture
def dialog(qtbot, tmp_path, told):
    path = write_scene("one")
    path.write_text(path.read_text(encoding="utf-8") + "sources: {rfc: 826}\n", encoding="utf-8")
    session = Session(Run(read(path, VOCABULARY).scene, VOCABULARY.kinds).complete())
    dialog = ExportDialog(session, Words("en"), DAY, told.append)
    qtbot.addWidget(dialog)
    dialog.path.setText(str(tmp_path / "picture.svg"))
    dialog.format.setCurrentIndex(dialog.format.findData(".svg"))
    return dialog


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def test_the_moment_shown_is_written_and_said(dialog, told, tmp_path):
    dialog.accept()
    assert dialog.made == (tmp_path / "picture.svg",)
    assert (tmp_path / "picture.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "picture.svg" in told[0]


def test_all_steps_are_so_many_files(dialog, tmp_path):
    choose(dialog.what, ALL)
    dialog.accept()
    assert [path.name for path in dialog.made] == ["picture-01.svg", "picture-02.svg", "picture-03.svg"]


def test_sources_stand_below_the_picture_where_that_is_wished(dialog, tmp_path):
    dialog.sources.setChecked(True)
    dialog.accept()
    assert "RFC 826" in (tmp_path / "picture.svg").read_text(encoding="utf-8")


def test_the_session_keeps_that_sources_were_wished(dialog, qtbot, told):
    dialog.sources.setChecked(True)
    dialog.accept()
    again = ExportDialog(dialog.session, Words("en"), DAY, told.append)
    qtbot.addWidget(again)
    assert again.sources.isChecked()


def test_one_step_is_one_file(dialog):
    choose(dialog.what, STEP)
    choose(dialog.number, 2)
    dialog.accept()
    assert len(dialog.made) == 1


def test_the_format_gives_the_file_its_suffix(dialog):
    choose(dialog.format, ".pdf")
    assert dialog.path.text().endswith("picture.pdf")


def test_an_existing_file_is_kept_until_replacing_is_asked_for(dialog, told, tmp_path):
    (tmp_path / "picture.svg").write_text("mine")
    dialog.accept()
    assert (tmp_path / "picture.svg").read_text() == "mine"
    assert "picture.svg" in dialog.wrong.text()
    assert told == []
    dialog.replace.setChecked(True)
    dialog.accept()
    assert (tmp_path / "picture.svg").read_text(encoding="utf-8") != "mine"


def test_a_folder_that_is_not_there_is_said_in_one_line(dialog, tmp_path):
    dialog.path.setText(str(tmp_path / "nowhere" / "picture.svg"))
    dialog.accept()
    assert dialog.wrong.text().count("\n") == 0
    assert dialog.wrong.text() != ""
    assert dialog.made == ()


def test_the_picture_speaks_the_language_that_is_chosen(dialog):
    choose(dialog.language, "fr")
    choose(dialog.level, "show")
    picture = dialog.picture(dialog.session.run.steps[1].show)
    assert picture.lang == "fr"
    assert any("Un ping." in getattr(shape, "text", "") for shape in picture.shapes)


@pytest.mark.parametrize("lang", languages())
def test_every_control_is_named(dialog, qtbot, lang):
    other = ExportDialog(dialog.session, Words(lang), DAY, lambda _: None)
    qtbot.addWidget(other)
    fields = ("what", "number", "format", "pixels", "scale", "level", "theme", "language", "ports", "path")
    named = [getattr(other, name) for name in fields]
    assert all(each.accessibleName() for each in named)


# captures


@pytest.fixture
def capturing(qtbot, tmp_path, told):
    """The dialog of a scene whose frames can be captured, opened from its router."""
    session = Session(Run(read(places.shipped_scenes() / "nat.yaml", VOCABULARY).scene, VOCABULARY.kinds).complete())
    dialog = ExportDialog(session, Words("en"), DAY, told.append, place="router")
    qtbot.addWidget(dialog)
    dialog.path.setText(str(tmp_path / "nat.pcapng"))
    return dialog


def names(path):
    return list(recording(path.read_bytes()).interfaces)


def test_a_scene_without_frames_offers_no_capture(dialog, capturing, qtbot):
    session = Session(Run(read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene, VOCABULARY.kinds))
    without = ExportDialog(session, Words("en"), DAY, print)
    qtbot.addWidget(without)
    assert without.format.findData(".pcapng") == -1
    assert capturing.format.findData(".pcapng") >= 0
    without.path.setText("x.pcapng")
    without.accept()
    assert "no frames" in without.wrong.text()


def test_from_a_device_its_ports_are_captured_up_to_the_moment_shown(capturing, told, tmp_path):
    session = capturing.session
    session.seek(session.run.steps[4].show)
    assert capturing.format.currentData() == ".pcapng"
    capturing.accept()
    assert capturing.made == (tmp_path / "nat.pcapng",)
    assert names(tmp_path / "nat.pcapng") == ["router.lan", "router.wan"]
    assert recording((tmp_path / "nat.pcapng").read_bytes()).packets[-1].t <= session.t
    assert "nat.pcapng" in told[0]


@pytest.mark.parametrize(("what", "longer"), [(STEP, False), (ALL, True)])
def test_a_capture_goes_up_to_a_step_or_through_all_of_the_run(capturing, tmp_path, what, longer):
    choose(capturing.what, what)
    choose(capturing.number, 5)
    capturing.accept()
    last = recording((tmp_path / "nat.pcapng").read_bytes()).packets[-1].t
    assert (last > capturing.session.run.steps[8].t) == longer
    assert last >= capturing.session.run.steps[4].t


def test_what_only_pictures_have_is_hidden_for_a_capture(capturing):
    assert not capturing.form.isRowVisible(capturing.theme)
    assert capturing.form.isRowVisible(capturing.ports)
    choose(capturing.format, ".png")
    assert capturing.form.isRowVisible(capturing.theme)
    assert not capturing.form.isRowVisible(capturing.ports)


def test_one_check_chooses_all_ports_or_none(capturing, tmp_path):
    ports = capturing.ports
    assert ports.every.checkState() == Qt.CheckState.PartiallyChecked
    ports.every.setCheckState(Qt.CheckState.Unchecked)
    assert ports.chosen() == ()
    capturing.accept()
    assert "interface" in capturing.wrong.text()
    ports.every.setCheckState(Qt.CheckState.Checked)
    assert len(ports.chosen()) == ports.count() - 1
    ports.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert ports.every.checkState() == Qt.CheckState.PartiallyChecked


def test_a_port_is_named_with_what_it_leads_to(capturing):
    said = [capturing.ports.item(row).text() for row in range(capturing.ports.count())]
    assert "Virtual router · lan → VM 1 and VM 2" in said
    assert "Switch · p2 → Server" in said


def test_the_space_key_checks_a_port(capturing, qtbot):
    capturing.show()
    capturing.ports.setFocus()
    capturing.ports.setCurrentRow(1)
    qtbot.keyClick(capturing.ports, Qt.Key.Key_Space)
    assert "vm1.eth0" in capturing.ports.chosen()


def test_an_existing_capture_is_kept_until_replacing_is_asked_for(capturing, tmp_path):
    (tmp_path / "nat.pcapng").write_text("mine")
    capturing.accept()
    assert (tmp_path / "nat.pcapng").read_text() == "mine"
    assert capturing.replace.isVisibleTo(capturing)
    capturing.replace.setChecked(True)
    capturing.accept()
    assert names(tmp_path / "nat.pcapng")


def test_a_name_with_a_nul_is_said_in_one_line(capturing):
    capturing.path.setText("/tmp/a\0b.pcapng")
    capturing.accept()
    assert capturing.wrong.text()
    assert capturing.made == ()


def test_a_comparison_is_not_captured(qtbot):
    scene = read(Path(__file__).parents[1] / "compare" / "modes.yaml", VOCABULARY).scene
    dialog = ExportDialog(Session(play(scene, VOCABULARY.kinds).complete()), Words("en"), DAY, print)
    qtbot.addWidget(dialog)
    assert dialog.format.findData(".pcapng") == -1
    dialog.path.setText("x.pcapng")
    dialog.accept()
    assert "one run" in dialog.wrong.text()


@pytest.fixture
def measuring(qtbot, tmp_path, told):
    scene = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    session = Session(Run(scene, VOCABULARY.kinds, until=6_000_000_000).complete())
    session.lift_fog(True)
    session.seek(3.0)
    made = ExportDialog(session, Words("en"), DAY, told.append)
    qtbot.addWidget(made)
    made.show()
    made.path.setText(str(tmp_path / "measured.svg"))
    return made


def test_a_scene_that_measures_can_have_its_charts_below_it(measuring, tmp_path):
    choose(measuring.format, ".svg")
    measuring.charts.setChecked(True)
    measuring.accept()
    assert "Requests served per second" in (tmp_path / "measured.svg").read_text(encoding="utf-8")


def test_what_was_measured_so_far_is_written_as_a_table(measuring, told, tmp_path):
    choose(measuring.format, ".csv")
    assert not measuring.ports.isVisible()
    measuring.accept()
    rows = (tmp_path / "measured.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "series,of,line,t,value,unit"
    assert max(float(row.split(",")[3]) for row in rows[1:]) <= 3.0
    assert told[0].startswith("Measurements saved")


def test_a_scene_that_measures_nothing_offers_neither(dialog):
    assert dialog.format.findData(".csv") == -1
    dialog.show()
    assert not dialog.charts.isVisible()
