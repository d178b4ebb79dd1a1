from tests.picture.stacked import moment, run
from vizapp.picture.describe import describe
from vizapp.sim.frame import Frame
from vizapp.words import Words


def told(frame: Frame) -> list[str]:
    return describe(run().scene, run().kinds, frame, Words("en"))


def test_it_is_said_which_layer_acts_and_what_was_crossed() -> None:
    said = told(moment("kernel.syscall", "kernel"))
    assert "Layer that acts for SYSCALL: kernel." in said
    assert "SYSCALL has crossed ring 3 / ring 0: system call." in said


def test_it_is_said_who_takes_no_part() -> None:
    said = told(moment("layer.continues", "kernel", 1))
    assert "MOV CR3 passes without any part of: hypervisor." in said
    assert not any("crosse" in each for each in said)


def test_an_exit_under_way_is_said() -> None:
    assert "CPUID crosses non-root / root: VM exit." in told(moment("vm.exit", "cpu"))
