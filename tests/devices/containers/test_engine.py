"""The chain that starts a container, and then is out of the way."""

import pytest

OFF = "running: false"


def names(played, *wanted):
    return [e.name for e in played.timeline.events if e.name in wanted]


def test_each_program_asks_the_next_one(host):
    parts = [e.details["part"] for e in host("run docker web", web=OFF).events("engine.asked")]
    assert parts == ["docker", "dockerd", "containerd", "shim", "runc"]


def test_namespaces_come_before_the_cgroup_and_that_before_the_program(host):
    wanted = ("namespaces.created", "cgroup.created", "container.started")
    played = host("run docker web", web=OFF)
    assert names(played, *wanted)[-3:] == list(wanted)


def test_docker_gives_six_namespaces_of_the_eight(host):
    created = host("run docker web", web=OFF).events("namespaces.created")[0].details
    assert sorted(created["names"]) == ["cgroup", "ipc", "mnt", "net", "pid", "uts"]


def test_runc_ends_when_the_container_runs_and_the_shim_remains(host):
    table = host("run docker web", web=OFF).value("kernel", "processes")
    commands = [row["command"] for row in table]
    assert ("runc" in commands, "containerd-shim" in commands, "nginx" in commands) == (False, True, True)


def test_the_process_is_prepared_before_it_loads_its_program(host):
    started = host("run docker web", web=OFF).events("process.started")
    assert [e.details["command"] for e in started if e.details["process"] == "app"] == ["runc init"]


def test_the_engine_says_how_it_went(host):
    assert host("run docker web", web=OFF).events("engine.done")[0].details["result"] == "created"


@pytest.mark.parametrize("system", ["windows", "freebsd"])
def test_an_image_for_another_kernel_is_refused(host, system):
    played = host("run docker web", web=f"{OFF}, system: {system}".replace(", ", "\n    "))
    refused = played.events("image.refused")[0].details
    assert (refused["needs"], refused["has"]) == (system, "linux")


def test_a_refused_image_starts_no_process(host):
    played = host("run docker web", web=f"{OFF}\n    system: windows")
    assert "app" not in [e.details["process"] for e in played.events("process.started")]


def test_a_windows_kernel_takes_a_windows_image(host):
    played = host("run docker web", web=f"{OFF}\n    system: windows", kernel="system: windows")
    assert "web" in [e.device for e in played.events("container.started")]


def test_another_distribution_is_no_obstacle(host):
    played = host("run docker web", web=OFF, kernel="distribution: Debian 13")
    assert [e.details["distribution"] for e in played.events("container.started") if e.device == "web"] == [
        "Alpine 3.22"
    ]


def test_a_program_for_another_processor_is_not_loaded(host):
    played = host("run docker web", web=f"{OFF}\n    arch: arm64")
    answered = [e.details for e in played.events("call.answered") if e.details["call"] == "execve"]
    assert answered[0]["result"] == "ENOEXEC"
    assert [e.device for e in played.events("container.ended")] == ["web"]


def test_a_container_that_runs_is_not_run_again(host):
    assert host("run docker web").events("act.void")[0].details["reason"] == "already-running"


def test_a_container_that_has_ended_may_be_run_again(host):
    played = host("exit app", "run docker web")
    assert len([e for e in played.events("container.started") if e.device == "web"]) == 2


def test_what_is_no_container_is_not_run(host):
    assert host("run docker shell").events("act.void")[0].details["reason"] == "no-container"


@pytest.mark.parametrize("part", ["docker", "dockerd", "containerd"])
def test_a_container_lives_on_without_the_engine(host, result, part):
    assert result(host(f"fail {part}", "hostname base")) == "db"


def test_without_containerd_no_container_is_started(host):
    played = host("fail containerd", "run docker web", web=OFF)
    assert "web" not in [e.device for e in played.events("container.started")]


def test_its_namespaces_are_fixed_when_it_is_created(host, result):
    assert result(host("set db.uts false", "hostname base")) == "db"


def test_started_again_it_has_the_namespaces_of_now(host, result):
    assert result(host("set db.uts false", "exit base", "run docker db", "hostname base")) == "host"
