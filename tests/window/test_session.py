"""The session: what the clock, the questions, the fog and the acts promise to everything that shows them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.window.toy import KINDS, SECOND, scene
from tests.window.toy import session as toy
from vizapp.run import Run
from vizapp.run.simulated import TRYING
from vizapp.scene.model import Act
from vizapp.window import session as session_module
from vizapp.window.session import SPEEDS, Session

FRAME = 0.016  # show seconds between two looks at the clock


def play(session, seconds=60.0):
    """Let show time pass while the clock runs."""
    for _ in range(round(seconds / FRAME)):
        if session.playing:
            session._advance(FRAME * session.speed)


def settle(session):
    """Let the run be simulated to its end."""
    while session.run.busy:
        session._breathe()


@pytest.fixture
def session(qapp):
    return toy()


@pytest.fixture
def asked(session):
    """The clock has come to the question."""
    session.play()
    play(session)
    return session


def values(session, thing="router", field="nat"):
    return session.run.frame(session.t).value(thing, field, None)


# playing


def test_it_plays_in_show_time_at_its_speed(session):
    session.play()
    session._advance(0.5)
    session.faster(1)
    assert (session.show, session.speed) == (0.5, 2.0)


def test_a_tick_passes_the_time_that_has_passed(session, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(session_module, "monotonic", lambda: now[0])
    session.play()
    session.faster(1)
    now[0] += 0.25
    session._tick()
    assert session.show == pytest.approx(0.5)


def test_speed_stays_between_its_bounds(session):
    for _ in range(20):
        session.faster(1)
    fastest = session.speed
    for _ in range(20):
        session.faster(-1)
    assert (session.speed, fastest) == (SPEEDS[0], SPEEDS[-1])


def test_it_stops_at_the_end_and_begins_anew(asked):
    asked.reveal()
    play(asked)
    asked.play()
    play(asked)
    assert not asked.playing
    assert asked.show == pytest.approx(asked.length)
    asked.play()
    assert asked.show == 0.0


def test_it_plays_on_to_the_limit_of_the_scene(qapp):
    session = toy(limit=6 * SECOND, questions=())
    session.seek(session.length)
    session.play()
    settle(session)
    play(session)
    assert session.run.timeline.end == 6 * SECOND
    assert session.t == 6 * SECOND


def test_it_waits_for_what_is_still_being_simulated(qapp):
    session = Session(Run(scene(questions=()), KINDS), None)
    settle(session)
    session.run.extend(session.run.until)
    session.run.do(Act("set", ("same",), {"value": False}, 3 * SECOND))
    session.seek(session.length)
    session._start()
    session._advance(1.0)
    assert session.playing
    settle(session)
    session._advance(60.0)
    assert not session.playing


def test_it_plays_on_to_see_what_comes_of_something_tried_at_the_end(qapp):
    session = Session(Run(scene(questions=()), KINDS), None)
    settle(session)
    session.seek(session.length)
    session.do(Act("http", ("vm1", "server")))
    session._start()
    play(session)
    settle(session)
    play(session)
    answered = [event.t for event in session.run.timeline.events if event.name == "http.answered"]
    assert answered[-1] > 4 * SECOND
    assert session.run.timeline.end == 4 * SECOND + TRYING


# steps


def test_the_next_step_plays_to_its_moment_and_stops(session):
    session.next_step()
    assert session.playing
    assert session.show == 0.0
    play(session)
    assert session.step == 1
    assert session.show == session.run.steps[1].show


def test_the_next_step_asked_again_on_the_way_arrives_at_once(session):
    session.next_step()
    session._advance(FRAME)
    session.next_step()
    assert not session.playing
    assert session.show == session.run.steps[1].show


def test_the_next_step_stops_at_a_question_on_its_way(session):
    session.go_to_step(1)
    session.next_step()
    play(session)
    assert session.asking == 0
    assert session.step == 1


@pytest.mark.parametrize("presses", [1, 2])
def test_a_step_beyond_a_question_is_reached_once_it_is_revealed(session, presses):
    session.go_to_step(1)
    for _ in range(presses):
        session.next_step()
    play(session)
    session.next_step()
    play(session)
    assert session.revealed
    assert session.show == session.run.steps[2].show


def test_the_previous_step_is_there_at_once(session):
    session.go_to_step(2)
    session.previous_step()
    assert session.show == session.run.steps[1].show
    session.previous_step()
    session.previous_step()
    assert session.show == 0.0


def test_a_step_that_never_comes_is_not_gone_to(session):
    session.go_to_step(2)
    session.go_to_step(4)
    assert session.step == 2


def test_after_the_last_step_there_is_no_next(session):
    session.go_to_step(3)
    session.next_step()
    assert not session.playing


def test_events_follow_each_other_forth_and_back(session):
    seen = []
    for _ in range(3):
        session.next_event()
        seen.append(session.show)
    assert seen == sorted(set(seen))
    session.previous_event()
    assert session.show == seen[1]


# questions


def test_it_stops_at_a_question_by_itself(asked):
    assert asked.asking == 0
    assert not asked.playing
    assert asked.t == asked.run.questions[0].t


def test_what_would_answer_is_in_the_fog_while_the_question_is_open(session):
    session.lift_fog(True)
    session.seek(session.length)
    session.ask(0)
    assert session.fog == session.run.questions[0].show
    assert session.fog_t <= session.run.questions[0].t


def test_an_open_question_holds_the_clock(asked):
    asked.play()
    assert not asked.playing
    asked.seek(asked.length)
    assert asked.show == asked.run.questions[0].show


def test_a_choice_reveals_nothing(asked):
    asked.choose(1)
    assert (asked.chosen, asked.revealed) == (1, False)
    assert asked.fog == asked.run.questions[0].show


def test_revealing_plays_on_to_the_next_step(asked):
    asked.reveal()
    assert asked.playing
    play(asked)
    assert asked.show == asked.run.steps[2].show
    assert values(asked)[-1]["outside"].endswith("43804")


def test_a_question_is_asked_once(asked):
    asked.reveal()
    play(asked)
    asked.close_question()
    asked.seek(0.0)
    asked.play()
    play(asked)
    assert asked.asking is None
    assert asked.show == pytest.approx(asked.length)


def test_a_question_left_unanswered_is_asked_again(asked):
    asked.previous_step()
    assert asked.asking is None
    asked.play()
    play(asked)
    assert asked.asking == 0


def test_from_the_start_everything_is_asked_and_hidden_again(asked):
    asked.reveal()
    play(asked)
    asked.reset()
    assert (asked.show, asked.fog, asked.asking) == (0.0, 0.0, None)
    asked.play()
    play(asked)
    assert asked.asking == 0


# fog


@settings(max_examples=25, deadline=None)
@given(parts=st.lists(st.floats(0, 1), max_size=8))
def test_the_fog_never_comes_back_by_going_back(qapp, parts):
    session, furthest = toy(), 0.0
    for part in parts:
        session.seek(part * session.length)
        furthest = max(furthest, session.show)
        assert session.fog == furthest


# acting


def test_an_act_is_done_now(session):
    session.seek_true(3 * SECOND)
    session.do(Act("http", ("vm1", "server"), {"port": 40002}))
    settle(session)
    assert session.run.acts[-1].at == 3 * SECOND
    assert session.t == 3 * SECOND + 1  # it applies just after what was seen


def test_an_act_in_the_past_leaves_those_after_it(session):
    session.seek_true(3 * SECOND)
    session.do(Act("http", ("vm1", "server"), {"port": 40003}))
    settle(session)
    session.seek_true(SECOND // 2)
    session.do(Act("fail", ("router",)))
    settle(session)
    assert {act.verb for act in session.run.acts} == {"http", "fail"}
    session.seek_true(2 * SECOND)
    assert values(session) == ()


def test_undo_and_redo_take_back_and_give_again(session):
    session.seek_true(SECOND // 2)
    session.do(Act("fail", ("router",)))
    settle(session)
    session.undo()
    settle(session)
    session.seek_true(3 * SECOND)
    assert len(values(session)) == 2
    session.redo()
    settle(session)
    session.seek_true(3 * SECOND)
    assert values(session) == ()


def test_a_drag_is_one_act_with_the_last_value(session):
    for value in (20.0, 30.0, 40.0):
        session.set("load", value, dragging=True)
    settle(session)
    assert [act.options["value"] for act in session.run.acts] == [40.0]
    session.undo()
    settle(session)
    assert session.setting("load") == 120.0


def test_two_drags_are_two_acts(session):
    session.set("load", 20.0, dragging=True)
    session.end_drag()
    session.set("load", 30.0, dragging=True)
    assert len(session.run.acts) == 2


def test_a_setting_is_what_was_asked_for_while_it_is_being_simulated(session):
    session.run.do(Act("set", ("load",), {"value": 50.0}, 0))
    assert session.run.busy
    assert session.setting("load") == 50.0


def test_a_run_that_is_busy_keeps_the_picture_that_was_there(session):
    session.seek_true(3 * SECOND)
    before = values(session)
    session.run.do(Act("fail", ("router",), {}, 0))
    assert session.run.busy
    assert values(session) == before
    settle(session)
    assert values(session) == ()


# what those who show it are told


def test_whoever_shows_it_is_told(session, qtbot):
    with qtbot.waitSignals([session.moved, session.played]):
        session.next_step()
        session.next_step()
    with qtbot.waitSignals([session.changed, session.moved]):
        session.do(Act("fail", ("server",)))
    with qtbot.waitSignal(session.asked):
        session.ask()
    with qtbot.waitSignal(session.picked):
        session.select("router")


def test_a_session_takes_up_where_another_was(qapp):
    session = Session(Run(scene(), KINDS))
    session.resume(3.0, 8.0)
    assert (session.show, session.furthest) == (3.0, 8.0)
