"""Sorting and putting in order: by the pointer, by the keys, as a question and as a task."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.window.toy import scene, text
from tests.window.toy import session as toy
from vizapp.picture import motion
from vizapp.picture.theme import DAY, NIGHT
from vizapp.scene.model import Item, Puzzle, Question, Source, Task
from vizapp.window.puzzle_card import PuzzleCard
from vizapp.window.question_card import QuestionCard
from vizapp.window.settings import Settings
from vizapp.window.show import Show
from vizapp.window.tasks_card import TasksCard
from vizapp.window.written import written
from vizapp.words import Words

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
BINS = {"kept": text("Gardé", "Kept"), "other": text("Un autre", "Another"), "none": text("Aucun", "None")}


def item(name, why="", **written):
    return Item(text(name, name), text(why, why), **written)


SORT = Puzzle((
    item("one", "because one", is_=("kept",), sources=(Source(text("RFC 1", "RFC 1")),)),
    item("two", "because two", is_=("kept", "other")),
    item("vm2", "because vm2", of="device", when="http.answered at vm1"),
    item("three", "because three", is_=("none",)),
), BINS)  # fmt: skip
WHEN = {"answered": "http.answered at vm2", "asked": "http.get at vm2", "rewritten": "nat.rewrite from vm2"}
ORDER = Puzzle(tuple(item(name, when=when) for name, when in WHEN.items()))
BEFORE = "http.get at vm2"


def made(puzzle, **more):
    """A session whose first question is that puzzle, its second the one of the toy, its only task the same puzzle."""
    question = Question(BEFORE, text("Rangez", "Sort"), "", (), puzzle=puzzle)
    task = Task(text("À vous", "Your turn"), "", (text("a", "a"),), puzzle=puzzle)
    return toy(questions=(question, *scene().questions), tasks=(task,), **more)


@pytest.fixture
def over(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(1000, 620)
    room.show()
    return room


@pytest.fixture
def sorting(over):
    session = made(SORT)
    card = PuzzleCard(session, Words("en"), DAY, over)
    session.ask(0)
    return session, card


@pytest.fixture
def ordering(over):
    session = made(ORDER)
    card = PuzzleCard(session, Words("en"), DAY, over)
    session.ask(0)
    return session, card


def grip(card, name):
    return next(each for each in card.grips if each.accessibleName() == name)


def press(card, name, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(grip(card, name), key, modifier)


def where(card):
    """The bin or the position of each item, by its name."""
    placing = card.placing
    return {text_["en"]: place for text_, place in zip((i.say for i in placing.asked.puzzle.items), placing.placed,
                                                       strict=True)}  # fmt: skip


def drag(card, name, to):
    """With the pointer, from the item to a place of the card."""
    held = grip(card, name)
    start = held.rect().center()
    QTest.mousePress(held, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(held, start + QPoint(40, 0))
    there = held.mapFrom(card, to)
    QTest.mouseMove(held, there)
    QTest.mouseRelease(held, Qt.MouseButton.LeftButton, pos=there)


def bin_of(card, number):
    x, y = card._laid.bins[number].middle
    return QPoint(round(x), round(y))


# what is asked


def test_it_opens_with_its_question_and_no_other_card_asks_it(sorting, qtbot):
    session, card = sorting
    other = QuestionCard(session, Words("en"), DAY)
    qtbot.addWidget(other)
    other.refresh()
    assert card.isVisible()
    assert other.card.isHidden()
    session.close_question()
    assert card.isHidden()
    session.ask(1)
    assert card.isHidden()
    assert not other.card.isHidden()


def test_everything_lies_in_the_tray_and_nothing_is_told(sorting):
    _, card = sorting
    assert set(where(card).values()) == {None}
    assert not any("because" in each.accessibleDescription() for each in card.grips)
    assert {each.accessibleDescription() for each in card.grips} == {"not sorted yet"}


def test_the_items_of_the_same_seed_lie_in_the_same_order(over):
    def names():
        session = made(SORT)
        session.ask(0)
        return session.puzzles.open.asked.tray

    assert names() == names()


# keys


def test_a_digit_sorts_an_item_and_the_next_one_has_the_keys(sorting):
    _, card = sorting
    press(card, "one", Key.Key_2)
    assert where(card)["one"] == 1
    assert card.placing.current == card.placing.after(0)
    assert card.placing.current != 0


@pytest.mark.parametrize(("keys", "place"), [
    ([Key.Key_Right], 0), ([Key.Key_Right, Key.Key_Right], 1), ([Key.Key_Right] * 9, 2), ([Key.Key_Left], None),
    ([Key.Key_Right, Key.Key_Left], None), ([Key.Key_3], 2), ([Key.Key_3, Key.Key_Backspace], None),
    ([Key.Key_3, Key.Key_0], None), ([Key.Key_9], None), ([Key.Key_Eacute], 1),
])  # fmt: skip
def test_keys_move_an_item_from_bin_to_bin(sorting, keys, place):
    _, card = sorting
    for key in keys:
        press(card, "one", key)
    assert where(card)["one"] == place


def test_up_and_down_go_from_item_to_item(sorting):
    _, card = sorting
    order = card.placing.reading
    first = next(each for each in card.grips if each.item == order[0])
    QTest.keyClick(first, Key.Key_Down)
    assert card.placing.current == order[1]
    QTest.keyClick(next(each for each in card.grips if each.item == order[1]), Key.Key_Up)
    assert card.placing.current == order[0]


def test_tab_goes_round_items_and_buttons_and_stays_on_the_card(sorting, over):
    _, card = sorting
    seen = []
    for _ in range(6):
        seen.append(over.window().focusWidget())
        QTest.keyClick(seen[-1], Key.Key_Tab)
    assert [each.item for each in seen[:4]] == card.placing.reading
    assert seen[4:] == [card.check, card.close_button]
    assert over.window().focusWidget() is seen[0]
    QTest.keyClick(seen[0], Key.Key_Backtab)
    assert over.window().focusWidget() is card.close_button


def test_escape_puts_it_aside_and_the_stage_has_the_keys(sorting, over):
    session, card = sorting
    press(card, "one", Key.Key_Escape)
    assert card.isHidden()
    assert session.asking is None
    assert over.window().focusWidget() is over


def test_once_revealed_the_keys_are_those_of_what_is_told(sorting, over):
    _, card = sorting
    press(card, "one", Key.Key_2)
    QTest.mouseClick(card.check, Qt.MouseButton.LeftButton)
    assert over.window().focusWidget() is grip(card, "one")


def test_a_key_that_means_nothing_here_is_left_to_the_window(sorting, over):
    _, card = sorting
    heard = []
    over.keyPressEvent = lambda event: heard.append(event.key())
    press(card, "one", Key.Key_R)
    press(card, "one", Key.Key_Space)
    assert heard == [Key.Key_R, Key.Key_Space]


def test_alt_and_an_arrow_or_a_digit_put_an_item_at_another_position(ordering):
    _, card = ordering
    last = max(where(card), key=where(card).get)
    press(card, last, Key.Key_Up, ALT)
    assert where(card)[last] == 1
    press(card, last, Key.Key_1)
    assert where(card)[last] == 0
    press(card, last, Key.Key_Down, ALT)
    assert where(card)[last] == 1
    assert sorted(where(card).values()) == [0, 1, 2]


def test_screen_readers_hear_where_an_item_is(sorting, ordering):
    press(sorting[1], "one", Key.Key_2)
    assert grip(sorting[1], "one").accessibleDescription() == "in “Another”"
    assert grip(ordering[1], "asked").accessibleDescription().startswith("position ")


# pointer


def test_an_item_is_dragged_into_a_bin_and_back(sorting):
    _, card = sorting
    drag(card, "two", bin_of(card, 1))
    assert where(card)["two"] == 1
    drag(card, "two", QPoint(*(round(each) for each in card._laid.panel.middle)))
    assert where(card)["two"] is None


def test_a_row_is_dragged_above_the_others(ordering):
    _, card = ordering
    last = max(where(card), key=where(card).get)
    drag(card, last, QPoint(round(card._laid.items[0].middle[0]), 0))
    assert where(card)[last] == 0


def test_a_click_into_a_bin_puts_the_item_there_that_has_the_keys(sorting):
    _, card = sorting
    QTest.mouseClick(grip(card, "three"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=bin_of(card, 2))
    assert where(card)["three"] == 2


def test_an_item_glides_to_its_place(sorting, monkeypatch):
    _, card = sorting
    before = card._laid.items[0]
    press(card, "one", Key.Key_3)
    after = card._laid.items[0]
    monkeypatch.setattr("vizapp.window.puzzle_card.monotonic", lambda: card._since + motion.EASE / 2)
    assert min(before.x, after.x) < card._seen()[0].x < max(before.x, after.x)
    monkeypatch.setattr("vizapp.window.puzzle_card.monotonic", lambda: card._since + motion.EASE)
    assert card._seen()[0] == after


def test_an_item_that_is_let_go_glides_from_there(sorting, monkeypatch):
    _, card = sorting
    monkeypatch.setattr("vizapp.window.puzzle_card.monotonic", lambda: 5.0)
    area = card._laid.items[0]
    card.hold(0, QPointF(300, 150))
    card.drop()
    assert (card._seen()[0].x, card._seen()[0].y) == (area.x + 300, area.y + 150)
    monkeypatch.setattr("vizapp.window.puzzle_card.monotonic", lambda: 6.0)
    assert card._seen()[0] == card._laid.items[0]


def test_with_reduced_motion_it_is_there_at_once(over):
    settings = Settings()
    settings.set("reduced_motion", True)
    session = made(SORT)
    card = PuzzleCard(session, Words("en"), DAY, over, settings=settings)
    session.ask(0)
    press(card, "one", Key.Key_3)
    assert card._seen()[0] == card._laid.items[0]


# the answer


def test_the_clock_waits_until_the_answer_has_been_read(sorting):
    session, card = sorting
    session.play()
    assert not session.playing
    QTest.mouseClick(card.check, Qt.MouseButton.LeftButton)
    assert session.revealed
    assert not session.playing
    assert card.isVisible()
    session.play()
    assert session.playing
    assert card.isHidden()


def test_once_revealed_everything_is_where_it_belongs_and_it_says_why(sorting):
    session, card = sorting
    press(card, "one", Key.Key_2)
    press(card, "two", Key.Key_2)
    session.reveal()
    assert where(card) == {"one": 0, "two": 1, "vm2": None, "three": 2}
    said = grip(card, "one").accessibleDescription()
    assert said == "in “Kept”. No. one → Kept. because one. RFC 1"
    assert "Right" in grip(card, "two").accessibleDescription()
    assert card._laid.said.done == "1 of 3 right"
    assert card._laid.said.told == 0


def test_what_was_not_sorted_is_neither_right_nor_wrong(sorting):
    session, card = sorting
    session.reveal()
    assert set(card._laid.said.verdicts) == {None}
    assert card._laid.said.done == "The answer"


def test_nothing_moves_any_more_once_revealed(sorting):
    session, card = sorting
    session.reveal()
    before = where(card)
    press(card, "one", Key.Key_2)
    drag(card, "two", bin_of(card, 2))
    assert where(card) == before


def test_the_run_says_what_comes_first(ordering):
    session, card = ordering
    session.reveal()
    assert where(card) == {"asked": 0, "rewritten": 1, "answered": 2}


def test_an_answer_follows_what_is_done_meanwhile(over):
    """With the port of vm1 taken away, vm2 keeps its own: the bin is another one."""
    puzzle = Puzzle((item("same", of="before.sport == after.sport", when="nat.rewrite from vm2"),
                     item("x", is_=("true",))), {"true": BINS["kept"], "false": BINS["other"]})  # fmt: skip
    session = made(puzzle)
    session.ask(0)
    assert session.puzzles.open.asked.truth.bins[0] == (1,)
    session.run.redone([])
    session.run.settings["same"] = False
    session.puzzles.open.judge()
    assert session.puzzles.open.asked.truth.told == (True, True)


# a task


@pytest.fixture
def trying(over):
    session = made(SORT)
    card = PuzzleCard(session, Words("en"), DAY, over)
    session.puzzles.begin(0)
    return session, card


def sort(card, **bins):
    for name, place in bins.items():
        card.placing.put(next(each.item for each in card.grips if each.accessibleName() == name), place)


def test_a_task_is_judged_when_that_is_asked_for_and_tells_no_place(trying):
    session, card = trying
    sort(card, one=1, two=0, three=2)
    assert not session.solved
    QTest.mouseClick(card.check, Qt.MouseButton.LeftButton)
    assert card._laid.said.done == "2 of 3 right"
    assert where(card)["one"] == 1
    assert "because" not in grip(card, "one").accessibleDescription()
    assert not session.solved
    card.placing.pick(0)
    assert card._laid.said.told is None
    card.placing.pick(1)
    assert card._laid.said.told == 1


def test_what_was_judged_holds_no_more_once_an_item_moves(trying):
    session, card = trying
    sort(card, one=1)
    session.puzzles.commit()
    sort(card, one=0)
    assert card._laid.said.verdicts is None


def test_a_task_is_solved_when_everything_is_where_it_belongs(trying, qtbot):
    session, card = trying
    tasks = TasksCard(session, Words("en"), DAY)
    qtbot.addWidget(tasks)
    sort(card, one=0, two=0, three=2)
    session.puzzles.commit()
    assert session.solved == {0}
    assert card.placing.shown
    assert tasks.rows[0].done.text() == "Done"
    assert not tasks.rows[0].done.isHidden()


def test_a_task_that_was_given_up_is_not_solved_and_can_be_done_again(trying):
    session, card = trying
    QTest.mouseClick(card.other, Qt.MouseButton.LeftButton)
    assert card.placing.shown
    assert not session.solved
    QTest.mouseClick(card.other, Qt.MouseButton.LeftButton)
    assert set(where(card).values()) == {None}


def test_what_was_made_of_a_task_is_kept_whatever_is_done_looked_at_or_asked(trying):
    session, card = trying
    sort(card, one=0)
    session.puzzles.close()
    session.seek(session.length)
    session.set("same", False)
    session.undo()
    session.ask(0)
    session.close_question()
    session.puzzles.begin(0)
    assert where(card)["one"] == 0


def test_a_reset_begins_it_anew(trying):
    session, card = trying
    sort(card, one=0)
    session.reset()
    session.puzzles.begin(0)
    assert where(card)["one"] is None


# how it looks


def test_it_fits_over_a_small_stage_and_follows_its_size(sorting, over):
    _, card = sorting
    for size in ((1400, 800), (700, 480)):
        over.resize(*size)
        assert over.rect().contains(card.geometry())


def test_it_says_everything_in_the_other_language_and_wears_the_other_theme(sorting):
    _, card = sorting
    card.set_words(Words("fr"))
    card.set_theme(NIGHT)
    press(card, "one", Key.Key_1)
    assert grip(card, "one").accessibleDescription() == "dans «\u00a0Gardé\u00a0»"
    assert not card.grab().isNull()


def test_a_scene_without_a_puzzle_has_no_card(over):
    from vizapp.window.puzzling import over as card_over

    assert card_over(over, toy(), Words("en"), DAY, None) is None
    assert card_over(over, made(replace(SORT)), Words("en"), DAY, None) is not None


# kept


def test_the_key_that_reveals_judges_a_task_and_shows_no_answer(trying):
    session, card = trying
    sort(card, one=1)
    session.reveal()
    assert not card.placing.shown
    assert card._laid.said.done == "0 of 3 right"


def test_what_was_made_of_a_task_is_written_with_a_session(trying):
    session, card = trying
    sort(card, one=1, three=2)
    assert written(session.run, None, session.puzzles.placed).endswith("placed:\n  1: [other, -, -, none]\n")


def test_another_session_of_the_scene_takes_over_what_was_made_of_the_same_task(trying):
    session, card = trying
    sort(card, one=1)
    other = made(SORT)
    other.puzzles.take_over(session.puzzles)
    other.puzzles.begin(0)
    assert other.puzzles.open.placed[0] == 1


def test_another_puzzle_begins_anew(trying):
    session, card = trying
    sort(card, one=1)
    other = made(ORDER)
    other.puzzles.take_over(session.puzzles)
    assert other.puzzles.kept == {}


def test_an_order_that_nobody_touched_is_judged_in_a_task_and_counts_for_nothing_in_a_question(over):
    session = made(ORDER)
    card = PuzzleCard(session, Words("en"), DAY, over)
    session.ask(0)
    session.reveal()
    assert card._laid.said.done == "The answer"
    session.puzzles.begin(0)
    session.puzzles.commit()
    assert card._laid.said.done in ("0 of 3 right", "1 of 3 right")
    assert False in card._laid.said.verdicts


# in a show


def test_in_a_show_keys_do_all_and_reading_comes_before_the_clock_goes_on(qtbot):
    session = made(SORT)
    show = Show(session, Words("en"), DAY, Settings(), lambda event: False)
    qtbot.addWidget(show)
    show.resize(1366, 768)
    show.show()
    session.ask(0)
    card = show.puzzle
    assert not show.question.isVisible()
    assert not any(button.isVisible() for button in (card.check, card.other, card.close_button))
    press(card, "one", Key.Key_1)
    session.next_step()
    assert session.revealed
    assert not session.playing
    assert grip(card, "one").accessibleDescription().startswith("in “Kept”. Right")
    session.close_question()
    assert not card.isVisible()


def test_in_a_show_a_click_on_an_item_and_one_into_a_bin_sort_it(qtbot):
    session = made(SORT)
    show = Show(session, Words("en"), DAY, Settings(), lambda event: False)
    qtbot.addWidget(show)
    show.resize(1366, 768)
    show.show()
    session.ask(0)
    QTest.mouseClick(grip(show.puzzle, "two"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(show.puzzle, Qt.MouseButton.LeftButton, pos=bin_of(show.puzzle, 2))
    assert where(show.puzzle)["two"] == 2
