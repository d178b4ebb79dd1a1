"""From a device in the inspector to what passes its ports."""

import pytest
from PySide6.QtCore import Qt

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.window.capture_button import CaptureButton
from vizapp.window.session import Session
from vizapp.window.settings import Settings
from vizapp.window.shell import Shell
from vizapp.words import Words, languages


@pytest.fixture
def session():
    return Session(Run(read(places.shipped_scenes() / "nat.yaml", VOCABULARY).scene, VOCABULARY.kinds))


@pytest.fixture
def button(qtbot, session):
    made = CaptureButton(session, Words("en"), DAY)
    qtbot.addWidget(made)
    made.put("router")
    return made


def test_a_device_through_which_frames_go_can_be_captured(qtbot, button):
    assert not button.isHidden()
    with qtbot.waitSignal(button.wanted) as asked:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert asked.args == ["router"]


def test_a_cable_is_captured_at_one_end(qtbot, button):
    button.put("vm1.eth0--router.lan")
    assert not button.isHidden()
    assert "VM 1" in button.accessibleName()
    with qtbot.waitSignal(button.wanted) as asked:
        button.click()
    assert asked.args == ["vm1.eth0"]


@pytest.mark.parametrize("target", ["host", "hyp", "packet:3", None])
def test_what_has_no_ports_of_its_own_cannot(button, target):
    button.put(target)
    assert button.isHidden()


@pytest.mark.parametrize("lang", languages())
def test_it_says_whose_frames_it_captures(button, session, lang):
    button.set_words(Words(lang))
    assert Words(lang).text(session.run.scene.things["router"].label) in button.accessibleName()
    assert button.text().strip() == "Capture .pcapng"


def test_in_the_window_it_opens_the_dialog_ready_to_capture_there(qtbot):
    shell = Shell(Settings(), words=Words("en"))
    qtbot.addWidget(shell)
    shell.open("nat")
    shell.session.run.complete()
    shell.session.select("lan")
    shell.screen_.inspector.capture.put("lan")
    shell.screen_.inspector.capture.click()
    (dialog,) = shell.dialogs
    qtbot.addWidget(dialog)
    assert dialog.isVisible()
    assert dialog.ports.chosen() == ("lan.p1", "lan.p2", "lan.p3", "lan.p4")
    assert dialog.path.text().endswith("nat-lan.pcapng")
