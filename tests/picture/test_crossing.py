from tests.picture.stacked import STACK, journey, moment, stage
from vizapp.picture.crossing import crossings
from vizapp.picture.privilege import boundaries
from vizapp.sim.frame import Frame


def crossed(frame: Frame) -> list[tuple[str, str, bool, bool]]:
    """Upper layer of the boundary, by what, whether down, whether the other side is reached."""
    found = crossings(journey(frame), frame, stage(), boundaries(frame, stage()))
    return [(each.boundary.upper, each.kind, each.down, each.over) for each in found]


def test_a_system_call_crosses_from_the_application_to_its_kernel_and_back() -> None:
    call = ("app", "syscall", True, True)
    assert crossed(moment("kernel.syscall", "kernel")) == [call]
    assert crossed(moment("layer.continues", "app")) == [call, ("app", "return", False, True)]


def test_what_the_processor_executes_alone_crosses_nothing() -> None:
    assert crossed(moment("layer.continues", "kernel", 1)) == []


def test_an_exit_is_known_from_its_event_on() -> None:
    assert crossed(moment("vm.exit", "cpu")) == [("kernel", "exit", True, False)]
    assert crossed(moment("vmcs.read", "hypervisor")) == [("kernel", "exit", True, True)]


def test_an_exit_and_the_entry_after_it_cross_the_same_boundary() -> None:
    frame = moment("layer.continues", "kernel")
    assert crossed(frame) == [("kernel", "exit", True, True), ("kernel", "entry", False, True)]


EMULATED = STACK
for written, instead in (
    ("vmm, ports: {cpu: {}}", "emulator, ports: {cpu: {}, app: {}, kernel: {}}"),
    ("app.cpu -- cpu.app", "app.cpu -- hypervisor.app"),
    ("kernel.cpu -- cpu.kernel", "kernel.cpu -- hypervisor.kernel"),
):
    EMULATED = EMULATED.replace(written, instead)


def test_what_is_emulated_crosses_virtual_rings_and_never_leaves_its_emulator() -> None:
    frame = moment("kernel.syscall", "kernel", text=EMULATED)
    lines = boundaries(frame, stage(EMULATED))
    found = crossings(journey(frame, EMULATED), frame, stage(EMULATED), lines)
    assert [(each.boundary.upper, each.kind) for each in found] == [("app", "syscall")]
    assert [line.kind for line in lines] == ["ring", "virtual"]


def test_what_is_injected_at_an_entry_crosses_by_that_entry() -> None:
    text = STACK.replace("execute kernel MOV-CR3", "interrupt cpu")
    frame = moment("kernel.interrupt", "kernel", text=text)
    found = crossings(journey(frame, text), frame, stage(text), boundaries(frame, stage(text)))
    assert [each.kind for each in found if each.boundary.kind == "mode"] == ["entry"]
