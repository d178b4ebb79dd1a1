"""What if? in the window: asked by one key, seen beside, left by the same key, kept and undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.window.shelf import make_shell, press, write_scene
from vizapp.compare.whatif import Otherwise
from vizapp.scene.model import Act
from vizapp.scene.whatif import nothing
from vizapp.window.marks import bands, flags, said
from vizapp.window.palette import Palette
from vizapp.window.seats import SideBySide
from vizapp.window.whatif import suppositions, told_by

MS = 1_000_000
QUESTION = """
questions:
  - {before: ping.answered, ask: "Does it?", answer: {is: "yes"},
     options: [{is: "yes", why: "It does."}, {is: "no", why: "It does."}]}
"""


ASKED = """
whatif:
  - {say: "What if only the cable had been cut?", of: fail b @ 500ms, instead: cut a.eth0 -- b.eth0}
"""


@pytest.fixture
def shell(qtbot):
    """A scene in which `b` was broken at 300 ms, looked at 400 ms."""
    shell = make_shell(qtbot)
    shell._screen = None  # the real ones
    shell.open(write_scene("one"))
    session = shell.session
    session.run.complete()
    session.seek_true(300 * MS)
    session.do(Act("fail", ("b",)))
    session.run.complete()
    session.seek_true(400 * MS)
    return shell


def asked(shell, verb):
    """The first supposition about that fault that has that verb; an empty one: that it was not done."""
    found = suppositions(shell.session, shell.words)
    return next(each.act for each in found if each.act.of is not None and (each.act.of.verb, each.act.verb)
                == ("fail", verb))  # fmt: skip


def palettes():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, Palette)]


def test_one_key_lists_what_may_be_asked(shell):
    press(shell, Qt.Key.Key_I)
    (palette,) = palettes()
    assert palette.shown[0].name == "without “B crashes”"
    palette.close()


def test_what_was_done_last_is_asked_of_first(shell):
    acts = [each.act.of.verb for each in suppositions(shell.session, shell.words) if each.act.of is not None]
    assert acts[0] == "fail"
    assert "ping" in acts


def test_nothing_is_asked_of_what_the_fog_hides(shell):
    shell.session.furthest = 0.0
    shell.session.seek(0.0)
    assert not [each for each in suppositions(shell.session, shell.words) if each.act.of is not None]


def test_it_opens_beside_at_the_same_moment_and_knows_no_more(shell):
    before = shell.session
    shell.suppose(asked(shell, ""))
    assert isinstance(shell.session, SideBySide)
    assert isinstance(shell.session.run, Otherwise)
    assert shell.session.t == before.t
    assert shell.session.fog_t == before.fog_t


def test_the_same_key_leads_back_to_where_one_was(shell):
    before, show, acts = shell.session, shell.session.show, list(shell.session.run.acts)
    shell.suppose(asked(shell, "cut"))
    shell.session.seek_true(900 * MS)
    press(shell, Qt.Key.Key_I)
    assert shell.session is before
    assert (shell.session.show, shell.session.run.acts) == (show, acts)
    assert shell.stack.currentWidget() is shell.screen_


def test_what_was_undone_can_still_be_redone_after_coming_back(shell):
    shell.session.undo()
    shell.suppose(suppositions(shell.session, shell.words)[0].act)
    shell.go_back()
    shell.session.redo()
    assert [act.verb for act in shell.session.run.acts] == ["fail"]


def test_what_was_supposed_is_kept_and_undone_as_one_act(shell):
    shell.suppose(asked(shell, "cut"))
    shell.keep_otherwise()
    run = shell.session.run
    run.complete()
    assert [event.name for event in run.timeline.events if event.name in ("act.fail", "act.cut")] == ["act.cut"]
    shell.session.undo()
    run.complete()
    assert [event.name for event in run.timeline.events if event.name in ("act.fail", "act.cut")] == ["act.fail"]


def test_what_was_done_on_the_side_since_is_kept_with_it(shell):
    shell.suppose(asked(shell, ""))
    shell.session.do(Act("fail", ("a",)))
    shell.keep_otherwise()
    assert [act.args for act in shell.session.run.acts] == [("a",)]


def test_going_home_from_there_leaves_nothing_waiting(shell):
    shell.suppose(asked(shell, ""))
    shell.go_home()
    assert shell.aside is None
    assert not shell.in_scene


def test_the_screen_that_waited_speaks_the_language_chosen_meanwhile(shell):
    shell.suppose(asked(shell, ""))
    shell.settings.set("language", "fr")
    shell.go_back()
    assert shell.screen_.words.lang == "fr"


def test_nothing_is_supposed_while_a_question_waits(shell):
    path = write_scene("asks")
    path.write_text(f"{path.read_text(encoding='utf-8')}{QUESTION}", encoding="utf-8")
    shell.open(path)
    shell.session.run.complete()
    shell.session.ask(0)
    shell.what_if()
    assert shell.aside is None
    assert not palettes()


def test_of_a_thing_a_button_asks_what_if_of_what_was_done_to_it(shell):
    shell.session.select("b")
    shell.screen_.open_right("device")
    button = shell.screen_.inspector.deeds.suppose
    assert button.text().strip() == "What if?"
    button.click()
    (palette,) = palettes()
    assert palette.shown[0].name == "without “B crashes”"
    assert {each.sort for each in palette.shown} == {""}
    palette.close()


def test_the_button_asks_what_the_scene_asks(shell):
    path = write_scene("asks")
    path.write_text(f"{path.read_text(encoding='utf-8')}{ASKED}", encoding="utf-8")
    shell.open(path)
    session = shell.session
    session.run.complete()
    session.seek_true(500 * MS)
    session.do(Act("fail", ("b",)))
    session.select("b")
    shell.screen_.open_right("device")
    button = shell.screen_.inspector.deeds.suppose
    assert button.text().strip() == "What if only the cable had been cut?"
    button.click()
    assert shell.session.run.other.verb == "cut"


def test_nothing_is_asked_of_a_thing_to_which_nothing_was_done(shell):
    shell.session.select("a")
    shell.screen_.open_right("device")
    assert not shell.screen_.inspector.deeds.suppose.isVisible()


def test_a_line_of_the_journal_tells_of_its_act(shell):
    events = {event.name: event for event in shell.session.run.timeline.events}
    assert told_by(shell.session, events["act.fail"]).verb == "fail"
    assert told_by(shell.session, events["ping.answered"]) is None


def test_what_was_not_done_in_the_end_is_undone_again(shell):
    shell.suppose(asked(shell, ""))
    shell.keep_otherwise()
    assert shell.session.run.acts == []
    shell.session.undo()
    assert [act.verb for act in shell.session.run.acts] == ["fail"]


def test_what_stood_for_an_act_of_the_script_may_be_left_out_in_turn(shell):
    ping = shell.session.run.scene.script[0]
    shell.session.take(Act("fail", ("b",), at=50 * MS, of=ping))
    shell.session.take(nothing(shell.session.run.acts[-1]))
    run = shell.session.run
    run.complete()
    assert not [event for event in run.timeline.events if event.name == "act.ping"]


def test_its_flag_tells_what_is_supposed_in_the_place_of_what_was_done(shell):
    shell.suppose(asked(shell, "cut"))
    run = shell.session.run
    run.complete()
    told = [said(flag, run.scene, shell.words) for flag in flags(run) if flag.kind != "step"]
    assert told == ["what if: cable cut"]


def test_nothing_that_was_left_out_has_a_flag(shell):
    shell.session.take(nothing(shell.session.run.scene.script[0]))
    found = [said(flag, shell.session.run.scene, shell.words) for flag in flags(shell.session.run)]
    assert "without “Ping · A · B”" in found


def test_the_show_goes_on_with_what_is_supposed_and_back(shell):
    shell.settings.set("show_windowed", True)
    shell.present(here=True)
    shell.suppose(asked(shell, "cut"))
    assert shell.show_screen.session is shell.session
    assert isinstance(shell.session.run, Otherwise)
    press(shell.show_screen, Qt.Key.Key_I)
    assert shell.show_screen.session is shell.session
    assert not isinstance(shell.session.run, Otherwise)
    shell.show_screen.leave()
    assert shell.show_screen is None


def test_the_time_line_tells_who_serves_on_each_side(shell):
    path = write_scene("watched")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ping a b @ 100ms", "watch a 10.0.0.2 interval=50ms @ 50ms, fail b @ 1s"),
                    encoding="utf-8")  # fmt: skip
    shell.open(path)
    run = shell.session.run
    run.complete()
    shell.session.seek_true(1_500 * MS)
    shell.suppose(nothing(run.scene.script[1]))
    shell.session.run.complete()
    found = bands(shell.session.run)
    assert [each.band.who for each in found if each.side == 0 and not each.band.first] == [("b",), ()]
    assert [each.band.who for each in found if each.side == 1 and not each.band.first] == [("b",)]
