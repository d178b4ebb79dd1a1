"""What a kernel does with its processes: numbers, limits, and the end."""


def ended(played):
    return {e.device: e.details["why"]["words"] for e in played.events("container.ended")}


def test_beyond_the_limit_of_its_cgroup_a_process_is_killed(host):
    killed = host("allocate app 600MiB", web="memory: 512MiB").events("oom.killed")
    assert [(e.details["process"], e.details["container"], e.details["limit"]) for e in killed] == [("app", "web", 512)]


def test_up_to_its_limit_a_container_may_use_memory(host):
    assert host("allocate app 482MiB", web="memory: 512MiB").events("oom.killed") == []


def test_one_mebibyte_more_is_too_much(host):
    assert len(host("allocate app 483MiB", web="memory: 512MiB").events("oom.killed")) == 1


def test_the_one_that_uses_the_most_is_killed_not_the_one_that_asks(host):
    played = host("allocate worker 300MiB", "allocate app 250MiB", web="memory: 512MiB")
    assert played.events("oom.killed")[0].details["process"] == "worker"


def test_when_another_one_was_killed_the_one_that_asks_gets_its_memory(host):
    played = host("allocate worker 300MiB", "allocate app 250MiB", web="memory: 512MiB")
    assert played.value("app", "memory") == (270, 512)


def test_a_limit_kills_in_its_own_container_alone(host):
    assert ended(host("allocate app 600MiB", web="memory: 512MiB")) == {"web": "end.memory"}


def test_without_a_limit_a_container_may_take_all_of_the_machine(host):
    played = host("allocate base 500MiB", "allocate app 400MiB", kernel="memory: 1GiB")
    assert played.events("oom.killed")[0].details["process"] == "base"


def test_a_lower_limit_counts_at_once(host):
    played = host("set db.memory 50MiB", db="memory: 1GiB")
    assert played.events("oom.killed")[0].details["process"] == "base"


def test_all_of_a_container_end_with_its_first_process(host):
    played = host("exit app")
    assert [e.details["process"] for e in played.events("process.ended")] == ["app", "worker"]


def test_a_container_lives_on_without_its_other_processes(host):
    assert ended(host("exit worker")) == {}


def test_a_process_that_crashes_takes_no_other_container_with_it(host):
    assert ended(host("fail base")) == {"db": "end.crash"}


def test_a_kernel_that_crashes_takes_every_container_with_it(host):
    assert ended(host("fail kernel")) == {"web": "end.kernel", "db": "end.kernel"}


def test_what_a_crash_took_is_seen_to_have_failed(host):
    assert [host("fail kernel").value(name, "failed") for name in ("web", "app", "base", "shell")] == [True] * 4


def test_a_kernel_that_is_back_starts_what_ran_from_the_start(host):
    played = host("fail kernel", "restore kernel", "hostname base")
    assert played.events("call.returned")[-1].details["result"] == "db"


def test_what_had_failed_before_the_crash_stays_so(host):
    assert host("fail worker", "fail kernel", "restore kernel").value("worker", "failed") is True


def test_a_crashed_process_that_is_restored_has_a_new_number(host):
    started = [e.details["pid"] for e in host("fail shell", "restore shell").events("process.started")
               if e.details["process"] == "shell"]  # fmt: skip
    assert started[0] < started[1]


def test_each_process_belongs_to_the_kernel_that_stands_nearest():
    from vizapp.devices import VOCABULARY
    from vizapp.scene.reader import read
    from vizapp.sim.simulate import simulate

    scene = read("""
id: two
title: A container in a virtual machine, another on the host
stage:
  vm:
    kind: user-space
    inside:
      inner: {kind: container, inside: {guest: {kind: process}}}
      guest-kernel: {kind: kernel}
  outer: {kind: container, inside: {native: {kind: process}}}
  host-kernel: {kind: kernel, role: host}
script: [fail guest-kernel @ 1s]
""", VOCABULARY).scene
    timeline = simulate(scene, VOCABULARY.kinds)
    assert [e.device for e in timeline.events if e.name == "container.ended"] == ["inner"]


def stage(text, *acts):
    from vizapp.devices import VOCABULARY
    from vizapp.scene.reader import read
    from vizapp.sim.simulate import simulate

    reading = read(f"id: s\ntitle: s\nuntil: 9s\n{text}", VOCABULARY)
    assert reading.scene is not None, reading.problems
    return simulate(reading.scene, VOCABULARY.kinds)


def test_a_kernel_may_be_written_before_its_processes():
    timeline = stage("""
stage: {kernel: {kind: kernel, role: host}, web: {kind: container, inside: {app: {kind: process}}}}
""")
    assert [e.details["process"] for e in timeline.events if e.name == "process.started"] == ["app"]
    assert timeline.at(timeline.end).value("app", "pids")["words"] == "process.pids"


def test_a_container_that_comes_to_stand_is_started_then():
    timeline = stage("""
settings: {there: {label: there, type: bool, default: false}}
stage: {web: {kind: container, stands: $there, inside: {app: {kind: process}}}, kernel: {kind: kernel, role: host}}
script: [set there true @ 2s]
""")
    assert [e.t for e in timeline.events if e.name == "process.started"] == [2 * 10**9]


def test_a_container_that_stands_no_more_has_no_process_left():
    timeline = stage("""
settings: {there: {label: there, type: bool, default: true}}
stage: {web: {kind: container, stands: $there, inside: {app: {kind: process}}}, kernel: {kind: kernel, role: host}}
script: [set there false @ 2s]
""")
    assert timeline.at(timeline.end).value("kernel", "processes") == ()


def test_a_program_that_waits_for_the_engine_is_not_started_by_a_repair(host):
    played = host("fail shim", "restore shim")
    assert "shim" not in [e.details["process"] for e in played.events("process.started")]


def test_a_number_is_not_given_twice_in_a_namespace(host):
    started = [e.details["inside"] for e in host("fail worker", "restore worker").events("process.started")
               if e.details["container"] == "web"]  # fmt: skip
    assert started == [1, 2, 3]


def test_a_container_whose_program_alone_exceeds_its_limit_does_not_last(host):
    assert ended(host(db="memory: 50MiB")) == {"db": "end.memory"}


def test_a_kernel_that_crashes_takes_a_container_that_is_being_created(host):
    from vizapp.scene.model import Act

    played = host("run docker web", web="running: false", later=(Act("fail", ("kernel",), at=1_001_800_000),))
    assert played.value("web", "failed") is True
