"""The laws of the simulation over stacks of layers that nobody wrote by hand, whatever is done to them."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sim.test_laws import uncaused, unexplained
from tests.sim.worlds import seen
from vizapp.devices import VOCABULARY
from vizapp.scene.acts import parse_act
from vizapp.scene.model import Act, Scene
from vizapp.scene.names import Names
from vizapp.scene.reader import read
from vizapp.sim.simulate import Simulation, simulate
from vizapp.words import Words

FEW = settings(max_examples=30, deadline=None)
VERBS = (
    "execute kernel MOV-CR3", "execute kernel CPUID", "execute kernel POPF", "execute kernel CLI", "execute kernel STI",
    "execute kernel HLT", "execute kernel OUT", "execute kernel LOAD", "execute kernel VMCALL", "execute app SYSCALL",
    "execute app CPUID", "execute app HLT", "execute app POPF", "execute app LOAD", "touch app", "touch kernel",
    "interrupt cpu", "launch hypervisor",
)  # fmt: skip
HYPERVISORS = (
    "", "kind: vmm", "kind: vmm, ept: false", "kind: vmm, mode: none", "kind: translating-vmm",
    "kind: translating-vmm, translate: false", "kind: paravirtual-vmm", "kind: paravirtual-vmm, bits: 32",
    "kind: emulator",
)  # fmt: skip


@st.composite
def stacks(draw: st.DrawFn) -> Scene:
    """A guest on any hypervisor or none, with or without a host and an MMU, its rings sometimes written by hand."""
    hypervisor = draw(st.sampled_from(HYPERVISORS))
    kernel = "kind: kernel"
    kernel += draw(st.sampled_from(["", ", modified: true", ", ring: 0", ", ring: 1", ", isa: ARM"]))
    things = ["app: {kind: application}", f"kernel: {{{kernel}}}", "cpu: {kind: processor}"]
    on = "hypervisor" if "emulator" in hypervisor else "cpu"
    links = [f"app -- {on}", f"kernel -- {'hypervisor' if 'translating' in hypervisor else on}"]
    if hypervisor:
        things.append(f"hypervisor: {{{hypervisor}}}")
        links.append("hypervisor -- cpu")
    if draw(st.booleans()):
        things.append("host: {kind: kernel, role: host}")
        links.append("host -- cpu")
    if draw(st.booleans()):
        things.append("mmu: {kind: mmu}")
        links.append(f"mmu -- {on}")
    stage = "".join(f"  {each}\n" for each in things)
    launch = "launch hypervisor @ 0s" if hypervisor and draw(st.booleans()) else ""
    text = f"id: s\ntitle: s\nuntil: 20ms\nstage:\n{stage}links: [{', '.join(links)}]\nscript: [{launch}]\n"
    scene = read(text, VOCABULARY, file="stack.yaml").scene
    assert scene is not None
    return scene


def acts_of(scene: Scene) -> st.SearchStrategy[Act]:
    names = Names(VOCABULARY, scene.things, {link.id: link for link in scene.links}, scene.settings)
    fitting = [verb for verb in VERBS if "hypervisor" not in verb or "hypervisor" in scene.things]
    fitting += [f"{verb} {name}" for verb in ("fail", "restore") for name in scene.things]
    said = st.tuples(st.sampled_from(fitting), st.integers(1, 19_000))
    return said.map(lambda pair: parse_act(f"{pair[0]} @ {pair[1]}us", names))


@st.composite
def played(draw: st.DrawFn) -> tuple[Scene, list[Act]]:
    scene = draw(stacks())
    return scene, draw(st.lists(acts_of(scene), max_size=7))


def run(case: tuple[Scene, list[Act]], until: int | None = None):
    scene, acts = case
    return simulate(scene, VOCABULARY.kinds, acts=acts, until=until)


def moments(end: int) -> Iterator[int]:
    return (end * part // 7 for part in range(8))


@FEW
@given(played())
def test_the_same_stack_and_acts_give_the_same_timeline(case):
    one, two = run(case), run(case)
    assert seen(one, one.end) == seen(two, two.end)


@FEW
@given(played(), st.data())
def test_an_act_leaves_the_past_of_a_stack_alone(case, data):
    scene, acts = case
    act = data.draw(acts_of(scene))
    without, with_it = run(case), run((scene, [*acts, act]))
    assert seen(without, act.at) == seen(with_it, act.at)


@FEW
@given(played(), st.integers(1, 9))
def test_a_stack_in_slices_agrees_with_one_run(case, most):
    scene, acts = case
    simulation, whole = Simulation(scene, VOCABULARY.kinds, acts=acts), run(case)
    while not simulation.advance(scene.until, most):
        pass
    for t in moments(whole.end):
        assert seen(simulation.timeline, t) == seen(whole, t)


@FEW
@given(played())
def test_nothing_vanishes_in_a_stack_and_every_cause_is_there(case):
    timeline = run(case)
    assert timeline.stopped is None
    assert not unexplained(timeline)
    assert not uncaused(timeline)


@FEW
@given(played())
def test_every_event_of_a_stack_has_a_sentence(case):
    names = {event.name for event in run(case).events}
    assert not [name for name in sorted(names) for lang in ("fr", "en") if not Words(lang).has(f"event.{name}")]


@FEW
@given(played())
def test_what_reaches_a_hypervisor_without_vmx_unasked_is_dealt_with(case):
    """It is emulated, handed on, or given up with a reason: unless somebody failed, or the run ended first."""
    scene, acts = case
    if any(act.verb == "fail" for act in acts):
        return
    timeline = run(case)
    names = [event.name for event in timeline.events if event.t < scene.until - 3_000_000]
    dealt = sum(names.count(name) for name in (
        "hypervisor.emulates", "hypervisor.forwards", "hypervisor.gives-up", "interrupt.waits"))  # fmt: skip
    assert names.count("cpu.traps") <= dealt + 1


@pytest.mark.parametrize("kind", HYPERVISORS[1:])
def test_the_battery_comes_to_its_end_in_every_architecture(stack, kind):
    on = "hypervisor" if "emulator" in kind else "cpu"
    kernel = "modified: true" if "paravirtual" in kind else "modified: false"
    things = ("app: {kind: application}", f"kernel: {{kind: kernel, {kernel}}}", f"hypervisor: {{{kind}}}",
              "cpu: {kind: processor}")  # fmt: skip
    via = "hypervisor" if "translating" in kind else on
    script = ("launch hypervisor", "execute kernel MOV-CR3", "execute kernel CPUID", "execute kernel POPF",
              "touch app", "interrupt cpu", "execute app SYSCALL")  # fmt: skip
    run = stack(*things, links=f"app -- {on}, kernel -- {via}, hypervisor -- cpu", script=script)
    assert not run.events("act.void")
    assert len(run.events("kernel.page-fault")) == len(run.events("kernel.syscall")) == 1
    assert run.timeline.events[-1].name == "layer.continues"
    assert run.timeline.events[-1].device == "app"
