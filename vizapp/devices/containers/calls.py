"""System calls by name: those that are offered, and those that Docker's default filter refuses.

namespaces(7), cgroups(7), seccomp(2); docs.docker.com, engine/security/seccomp.
"""

from __future__ import annotations

NAMED = ("getpid", "uname", "mount", "init_module", "settimeofday", "kexec_load")
"""What `call` offers; the other verbs make theirs."""

DENIED = frozenset({
    "acct", "add_key", "bpf", "clock_adjtime", "clock_settime", "delete_module", "finit_module", "init_module",
    "ioperm", "iopl", "kexec_file_load", "kexec_load", "keyctl", "lookup_dcookie", "mount", "open_by_handle_at",
    "perf_event_open", "pivot_root", "quotactl", "reboot", "request_key", "setns", "settimeofday", "stime", "swapoff",
    "swapon", "sysfs", "umount", "umount2", "unshare", "uselib", "userfaultfd", "ustat", "vm86", "vm86old",
})  # fmt: skip
"""What the default profile of Docker refuses to a container without privileges, with EPERM (SCMP_ACT_ERRNO)."""
