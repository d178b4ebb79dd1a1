"""What is the difference? Computed from the stacks and their runs, and from nothing that is written about them."""

import pytest

from tests.compare.stacks import ALONE, GUEST, KINDS, beside, scene
from vizapp import places
from vizapp.compare import Comparison
from vizapp.compare.battery import BATTERY, comparable, compared, stacks, takes_part
from vizapp.compare.contrast import contrast, plain, under_way
from vizapp.compare.rows import lines as rows
from vizapp.devices import VOCABULARY
from vizapp.picture.contrasted import contrasted, lines
from vizapp.picture.shapes import Label
from vizapp.picture.theme import DAY
from vizapp.scene.beside import free
from vizapp.scene.reader import read
from vizapp.words import Words

EN = Words("en")


def taken(whole):
    """The trials that one of the stacks can be put to."""
    return [each for each in BATTERY if any(takes_part(each, side, KINDS) for side in whole.scene.sides)]


def row(told, key):
    return next((each for each in told.rows if each.key == key), None)


@pytest.fixture(scope="module")
def whole():
    return beside(scene(GUEST), scene(ALONE))


@pytest.fixture(scope="module")
def told(whole):
    return contrast(whole, EN)


def test_layers_that_only_one_has_are_named(told):
    assert row(told, "layers").cells == ("Guest kernel, Hypervisor", "Host kernel")


def test_what_a_stack_lacks_is_not_applicable_and_says_why(told):
    assert row(told, "cost-cpuid").cells == ("1 VM exit", "not applicable (no guest kernel)")
    assert row(told, "cost-cpuid").values == ({"exits": 1}, None)


def test_what_is_the_same_is_folded(told):
    assert row(told, "cost-syscall") is None
    assert "System call (nothing counted)" in told.same


def test_of_one_stack_at_two_settings_only_what_the_setting_brings_differs():
    told = contrast(beside(scene(GUEST), scene(GUEST, ept=False)), EN)
    assert {each.key for each in told.rows} == {"cost-cr3", "cost-page-fault"}
    assert row(told, "cost-cr3").values == ({}, {"exits": 1})


def test_a_stack_beside_itself_differs_in_nothing():
    told = contrast(beside(scene(GUEST), scene(GUEST)), EN)
    assert told.rows == ()
    assert EN("contrast.none") in list(lines(told, EN))


def test_a_layer_that_a_setting_takes_away_is_a_difference():
    hosted = GUEST.replace("{ept:", "{hosted: {label: Hosted, type: bool, default: false}, ept:").replace(
        "  cpu: {kind", "  host: {kind: kernel, role: host, mode: root, label: Host OS, stands: $hosted}\n  cpu: {kind"
    ).replace("links: [", "links: [host -- cpu, ")
    told = contrast(beside(scene(hosted), scene(hosted, hosted=True)), EN)
    assert row(told, "layers").cells == ("–", "Host OS")


def test_costs_are_those_up_to_the_moment(whole):
    assert row(contrast(whole, EN, 0.0), "cost-cpuid").cells == ("nothing counted", "not applicable (no guest kernel)")


def test_every_stack_is_put_to_the_same_acts_as_far_as_it_has_what_they_need():
    scenes = scene(GUEST), scene(ALONE)
    for own, side in zip(scenes, compared(scenes, KINDS).sides, strict=True):
        done = {(act.verb, act.args) for act in side.script if act.at >= 4_000_000_000}
        assert done == {(each.verb, each.args) for each in BATTERY if takes_part(each, own, KINDS)}


def test_a_stack_that_cannot_act_takes_no_part_in_the_step(whole):
    number = 1 + [each.key for each in taken(whole)].index("cr3")
    assert [side.steps[number].comes for side in whole.sides] == [True, False]
    assert whole.steps[number].comes


def test_sides_come_to_each_step_together(whole):
    shows = [moment.show for moment in whole.steps if moment.comes]
    assert len(shows) == 1 + len(taken(whole))
    assert shows == sorted(shows)


