"""Tier 3: what nobody caught is logged, the session kept, and a dialog says what to send."""

import logging

import pytest

from vizapp import places
from vizapp.window.crash import Hook
from vizapp.window.crash_dialog import CrashDialog
from vizapp.words import Words


def fail():
    raise RuntimeError("broken inside")


def caught(hook):
    try:
        fail()
    except RuntimeError as wrong:
        hook(type(wrong), wrong, wrong.__traceback__)


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL + 1, "vizapp")


def test_it_says_what_to_send_and_where_the_session_is():
    told = []
    caught(Hook(lambda: "scene: nat\n", lambda *what: told.append(what)))
    text, kept = told[0]
    assert "broken inside" in text
    assert "PySide6" in text
    assert kept is not None
    assert kept.parent == places.state_dir()
    assert kept.read_text() == "scene: nat\n"


def test_the_same_fault_is_told_once():
    told = []
    hook = Hook(lambda: None, lambda *what: told.append(what))
    caught(hook)
    caught(hook)
    assert len(told) == 1


def test_a_session_that_cannot_be_written_does_not_hide_the_fault():
    told = []
    caught(Hook(fail, lambda *what: told.append(what)))
    assert told[0][1] is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_dialog_shows_the_report(qtbot, tmp_path, lang):
    dialog = CrashDialog("what happened", tmp_path / "session.yaml", Words(lang))
    qtbot.addWidget(dialog)
    dialog.copy()
    assert dialog.text == "what happened"
