"""The scene `gns3`: with the other choices of its settings too."""

from tests.scenes.lesson import keeps, missing, played

NAME = "gns3"


def test_without_auto_close_the_window_is_closed_and_the_lab_goes_on():
    run = played(NAME, "ping debian web @ 21s", until="25s", auto_close="false")
    keeps(run, "no runner.stopped", "last ping.answered at debian: t > 21s")


def test_without_its_image_the_router_is_not_started_and_no_packet_crosses_it():
    keeps(played(NAME, ios="false"), "first runner.refused: reason == no-image", "no runner.started at dynamips",
          "ping from debian to web failed")  # fmt: skip


def test_every_step_comes_whatever_qemu_does_and_whether_the_project_closes():
    assert missing(played(NAME, qemu="emulated", auto_close="false")) == ([], [])


def test_the_controller_gives_orders_too_once_the_window_is_closed():
    keeps(played(NAME, "order-start server web @ 21s", until="24s"), "last runner.started to web: t > 21s")
