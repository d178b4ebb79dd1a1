"""System calls by name: what a process asks, what its kernel answers, and what Docker's default filter refuses.

namespaces(7), cgroups(7), seccomp(2); docs.docker.com, engine/security/seccomp.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """A system call. name: as in section 2 of the manual; argument: a path, a port, a size, a container."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the kernel gives back. result: what the program reads, or an error such as `EPERM`; because: words key of
    what decided; ok: whether the call succeeded."""

    result: Any
    because: str
    ok: bool = True


NAMED = ("getpid", "uname", "mount", "init_module", "settimeofday", "kexec_load")
"""What `call` offers; the other verbs make theirs."""

DENIED = frozenset({
    "acct", "add_key", "bpf", "clock_adjtime", "clock_settime", "delete_module", "finit_module", "init_module",
    "ioperm", "iopl", "kexec_file_load", "kexec_load", "keyctl", "lookup_dcookie", "mount", "open_by_handle_at",
    "perf_event_open", "pivot_root", "quotactl", "reboot", "request_key", "setns", "settimeofday", "stime", "swapoff",
    "swapon", "sysfs", "umount", "umount2", "unshare", "uselib", "userfaultfd", "ustat", "vm86", "vm86old",
})  # fmt: skip
"""What the default profile of Docker refuses to a container without privileges, with EPERM (SCMP_ACT_ERRNO)."""
