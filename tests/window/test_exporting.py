"""Exporting from the window: files whole or not at all, and one clear line when it cannot be."""

import pytest

from tests.window.shelf import write_scene
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
    scene = read(write_scene("one"), VOCABULARY).scene
    session = Session(Run(scene, VOCABULARY.kinds).complete())
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
    fields = ("what", "number", "format", "pixels", "scale", "level", "theme", "language", "path")
    named = [getattr(other, name) for name in fields]
    assert all(each.accessibleName() for each in named)
