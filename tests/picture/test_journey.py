from dataclasses import replace

from tests.picture.stacked import STACK, moment, stage
from tests.picture.stages import KINDS, LAYERS, timeline
from tests.picture.test_compose import VIEW
from vizapp.picture.compose import compose
from vizapp.picture.journey import journeys
from vizapp.picture.layout import layout
from vizapp.picture.shapes import Icon, Label, Line, Picture, Rect
from vizapp.protocols.instruction import Instruction
from vizapp.sim.pace import Pace
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight, Timeline

MS = 1_000_000


def run(end: int = 20_000 * MS) -> Timeline:
    """CPUID goes from the kernel to the processor, and 100 ms later on to the hypervisor."""
    made = timeline()
    made.end = end
    layer = Instruction("CPUID", 0, "non-root", 0x1000)
    packet = Packet(5, (layer,), "CPUID", "kernel", "cpu")
    made.add_flight(Flight(1, packet, 0, "kernel.a--cpu.a", "kernel.a", "cpu.a", 100 * MS, 300 * MS, "kernel", 300 * MS,
                           "delivered"))  # fmt: skip
    again = replace(packet, name="VM exit", to="vmm")
    made.add_flight(Flight(2, again, 1, "vmm.a--cpu.b", "cpu.b", "vmm.a", 400 * MS, 600 * MS, "kernel", 600 * MS,
                           "delivered"))  # fmt: skip
    return made


def picture(show: float) -> Picture:
    made, view = run(), replace(VIEW, size=(1060.0, 750.0))
    stage = layout(LAYERS, "en", view.size, view.level, KINDS)
    pace = Pace(made.end, felt=[(0, made.end)])  # 1:1
    return compose(LAYERS, KINDS, made.at(pace.true(show)), stage, view, show, pace)


def token(made: Picture) -> tuple[float, float]:
    icon = next(shape for shape in made.shapes if isinstance(shape, Icon) and shape.name == "instruction")
    return icon.x + icon.size / 2, icon.y + icon.size / 2


def box(made: Picture, name: str) -> Rect:
    return next(shape for shape in made.shapes if isinstance(shape, Rect) and shape.of == name and shape.fill)


def within(made: Picture, name: str) -> bool:
    (x, y), area = token(made), box(made, name)
    return area.x <= x <= area.x + area.w and area.y <= y <= area.y + area.h


def test_an_instruction_rests_at_the_layer_that_has_it() -> None:
    assert within(picture(0.35), "cpu")
    assert within(picture(0.7), "vmm")


def test_the_name_of_the_instruction_stands_beside_it_while_it_rests() -> None:
    assert "CPUID" in [shape.text for shape in picture(0.7).shapes if isinstance(shape, Label)]


def test_its_trail_leads_to_where_it_is() -> None:
    made = picture(0.5)
    lines = [shape for shape in made.shapes if isinstance(shape, Line) and shape.of == "packet:5"]
    reached = [y for line in lines for _, y in line.points]
    assert min(reached) < token(made)[1] <= max(reached)


def test_it_is_seen_before_its_next_hop_where_that_begins() -> None:
    assert abs(token(picture(0.4001))[1] - token(picture(0.401))[1]) < 2


def test_it_stays_until_the_next_one_sets_off() -> None:
    assert any(isinstance(shape, Icon) and shape.name == "instruction" for shape in picture(9.0).shapes)


def test_nothing_is_seen_before_it_sets_off() -> None:
    assert not any(isinstance(shape, Icon) and shape.name == "instruction" for shape in picture(0.05).shapes)


def test_an_interrupt_that_has_gone_nowhere_yet_ends_what_was_seen_before() -> None:
    text = STACK.replace("execute kernel MOV-CR3", "interrupt cpu")
    before, at = moment("layer.continues", "kernel", text=text), moment("vm.exit", "cpu", 1, text=text)
    assert journeys(before, stage(text)) != []
    assert journeys(at, stage(text)) == []
