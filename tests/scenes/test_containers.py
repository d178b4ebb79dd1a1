"""The scene `containers`: its statements at other settings than its own."""

import pytest

from tests.scenes.lesson import keeps, played

NAME = "containers"


def started(run, name):
    return [e.t for e in run.timeline.events if e.name == "container.started" and e.device == name]


def test_a_container_with_more_memory_is_not_killed():
    keeps(played(NAME, limit="1GiB"), "no oom.killed", "any call.returned at app where call == mmap and ok")


def test_a_container_with_less_memory_is_killed_by_the_same_request():
    run = played(NAME, limit="256MiB")
    keeps(run, "first oom.killed: limit == 256 and container == web")


def test_root_of_web_is_an_ordinary_user_of_the_host_with_a_user_namespace():
    keeps(played(NAME, user=True), "first namespaces.created: count == 7",
          "any process.started where process == app and user == 100000")  # fmt: skip


def test_without_a_pid_namespace_nginx_sees_the_processes_of_the_host():
    keeps(played(NAME, pid=False), "first call.returned at app where call == getdents64: result.n > 5")


def test_a_program_for_another_processor_is_prepared_and_never_runs():
    run = played(NAME, arch="arm64")
    keeps(run, "any process.started where process == app", "any process.ended where process == app")
    assert not started(run, "web")


@pytest.mark.parametrize("part", ["dockerd", "containerd", "docker"])
def test_no_part_of_the_engine_is_on_the_way_of_a_system_call(part):
    run = played(NAME)
    asked = next(e.t for e in run.timeline.events if e.name == "act.hostname")
    done = next(e.t for e in run.timeline.events if e.name == "call.returned" and e.t > asked)
    assert part not in {e.device for e in run.timeline.events if asked <= e.t <= done}
