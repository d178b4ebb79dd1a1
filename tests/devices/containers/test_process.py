"""What a process sees: its namespaces decide, call by call."""

import pytest


def seen(played, process):
    return [row["pid"] for row in played.value(process, "seen")]


def commands(played, process):
    return [row["command"] for row in played.value(process, "seen")]


def reason(played):
    return played.events("act.void")[-1].details["reason"]


def test_the_first_process_of_a_container_has_the_number_1_there(host):
    assert seen(host("ps app"), "app") == [1, 2]


def test_a_process_sees_those_of_its_container_alone(host):
    assert commands(host("ps base"), "base") == ["postgres"]


def test_the_host_sees_the_processes_of_containers_by_its_own_numbers(host):
    played = host("ps shell")
    rows = {row["command"]: row["pid"] for row in played.value("shell", "seen")}
    started = {e.details["process"]: e.details for e in played.events("process.started")}
    assert rows["postgres"] == started["base"]["pid"] != started["base"]["inside"]


def test_without_a_pid_namespace_a_container_sees_all_processes_of_the_host(host):
    played = host("ps base", db="pid: false")
    assert len(seen(played, "base")) == len(played.value("kernel", "processes"))


@pytest.mark.parametrize(("own", "name"), [("true", "db"), ("false", "host")])
def test_the_host_name_is_that_of_its_uts_namespace(host, result, own, name):
    assert result(host("hostname base", db=f"uts: {own}")) == name


@pytest.mark.parametrize(("own", "system"), [("true", "Debian 13"), ("false", "Arch")])
def test_a_path_is_a_file_of_its_mount_namespace(host, result, own, system):
    assert result(host("open base /etc/os-release", db=f"mnt: {own}", kernel="distribution: Arch")) == system


def test_a_file_that_is_not_there_is_not_found(host, result):
    assert result(host("open base /etc/shadow")) == "ENOENT"


def test_files_of_a_container_are_its_own(host, result):
    assert result(host("open base /etc/motd", db="files: [{path: /etc/motd, holds: hello}]")) == "hello"


def test_every_container_is_told_the_release_of_the_one_kernel(host):
    played = host("call app uname", "call base uname", kernel="release: '6.1'")
    assert [e.details["result"] for e in played.events("call.returned")] == ["Linux 6.1"] * 2


def test_a_port_is_taken_once_in_each_network_namespace(host):
    played = host("bind app 80", "bind worker 80", "bind base 80")
    assert [e.details["result"] for e in played.events("call.returned")] == ["0", "EADDRINUSE", "0"]


def test_without_a_network_namespace_the_ports_are_those_of_the_host(host, result):
    assert result(host("bind shell 80", "bind base 80", db="net: false")) == "EADDRINUSE"


def test_root_of_a_user_namespace_is_an_ordinary_user_of_the_host(host, result):
    played = host("whoami base", db="user: true")
    row = next(row for row in played.value("kernel", "processes") if row["command"] == "postgres")
    assert (result(played), row["user"]) == ("0", 100_000)


def test_without_a_user_namespace_root_is_root(host):
    row = next(row for row in host().value("kernel", "processes") if row["command"] == "postgres")
    assert row["user"] == 0


def test_its_system_call_goes_to_the_kernel_past_the_engine(host):
    played = host("hostname app")
    began = played.events("act.hostname")[0].t
    assert {e.device for e in played.timeline.events if e.t >= began} == {"app", "cpu", "kernel"}


@pytest.mark.parametrize("name", ["mount", "init_module", "kexec_load", "settimeofday"])
def test_the_filter_of_a_container_refuses_what_touches_the_whole_machine(host, result, name):
    assert result(host(f"call app {name}")) == "EPERM"


def test_a_refused_call_is_not_answered_by_the_kernel(host):
    played = host("call app mount")
    assert (len(played.events("call.refused")), len(played.events("call.answered"))) == (1, 0)


def test_a_privileged_container_has_no_filter(host):
    assert host("call app mount", web="privileged: true").events("call.refused") == []


def test_a_program_of_the_host_has_no_filter(host):
    assert host("call shell mount").events("call.refused") == []


@pytest.mark.parametrize(("act", "why"), [("bind app 0", "no-port"), ("allocate app much", "no-size")])
def test_nonsense_is_refused_with_a_reason(host, act, why):
    assert reason(host(act)) == why


def test_one_that_has_ended_asks_nothing(host):
    assert reason(host("exit base", "ps base")) == "process-not-running"


def test_an_ended_process_gives_its_ports_back(host, result):
    assert result(host("bind worker 80", "exit worker", "bind app 80")) == "0"


def test_executing_a_bare_syscall_still_comes_back(host):
    assert [e.device for e in host("execute base SYSCALL").events("layer.continues")] == ["base"]
