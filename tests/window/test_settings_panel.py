"""Settings: each type has its control, a drag is one undo, and what it brings is said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.window.toy import session as toy
from vizapp.picture.theme import DAY
from vizapp.window.option_button import OptionButton
from vizapp.window.settings_panel import SettingsPanel
from vizapp.words import Words


@pytest.fixture
def panel(qtbot):
    session = toy()
    made = SettingsPanel(session, Words("en"), DAY)
    qtbot.addWidget(made)
    made.set_words(Words("en"))
    made.resize(360, 700)
    made.show()
    return made


def row(panel, name):
    return next(row for row in panel.rows if row.setting.name == name)


def value(panel, name):
    panel.session.run.complete()
    return panel.session.run.setting(name, panel.session.t)


def test_a_choice_is_a_list_of_radio_buttons(panel):
    radios = row(panel, "algorithm").radios
    assert [radio.isChecked() for radio in radios] == [True, False]
    QTest.mouseClick(radios[1], Qt.MouseButton.LeftButton, pos=radios[1].rect().center() / 4)
    assert value(panel, "algorithm") == "weighted"


def test_long_choices_take_several_lines_and_never_widen_the_panel(qtbot):
    radio = OptionButton(DAY)
    qtbot.addWidget(radio)
    radio.setText("Least connections in progress on each of the servers (leastconn)")
    radio.show()
    heights = []
    for width in (600, 200):
        radio.resize(width, 40)
        heights.append(radio.minimumHeight())
    assert heights[0] == 34 < heights[1]
    assert radio.minimumSizeHint().width() <= 100


def test_a_bool_is_a_switch(panel):
    QTest.mouseClick(row(panel, "same").switch, Qt.MouseButton.LeftButton)
    assert value(panel, "same") is False


def test_a_number_is_a_slider_with_its_value_and_unit(panel):
    assert row(panel, "delay").value.text() == "200\u00a0ms"
    assert row(panel, "load").value.text() == "120/s"
    assert row(panel, "load").slider.value() == 11


def test_what_it_brings_is_said_with_its_value(panel):
    assert row(panel, "delay").says.text() == "a wait of 200\u00a0ms"


def test_what_it_brings_is_not_said_while_a_question_is_open(panel):
    panel.session.ask(0)
    assert not row(panel, "delay").says.isVisible()


def test_a_drag_is_one_undo(panel):
    slider = row(panel, "load").slider
    slider.setSliderDown(True)
    for notch in (12, 14, 17):
        slider.setSliderPosition(notch)
    slider.setSliderDown(False)
    assert value(panel, "load") == 180
    assert len(panel.session.run.acts) == 1
    panel.session.undo()
    assert value(panel, "load") == 120


def test_two_drags_are_two_undos(panel):
    slider = row(panel, "load").slider
    for notch in (12, 15):
        slider.setSliderDown(True)
        slider.setSliderPosition(notch)
        slider.setSliderDown(False)
    assert len(panel.session.run.acts) == 2


def test_keys_move_a_slider_in_one_undo_until_the_clock_goes_on(panel):
    slider = row(panel, "load").slider
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert len(panel.session.run.acts) == 1
    panel.session.run.complete()
    panel.session.seek_true(500_000_000)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert [act.options["value"] for act in panel.session.run.acts] == [150, 160]


def test_a_setting_holds_from_the_moment_shown(panel):
    panel.session.seek_true(1_500_000_000)
    panel.session.set("same", False)
    panel.session.run.complete()
    run = panel.session.run
    assert run.setting("same", 1_500_000_000) is True
    assert run.setting("same", 1_500_000_001) is False


def test_devices_are_broken_and_repaired_by_buttons(panel):
    names = [button.accessibleName() for button in panel.buttons if button.isVisible()]
    assert names == ["Break VM 1", "Break VM 2", "Break Virtual router", "Break Server"]
    QTest.mouseClick(panel.buttons[3], Qt.MouseButton.LeftButton)
    panel.session.run.complete()
    panel.refresh()
    assert panel.buttons[0].accessibleName() == "Repair Server"


def test_cables_are_cut_from_a_list(panel):
    panel._list_cables()
    actions = panel.cable_menu.actions()
    assert actions[0].text() == "Cut VM 1 – Virtual router"
    actions[0].trigger()
    panel.session.run.complete()
    assert panel.session.run.frame(panel.session.t).cut("vm1--router")
