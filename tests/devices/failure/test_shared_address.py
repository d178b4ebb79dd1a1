"""Why a shared address does not answer: nobody is active, its machine is down, or it has just gone elsewhere."""

import pytest

from tests.devices.failure.test_explain import keys, told, why
from tests.devices.net.redundant import pair


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (["stop a keepalived @ 6s", "stop b keepalived @ 6s"], ["asks-near", "nobody-shared"]),
        (["shutdown a @ 6s", "shutdown b @ 6s"], ["asks-near", "nobody-shared"]),
        (["fail a @ 8s", "fail b @ 8s"], ["asks-near", "owner-down"]),
    ],
)
def test_why_nobody_answers_for_it(script: list[str], said: list[str]) -> None:
    assert keys(why(pair(*script, "ping client 10.0.0.100 @ 9s"))) == said


def test_who_knew_its_machine_before_hears_that_it_gave_the_address_up() -> None:
    acts = ("ping client 10.0.0.100 @ 5s", "stop a keepalived @ 6s", "ping client 10.0.0.100 @ 6.1s")
    assert keys(why(pair(*acts), number=1)) == ["no-longer"]


def test_who_knew_its_machine_before_hears_that_it_is_down() -> None:
    acts = ("ping client 10.0.0.100 @ 5s", "fail a @ 6s", "ping client 10.0.0.100 @ 6.1s")
    assert keys(why(pair(*acts), number=1)) == ["device-failed"]


def test_the_machines_that_share_it_are_named() -> None:
    lab = pair("stop a keepalived @ 6s", "stop b keepalived @ 6s", "ping client 10.0.0.100 @ 9s")
    assert "shared by a and b" in told(lab)[-1]
