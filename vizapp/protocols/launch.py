"""The wish to launch a container as it travels along an engine: which container, what to do, and how it went.

The Docker Engine API asks dockerd over HTTP, dockerd containerd by gRPC, containerd the shim by ttRPC
(containerd, docs/runtime-v2.md); the shim runs runc with its arguments (OCI runtime-spec, runtime.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header


@dataclass(frozen=True, slots=True)
class Launch(Header):
    """call: `run`; by: how the next program is asked; result: once it is known, `created`, `refused` or `failed`."""

    call: str
    container: str
    by: str = ""
    result: str = ""

    protocol: ClassVar[str] = "launch"
    title: ClassVar[str] = "Docker Engine"
    source: ClassVar[str] = "containerd, docs/runtime-v2.md"

    def fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"call": self.call, "container": self.container}
        return fields | {name: value for name, value in (("by", self.by), ("result", self.result)) if value}

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        """The model has no bytes of it: each hop has a protocol of its own."""
        return payload
