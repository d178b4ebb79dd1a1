from tests.picture.stacked import moment, stage
from vizapp.picture.privilege import Privilege, boundaries, privileges

STARTED = ("kernel.starts", "kernel")


def test_every_layer_of_code_has_a_privilege_and_the_processor_none_of_its_own() -> None:
    assert privileges(moment(*STARTED), stage()) == {
        "app": Privilege("non-root", 3), "kernel": Privilege("non-root", 0), "hypervisor": Privilege("root", 0),
    }  # fmt: skip


def test_boundaries_lie_where_privileges_differ() -> None:
    found = [(line.upper, line.lower, line.kind) for line in boundaries(moment(*STARTED), stage())]
    assert found == [("app", "kernel", "ring"), ("kernel", "hypervisor", "mode")]


def test_a_boundary_lies_between_its_layers() -> None:
    boxes = stage().boxes
    for line in boundaries(moment(*STARTED), stage()):
        assert boxes[line.upper].area.bottom < line.y < boxes[line.lower].area.y
