"""A kernel's driver: what it commands, what it copies, and how it ends when the device does not answer."""

import pytest


def test_a_file_is_read_by_one_notification_one_transfer_and_one_interrupt(runs):
    ran = runs("native", "read app blocks=8")
    assert ran.served() == [8 * 4096]
    assert [ran.counts[name] for name in ("io.notified", "device.transfers", "kernel.interrupt")] == [1, 1, 1]


def test_reading_copies_once_from_the_kernel_to_the_application(runs):
    assert runs("native", "read app blocks=8").copies() == [("host", "app")]


def test_sending_copies_once_from_the_application_to_the_kernel(runs):
    assert runs("native", "send app packets=3").copies() == [("app", "host")]


def test_the_access_is_executed_in_ring_0(runs):
    access = next(e for e in runs("native", "read app").events("cpu.executes") if e.details["instruction"] == "STORE")
    assert access.details["ring"] == 0


def test_requests_are_done_one_after_another(runs):
    ran = runs("native", "read app blocks=2", "read app blocks=3")
    assert ran.served() == [2 * 4096, 3 * 4096]


def test_two_requests_at_once_are_both_answered(runs):
    ran = runs("native", "read app blocks=2 @ 2s", "read app blocks=3 @ 2s", "send app @ 2s")
    assert sorted(ran.served()) == [1500, 2 * 4096, 3 * 4096]


def test_a_disk_that_failed_before_gives_an_error(runs):
    assert runs("native", "fail disk", "read app").errors() == ["EIO"]


def test_a_disk_that_fails_while_it_works_gives_an_error_at_once(runs):
    ran = runs("native", "read app @ 1s", "fail disk @ 1.00002s")
    assert ran.errors() == ["EIO"]
    assert ran.events("application.failed")[0].t < 1_001_000_000


def test_a_repaired_disk_answers_again(runs):
    ran = runs("native", "fail disk", "read app", "restore disk", "read app")
    assert (ran.errors(), ran.served()) == (["EIO"], [4096])


def test_a_card_that_failed_gives_an_error(runs):
    assert runs("native", "fail nic", "send app").errors() == ["EIO"]


def test_without_a_disk_the_bus_is_silent(runs):
    ran = runs("native", "read app", without=("disk",))
    assert (ran.counts["bus.silent"], ran.errors()) == (1, ["EIO"])


@pytest.mark.parametrize("driver", ["ide", "virtio"])
def test_a_driver_of_another_device_finds_nothing(runs, driver):
    assert runs("native", "read app", host=f"driver: {driver}").errors() == ["EIO"]


def test_a_device_that_never_interrupts_is_given_up_after_the_timeout(runs):
    ran = runs("native", "cut disk @ 1.00001s", "read app @ 1s", host="io-timeout: 2s", until="5s")
    assert ran.errors() == ["EIO"]
    assert 2.9e9 < ran.events("io.failed")[0].t < 3.1e9


def test_every_token_ends(runs):
    ran = runs("native", "read app blocks=8 @ 1s", "fail disk @ 1.0000005s", "send app @ 2s", "fail nic @ 2.00001s")
    assert not [f for f in ran.timeline.flights if f.outcome == "in_flight"]