def test_the_board_tells_what_the_act_under_way_costs(whole):
    number = 1 + [each.key for each in taken(whole)].index("cr3")
    show = whole.steps[number].show
    told = next(line for line in rows(whole, show, EN) if line.form == "verdict")
    assert (told.label, [cell.text for cell in told.cells]) == (
        "CR3 write", ["nothing counted", "not applicable (no guest kernel)"])


def test_before_the_first_act_the_board_tells_nothing(whole):
    assert under_way([(side, 0) for side in whole.sides], EN) is None


def test_scenes_of_the_network_are_no_stacks():
    network = "id: n\ntitle: N\nstage: {a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}}\n"
    assert not comparable(scene(network), KINDS)
    assert comparable(scene(ALONE), KINDS)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_word_of_the_answer_is_there_in_both_languages(whole, lang):
    words = Words(lang)
    told = " ".join(lines(contrast(whole, words), words))
    assert not [key for key in ("contrast.", "battery.", "lack.", "tally.") if key in told]


@pytest.mark.parametrize("size", [(1920.0, 1080.0), (1000.0, 560.0)])
def test_all_of_the_answer_stands_on_the_canvas(told, size):
    picture = contrasted(told, DAY, EN, size, "what next")
    labels = [shape for layer in picture.layers for shape in layer.shapes if isinstance(shape, Label)]
    assert all(0 < label.y < size[1] and 0 <= label.x < size[0] for label in labels)
    assert {cell for each in told.rows for cell in each.cells if " " not in cell} <= {label.text for label in labels}


def test_as_data_it_has_integers(whole, told):
    made = plain(whole, told)
    assert made["sides"] == ["guest", "alone"]
    assert next(each for each in made["differ"] if each["about"] == "cost-timer")["values"] == [{"exits": 1}, {}]


HOST_ALONE = ALONE.replace("id: alone", "id: hosted").replace("  host: {", "  kernel: {").replace(
    "host -- cpu", "kernel -- cpu"
)


def test_the_kernel_of_a_host_is_no_guest_kernel_whatever_it_is_called():
    told = contrast(beside(scene(GUEST), scene(HOST_ALONE)), EN)
    assert row(told, "cost-cpuid").cells == ("1 VM exit", "not applicable (no guest kernel)")
    assert row(told, "layers").cells == ("Guest kernel, Hypervisor", "Host kernel")


def test_hardware_that_a_stack_lacks_is_told_where_another_has_it():
    disk = GUEST.replace("  cpu: {", "  disk: {kind: disk}\n  cpu: {").replace("links: [", "links: [disk -- cpu, ")
    told = contrast(beside(scene(GUEST), scene(disk)), EN)
    assert row(told, "cost-read").cells[0] == "not applicable (no disk)"
    assert row(told, "cost-send") is None


def test_what_is_called_otherwise_is_named_so_that_it_suits_all():
    other = GUEST.replace("id: guest", "id: other").replace("label: Application}", "label: nginx, mode: root}")
    told = contrast(beside(scene(GUEST), scene(other)), EN)
    assert row(told, "privilege-app").label == "Application runs in"


def test_sides_of_one_comparison_are_called_as_there():
    found = read((places.shipped_scenes() / "type-2.yaml"), VOCABULARY).scene
    whole = compared(stacks(found, KINDS)[:2], KINDS)
    assert [side.title for side in whole.sides] == [side.title for side in found.sides[:2]]


def test_the_sides_of_a_comparison_are_stacks_too():
    found = read((places.shipped_scenes() / "type-2.yaml"), VOCABULARY).scene
    assert len(stacks(found, KINDS)) == len(found.sides)
    assert all(found.title("en") in each.title("en") for each in stacks(found, KINDS))


def test_done_again_an_act_is_told_as_it_was_this_time():
    twice = GUEST.replace("execute kernel CPUID @ 4s]", "touch app @ 4s, set ept false @ 5s, touch app @ 6s]")
    side = Comparison(free([scene(twice), scene(twice)]), KINDS).complete().sides[0]
    told = [under_way([(side, t), (side, t)], EN).cells[0].text for t in (4_900_000_000, 7_000_000_000)]
    assert told == ["nothing counted", "2 VM exits"]
