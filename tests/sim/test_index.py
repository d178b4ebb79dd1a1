from tests.picture.stacked import run


def test_all_hops_of_what_one_act_set_going_have_one_origin() -> None:
    timeline = run().timeline
    origins = [timeline.index.origin(flight.id) for flight in timeline.flights]
    acts = len([event for event in timeline.events if event.name.startswith("act.")])
    assert len(set(origins)) == acts == 4
    assert origins == sorted(origins)


def test_all_that_one_act_set_going_is_found_together() -> None:
    timeline = run().timeline
    found = [flight for origin in dict.fromkeys(timeline.index.origin(each.id) for each in timeline.flights)
             for flight in timeline.index.together(origin)]  # fmt: skip
    assert found == timeline.flights


def test_events_are_counted_up_to_a_moment() -> None:
    timeline = run().timeline
    (t,) = [event.t for event in timeline.events if event.name == "vm.exit"]
    assert [timeline.index.count("vm.exit", at) for at in (t - 1, t)] == [0, 1]
    assert timeline.index.count("nothing", t) == 0
