"""A comparison as one facade: acts on every side, texts, questions, one timeline."""

from tests.compare.conftest import MODES, STEPS, comparison, played
from vizapp.compare import Comparison, play
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.model import Act, Text
from vizapp.scene.reader import read
from vizapp.words import Words

S = 1_000_000_000


def names(whole: Comparison, side: int) -> set[str]:
    return {event.name for event in whole.sides[side].timeline.events}


def test_a_scene_with_sides_is_played_as_a_comparison_and_any_other_as_a_run() -> None:
    plain = read("id: a\ntitle: A\nstage: {vm: {kind: vm}}", VOCABULARY).scene
    assert plain is not None
    assert isinstance(play(plain, VOCABULARY.kinds), Run)
    assert isinstance(play(comparison(MODES), VOCABULARY.kinds), Comparison)


def test_an_act_is_done_on_every_side_at_the_same_time() -> None:
    whole = played(comparison(MODES), Act("fail", ("lan1",), {}, 5 * S))
    assert [side.frame(6 * S).failed("lan1") for side in whole.sides] == [True] * 3


def test_an_act_about_what_one_side_alone_has_is_done_there_alone() -> None:
    cable = comparison(MODES).sides[1].links[-2].id
    whole = played(comparison(MODES), Act("cut", (cable,), {}, 5 * S))
    assert ["act.cut" in names(whole, side) for side in range(3)] == [False, True, False]


def test_step_by_step_an_act_is_done_where_each_side_stands() -> None:
    plain = played(comparison(STEPS))
    show = plain.steps[3].show - 4.0
    whole = played(comparison(STEPS), Act("fail", ("kernel",), {}, plain.pace.true(show)))
    times = [side.acts[0].at for side in whole.sides]
    assert times == [plain.t_of(0, show), plain.t_of(1, show)]
    assert times[0] != times[1]


def test_undo_takes_an_act_back_on_every_side_and_redo_does_it_again() -> None:
    plain = played(comparison(MODES))
    whole = played(comparison(MODES), Act("fail", ("lan1",), {}, 5 * S))
    whole.undo()
    whole.complete()
    assert [side.acts for side in whole.sides] == [[], [], []]
    assert len(whole.timeline.events) == len(plain.timeline.events)
    whole.redo()
    whole.complete()
    assert all(side.frame(6 * S).failed("lan1") for side in whole.sides)


def test_undo_leaves_alone_the_sides_on_which_nothing_was_done() -> None:
    scene = comparison(MODES)
    everywhere, there = Act("fail", ("lan1",), {}, 5 * S), Act("cut", (scene.sides[1].links[-2].id,), {}, 6 * S)
    whole = played(scene, everywhere, there)
    whole.undo()
    assert [len(side.acts) for side in whole.sides] == [1, 1, 1]


def test_acts_given_from_the_start_are_those_done_later() -> None:
    act = Act("fail", ("lan1",), {}, 5 * S)
    given = Comparison(comparison(MODES), VOCABULARY.kinds, acts=[act]).complete()
    done = played(comparison(MODES), act)
    for one, other in zip(given.sides, done.sides, strict=True):
        assert one.timeline.events == other.timeline.events


def test_a_setting_is_given_to_the_sides_that_have_it() -> None:
    whole = Comparison(comparison(STEPS), VOCABULARY.kinds, settings={"ept": False})
    assert [side.settings["ept"] for side in whole.sides] == [False, False]


def test_a_side_may_have_a_setting_of_its_own(steps: Comparison) -> None:
    assert [side.settings["ept"] for side in steps.sides] == [True, False]


def test_sides_of_one_seed_draw_the_same_chance(modes: Comparison) -> None:
    echoes = [next(e for e in side.timeline.events if e.name == "icmp.reply" and e.device == "vm2")
              for side in modes.sides]  # fmt: skip
    assert len({echo.details["id"] for echo in echoes}) == 1


def test_one_timeline_holds_what_happened_on_all_sides_in_order(modes: Comparison, steps: Comparison) -> None:
    for whole in (modes, steps):
        assert len(whole.timeline.events) == sum(len(side.timeline.events) for side in whole.sides)
        times = [event.t for event in whole.timeline.events]
        assert times == sorted(times)
        assert times[-1] <= whole.timeline.end


def test_an_event_is_seen_at_its_own_moment(steps: Comparison) -> None:
    last = max((e for e in steps.sides[1].timeline.events if e.name == "vm.exit"), key=lambda event: event.t)
    told = [e for e in steps.timeline.events if e.id == last.id and e.name == "vm.exit"]
    show = steps.pace.show(told[-1].t)
    assert abs(steps.t_of(1, show) - last.t) <= 1


def test_a_text_may_show_a_value_of_one_side(modes: Comparison) -> None:
    text = Text(en="{bridged.vm1.address} or {nat.vm1.address}; {vm1.address}")
    said = modes.fill(text, modes.timeline.end, Words("en"))
    assert said == "192.168.1.100 or 192.168.122.100; 192.168.1.100"


def test_a_question_is_asked_before_any_side_tells_its_answer(modes: Comparison) -> None:
    asked = modes.questions[0]
    told = [event.t for side in modes.sides for event in side.timeline.events
            if event.name.startswith("ping.") and event.details["to"] == "internet"]  # fmt: skip
    assert asked.t == min(told) - 1


def test_a_moment_just_after_an_act_is_just_after_it_on_every_side(modes: Comparison) -> None:
    show = modes.pace.show(5 * S)
    assert [modes.t_of(side, show, 5 * S + 1) for side in range(3)] == [5 * S + 1] * 3


def test_simulating_in_slices_comes_to_the_same() -> None:
    whole = Comparison(comparison(MODES), VOCABULARY.kinds)
    while not whole.advance(500):
        assert whole.busy
    plain = played(comparison(MODES))
    assert [len(side.timeline.events) for side in whole.sides] == [len(side.timeline.events) for side in plain.sides]


def test_what_was_tried_is_known_when_it_is_on_every_side() -> None:
    act = Act("ping", ("vm1", "internet"), {}, 13 * S)
    whole = played(comparison(MODES), act)
    came = whole.came(whole.acts[-1])
    assert came is not None
    assert came.good
    last = max(side.timeline.events[-1].t for side in whole.sides[:2])
    assert 13 * S < came.t <= last
    assert whole.came(Act("ping", ("vm1", "lan1"), {}, 13 * S)) is None


def test_all_sides_of_one_clock_end_at_the_same_time_whatever_was_done() -> None:
    there = Act("cut", (comparison(MODES).sides[1].links[-2].id,), {}, 13 * S + 900_000_000)
    whole = played(comparison(MODES), there)
    assert len({side.timeline.end for side in whole.sides}) == 1


def test_no_two_packets_of_the_whole_have_one_number(modes: Comparison) -> None:
    assert len({flight.packet.id for flight in modes.timeline.flights}) == sum(
        len({flight.packet.id for flight in side.timeline.flights}) for side in modes.sides
    )


def test_time_passes_as_on_a_side_that_moves(steps: Comparison) -> None:
    last = steps.steps[3].show
    assert steps.scale(last - 0.5) == steps.sides[1].scale(steps.show_of(1, last - 0.5))
    assert not steps.moves(0, last - 0.5)
