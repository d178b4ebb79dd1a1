from itertools import pairwise

from tests.picture.stacked import journey, moment, run, stage
from vizapp.picture.compose import compose
from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Label, Line, Picture, Rect
from vizapp.picture.spine import behind
from vizapp.picture.stage import Area
from vizapp.picture.view import View
from vizapp.sim.frame import Frame


def picture(frame: Frame) -> Picture:
    whole, view = run(), View()
    return compose(whole.scene, whole.kinds, frame, stage(), view, whole.pace.show(frame.t), whole.pace)


def spans(made: Picture, dashed: bool) -> list[tuple[float, float]]:
    lines = [shape for shape in made.shapes if isinstance(shape, Line) and (shape.of or "").startswith("packet:")]
    return sorted((line.points[0][1], line.points[1][1]) for line in lines if bool(line.dash) == dashed)


def test_a_layer_that_takes_no_part_is_passed_behind() -> None:
    frame, area = moment("cpu.executes", "cpu"), stage().boxes["hypervisor"].area
    assert [box.id for box in behind(journey(frame), stage())] == ["kernel", "hypervisor"]
    assert (area.y, area.bottom) in spans(picture(frame), True)


def test_a_layer_that_takes_part_is_not_passed_behind() -> None:
    assert behind(journey(moment("vmcs.read", "hypervisor")), stage()) == ()


def test_each_part_of_the_spine_is_drawn_once() -> None:
    made = picture(moment("layer.continues", "kernel"))
    both = sorted(spans(made, False) + spans(made, True))
    assert both
    assert all(a[1] <= b[0] for a, b in pairwise(both))


def test_the_layer_that_acts_now_has_a_halo() -> None:
    area = stage().boxes["hypervisor"].area
    halos = [shape for shape in picture(moment("vmcs.read", "hypervisor")).shapes
             if isinstance(shape, Rect) and shape.fill is None and shape.of is None and shape.width > 4]  # fmt: skip
    (halo,) = halos
    assert halo.x < area.x
    assert halo.y < area.y
    assert halo.y + halo.h > area.bottom


def test_a_layer_says_its_privilege_and_what_it_does() -> None:
    texts = [shape.text for shape in picture(moment("cpu.executes", "cpu")).shapes if isinstance(shape, Label)]
    said = " · ".join(texts)
    assert "root, ring 0 · takes no part" in said
    assert "non-root, ring 3" in texts


def test_beside_a_lone_stack_stands_what_was_counted() -> None:
    texts = [shape.text for shape in picture(moment("layer.continues", "kernel")).shapes if isinstance(shape, Label)]
    assert texts[texts.index("VM exit") - 1] == "1"


def test_an_instruction_under_way_has_its_name_beside_it_and_over_no_other_text() -> None:
    flight = next(each for each in run().timeline.flights if "CPUID" in each.packet.name)
    made = picture(run().frame((flight.departs + flight.arrives) // 2))
    (name,) = [shape for shape in made.shapes if isinstance(shape, Label) and shape.text == "CPUID"]
    width = advance(name.text, Face(weight=600), name.size)
    chip = Area(name.x, name.y - name.size, width, name.size)
    assert not any(chip.meets(text.area) for box in stage().boxes.values() for text in box.texts)
