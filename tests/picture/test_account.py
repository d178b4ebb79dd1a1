"""Why something happened, in words: the numbers are those of the run, whatever the settings."""

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture import account
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.sim.timeline import Event
from vizapp.words import Words

EN, FR = Words("en"), Words("fr")


def balancing(**settings):
    scene = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    return Run(scene, VOCABULARY.kinds, settings=settings).complete()


def why(run, name):
    event = next(event for event in run.timeline.events if event.name == name)
    return run.because(event, run.timeline.end)


@pytest.fixture(scope="module")
def usual():
    return balancing()


def test_a_server_set_aside_is_reckoned_by_its_failed_checks(usual):
    found = why(usual, "balancer.down")
    down, crash = found.chain.event, found.chain.links[0]
    first = found.chain.links[1].events[0]
    told = account.told(found, usual.scene, EN)
    assert account.question(found, usual.scene, EN) == f"Why was web3 set aside at {EN.clock(down.t)}?"
    assert told.startswith("3 failed checks in a row set web3 aside")
    assert EN.clock(first.t - crash.t) in told
    assert "every 2\u00a0s" in told
    assert EN.clock(down.t - crash.t) in told


@pytest.mark.parametrize(("inter", "fall"), [(1_000_000_000, 2), (500_000_000, 5)])
def test_other_settings_give_other_numbers(inter, fall):
    run = balancing(inter=inter, fall=fall)
    told = account.told(why(run, "balancer.down"), run.scene, FR)
    assert told.startswith(f"{fall} contrôles ratés de suite")
    assert f"toutes les {FR.duration(inter)}" in told


def test_one_check_alone_is_told_as_one():
    run = balancing(fall=1)
    assert account.told(why(run, "balancer.down"), run.scene, EN).startswith("One failed check is enough")


def test_each_link_is_told_in_a_few_words(usual):
    labels = [account.label(link, usual.scene, FR) for link in why(usual, "balancer.down").chain.links]
    assert labels == ["web3 tombe", "3 contrôles ratés", "web3 hors service"]


def test_what_is_written_in_the_scene_is_told_from_what_a_person_did(usual):
    assert account.told(why(usual, "act.fail"), usual.scene, EN).startswith("The scene has it happen")


def test_without_a_text_of_its_own_an_event_follows_from_what_led_to_it(usual):
    event = Event(10**6, usual.timeline.end, "unheard-of", "lb", why(usual, "balancer.down").chain.event.id, "lb", {})
    told = account.told(usual.because(event, usual.timeline.end), usual.scene, EN)
    assert told.startswith("It follows from “")
