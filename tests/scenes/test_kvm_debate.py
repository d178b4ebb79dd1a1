"""The scene `kvm-debate`: whatever is done, both readings count the same."""

import pytest

from tests.scenes.lesson import played

NAME = "kvm-debate"


@pytest.mark.parametrize(("acts", "settings"), [
    ([], {}), ([], {"driver": "ide"}), (["fail qemu @ 2s"], {}), (["fail disk @ 2s"], {}), (["fail host @ 2s"], {}),
    (["execute app CPUID @ 8s", "read app @ 8.5s"], {}),
])  # fmt: skip
def test_both_readings_are_the_same_machine(acts, settings):
    first, second = played(NAME, *acts, **settings).sides
    assert _told(first) == _told(second)


def _told(run):
    return [(event.t, event.name, event.device, event.details) for event in run.timeline.events]
